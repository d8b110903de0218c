import type { Transaction } from '../../platform/database/index.ts';

const NO_ADDRESS =
  'There is no secret for the address of webhooks, so KeyCRM has nowhere to tell. Set one, then make the triggers.';
const NO_TRIGGERS =
  'Statuses of orders were changed in KeyCRM and no message came. Make the triggers there, or copy their addresses anew.';

/** By the index of the tenant's messages: the newest of all is soon found where others have many and the tenant has none. */
const LAST_MESSAGE = `SELECT received_at FROM keycrm_message WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1`;

/**
 * Why KeyCRM tells of no changes by itself; null when it does, or when nothing has happened that it would tell of. No program can
 * ask for its triggers, but asking has found a status that somebody set there, and around that time no message came. A message
 * may come a little before and, as KeyCRM asks three times, after; and of an order that could be taken over only later, because
 * the connector was paused or KeyCRM away, it came a good while before.
 */
export async function silenceOf(
  tx: Transaction,
  tenantId: string,
  isAddressed: boolean,
): Promise<string | null> {
  if (!isAddressed) return NO_ADDRESS;
  const [missed] = await tx.query(
    `SELECT FROM sync_journal moved WHERE tenant_id = $1 AND connector = 'keycrm' AND entity = 'order'
       AND kind = 'to_mak' AND detail ? 'status' AND NOT detail ? 'ordered_at'
       AND at BETWEEN now() - interval '1 day' AND now() - interval '5 minutes'
       AND at > coalesce((${LAST_MESSAGE}), '-infinity') + interval '1 hour'
       AND NOT EXISTS (SELECT FROM keycrm_message m WHERE m.tenant_id = $1 AND m.received_at > moved.at - interval '1 day'
         AND m.payload ->> 'kind' = 'order' AND m.payload ->> 'id' = moved.remote_id)
     LIMIT 1`,
    [tenantId],
  );
  return missed === undefined ? null : NO_TRIGGERS;
}
