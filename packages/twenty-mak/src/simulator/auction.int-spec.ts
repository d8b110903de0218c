import { LEAD_KINDS } from 'twenty-mak-domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../test/support/app.ts';
import type { TestApp } from '../../test/support/app.ts';
import {
  accountOf,
  HttpApi,
  leadsOf,
  leadStates,
  LOTS,
  makeAuction,
  makeCompanies,
  makeLeads,
  makeTenant,
  OFFERED,
  outsidePeople,
  OUTSIDERS,
  peopleOf,
  peopleOfTenant,
  SEGMENTS,
  STAFF,
  wakeTenant,
} from './index.ts';
import type { Everybody, NewTenant, Operator, SimulatedTenant } from './index.ts';

const DOMAIN = 'market.example';
const PASSWORD = 'simulated-password';
const DAY = 86_400_000;
/** Of PUBLIC_URL, as tests leave it. */
const ORIGIN = 'http://127.0.0.1:3000';

let mak: TestApp;
let worker: TestApp;
let operator: Operator;
let tenant: SimulatedTenant;
let everybody: Everybody;
const business: NewTenant = {
  key: 'market',
  name: 'Market',
  people: [
    ...peopleOf('market', 10).filter(({ role }) => role !== 'partner' && role !== 'franchisee'),
    ...outsidePeople(DOMAIN),
  ],
  passwordOf: () => PASSWORD,
  demo: false,
};

beforeAll(async () => {
  const env = { MAK_POLL_INTERVAL_MS: '200' };
  mak = await startApp({ env });
  worker = await startApp({ role: 'worker', database: mak.database, env });
  operator = { api: new HttpApi(mak.url, ORIGIN), operatorKey: mak.operatorKey };
  tenant = await makeTenant(operator, business);
});
afterAll(async () => {
  await worker.close();
  await mak.close();
});

interface Lot {
  readonly id: string;
  readonly kind: string;
  readonly phase: string;
  readonly bid_count: number | null;
  readonly outcome: { readonly kind: string; readonly price: number | null } | null;
}

const read = async <Body>(path: string, key = tenant.apiKey): Promise<Body> =>
  operator.api.call<Body>(path, { key });
const items = async <Item>(path: string, key?: string): Promise<readonly Item[]> =>
  (await read<{ items: readonly Item[] }>(path, key)).items;

/** All that the demo tenant does for leads and their auction. */
async function make(now: () => number = () => Date.now()): Promise<void> {
  const { api } = operator;
  const { apiKey: key, createdAt } = tenant;
  everybody = { people: await peopleOfTenant(api, key), domain: DOMAIN };
  const leads = leadsOf('market', createdAt, OFFERED);
  const ids = await makeLeads(operator, tenant, leads, everybody);
  await wakeTenant(operator, tenant);
  await makeCompanies({ api, key, tenant: business.key, password: PASSWORD }, everybody);
  await makeAuction({ api, key, password: PASSWORD, everybody, leads: ids, now });
}

/** What people see of it, but for the time that passes. */
async function seen(): Promise<unknown> {
  const lots = [...(await items<Lot>('/v1/lots?limit=200')), ...(await closedLots())];
  return {
    leads: [...(await leadStates(operator.api, tenant.apiKey)).values()],
    lots: lots.map(({ id, bid_count: bids, outcome }) => ({ id, bids, outcome })),
    wallets: await items('/v1/wallets?limit=200'),
    statements: await Promise.all(
      OUTSIDERS.map(({ key }) =>
        items(`/v1/wallet/statement?account_id=${accountOf(everybody, key)}`),
      ),
    ),
    companies: await items('/v1/companies?limit=200'),
    people: await items('/v1/accounts?limit=200'),
    returns: await items('/v1/returns'),
    registrations: await items('/v1/registrations'),
    segments: await items('/v1/leads/segments'),
  };
}

const closedLots = (): Promise<readonly Lot[]> => items<Lot>('/v1/lots?phase=closed&limit=200');

