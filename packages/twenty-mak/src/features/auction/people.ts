import { plainArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';

/** A person of a company who can be told something. */
export interface Member {
  readonly id: string;
  /** Head account of the company. */
  readonly companyId: string;
  readonly email: string;
  readonly name: string;
  readonly locale: 'en' | 'ru' | 'uk';
}

const MEMBER = 'id, coalesce(member_of, id) AS "companyId", email, name, locale';

/** The active people of companies, by the head accounts of these. */
export async function peopleOf(
  tx: Transaction,
  tenantId: string,
  companyIds: readonly string[],
): Promise<Member[]> {
  if (companyIds.length === 0) return [];
  return tx.query<Member>(
    `SELECT ${MEMBER} FROM account
     WHERE tenant_id = $1 AND status = 'active' AND coalesce(member_of, id) = ANY ($2::uuid[]) ORDER BY id`,
    [tenantId, plainArray([...new Set(companyIds)])],
  );
}

/** Those of these people who are active. */
export async function membersById(
  tx: Transaction,
  tenantId: string,
  accountIds: readonly string[],
): Promise<Member[]> {
  if (accountIds.length === 0) return [];
  return tx.query<Member>(
    `SELECT ${MEMBER} FROM account
     WHERE tenant_id = $1 AND status = 'active' AND id = ANY ($2::uuid[]) ORDER BY id`,
    [tenantId, plainArray([...new Set(accountIds)])],
  );
}

/** The person who has put the leads of a lot on auction, also of one that offers them again; null when it was a machine. */
export async function makerOf(tx: Transaction, lotId: string): Promise<string | null> {
  const [row] = await tx.query<{ created_by: string }>(
    `WITH RECURSIVE way AS (
       SELECT relist_of, created_by FROM lot WHERE id = $1
       UNION ALL SELECT lot.relist_of, lot.created_by FROM way JOIN lot ON lot.id = way.relist_of)
     SELECT created_by FROM way WHERE relist_of IS NULL`,
    [lotId],
  );
  const [kind, id = null] = row?.created_by.split(':') ?? [];
  return kind === 'account' ? id : null;
}

/** Who is told for the seller of a lot: the people of a partner; of the head office the one who has made the lot. */
export async function sellersOf(
  tx: Transaction,
  tenantId: string,
  { sellerId, lotId }: { readonly sellerId: string; readonly lotId: string },
): Promise<Member[]> {
  if (sellerId !== tenantId) return peopleOf(tx, tenantId, [sellerId]);
  const maker = await makerOf(tx, lotId);
  return maker === null ? [] : membersById(tx, tenantId, [maker]);
}
