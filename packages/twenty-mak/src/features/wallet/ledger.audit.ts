import type { Transaction } from '../../platform/database/index.ts';

/** Something in the books that does not fit: what is written, and what follows from postings and holds. */
export interface WalletFault {
  readonly kind: 'balance' | 'held' | 'statement' | 'unbalanced';
  /** The account, or the entry that is not balanced. */
  readonly id: string;
  readonly written: number;
  readonly expected: number;
}

/** Compares all books of a tenant with their postings and holds, in one look. Empty when everything is right to the last unit. */
export async function auditBooks(
  tx: Transaction,
  tenantId: string,
  limit: number,
): Promise<readonly WalletFault[]> {
  return tx.query<WalletFault>(
    `WITH account AS (
       SELECT a.id, a.balance, a.held,
         (SELECT coalesce(sum(amount), 0)::bigint FROM wallet_posting p WHERE p.account_id = a.id) AS posted,
         (SELECT coalesce(sum(amount), 0)::bigint FROM wallet_hold h WHERE h.account_id = a.id) AS promised
       FROM wallet_account a WHERE a.tenant_id = $1
     )
     SELECT 'balance' AS kind, id::text AS id, balance AS written, posted AS expected FROM account WHERE balance <> posted
     UNION ALL
     SELECT 'held', id::text, held, promised FROM account WHERE held <> promised
     UNION ALL
     SELECT 'statement', line.account_id::text, line.balance, line.expected FROM (
       SELECT account_id, balance, sum(amount) OVER (PARTITION BY account_id ORDER BY place)::bigint AS expected
       FROM wallet_posting WHERE tenant_id = $1) AS line
     WHERE line.balance <> line.expected
     UNION ALL
     SELECT 'unbalanced', entry_id, sum(amount)::bigint, 0 FROM wallet_posting WHERE tenant_id = $1
     GROUP BY entry_id HAVING sum(amount) <> 0
     LIMIT $2`,
    [tenantId, limit],
  );
}
