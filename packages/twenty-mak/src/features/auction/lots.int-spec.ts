import { randomUUID } from 'node:crypto';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { faultsOf } from '../../../test/support/auction-checks.ts';
import {
  ASCENDING,
  enterLeads,
  giveMoney,
  makeLot,
  openCompanies,
  SEALED,
  workIn,
} from '../../../test/support/auction.ts';
import type { TestCompany } from '../../../test/support/auction.ts';
import { keyWith } from '../../../test/support/leads.ts';
import { ROLE_SCOPES } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { SecretBox } from '../../platform/secrets/index.ts';
import { LeadSales } from '../leads/index.ts';
import { ClosingService } from './closing.service.ts';
import type { LotDetails, LotStatistics, WonLead } from './lots.dto.ts';
import { AuctionNotices } from './notices.jobs.ts';
import type { ReturnView } from './returns.dto.ts';
import type { RulesView } from './rules.dto.ts';

interface Refused {
  readonly code: string;
  readonly field?: string;
}
interface WalletView {
  readonly account_id: string;
  readonly held: number;
  readonly available: number;
  readonly holds: readonly { readonly lot_id: string; readonly amount: number }[];
}
interface Lead {
  readonly kind: string;
  readonly buyer_id: string | null;
  readonly contact: { readonly state: string; readonly name: string | null };
}

let mak: TestApp;
let tenant: TestTenant;
let ann: TestCompany;
let ben: TestCompany;
let cat: TestCompany;
let partner: TestCompany;
let arbiter: TestCompany;

beforeAll(async () => {
  mak = await startApp({ env: { MAK_RATE_PER_PERSON: '10000' } });
  const opened = await openCompanies(mak, {
    ann: 'franchisee',
    ben: 'franchisee',
    pat: 'partner',
    eve: 'employee',
    cat: 'franchisee',
  });
  tenant = opened.tenant;
  [ann, ben, partner, arbiter, cat] = opened.companies as [
    TestCompany,
    TestCompany,
    TestCompany,
    TestCompany,
    TestCompany,
  ];
  for (const company of [ann, ben, cat]) await giveMoney(mak, tenant, company, 100_000);
});
afterAll(() => mak.close());

const call = async <Body>(path: string, key: string, body?: object, method?: string) => {
  const options = { key, ...(body && { body }), ...(method && { method }) };
  return (await mak.call<Body & Refused>(path, options)).body;
};
const look = (lot: string, key: string) => call<LotDetails>(`/v1/lots/${lot}`, key);
const bid = (lot: string, { token }: TestCompany, amount: number) =>
  call(`/v1/lots/${lot}/bids`, token, { key: randomUUID(), amount });
const close = (lot: string) => mak.app.get(ClosingService).close(tenant.id, lot);
/** Ends a lot whose last bid was a moment ago, as time would. */
const closeSoon = (lot: string) =>
  expect.poll(async () => (await close(lot)).opensUntil).toBeNull();
/** The end of the lot comes now, after all that was bid, however long that took. */
async function end(lot: string, { id: tenantId } = tenant): Promise<void> {
  await mak.database.query('UPDATE lot SET ends_at = now(), planned_end = now() WHERE id = $1', [
    lot,
  ]);
  expect((await mak.app.get(ClosingService).close(tenantId, lot)).opensUntil).toBeNull();
}
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const tell = () =>
  mak.app.get(AuctionNotices).handle({ tenantId: tenant.id }, new AbortController().signal);
interface Notice {
  readonly kind: string;
  readonly data: { readonly lot_id?: string };
}
const noticesOf = async (token: string) =>
  (await call<{ items: Notice[] }>('/v1/notifications?limit=200', token)).items;
const kindsOf = async ({ token }: TestCompany, lot: string) =>
  (await noticesOf(token)).filter(({ data }) => data.lot_id === lot).map(({ kind }) => kind);
