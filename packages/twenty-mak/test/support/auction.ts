import { randomUUID } from 'node:crypto';
import type { AscendingTerms, LotTerms } from 'twenty-mak-domain';
import type { TestApp, TestTenant } from './app.ts';
import { entered } from './leads.ts';
import { adminOf, PASSWORD, signIn } from './people.ts';

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

/** Companies and people of a new tenant, in the order of their names. Each company works in Kyiv. */
export async function openCompanies(
  mak: TestApp,
  roles: Readonly<Record<string, 'franchisee' | 'partner' | 'employee' | 'admin'>>,
  more: object = {},
): Promise<{ tenant: TestTenant; companies: TestCompany[] }> {
  const domain = `${randomUUID().slice(0, 8)}.example`;
  const names = Object.keys(roles);
  const tenant = await mak.createTenant({
    ...more,
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
      const enter = roles[name] === 'admin' ? adminOf : signIn;
      return { id, email, token: (await enter(mak, email)).token };
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
  readonly niche?: string;
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

/** What the API takes for these terms; times shorter than a second are written over afterwards. */
function requestOf(terms: LotTerms): object {
  if (terms.kind === 'sealed') return terms;
  if (terms.kind === 'descending') {
    const { interval, ...rest } = terms;
    return { ...rest, interval_seconds: Math.max(Math.floor(interval / 1_000), 1) };
  }
  const { kind, start, step, reserve, buyNow, antiSniping } = terms;
  return {
    kind,
    start,
    step,
    ...(reserve === null ? {} : { reserve }),
    ...(buyNow === null ? {} : { buy_now: buyNow }),
    ...(antiSniping === null
      ? {}
      : {
          anti_sniping: {
            window_seconds: antiSniping.window / 1_000,
            extension_seconds: antiSniping.extension / 1_000,
            times: antiSniping.times,
          },
        }),
  };
}

/** A lot with leads of its own. What the API would not take, e.g. an end in the past, is written over what it made. */
export async function makeLot(
  mak: TestApp,
  { apiKey }: TestTenant,
  draft: LotDraft = {},
): Promise<string> {
  const { terms = ASCENDING, seller, opensIn = 0, endsIn = 3_600_000, leads = 1 } = draft;
  const { city = 'kyiv', niche = null } = draft;
  const key = seller?.token ?? apiKey;
  const lead_ids = await enterLeads(mak, key, leads, { city, niche });
  const now = Date.now();
  const at = (wait: number): string => new Date(now + wait).toISOString();
  const answer = await mak.call<{ id: string }>('/v1/lots', {
    key,
    body: {
      ...requestOf(terms),
      lead_ids,
      ends_at: at(endsIn > 0 ? endsIn : 3_600_000),
      ...(opensIn > 0 ? { opens_at: at(opensIn) } : {}),
    },
  });
  if (answer.status !== 201) throw new Error(`no lot: ${JSON.stringify(answer.body)}`);
  const { id } = answer.body;
  const isPast = opensIn < 0 || endsIn <= 0;
  if (isPast || terms.kind === 'descending')
    await mak.database.query(
      `UPDATE lot SET terms = $2, opens_at = to_timestamp($3::float8 / 1000), planned_end = to_timestamp($4::float8 / 1000),
         ends_at = to_timestamp($4::float8 / 1000) WHERE id = $1`,
      [id, JSON.stringify(terms), now + opensIn, now + endsIn],
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
