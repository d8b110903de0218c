export { Bus } from './bus.ts';
export { OUTBOX_CHANNEL, writeOutbox } from './outbox.ts';
export type { OutboxEntry } from './outbox.ts';
export { OutboxModule } from './outbox.module.ts';