/** Kinds of the letters about a lot that wait to be sent to the company. */
const about = async (lot: string, { email }: TestCompany): Promise<string[]> => {
  const rows = await mak.database.query<{ id: string; sealed: Buffer }>(
    'SELECT id, sealed FROM auth.letter ORDER BY id',
  );
  return rows
    .map(({ id, sealed }) => JSON.parse(mak.app.get(SecretBox).open('letter', id, sealed)))
    .filter((letter: { to: string; lot?: string }) => letter.to === email && letter.lot === lot)
    .map(({ notice }: { notice: string }) => notice)
    .toSorted();
};
/** Whether franchisees may bid. */
async function setBidding(may: boolean): Promise<void> {
  const { items } = await call<{ items: { role: string; version: number }[] }>(
    '/v1/roles',
    tenant.apiKey,
  );
  const version = items.find(({ role }) => role === 'franchisee')?.version;
  const permissions = [...ROLE_SCOPES.franchisee].filter((one) => may || one !== 'auction:bid');
  const edit = { version, permissions };
  const saved = await call('/v1/roles/franchisee', tenant.apiKey, edit, 'PATCH');
  expect(saved.code).toBeUndefined();
}
const setRules = async (change: object) => {
  const { version, rules } = await call<RulesView>('/v1/auction/rules', tenant.apiKey);
  const body = { version, rules: { ...rules, ...change } };
  return call<RulesView>('/v1/auction/rules', tenant.apiKey, body, 'PUT');
};

describe('putting leads on auction', () => {
  it('is for who brought them, and masks them', async () => {
    const [lead] = await enterLeads(mak, partner.token, 1, { amount: 300_000, currency: 'EUR' });
    const request = {
      kind: 'ascending',
      lead_ids: [lead],
      ends_at: inAnHour(),
      start: 100,
      step: 10,
      reserve: 500,
    };
    expect((await call('/v1/lots', ann.token, request)).code).toBe('forbidden');
    const lot = await call<LotDetails>('/v1/lots', partner.token, request);
    expect(lot).toMatchObject({ is_seller: true, reserve: 500, leads: [{ lead_id: lead }] });
    expect((await call('/v1/lots', partner.token, request)).code).toBe('lead_on_auction');
    const seen = await look(lot.id, ann.token);
    expect(seen).toMatchObject({
      is_seller: false,
      seller_id: null,
      reserve: null,
      is_reserve_met: false,
      leads: [{ lead_id: null, city: 'kyiv', amount_band: { from: 100_000, below: 500_000 } }],
    });
    expect(JSON.stringify(seen)).not.toMatch(/secret|Secret|\+380|300000/);
    expect((await call(`/v1/leads/${lead}`, ann.token)).code).toBe('not_found');
    const taken = await call<LotDetails>(`/v1/lots/${lot.id}/withdraw`, partner.token, {});
    expect(taken).toMatchObject({ phase: 'closed', outcome: { kind: 'withdrawn' } });
    expect(await call<Lead>(`/v1/leads/${lead}`, partner.token)).toMatchObject({ kind: 'working' });
  });

  it('is refused for leads of others, of two sides, or with terms that make no sense', async () => {
    const [theirs = ''] = await enterLeads(mak, partner.token, 1);
    const [ours = ''] = await enterLeads(mak, tenant.apiKey, 1);
    const create = (body: object, key = tenant.apiKey) =>
      call('/v1/lots', key, { kind: 'sealed', reserve: 5, ends_at: inAnHour(), ...body });
    expect((await create({ lead_ids: [ours] }, partner.token)).code).toBe('not_found');
    expect((await create({ lead_ids: [randomUUID()] })).code).toBe('not_found');
    expect((await create({ lead_ids: [ours, theirs] })).code).toBe('sellers_differ');
    // Who may not see whose leads they are gets the answer for one that is not there.
    const nowhere = await create({ lead_ids: [theirs, randomUUID()] }, partner.token);
    expect(nowhere.code).toBe('not_found');
    expect(await create({ lead_ids: [theirs, ours] }, partner.token)).toEqual(nowhere);
    const blind = await keyWith(mak, tenant, ['auction:sell']);
    expect(await create({ lead_ids: [ours, theirs] }, blind)).toEqual(nowhere);
    expect((await create({ lead_ids: [ours, ours] })).code).toBe('lead_twice');
    const past = new Date(Date.now() - 1_000).toISOString();
    expect((await create({ lead_ids: [ours], ends_at: past })).code).toBe('duration_invalid');
    const descending = { kind: 'descending', start: 5, step: 1, floor: 9, interval_seconds: 5 };
    const { reserve: _none, ...terms } = { reserve: 0, ...descending };
    expect(
      (await call('/v1/lots', tenant.apiKey, { ...terms, lead_ids: [ours], ends_at: inAnHour() }))
        .code,
    ).toBe('floor_too_high');
    expect((await create({ lead_ids: [ours], step: 5 })).code).toBe('invalid_request');
    expect(await call<Lead>(`/v1/leads/${ours}`, tenant.apiKey)).toMatchObject({ kind: 'new' });
  });

  it('is refused to everybody for what a company has, and the company keeps it', async () => {
    const [lead = ''] = await enterLeads(mak, partner.token, 1);
    const [free = ''] = await enterLeads(mak, partner.token, 1);
    await mak.app.get(Database).within({ tenantId: tenant.id }, async (tx) => {
      const sales = mak.app.get(LeadSales);
      const offered = { kind: 'auction', lotId: randomUUID(), mover: 'auction' } as const;
      const at = Date.now();
      await sales.move(tx, tenant.id, { leadIds: [lead], at, ...offered });
      await sales.assign(tx, tenant.id, [lead], ann.id, at);
    });
    const sealed = { kind: 'sealed', reserve: 5, ends_at: inAnHour(), lead_ids: [free, lead] };
    for (const key of [tenant.apiKey, partner.token])
      expect(await call('/v1/lots', key, sealed)).toMatchObject({
        code: 'lead_given',
        field: 'lead_ids',
      });
    expect(await call<Lead>(`/v1/leads/${lead}`, ann.token)).toMatchObject({
      kind: 'working',
      buyer_id: ann.id,
    });
    expect(await call<Lead>(`/v1/leads/${free}`, partner.token)).toMatchObject({ kind: 'new' });
  });

  it('cannot be taken back once somebody has bid', async () => {
    const lot = await makeLot(mak, tenant);
    await bid(lot, ann, 100);
    expect((await call(`/v1/lots/${lot}/withdraw`, tenant.apiKey, {})).code).toBe('lot_has_bids');
    expect((await call(`/v1/lots/${lot}/withdraw`, partner.token, {})).code).toBe('not_found');
  });
});

