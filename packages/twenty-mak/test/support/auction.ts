import { randomUUID } from 'node:crypto';
import type { LotTerms } from 'twenty-mak-domain';
import type { TestApp, TestTenant } from './app.ts';
import { PASSWORD, signIn } from './people.ts';

/** A franchisee or partner who has signed in. */
export interface TestCompany {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

export const ASCENDING: LotTerms = {
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
  readonly seller?: string;
  /** Milliseconds from now. */
  readonly opensIn?: number;
  readonly endsIn?: number;
  readonly city?: string;
  readonly leads?: number;
}

/** A lot of the head office, or of a seller, with leads that nobody knows. */
export async function makeLot(
  mak: TestApp,
  { id: tenantId }: TestTenant,
  draft: LotDraft = {},
): Promise<string> {
  const { terms = ASCENDING, seller = tenantId, opensIn = -1_000, endsIn = 3_600_000 } = draft;
  const { city = 'kyiv', leads = 1 } = draft;
  const id = randomUUID();
  const sellsAtOnce =
    terms.kind === 'descending' || (terms.kind === 'ascending' && terms.buyNow !== null);
  await mak.database.query(
    `INSERT INTO wallet_account (id, tenant_id, kind, owner_id, currency)
     VALUES (gen_random_uuid(), $1, 'wallet', $2, 'EUR') ON CONFLICT DO NOTHING`,
    [tenantId, seller],
  );
  await mak.database.query(
    `INSERT INTO lot (id, tenant_id, seller_id, kind, terms, currency, opens_at, planned_end, ends_at, leads, cities, niches,
       sources, sells_at_once, created_by)
     VALUES ($1, $2, $3, $4, $5, 'EUR', date_trunc('milliseconds', clock_timestamp()) + $6 * interval '1 ms',
       date_trunc('milliseconds', clock_timestamp()) + $7 * interval '1 ms', date_trunc('milliseconds', clock_timestamp()) + $7 * interval '1 ms',
       $8, $9, '{dental}', '{site}', $10, 'test')`,
    [
      id,
      tenantId,
      seller,
      terms.kind,
      JSON.stringify(terms),
      opensIn,
      endsIn,
      leads,
      [city],
      sellsAtOnce,
    ],
  );
  await mak.database.query(
    `INSERT INTO lot_lead (tenant_id, lot_id, lead_id, place, city, niche, source, amount, score, lead_created_at)
     SELECT $1, $2, gen_random_uuid(), place, $4, 'dental', 'site', 250000, 7, now() - interval '2 days'
     FROM generate_series(1, $3::int) AS place`,
    [tenantId, id, leads, city],
  );
  await mak.database.query('UPDATE lot SET planned_end = ends_at WHERE id = $1', [id]);
  await mak.database.query('INSERT INTO lot_notice (tenant_id, lot_id) VALUES ($1, $2)', [
    tenantId,
    id,
  ]);
  return id;
}
