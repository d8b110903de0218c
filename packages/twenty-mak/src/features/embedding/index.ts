export { EmbedCodeEntity, EmbedSessionEntity } from './embedding.entity.ts';
export { EmbeddingModule } from './embedding.module.ts';
export { CODE_SECONDS } from './embedding.repository.ts';
export { mintCode } from './embedding.service.ts';
