export { creationId } from './creation-id.ts';
export { IdempotencyKeyEntity } from './idempotency.entity.ts';
export { IdempotencyModule } from './idempotency.module.ts';
export { NotIdempotent } from './not-idempotent.ts';
