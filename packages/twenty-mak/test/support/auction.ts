import { randomUUID } from 'node:crypto';
import type { AscendingTerms, LotTerms } from 'twenty-mak-domain';
import type { TestApp, TestTenant } from './app.ts';
import { entered } from './leads.ts';
import { PASSWORD, signIn } from './people.ts';

/** A franchisee or partner who has signed in. */
export interface TestCompany {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

export const ASCENDING: AscendingTerms = {
  kind: 'ascending',
  start: 100,
  step: 10,
  reserve: null,
  buyNow: null,
  antiSniping: null,
};
export const SEALED: LotTerms = { kind: 'sealed', reserve: 100 };

/** Companies of a new tenant, in the order of their names. Each works in Kyiv. */
export async function openCompanies(
  mak: TestApp,
  roles: Readonly<Record<string, 'franchisee' | 'partner' | 'employee'>>,
): Promise<{ tenant: TestTenant; companies: TestCompany[] }> {
  const domain = `${randomUUID().slice(0, 8)}.example`;
  const names = Object.keys(roles);
  const tenant = await mak.createTenant({
    accounts: names.map((name) => {
      return { email: `${name}@${domain}`, name, role: roles[name], password: PASSWORD };
    }),
  });
  const { body } = await mak.call<{ items: { id: string; email: string }[] }>(
    '/v1/accounts?limit=200',
    { key: tenant.apiKey },
  );
  const companies = await Promise.all(
    names.map(async (name) => {
      const email = `${name}@${domain}`;
      const id = body.items.find((one) => one.email === email)?.id ?? '';
      return { id, email, token: (await signIn(mak, email)).token };
    }),
  );
  for (const { id } of companies) await workIn(mak, tenant, id, ['kyiv'], ['dental']);
  return { tenant, companies };
}

/** Says where a company works. */
export async function workIn(
  mak: TestApp,
  { id: tenantId }: TestTenant,
  accountId: string,
  cities: readonly string[],
  niches: readonly string[],
): Promise<void> {
  await mak.database.query(
    `INSERT INTO company_profile (account_id, tenant_id, company_name, cities, niches, contact)
     SELECT id, tenant_id, name, $3, $4, '{}' FROM account
     WHERE tenant_id = $1 AND id = $2 AND role IN ('partner', 'franchisee')
     ON CONFLICT (account_id) DO UPDATE SET cities = $3, niches = $4`,
    [tenantId, accountId, cities, niches],
  );
}

export async function giveMoney(
  mak: TestApp,
  { apiKey }: TestTenant,
  company: Pick<TestCompany, 'id'>,
  amount: number,
): Promise<void> {
  const body = { account_id: company.id, amount, reference: randomUUID() };
  const answer = await mak.call('/v1/wallet/top-ups', { key: apiKey, body });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}

export interface LotDraft {
  readonly terms?: LotTerms;
  /** Who has brought the leads; left out: the head office. */
  readonly seller?: Pick<TestCompany, 'token'>;
  /** Milliseconds from now. */
  readonly opensIn?: number;
  readonly endsIn?: number;
  readonly city?: string;
  readonly leads?: number;
}

/** Leads that nobody else has, of the head office or of a seller. */
export async function enterLeads(
  mak: TestApp,
  key: string,
  count: number,
  more: object = {},
): Promise<string[]> {
  const leads = Array.from({ length: count }, () =>
    entered(mak, key, {
      name: `Secret ${randomUUID()}`,
      phones: [`+38050${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`],
      emails: [`secret-${randomUUID()}@example.com`],
      city: 'kyiv',
      consent: { answer: 'given', evidence: 'form' },
      ...more,
    }),
  );
  return (await Promise.all(leads)).map(({ id }) => id);
}

/** A lot with leads of its own. What the API would not take, e.g. an end in the past, is written over what it made. */
export async function makeLot(
  mak: TestApp,
  { apiKey }: TestTenant,
  draft: LotDraft = {},
): Promise<string> {
  const {
    terms = ASCENDING,
    seller,
    opensIn = -1_000,
    endsIn = 3_600_000,
    city,
    leads = 1,
  } = draft;
  const key = seller?.token ?? apiKey;
  const answer = await mak.call<{ id: string }>('/v1/lots', {
    key,
    body: {
      kind: 'sealed',
      reserve: 1,
      lead_ids: await enterLeads(mak, key, leads, city === undefined ? {} : { city }),
      ends_at: new Date(Date.now() + 3_600_000).toISOString(),
    },
  });
  if (answer.status !== 201) throw new Error(`no lot: ${JSON.stringify(answer.body)}`);
  const { id } = answer.body;
  const sellsAtOnce =
    terms.kind === 'descending' || (terms.kind === 'ascending' && terms.buyNow !== null);
  await mak.database.query(
    `UPDATE lot SET kind = $2, terms = $3, sells_at_once = $4, opens_at = now.at + $5 * interval '1 ms',
       planned_end = now.at + $6 * interval '1 ms', ends_at = now.at + $6 * interval '1 ms'
     FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS at) AS now WHERE id = $1`,
    [id, terms.kind, JSON.stringify(terms), sellsAtOnce, opensIn, endsIn],
  );
  return id;
}

/** Many franchisees of a new tenant who never sign in: a client bids for them. Each has 1,000.00. */
export async function openCrowd(
  mak: TestApp,
  count: number,
): Promise<{ tenant: TestTenant; ids: string[] }> {
  const tenant = await mak.createTenant();
  const rows = await mak.database.query<{ id: string }>(
    `INSERT INTO account (id, tenant_id, email, name, role, status)
     SELECT gen_random_uuid(), $1, n || '@crowd.example', 'Bidder ' || n, 'franchisee', 'active' FROM generate_series(1, $2::int) AS n
     RETURNING id`,
    [tenant.id, count],
  );
  const ids = rows.map(({ id }) => id);
  await mak.database.query(
    `INSERT INTO company_profile (account_id, tenant_id, company_name, cities, niches, contact)
     SELECT id, tenant_id, name, '{kyiv}', '{dental}', '{}' FROM account WHERE tenant_id = $1`,
    [tenant.id],
  );
  for (const id of ids) await giveMoney(mak, tenant, { id }, 100_000);
  return { tenant, ids };
}