describe('what a new lot begins with', () => {
  it('is as we ship it until the head office says otherwise, also for rules that are older than it', async () => {
    const read = async () =>
      (await call<RulesView>('/v1/auction/rules', tenant.apiKey)).rules.new_lot;
    const shipped = await read();
    expect(shipped).toMatchObject({ kind: 'ascending', lasts_hours: 24, start: null });
    await setRules({ ending_soon_minutes: 20 });
    await mak.database.query("UPDATE lot_rule SET rules = rules - 'new_lot' WHERE tenant_id = $1", [
      tenant.id,
    ]);
    expect(await read()).toEqual(shipped);
    const own = { ...shipped, kind: 'descending', start: 5_000, step: 100, anti_sniping: null };
    await setRules({ new_lot: own });
    expect(await read()).toEqual(own);
    expect(await call<Refused>('/v1/auction/rules', ann.token)).toMatchObject({
      rules: { new_lot: own },
    });
    // Who saves the other rules without it leaves it as it is.
    await setRules({ new_lot: undefined, ending_soon_minutes: 25 });
    expect(await read()).toEqual(own);
    const refused = await setRules({ new_lot: { ...own, lasts_hours: 0 } });
    expect(refused).toMatchObject({ code: 'invalid_request' });
    expect(await read()).toEqual(own);
    await setRules({ new_lot: shipped });
  });
});

