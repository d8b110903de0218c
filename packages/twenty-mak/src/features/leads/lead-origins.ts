import { correctOrigin } from 'twenty-mak-domain';
import type { LeadOrigin } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, RefusalError } from '../../platform/errors/index.ts';
import { accountsNamed } from './lead-accounts.repository.ts';
import type { LeadBefore } from './lead-changes.ts';
import { checkWords } from './lead-entries.ts';
import type { EditLead } from './leads.dto.ts';

/**
 * The origin of a lead as an edit corrects it; null when it is so already. Refuses as `correctOrigin` does, and with
 * `unknown_source` or `unknown_partner`.
 */
export async function correctedOrigin(
  tx: Transaction,
  tenantId: string,
  { record: { lead }, rules, now }: LeadBefore,
  { source, partner_id: named }: Pick<EditLead, 'source' | 'partner_id'>,
): Promise<LeadOrigin | null> {
  accepted(checkWords(rules, { source: source ?? null, handling: null, status: null }));
  const known = named === lead.origin.partnerId;
  const partnerId = named == null || known ? named : await companyOf(tx, tenantId, named);
  return accepted(correctOrigin(lead, { source, partnerId }, rules.consent, now));
}

/** The company of an account that may be named as partner. */
async function companyOf(tx: Transaction, tenantId: string, name: string): Promise<string> {
  const named = await accountsNamed(tx, tenantId, [{ responsible: null, partner: name }]);
  const company = named.partner.get(name.toLowerCase());
  if (company !== undefined) return company;
  throw new RefusalError({
    code: 'unknown_partner',
    reason: 'There is no company with this id, or it is blocked. See GET /v1/companies.',
    field: 'partner_id',
  });
}
