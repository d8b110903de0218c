import { z } from 'zod';
import { jsonArray, plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { SyncPlace } from './sync.doorbell.ts';

const toldSchema = z.object({
  entity: z.string(),
  remoteId: z.string(),
  urgency: z.enum(['person', 'system']),
  /** Milliseconds before it is looked at. */
  pause: z.number(),
  /** Told of what MaK has written itself: what the version begins with in which it has read the record back. */
  stamp: z.string().optional(),
});
/** A record that is said to have changed. */
export type ToldRecord = Readonly<z.output<typeof toldSchema>>;

/** A message as it is kept: which records it names, and what it says that the connector does not read. */
export interface CameMessage {
  /** The same for a message that is repeated. */
  readonly digest: string;
  readonly told: readonly ToldRecord[];
  readonly untold: readonly string[];
}

export interface StoredMessage {
  readonly id: string;
  readonly told: readonly ToldRecord[];
  readonly untold: readonly string[];
}

export interface TakenMessage extends StoredMessage {
  /** Milliseconds since it came. */
  readonly waited: number;
}

/** One that nobody has read yet is not stored again. */
export function storeMessages(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  messages: readonly (CameMessage & { readonly id: string })[],
): void {
  tx.send(
    `INSERT INTO sync_message (id, tenant_id, connector, digest, told, untold)
     SELECT id, $1, $2, digest, told, ARRAY(SELECT jsonb_array_elements_text(untold))
     FROM unnest($3::uuid[], $4::text[], $5::jsonb[], $6::jsonb[]) AS message (id, digest, told, untold)
     ORDER BY digest
     ON CONFLICT (tenant_id, connector, digest) WHERE read_at IS NULL DO NOTHING`,
    [
      tenantId,
      connector,
      plainArray(messages.map(({ id }) => id)),
      textArray(messages.map(({ digest }) => digest)),
      jsonArray(messages.map(({ told }) => JSON.stringify(told))),
      jsonArray(messages.map(({ untold }) => JSON.stringify(untold))),
    ],
  );
}

/**
 * The oldest that nobody has read, for this transaction alone. One that tells only of records that are looked at later is read
 * later: by then MaK knows what it has written itself.
 */
export async function takeMessages(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  limit: number,
): Promise<readonly TakenMessage[]> {
  const rows = await tx.query<Omit<TakenMessage, 'told'> & { readonly told: unknown }>(
    `SELECT id, told, untold, extract(epoch FROM now() - at)::float8 * 1000 AS waited FROM sync_message
     WHERE tenant_id = $1 AND connector = $2 AND read_at IS NULL AND at <= now() - interval '1 millisecond'
       * coalesce((SELECT min((one ->> 'pause')::float8) FROM jsonb_array_elements(told) AS one), 0)
     ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED`,
    [tenantId, connector, limit],
  );
  return rows.map(({ told, ...row }) => ({ ...row, told: z.array(toldSchema).parse(told) }));
}

/** What became of a message: nobody has read it yet; all of it was read; or some of it, perhaps all, the connector does not read. */
export const MESSAGE_STATES = ['waiting', 'read', 'not_read'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export interface WantedMessages {
  /** Null: whatever became of them. */
  readonly state: MessageState | null;
  /** Only those that came before this one. */
  readonly before: string | null;
  readonly limit: number;
}

export interface ListedMessage {
  readonly id: string;
  /** What the system calls it; null where messages have no name. */
  readonly event: string | null;
  readonly told: readonly Pick<ToldRecord, 'entity' | 'remoteId'>[];
  readonly untold: readonly string[];
  readonly at: number;
  readonly read_at: number | null;
}

const IN_STATE: Readonly<Record<MessageState, string>> = {
  waiting: 'read_at IS NULL',
  read: "read_at IS NOT NULL AND untold = '{}'",
  not_read: "read_at IS NOT NULL AND untold <> '{}'",
};

/** Newest first. */
export type MessageLog = (
  tx: Transaction,
  tenantId: string,
  wanted: WantedMessages,
) => Promise<readonly ListedMessage[]>;

/** Newest first. */
export async function listMessages(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  { state, before, limit }: WantedMessages,
): Promise<readonly ListedMessage[]> {
  const rows = await tx.query<Omit<ListedMessage, 'told' | 'event'> & { readonly told: unknown }>(
    `SELECT id, told, untold, at, read_at FROM sync_message
     WHERE tenant_id = $1 AND connector = $2 AND ($3::uuid IS NULL OR id < $3)
       AND ${state === null ? 'true' : IN_STATE[state]}
     ORDER BY id DESC LIMIT $4`,
    [tenantId, connector, before, limit],
  );
  return rows.map(({ told, ...row }) => ({
    ...row,
    event: null,
    told: z.array(toldSchema).parse(told),
  }));
}

export async function markRead(
  tx: Transaction,
  { tenantId }: SyncPlace,
  messages: readonly StoredMessage[],
): Promise<void> {
  await tx.execute(
    'UPDATE sync_message SET read_at = now() WHERE tenant_id = $1 AND id = ANY ($2::uuid[])',
    [tenantId, plainArray(messages.map(({ id }) => id))],
  );
}