describe('lists of lots', () => {
  it('show everybody what they may see, by end, in pages', async () => {
    const lots: string[] = [];
    for (const endsIn of [50_000, 40_000, 30_000])
      lots.push(await makeLot(mak, tenant, { endsIn }));
    const hidden = await makeLot(mak, tenant, { city: 'odesa', endsIn: 20_000 });
    interface Listed {
      items: LotDetails[];
      next: string | null;
    }
    const page = await call<Listed>('/v1/lots?limit=2', ann.token);
    expect(page.items.map(({ id }) => id)).toEqual([lots[2], lots[1]]);
    const rest = await call<Listed>(`/v1/lots?limit=1&cursor=${page.next}`, ann.token);
    expect(rest.items.map(({ id }) => id)).toEqual([lots[0]]);
    const all = await call<Listed>('/v1/lots?city=odesa', tenant.apiKey);
    expect(all.items.map(({ id }) => id)).toEqual([hidden]);
    expect((await call<Listed>('/v1/lots', partner.token)).items).toEqual([]);
    await bid(lots[1] ?? '', ann, 100);
    const mine = await call<Listed>('/v1/lots?scope=bidding', ann.token);
    expect(mine.items.map(({ id }) => id)).toContain(lots[1]);
    await call(`/v1/lots/${lots[0]}/follow`, ann.token, { follow: true }, 'PUT');
    const followed = await call<Listed>('/v1/lots?scope=followed', ann.token);
    expect(followed.items.map(({ id }) => id)).toEqual([lots[0]]);
    expect((await call('/v1/lots?cursor=x', ann.token)).code).toBe('invalid_cursor');
  });

  it('can be narrowed to a band of amounts, to no other range', async () => {
    const ofAmount = async (amount: number): Promise<string> => {
      const lead_ids = await enterLeads(mak, tenant.apiKey, 1, { amount, currency: 'EUR' });
      const sealed = { kind: 'sealed', reserve: 5, currency: 'EUR', ends_at: inAnHour() };
      return (await call<LotDetails>('/v1/lots', tenant.apiKey, { ...sealed, lead_ids })).id;
    };
    const small = await ofAmount(99_999);
    const [least, most] = [await ofAmount(100_000), await ofAmount(499_999)];
    const unknown = await makeLot(mak, tenant);
    const made = [small, least, most, unknown];
    const listed = async (band: number): Promise<string[]> => {
      const path = `/v1/lots?limit=200&amount_band=${band}`;
      const { items } = await call<{ items: LotDetails[] }>(path, ann.token);
      return made.filter((id) => items.some((lot) => lot.id === id));
    };
    expect(await listed(0)).toEqual([small]);
    expect(await listed(100_000)).toEqual([least, most]);
    expect(await listed(10_000_000)).toEqual([]);
    for (const band of [100_001, 99_999, 200_000])
      expect((await call(`/v1/lots?amount_band=${band}`, ann.token)).code).toBe(
        'unknown_amount_band',
      );
    expect((await call('/v1/lots?amount_band=-1', ann.token)).code).toBe('invalid_request');
  });

  it('end for who has had enough on one day', async () => {
    await mak.database.query("UPDATE company_profile SET grade = 'low' WHERE account_id = $1", [
      ben.id,
    ]);
    const rules = await call<RulesView>('/v1/auction/rules', tenant.apiKey);
    const limits = [{ grade: 'low', lots_per_day: 1 }];
    await setRules({ eligibility: { ...rules.rules.eligibility, limits } });
    const [first, second] = [await makeLot(mak, tenant), await makeLot(mak, tenant)];
    expect((await bid(first, ben, 100)).code).toBeUndefined();
    expect((await bid(second, ben, 100)).code).toBe('daily_limit_reached');
    expect((await bid(first, ben, 200)).code).toBeUndefined();
    expect((await look(second, ben.token)).code).toBe('not_found');
    expect((await look(first, ben.token)).id).toBe(first);
    await setRules({ eligibility: rules.rules.eligibility });
  });
});

describe('a lot that nobody bought', () => {
  it('is offered again, cheaper, then given out to who works there, then goes to the head office', async () => {
    await mak.database.query('UPDATE company_profile SET lead_capacity = 0 WHERE account_id = $1', [
      ben.id,
    ]);
    await setRules({ redistribution: { relists: 1, cheaper_by: 10, assigns: true } });
    const first = await makeLot(mak, tenant, { terms: SEALED, opensIn: -1_000, endsIn: -1 });
    await close(first);
    expect(await look(first, tenant.apiKey)).toMatchObject({
      outcome: { kind: 'unsold' },
      next_step: 'relist',
    });
    const [again] = await mak.database.query<{ id: string }>(
      'SELECT id FROM lot WHERE relist_of = $1',
      [first],
    );
    const second = again?.id ?? '';
    expect(await look(second, ann.token)).toMatchObject({
      phase: 'open',
      relisted: 1,
      reserve: 90,
    });
    await closeSoon(second);
    expect(await look(second, tenant.apiKey)).toMatchObject({ next_step: 'assign' });
    const [given] = await mak.database.query<{ lead_id: string; assigned_to: string }>(
      'SELECT lead_id, assigned_to FROM lot_lead WHERE lot_id = $1',
      [second],
    );
    expect(given?.assigned_to).toBe(ann.id);
    await Promise.all([tell(), tell()]);
    const heard = async ({ token }: TestCompany) =>
      (await noticesOf(token)).filter(({ kind }) => kind === 'auction.assigned');
    expect((await heard(ann)).map(({ data }) => data)).toEqual([
      { lot_id: second, lead_ids: [given?.lead_id], count: 1 },
    ]);
    expect(await about(second, ann)).toContain('assigned');
    for (const other of [ben, cat, partner]) {
      expect(await heard(other)).toEqual([]);
      expect(await about(second, other)).not.toContain('assigned');
    }
    const lead = await call<Lead>(`/v1/leads/${given?.lead_id}`, ann.token);
    expect(lead).toMatchObject({ kind: 'working', contact: { state: 'open' } });
    const nowhere = await makeLot(mak, tenant, { city: 'odesa', opensIn: -1_000, endsIn: -1 });
    await setRules({ redistribution: { relists: 0, cheaper_by: 0, assigns: true } });
    await close(nowhere);
    const [kept] = await mak.database.query<{ kind: string; buyer_id: string | null }>(
      'SELECT kind, buyer_id FROM lead WHERE id = (SELECT lead_id FROM lot_lead WHERE lot_id = $1)',
      [nowhere],
    );
    expect(kept).toEqual({ kind: 'unsold', buyer_id: null });
    expect(await faultsOf(mak.database, tenant.id, second)).toEqual([]);
  });
});

