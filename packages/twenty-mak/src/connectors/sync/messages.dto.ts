import { z } from 'zod';
import { limitField } from '../../platform/validation/index.ts';
import { MESSAGE_STATES } from './messages.repository.ts';

export const listMessagesSchema = z.strictObject({
  state: z.enum(MESSAGE_STATES).optional().describe('Left out: whatever became of them.'),
  limit: limitField,
  cursor: z.string().optional(),
});
export type ListMessages = z.output<typeof listMessagesSchema>;

export const messageSchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  event: z.string().nullable().describe('What the system calls it; null where it has no name.'),
  state: z
    .enum(MESSAGE_STATES)
    .describe('`not_read`: there is something in it that the connector does not read.'),
  read_at: z.iso.datetime().nullable().describe('Null while nobody has read it.'),
  told: z
    .array(z.object({ entity: z.string(), remote_id: z.string() }))
    .describe('Records that were looked at because of it.'),
  untold: z.array(z.string()).describe('What it said that the connector does not read, and why.'),
});
export type MessageView = z.output<typeof messageSchema>;

export const messagePageSchema = z.object({
  items: z.array(messageSchema),
  next: z.string().nullable(),
});
