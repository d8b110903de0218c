import type { Role } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { COLUMNS } from './accounts.repository.ts';
import type { AccountRow } from './accounts.repository.ts';

/** Whether a company has people besides its head who may come in, or are asked to. */
export async function hasStaff(transaction: Transaction, head: string): Promise<boolean> {
  const rows = await transaction.query(
    "SELECT 1 FROM account WHERE member_of = $1 AND status <> 'deactivated' LIMIT 1",
    [head],
  );
  return rows.length > 0;
}

/** Whether somebody has a wallet, or leads that money may come for. */
export async function hasBusiness(
  transaction: Transaction,
  tenantId: string,
  head: string,
): Promise<boolean> {
  const [row] = await transaction.query<{ has: boolean }>(
    `SELECT EXISTS (SELECT FROM wallet_account WHERE tenant_id = $1 AND owner_id = $2)
       OR EXISTS (SELECT FROM lead WHERE tenant_id = $1 AND partner_id = $2)
       OR EXISTS (SELECT FROM lead WHERE tenant_id = $1 AND buyer_id = $2) AS has`,
    [tenantId, head],
  );
  return row?.has === true;
}

/** Staff have the role of their head. */
export async function setStaffRole(
  transaction: Transaction,
  tenantId: string,
  head: string,
  role: Role,
): Promise<void> {
  await transaction.execute(
    'UPDATE account SET role = $3, version = version + 1 WHERE tenant_id = $1 AND member_of = $2',
    [tenantId, head, role],
  );
}

/** Lets nobody of a company in any more but its head. Gives those who could come in until now. */
export async function deactivateStaff(
  transaction: Transaction,
  tenantId: string,
  head: string,
): Promise<AccountRow[]> {
  return transaction.query<AccountRow>(
    `UPDATE account SET status = 'deactivated', version = version + 1
     WHERE tenant_id = $1 AND member_of = $2 AND status <> 'deactivated' RETURNING ${COLUMNS}`,
    [tenantId, head],
  );
}

/** Everybody of a company: its head, then its staff by name. */
export async function peopleOfCompany(
  transaction: Transaction,
  tenantId: string,
  head: string,
): Promise<AccountRow[]> {
  return transaction.query<AccountRow>(
    `SELECT ${COLUMNS} FROM account WHERE tenant_id = $1 AND (id = $2 OR member_of = $2)
     ORDER BY member_of NULLS FIRST, name, id`,
    [tenantId, head],
  );
}