describe('a bought lead', () => {
  /** A lot of the partner that somebody has won. */
  async function sell(buyer: TestCompany): Promise<{ lot: string; lead: string }> {
    const terms = { ...ASCENDING, buyNow: 301 };
    const lot = await makeLot(mak, tenant, { seller: partner, leads: 2, terms });
    expect((await bid(lot, buyer, 301)).code).toBeUndefined();
    const won = await call<{ items: WonLead[] }>('/v1/lots/won', buyer.token);
    const item = won.items.find(({ lot_id }) => lot_id === lot);
    return { lot, lead: item?.lead.lead_id ?? '' };
  }
  const balance = async ({ token }: TestCompany) =>
    (await call<{ balance: number }>('/v1/wallet', token)).balance;

  it('shows its contact to the buyer, and comes back with the money when the arbiter says so', async () => {
    const before = [await balance(ann), await balance(partner)];
    const { lot, lead } = await sell(ann);
    for (const { token } of [ann, partner])
      expect(await call('/v1/wallet/statement?limit=1', token)).toMatchObject({
        items: [{ lot_id: lot, lot: { cities: ['kyiv'], niches: [], lead_count: 2 } }],
      });
    expect(await call<Lead>(`/v1/leads/${lead}`, ann.token)).toMatchObject({
      kind: 'sold',
      contact: { state: 'open', name: expect.stringContaining('Secret') as string },
    });
    expect((await call(`/v1/leads/${lead}`, ben.token)).code).toBe('not_found');
    const request = {
      lot_id: lot,
      lead_id: lead,
      reason: 'wrong_contact',
      comment: 'Nobody there',
    };
    expect((await call('/v1/returns', ben.token, request)).code).toBe('not_found');
    expect((await call('/v1/returns', ann.token, { ...request, reason: 'mood' })).code).toBe(
      'unknown_return_reason',
    );
    const asked = await call<ReturnView>('/v1/returns', ann.token, request);
    expect(asked).toMatchObject({ verdict: null, buyer_id: ann.id, seller_id: null });
    expect(await kindsOf(partner, lot)).toContain('auction.return_requested');
    expect((await call('/v1/returns', ann.token, request)).code).toBe('return_exists');
    const seen = await call<{ items: ReturnView[] }>('/v1/returns', partner.token);
    expect(seen.items[0]).toMatchObject({ id: asked.id, buyer_id: null, seller_id: partner.id });
    expect((await call<{ items: ReturnView[] }>('/v1/returns', ben.token)).items).toEqual([]);
    const path = `/v1/returns/${asked.id}/decision`;
    const verdict = { verdict: 'accepted', note: 'Right' };
    for (const { token } of [ann, partner, arbiter])
      expect((await call(path, token, verdict)).code).toBe('forbidden');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => call<ReturnView>(path, tenant.apiKey, verdict)),
    );
    for (const answer of answers) expect(answer).toMatchObject({ verdict: 'accepted' });
    expect((await call(path, tenant.apiKey, { ...verdict, verdict: 'rejected' })).code).toBe(
      'return_decided',
    );
    const share = answers[0]?.price ?? 0;
    expect([150, 151]).toContain(share);
    expect([await balance(ann), await balance(partner)]).toEqual([
      (before[0] ?? 0) - 301 + share,
      (before[1] ?? 0) + 301 - share,
    ]);
    expect((await call(`/v1/leads/${lead}`, ann.token)).code).toBe('not_found');
    expect(await call<Lead>(`/v1/leads/${lead}`, tenant.apiKey)).toMatchObject({
      kind: 'returned',
    });
    expect(await faultsOf(mak.database, tenant.id, lot)).toEqual([]);
  });

  it('stays when the return is refused or comes too late', async () => {
    const { lot, lead } = await sell(ann);
    const had = await balance(ann);
    const request = { lot_id: lot, lead_id: lead, reason: 'other', comment: 'Do not like it' };
    const asked = await call<ReturnView>('/v1/returns', ann.token, request);
    const path = `/v1/returns/${asked.id}/decision`;
    await call(path, tenant.apiKey, { verdict: 'rejected', note: 'It is as described' });
    expect(await balance(ann)).toBe(had);
    expect(await call<Lead>(`/v1/leads/${lead}`, ann.token)).toMatchObject({ buyer_id: ann.id });
    const other = await sell(ann);
    await mak.database.query(
      "UPDATE lot SET closed_at = closed_at - interval '100 hours' WHERE id = $1",
      [other.lot],
    );
    const late = { ...request, lot_id: other.lot, lead_id: other.lead };
    expect((await call('/v1/returns', ann.token, late)).code).toBe('return_window_over');
  });
});

