import type { LeadDraft } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import type { NamedAccounts } from './lead-entries.ts';

/**
 * Accounts that drafts name by id or e-mail address: active ones of the head office as responsible, companies that are not
 * blocked, or anybody of their staff, as partner. What names nobody is not in the answer.
 */
export async function accountsNamed(
  tx: Transaction,
  tenantId: string,
  drafts: readonly Pick<LeadDraft, 'responsible' | 'partner'>[],
): Promise<NamedAccounts> {
  const names = drafts.flatMap(({ responsible, partner }) =>
    [responsible, partner].filter((name) => name !== null).map((name) => name.toLowerCase()),
  );
  const responsible = new Map<string, string>();
  const partner = new Map<string, string>();
  if (names.length === 0) return { responsible, partner };
  const rows = await tx.query<{ id: string; head: string; email: string; office: boolean }>(
    `SELECT a.id, head.id AS head, lower(a.email) AS email, a.role IN ('admin', 'employee') AS office
     FROM account a JOIN account head ON head.id = coalesce(a.member_of, a.id)
     WHERE a.tenant_id = $1 AND 'deactivated' NOT IN (a.status, head.status) AND a.role <> 'guest'
       AND (a.id::text = ANY ($2::text[]) OR lower(a.email) = ANY ($2::text[]))`,
    [tenantId, [...new Set(names)]],
  );
  for (const { id, head, email, office } of rows)
    for (const name of [id, email])
      if (office) responsible.set(name, id);
      else partner.set(name, head);
  return { responsible, partner };
}
