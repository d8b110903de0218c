import type { Decision } from '../basics/index.ts';
import { checkFilter } from '../filters/index.ts';
import type { Filterable, RecordFilter } from '../filters/index.ts';

/** What leads of every tenant can be filtered by. */
export const LEAD_FILTERS: Filterable = {
  name: 'Leads',
  fields: {
    status: 'choice',
    kind: 'choice',
    source: 'choice',
    handling: 'choice',
    partner_id: 'choice',
    responsible_id: 'choice',
    currency: 'choice',
    consent: 'choice',
    external_system: 'choice',
    city: 'text',
    niche: 'text',
    legal_form: 'text',
    amount: 'number',
    score: 'number',
    created_at: 'time',
    updated_at: 'time',
    status_since: 'time',
    duplicate: 'flag',
    name: 'sealed',
    phone: 'sealed',
    email: 'sealed',
  },
};

/** `checkFilter` for leads. */
export function checkLeadFilter(
  raw: unknown,
  seesContacts: boolean,
  field?: string,
): Decision<RecordFilter> {
  return checkFilter(LEAD_FILTERS, raw, seesContacts, field);
}