describe('the figures of lots', () => {
  it('are those of the own lots, and of all for the head office', async () => {
    const { tenant: own, companies } = await openCompanies(mak, {
      pat: 'partner',
      sue: 'partner',
      amy: 'franchisee',
    });
    const [pat, sue, amy] = companies as [TestCompany, TestCompany, TestCompany];
    await giveMoney(mak, own, amy, 10_000);
    const { version, rules } = await call<RulesView>('/v1/auction/rules', own.apiKey);
    const redistribution = { relists: 0, cheaper_by: 0, assigns: false };
    const edit = { version, rules: { ...rules, redistribution } };
    expect((await call('/v1/auction/rules', own.apiKey, edit, 'PUT')).code).toBeUndefined();
    const [sold, dear] = [
      await makeLot(mak, own, { seller: pat, leads: 2 }),
      await makeLot(mak, own, { seller: pat }),
    ];
    await bid(sold, amy, 300);
    await bid(dear, amy, 100);
    await bid(dear, amy, 501);
    const unsold = await makeLot(mak, own, { seller: pat, opensIn: -1_000, endsIn: -1 });
    const withdrawn = await makeLot(mak, own, { seller: pat });
    await call(`/v1/lots/${withdrawn}/withdraw`, pat.token, {});
    await makeLot(mak, own, { seller: pat });
    await makeLot(mak, own, { seller: pat, opensIn: 1_800_000 });
    await makeLot(mak, own);
    for (const lot of [sold, dear, unsold]) await end(lot, own);
    const won = await call<{ items: WonLead[] }>('/v1/lots/won', amy.token);
    const bad = won.items.find(({ lot_id }) => lot_id === sold)?.lead.lead_id;
    const asked = await call<ReturnView>('/v1/returns', amy.token, {
      ...{ lot_id: sold, lead_id: bad, reason: 'wrong_contact', comment: 'Nobody there' },
    });
    const verdict = { verdict: 'accepted', note: 'Right' };
    await call(`/v1/returns/${asked.id}/decision`, own.apiKey, verdict);
    const figures = (key: string) => call<LotStatistics>('/v1/lots/statistics', key);
    const ofPat = await figures(pat.token);
    expect(ofPat).toEqual({
      ...{ upcoming: 1, open: 1, sold: 2, unsold: 1, withdrawn: 1, bids: 3, returned: 1 },
      proceeds: [{ currency: expect.any(String) as string, amount: 801, average: 401 }],
    });
    expect(await figures(own.apiKey)).toEqual({ ...ofPat, open: 2 });
    expect(await figures(sue.token)).toEqual({
      ...{ upcoming: 0, open: 0, sold: 0, unsold: 0, withdrawn: 0, bids: 0, returned: 0 },
      proceeds: [],
    });
  });
});

