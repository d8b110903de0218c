import type { Database } from '../../platform/database/index.ts';
import { textArray } from '../../platform/database/array-literal.ts';
import { RemoteFailure } from './ports.ts';
import type { SyncPlace } from './sync.doorbell.ts';

/** Whether what an account is known by is that of the one before: people add, rename and remove some of it, and never the most at once. */
export function isSameAccount(before: readonly string[], now: readonly string[]): boolean {
  const still = before.filter((mark) => now.includes(mark));
  return still.length * 2 >= before.length;
}

/**
 * Keeps what an account is known by. What is linked is linked with ids of one account, which another one gives to other records:
 * rejects with a `RemoteFailure` of the kind `blocked` when it is another one than before.
 */
export async function requireSameAccount(
  database: Database,
  { tenantId, connector }: SyncPlace,
  title: string,
  marks: readonly string[],
): Promise<void> {
  const isSame = await database.within({ tenantId }, async (tx) => {
    const [row] = await tx.query<{ account: readonly string[] | null }>(
      'SELECT account FROM sync_connector WHERE tenant_id = $1 AND connector = $2',
      [tenantId, connector],
    );
    if (row === undefined) return true;
    const { account } = row;
    if (account !== null && !isSameAccount(account, marks)) return false;
    // Of two processes that look at the same time the first one says which it is.
    tx.send(
      `UPDATE sync_connector SET account = $3::text[]
       WHERE tenant_id = $1 AND connector = $2 AND account IS NOT DISTINCT FROM $4::text[] AND account IS DISTINCT FROM $3::text[]`,
      [tenantId, connector, textArray(marks), account === null ? null : textArray(account)],
    );
    return true;
  });
  if (!isSame)
    throw new RemoteFailure(
      'blocked',
      `This is another account of ${title} than the one whose records are linked. Give the access to that one back; or disconnect ${title} and connect it anew, and the links are forgotten. If it is the same account all the same, resume with \`same_account\`.`,
      null,
      'other_account',
    );
}
