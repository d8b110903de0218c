export { EmbedCodeEntity, EmbedSessionEntity } from './embedding.entity.ts';
export { EmbeddingModule } from './embedding.module.ts';