describe('people', () => {
  it('are told of a lot for them, of being outbid, of winning and of losing, once, without contacts', async () => {
    await workIn(mak, tenant, ben.id, ['kyiv'], ['dental']);
    const lot = await makeLot(mak, tenant);
    await tell();
    expect(await kindsOf(ann, lot)).toEqual(['auction.offered']);
    expect(await kindsOf(partner, lot)).toEqual([]);
    await bid(lot, ann, 100);
    await bid(lot, ben, 200);
    await tell();
    expect(await kindsOf(ann, lot)).toContain('auction.outbid');
    expect(await kindsOf(ben, lot)).not.toContain('auction.outbid');
    await end(lot);
    await Promise.all([tell(), tell()]);
    await tell();
    expect(await kindsOf(ben, lot)).toEqual(['auction.won', 'auction.offered']);
    expect((await kindsOf(ann, lot)).toSorted()).toEqual([
      'auction.lost',
      'auction.offered',
      'auction.outbid',
    ]);
    const rows = await mak.database.query<{ data: object }>(
      "SELECT data FROM notification WHERE tenant_id = $1 AND kind LIKE 'auction%'",
      [tenant.id],
    );
    expect(JSON.stringify(rows)).not.toMatch(/Secret|secret|\+380/);
  });

  it('are invited to no lot as long as their role may not bid', async () => {
    await setBidding(false);
    try {
      const lot = await makeLot(mak, tenant);
      await tell();
      expect(await kindsOf(ann, lot)).toEqual([]);
    } finally {
      await setBidding(true);
    }
  });

  it('get letters about a lot for them, being outbid, its end and winning', async () => {
    const domain = { amy: 'franchisee', bob: 'franchisee' } as const;
    const { tenant: own, companies } = await openCompanies(mak, domain);
    const [amy, bob] = companies as [TestCompany, TestCompany];
    for (const company of companies) await giveMoney(mak, own, company, 1_000);
    const tellOwn = () =>
      mak.app.get(AuctionNotices).handle({ tenantId: own.id }, new AbortController().signal);
    const long = await makeLot(mak, own, { opensIn: -3_600_000, endsIn: 600_000 });
    await bid(long, amy, 100);
    await bid(long, bob, 110);
    await tellOwn();
    await tellOwn();
    expect(await about(long, amy)).toEqual(['ending', 'offered', 'outbid']);
    expect(await about(long, bob)).toEqual(['offered']);
    const short = await makeLot(mak, own);
    await bid(short, amy, 100);
    await end(short, own);
    await tellOwn();
    await tellOwn();
    expect(await about(short, amy)).toEqual(['won']);
    expect(await about(short, bob)).toEqual([]);
  });

  it('who bid or follow are told that a lot ends soon', async () => {
    const lot = await makeLot(mak, tenant, { opensIn: -3_600_000, endsIn: 600_000 });
    await call(`/v1/lots/${lot}/follow`, ben.token, { follow: true }, 'PUT');
    await bid(lot, cat, 100);
    await bid(lot, ann, 110);
    await tell();
    await tell();
    expect(await kindsOf(ben, lot)).toEqual(['auction.ending', 'auction.offered']);
    expect((await kindsOf(cat, lot)).toSorted()).toEqual([
      'auction.ending',
      'auction.offered',
      'auction.outbid',
    ]);
    expect(await kindsOf(ann, lot)).toEqual(['auction.offered']);
  });
});

