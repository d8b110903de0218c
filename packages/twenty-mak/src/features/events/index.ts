export { EventsModule } from './events.module.ts';
export { EventIngestion } from './events.service.ts';
export { EventsRepository } from './events.repository.ts';
export type { EventAnswer } from './events.answer.ts';
export { lockTenant } from '../../platform/tenancy/index.ts';
export { EventEntity, EventRejectionEntity } from './events.entity.ts';
export { DealsRefolder } from './refold.ts';
export type { RefoldOptions } from './refold.ts';
export { DEALS_CHANNEL, readDealsRing } from './deals-ring.ts';