describe('leads and their auction in a simulated tenant', () => {
  it('are the same for the same seed, and others for another one', () => {
    const leads = (seed: string) => JSON.stringify(leadsOf(seed, 1_800_000_000_000, OFFERED));
    expect(leads('spring')).toBe(leads('spring'));
    expect(leads('autumn')).not.toBe(leads('spring'));
  });

  it('are finished by a second attempt when the first one stopped in the middle', async () => {
    let offers = 0;
    const stopping = (): number => {
      offers += 1;
      if (offers > 5) throw new Error('the plug was pulled');
      return Date.now();
    };
    await expect(make(stopping)).rejects.toThrow('the plug was pulled');
    await make();
    expect(await items('/v1/leads/segments')).toHaveLength(SEGMENTS.length);
  });

  it('have leads of every kind and source, of the last weeks, some of them twice', async () => {
    const sources = new Set(['partner', 'lead_generation', 'cold_base', 'external', 'bought_base']);
    await expect
      .poll(
        async () =>
          (await items<{ kind: string; leads: number }>('/v1/leads/counts'))
            .filter(({ leads }) => leads > 0)
            .map(({ kind }) => kind),
        { timeout: 40_000 },
      )
      .toEqual(expect.arrayContaining([...LEAD_KINDS]));
    const leads = await items<{ source: string; created_at: string; consent: string | null }>(
      '/v1/leads?limit=200',
    );
    expect(new Set(leads.map(({ source }) => source))).toEqual(sources);
    expect(new Set(leads.map(({ consent }) => consent))).toEqual(
      new Set(['given', 'refused', null]),
    );
    const ages = leads.map(({ created_at: at }) => Date.now() - Date.parse(at));
    expect(Math.max(...ages)).toBeGreaterThan(30 * DAY);
    expect(Math.min(...ages)).toBeLessThan(3 * DAY);
    expect((await items('/v1/leads/duplicates')).length).toBeGreaterThan(1);
  });

  it('have lots of all kinds: running, sold, unsold, withdrawn', async () => {
    const running = await items<Lot>('/v1/lots?phase=active&limit=200');
    const open = running.filter(({ phase }) => phase === 'open');
    const kinds = ['ascending', 'descending', 'sealed'];
    expect([...new Set(open.map(({ kind }) => kind))].toSorted()).toEqual(kinds);
    expect(running.some(({ phase }) => phase === 'upcoming')).toBe(true);
    const closed = await closedLots();
    const sold = closed.filter(({ outcome }) => outcome?.kind === 'sold');
    expect([...new Set(sold.map(({ kind }) => kind))].toSorted()).toEqual(kinds);
    expect(new Set(closed.map(({ outcome }) => outcome?.kind))).toEqual(
      new Set(['sold', 'unsold', 'withdrawn']),
    );
    // Those that were offered again are lots of their own.
    expect(running.length + closed.length).toBeGreaterThan(LOTS.length);
  });

  it('have money that adds up, and that came to those who brought the leads', async () => {
    expect(await read('/v1/wallet/audit')).toEqual({ ok: true, faults: [] });
    let spent = 0;
    for (const { key, role, money } of OUTSIDERS) {
      const id = accountOf(everybody, key);
      const { balance } = await read<{ balance: number }>(`/v1/wallet?account_id=${id}`);
      // A partner has paid nothing in: all it has came to it for a lead.
      const [least, most] = role === 'partner' ? [1, Number.MAX_SAFE_INTEGER] : [0, money];
      expect(balance).toBeGreaterThanOrEqual(least);
      // Somebody whose only lead was taken back has the whole of it again.
      expect(balance).toBeLessThanOrEqual(most);
      if (role !== 'partner') spent += money - balance;
    }
    expect(spent).toBeGreaterThan(0);
  });

  it('leave somebody something to decide', async () => {
    const returns = await items<{ verdict: string | null }>('/v1/returns');
    expect(returns.map(({ verdict }) => verdict).toSorted()).toEqual(['accepted', null]);
    expect(await items('/v1/registrations?status=applied')).toHaveLength(1);
  });

  it('are what a franchisee finds in the own cabinet', async () => {
    const key = await operator.api.signIn(`franchisee@${DOMAIN}`, PASSWORD);
    const { leads, deals, wallet } = await read<{
      leads: { total: number; converted: number };
      deals: { total: number };
      wallet: { available: number; held: number };
    }>('/v1/cabinet', key);
    expect(leads.total).toBeGreaterThan(2);
    expect(leads.converted).toBe(1);
    expect(deals.total).toBe(1);
    expect(wallet.held).toBeGreaterThan(0);
    expect(wallet.available).toBeGreaterThan(0);
    expect((await items('/v1/lots', key)).length).toBeGreaterThan(4);
    const staff = await items<{ status: string }>('/v1/staff', key);
    expect(staff.map(({ status }) => status)).toEqual(['active', ...STAFF.map(() => 'active')]);
  });

  it('are not changed by a further attempt', async () => {
    const before = await seen();
    await make();
    expect(await seen()).toEqual(before);
  });
});