describe('pages that follow a lot', () => {
  interface Change {
    readonly price: number | null;
    readonly seq: number | null;
    readonly isLeading: boolean | null;
    readonly phase: string;
  }
  const stops: (() => void)[] = [];
  afterAll(() => stops.forEach((stop) => stop()));

  function follow(lot: string, key: string): { changes: Change[]; errors: string[] } {
    const told = { changes: [] as Change[], errors: [] as string[] };
    const client = createClient({
      url: `${mak.url.replace('http', 'ws')}/graphql`,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${key}` },
    });
    const query = `subscription { lotChanged(ids: ["${lot}"]) { id price seq isLeading phase endsAt minimumBid } }`;
    const stop = client.subscribe<{ lotChanged: Change }>(
      { query },
      {
        next: ({ data, errors }) => {
          if (data?.lotChanged) told.changes.push(data.lotChanged);
          told.errors.push(...(errors ?? []).map(({ extensions }) => String(extensions?.['code'])));
        },
        error: (error) => told.errors.push(JSON.stringify(error)),
        complete: () => undefined,
      },
    );
    stops.push(() => {
      stop();
      void client.dispose();
    });
    return told;
  }

  it('see the price move, each with the own standing, and the end', async () => {
    const lot = await makeLot(mak, tenant);
    const [first, second] = [follow(lot, ann.token), follow(lot, ben.token)];
    await expect.poll(() => second.changes.length).toBe(1);
    await bid(lot, ann, 100);
    await expect.poll(() => first.changes.at(-1)).toMatchObject({ price: 100, isLeading: true });
    await expect.poll(() => second.changes.at(-1)).toMatchObject({ price: 100, isLeading: false });
    await end(lot);
    await expect.poll(() => second.changes.at(-1)).toMatchObject({ phase: 'closed' });
  });

  it('see no more of the market once they may no longer bid, but what they have bid on', async () => {
    const [lot, own] = [await makeLot(mak, tenant), await makeLot(mak, tenant)];
    await bid(own, ann, 100);
    const [market, mine] = [follow(lot, ann.token), follow(own, ann.token)];
    await expect.poll(() => [market.changes.length, mine.changes.length]).toEqual([1, 1]);
    await setBidding(false);
    try {
      await expect.poll(() => market.errors.join()).toContain('"not_found"');
      expect((await look(lot, ann.token)).code).toBe('not_found');
      expect(mine.errors).toEqual([]);
    } finally {
      await setBidding(true);
    }
    await bid(own, ben, 200);
    await expect.poll(() => mine.changes.at(-1)).toMatchObject({ price: 200, isLeading: false });
  });

  it('see nothing of sealed bids, and nothing at all of lots that are not for them', async () => {
    const lot = await makeLot(mak, tenant, { terms: SEALED });
    const office = follow(lot, tenant.apiKey);
    const stranger = follow(lot, partner.token);
    await expect.poll(() => office.changes.length).toBe(1);
    await bid(lot, ann, 777);
    await expect.poll(() => office.changes.length).toBe(2);
    for (const change of office.changes)
      expect(change).toMatchObject({ price: null, seq: null, isLeading: null });
    expect(JSON.stringify(office)).not.toContain('777');
    await expect.poll(() => stranger.errors).toHaveLength(1);
    expect(stranger.changes).toEqual([]);
    // Nor does the wallet of who has bid tell it, but to who it belongs to.
    const wallet = `/v1/wallet?account_id=${ann.id}`;
    const [seen, own] = [
      await call<WalletView>(wallet, tenant.apiKey),
      await call<WalletView>('/v1/wallet', ann.token),
    ];
    const name = { cities: ['kyiv'], niches: [], lead_count: 1 };
    expect(own.holds).toContainEqual({ lot_id: lot, lot: name, amount: 777 });
    expect([own.held - seen.held, own.available - seen.available]).toEqual([777, -777]);
    expect(seen.holds.map(({ lot_id }) => lot_id)).not.toContain(lot);
    const wallets = await call<{ items: WalletView[] }>('/v1/wallets?limit=200', tenant.apiKey);
    const listed = wallets.items.find(({ account_id }) => account_id === ann.id);
    expect(listed).toMatchObject({ held: seen.held, available: seen.available });
    const query = `{ lot(id: "${lot}") { price bidCount } bidHistory(lotId: "${lot}") { secret items { amount } } }`;
    expect(await call('/graphql', tenant.apiKey, { query })).toEqual({
      data: { lot: { price: null, bidCount: null }, bidHistory: { secret: true, items: [] } },
    });
  });
});

it('row-level security shows a company its own bids, lots and money and nobody else’s', async () => {
  const lot = await makeLot(mak, tenant, { seller: partner });
  await bid(lot, ann, 100);
  await bid(lot, ben, 110);
  const rows = (restrictedTo: string, tenantId = tenant.id) =>
    mak.app.get(Database).within({ tenantId, restrictedTo }, async (tx) => {
      const bids = await tx.query<{ bidder_id: string }>(
        'SELECT DISTINCT bidder_id FROM bid WHERE lot_id = $1',
        [lot],
      );
      const lots = await tx.query('SELECT id FROM lot WHERE id = $1', [lot]);
      const holds = await tx.query('SELECT amount FROM wallet_hold WHERE purpose = $1', [lot]);
      return [bids.map(({ bidder_id }) => bidder_id), lots.length, holds.length];
    });
  expect(await rows(ann.id)).toEqual([[ann.id], 0, 1]);
  expect(await rows(ben.id)).toEqual([[ben.id], 0, 1]);
  expect(await rows(partner.id)).toEqual([[], 1, 0]);
  const foreign = await mak.createTenant();
  expect(await rows(ann.id, foreign.id)).toEqual([[], 0, 0]);
  const database = mak.app.get(Database);
  for (const sql of ['UPDATE bid SET amount = 1', 'DELETE FROM bid', 'DELETE FROM lot'])
    await expect(database.within({ tenantId: tenant.id }, (tx) => tx.execute(sql))).rejects.toThrow(
      'permission denied',
    );
});
