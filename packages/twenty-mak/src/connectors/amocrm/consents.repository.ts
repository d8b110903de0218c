import { createHash } from 'node:crypto';
import type { Transaction } from '../../platform/database/index.ts';

/** How long amoCRM's code lives, and a little for who hesitates. */
const LASTS = '30 minutes';

/** Also forgets the tenant's old ones. */
export async function keepConsent(
  tx: Transaction,
  tenantId: string,
  state: string,
  sealed: Buffer,
): Promise<void> {
  await tx.execute(
    `DELETE FROM amocrm_consent WHERE tenant_id = $1 AND asked_at < now() - interval '${LASTS}'`,
    [tenantId],
  );
  await tx.execute(
    'INSERT INTO amocrm_consent (tenant_id, state_digest, sealed) VALUES ($1, $2, $3)',
    [tenantId, digestOf(state), sealed],
  );
}

/** Null for a state that nobody here has asked with lately. */
export async function findConsent(
  tx: Transaction,
  tenantId: string,
  state: string,
): Promise<Buffer | null> {
  const [row] = await tx.query<{ sealed: Buffer }>(
    `SELECT sealed FROM amocrm_consent
     WHERE tenant_id = $1 AND state_digest = $2 AND asked_at > now() - interval '${LASTS}'`,
    [tenantId, digestOf(state)],
  );
  return row?.sealed ?? null;
}

/** Whether it was there: each is used once. */
export async function useUpConsent(
  tx: Transaction,
  tenantId: string,
  state: string,
): Promise<boolean> {
  const used = await tx.execute(
    'DELETE FROM amocrm_consent WHERE tenant_id = $1 AND state_digest = $2',
    [tenantId, digestOf(state)],
  );
  return used > 0;
}

function digestOf(state: string): string {
  return createHash('sha256').update(state).digest('base64url');
}
