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

/** The oldest that nobody has read, for this transaction alone. */
export async function takeMessages(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  limit: number,
): Promise<readonly StoredMessage[]> {
  const rows = await tx.query<Omit<StoredMessage, 'told'> & { readonly told: unknown }>(
    `SELECT id, told, untold FROM sync_message WHERE tenant_id = $1 AND connector = $2 AND read_at IS NULL
     ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED`,
    [tenantId, connector, limit],
  );
  return rows.map(({ told, ...row }) => ({ ...row, told: z.array(toldSchema).parse(told) }));
}

export interface ListedMessage extends StoredMessage {
  readonly at: number;
  readonly read_at: number | null;
}

/** Newest first. */
export async function listMessages(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  before: string | null,
  limit: number,
): Promise<readonly ListedMessage[]> {
  const rows = await tx.query<Omit<ListedMessage, 'told'> & { readonly told: unknown }>(
    `SELECT id, told, untold, at, read_at FROM sync_message
     WHERE tenant_id = $1 AND connector = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
    [tenantId, connector, before, limit],
  );
  return rows.map(({ told, ...row }) => ({ ...row, told: z.array(toldSchema).parse(told) }));
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
