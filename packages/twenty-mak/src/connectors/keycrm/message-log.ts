import { z } from 'zod';
import type { ListedMessage, MessageLog } from '../sync/index.ts';
import { listMessages } from './messages.repository.ts';
import type { MessageRow } from './messages.repository.ts';

/** What the connector calls the records that messages tell of. */
const KINDS = { order: 'order', card: 'deal' } as const;

/** Of what was kept of a message, the records that it told of. */
const keptSchema = z.union([
  z.object({ kind: z.enum(['order', 'card']), id: z.string() }),
  z.object({ kind: z.literal('stocks'), lines: z.array(z.object({ offerId: z.string() })) }),
]);

/** The stored states by those that are shown; a message is read before it is answered. */
const STATUSES = { read: 'processed', not_read: 'error' } as const;

/** What KeyCRM told, as it is shown of every connector. */
export const messageLog: MessageLog = async (tx, tenantId, { state, before, limit }) => {
  if (state === 'waiting') return [];
  const status = state === null ? null : STATUSES[state];
  return (await listMessages(tx, tenantId, before, limit, status)).map(listed);
};

function listed({ id, event_type, payload, error_message, ...row }: MessageRow): ListedMessage {
  const told = keptSchema.safeParse(payload).data;
  return {
    id,
    event: event_type,
    told: told === undefined ? [] : recordsOf(told),
    untold: error_message === null ? [] : [error_message],
    at: row.received_at,
    read_at: row.processed_at,
  };
}

function recordsOf(told: z.output<typeof keptSchema>): ListedMessage['told'] {
  return told.kind === 'stocks'
    ? told.lines.map(({ offerId }) => ({ entity: 'article', remoteId: offerId }))
    : [{ entity: KINDS[told.kind], remoteId: told.id }];
}
