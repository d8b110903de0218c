import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { limitField } from '../../platform/validation/index.ts';
import type { MessageRow } from './messages.repository.ts';

/** Records that can be synced at once, by their names in addresses. */
export const SYNCED = { orders: 'order', customers: 'contact', articles: 'article' } as const;
export type SyncedName = keyof typeof SYNCED;

export const syncedSchema = z.object({
  local_id: z.string(),
  remote_id: z.string().nullable().describe('What KeyCRM calls it; null while it is not there.'),
  status: z.enum(['synced', 'pending', 'error']),
  error: z.string().nullable().describe('Code of what the other side refused.'),
  last_synced_at: z.iso.datetime().nullable(),
});
export type SyncedAnswer = z.output<typeof syncedSchema>;
export const syncedListSchema = z.object({ items: z.array(syncedSchema), next: z.null() });

export const syncStatusSchema = z.object({
  state: z.string(),
  reason: z.string().nullable().describe('Why it was stopped.'),
  synced: z.int(),
  pending: z.int().describe('Records that wait.'),
  errors: z.int().describe('Records that could not be made, or have a value that a side refused.'),
  lag_seconds: z.number().describe('Age of the record that waits longest.'),
  success_rate: z.number().nullable().describe('Of the last 24 hours; null when nothing was done.'),
  last_synced_at: z.iso.datetime().nullable(),
});
export type SyncStatusAnswer = z.output<typeof syncStatusSchema>;

export const listMessagesQuery = z.strictObject({
  limit: limitField,
  cursor: z.string().max(10_000).optional(),
});
export type ListMessages = z.output<typeof listMessagesQuery>;

export const messageSchema = z.object({
  id: z.uuid(),
  event_type: z.string(),
  payload: z.unknown().describe('What it said, without what says who somebody is.'),
  processing_status: z.enum(['processed', 'error']),
  error_message: z.string().nullable().describe('Why it says nothing.'),
  received_at: z.iso.datetime(),
  processed_at: z.iso.datetime().nullable(),
});
export type MessageAnswer = z.output<typeof messageSchema>;
export const messagePageSchema = z.object({
  items: z.array(messageSchema),
  next: z.string().nullable(),
});

export function messageAnswer(row: MessageRow): MessageAnswer {
  return {
    ...row,
    received_at: formatInstant(row.received_at),
    processed_at: row.processed_at === null ? null : formatInstant(row.processed_at),
  };
}
