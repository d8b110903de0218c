import { randomUUID } from 'node:crypto';

/** Ids of one millisecond that keep their order. */
const SEQUENCES = 0x1000;

let last = 0;
let sequence = 0;

/**
 * A UUID of version 7: ids sort by the time they were made, those of one process also within a millisecond. Random
 * bits come from `randomUUID`, which fetches them for many ids at a time.
 */
export function newId(): string {
  const now = Date.now();
  sequence = now > last ? 0 : sequence + 1;
  last = Math.max(now, last) + (sequence === SEQUENCES ? 1 : 0);
  sequence %= SEQUENCES;
  const time = last.toString(16).padStart(12, '0');
  const order = sequence.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}${randomUUID().slice(18)}`;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text is a UUID as PostgreSQL writes it, in lower case: a statement that takes UUIDs fails for any other. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
