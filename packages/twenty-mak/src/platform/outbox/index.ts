export { Bus } from './bus.ts';
export { eventsChannel } from './bus-consumer.ts';
export { canonicalJsonSchemas } from './canonical-schemas.ts';
export { envelopeOf, EVENT_TYPES, subjectOf } from './envelope.ts';
export type { CanonicalEvent, EventType } from './envelope.ts';
export { announce, OUTBOX_CHANNEL, writeOutbox } from './outbox.ts';
export type { OutboxEntry, SubjectEntry } from './outbox.ts';
export { ConsumesOutbox } from './outbox-consumer.ts';
export type { OutboxConsumer } from './outbox-consumer.ts';
export { OutboxCursorEntity, OutboxEntity } from './outbox.entity.ts';
export { outboxRelay, outboxRetention } from './outbox.jobs.ts';
export { OutboxModule } from './outbox.module.ts';
export {
  OUTBOX_START,
  outboxEnd,
  readOutbox,
  readPosition,
  writePosition,
} from './outbox-reader.ts';
export type {
  OutboxEnd,
  OutboxFilter,
  OutboxPage,
  OutboxPosition,
  OutboxRow,
} from './outbox-reader.ts';
export { deletedUpTo, isBefore } from './outbox-retention.ts';
