import type { Transaction } from '../../platform/database/index.ts';
import { COLUMNS } from './orders.repository.ts';
import type { OrderRow } from './orders.repository.ts';

/** An order of which what people wrote is gone now. */
export interface ErasedOrder extends OrderRow {
  readonly had_comment: boolean;
  readonly had_descriptions: boolean;
}

/** Who buys: people who are clients themselves, and for a company its first contact. */
const BUYS = `(c.kind = 'person' OR NOT EXISTS (
    SELECT FROM client_contact other WHERE other.tenant_id = cc.tenant_id AND other.client_id = cc.client_id
      AND (other.seq, other.id) < (cc.seq, cc.id)))`;

/** Whose orders they are. */
const BUYERS = `SELECT k.key FROM client_contact cc
  JOIN client c ON c.tenant_id = cc.tenant_id AND c.id = cc.client_id
  JOIN client_key k ON k.tenant_id = cc.tenant_id AND k.client_id = cc.client_id
  WHERE cc.tenant_id = $1 AND cc.key_id = ANY ($2::uuid[]) AND ${BUYS}`;

/** Whether who buys for the client was erased; take `lockPersons` first. */
export async function isBuyerErased(
  tx: Transaction,
  tenantId: string,
  clientId: string,
): Promise<boolean> {
  const found = await tx.query(
    `SELECT FROM client_key k
     JOIN client c ON c.tenant_id = k.tenant_id AND c.id = k.client_id
     JOIN client_contact cc ON cc.tenant_id = c.tenant_id AND cc.client_id = c.id
     JOIN person_key p ON p.tenant_id = cc.tenant_id AND p.id = cc.key_id AND p.erased_at IS NOT NULL
     WHERE k.tenant_id = $1 AND k.key = $2 AND ${BUYS} LIMIT 1`,
    [tenantId, clientId],
  );
  return found.length > 0;
}

/** Of orders of erased people nothing stays that they wrote, or that was written of how they paid. Gives those that changed. */
export async function eraseOrdersOf(
  tx: Transaction,
  tenantId: string,
  keyIds: readonly string[],
): Promise<readonly ErasedOrder[]> {
  return tx.query<ErasedOrder>(
    `UPDATE sales_order o SET comment = NULL, version = o.version + 1, updated_at = now(),
       payments = (SELECT coalesce(jsonb_agg(payment || '{"description": null}' ORDER BY place), '[]')
         FROM jsonb_array_elements(o.payments) WITH ORDINALITY AS paid (payment, place))
     FROM (SELECT id, comment IS NOT NULL AS had_comment,
         jsonb_path_exists(payments, '$[*].description ? (@ != null)') AS had_descriptions
       FROM sales_order WHERE tenant_id = $1 AND client_id IN (${BUYERS}) ORDER BY id FOR UPDATE) AS own
     WHERE o.tenant_id = $1 AND o.id = own.id AND (own.had_comment OR own.had_descriptions)
     RETURNING ${COLUMNS}, own.had_comment, own.had_descriptions`,
    [tenantId, keyIds],
  );
}
