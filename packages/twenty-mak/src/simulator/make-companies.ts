import type { HttpApi } from './http-api.ts';
import { accountOf, APPLICANT, OUTSIDERS, STAFF } from './outsiders.ts';
import type { Everybody } from './outsiders.ts';

/** Where the companies of a plan are. */
export interface CompaniesPlace {
  readonly api: HttpApi;
  /** With every scope. */
  readonly key: string;
  /** Key of the tenant. */
  readonly tenant: string;
  /** Of people who are invited. */
  readonly password: string;
}

interface Profiles {
  readonly items: readonly { readonly account_id: string; readonly version: number }[];
}

/**
 * Fills in the profiles of partners and franchisees, pays money in, invites their people, and lets somebody apply.
 * What was done before stays as it is. Throws ApiError.
 */
export async function makeCompanies(place: CompaniesPlace, everybody: Everybody): Promise<void> {
  const { api, key } = place;
  const { items } = await api.call<Profiles>('/v1/companies?limit=200', { key });
  const untouched = new Set(
    items.filter(({ version }) => version === 0).map(({ account_id: id }) => id),
  );
  for (const outsider of OUTSIDERS) {
    const id = accountOf(everybody, outsider.key);
    const { money } = outsider;
    if (untouched.has(id)) {
      const body = { version: 0, ...profileOf(outsider) };
      await api.call(`/v1/company?company_id=${id}`, { method: 'PATCH', key, body });
    }
    if (money > 0) {
      const body = { account_id: id, amount: money, reference: `opening-${outsider.key}` };
      await api.call('/v1/wallet/top-ups', { key, body });
    }
  }
  await inviteStaff(place, everybody);
  await api.call('/v1/registrations', { body: { tenant: place.tenant, ...APPLICANT } });
}

function profileOf(outsider: (typeof OUTSIDERS)[number]): object {
  const { company, legalForm, taxNumber, phone, cities, niches, grade, capacity } = outsider;
  return {
    company_name: company,
    legal_form: legalForm,
    tax_number: taxNumber,
    phone,
    cities,
    niches,
    grade,
    lead_capacity: capacity,
  };
}

/** Invites people and accepts for them. */
async function inviteStaff(
  { api, key, password }: CompaniesPlace,
  everybody: Everybody,
): Promise<void> {
  for (const { of, name, locale, mailbox } of STAFF) {
    const company = accountOf(everybody, of);
    const email = `${mailbox}@${everybody.domain}`;
    const { items } = await api.call<{
      items: readonly { id: string; email: string; status: string }[];
    }>(`/v1/staff?company_id=${company}`, { key });
    const known = items.find((one) => one.email === email);
    if (known !== undefined && known.status !== 'invited') continue;
    const path =
      known === undefined ? '/v1/staff' : `/v1/staff/${known.id}/invitation?company_id=${company}`;
    const body = known === undefined ? { company_id: company, email, name, locale } : {};
    const { invitation } = await api.call<{ invitation: { token: string } }>(path, { key, body });
    const acceptance = { token: invitation.token, password };
    await api.call('/v1/invitations/accept', { body: acceptance });
  }
}
