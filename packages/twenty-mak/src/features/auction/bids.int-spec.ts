import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { faultsOf } from '../../../test/support/auction-checks.ts';
import {
  ASCENDING,
  giveMoney,
  makeLot,
  openCompanies,
  openCrowd,
  SEALED,
  workIn,
} from '../../../test/support/auction.ts';
import type { TestCompany } from '../../../test/support/auction.ts';
import { setRules } from '../../../test/support/leads.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { ClosingService } from './closing.service.ts';
import type { PlacedBid } from './bids.dto.ts';
import { LOTS_CHANNEL, lotsRing } from './lot-ring.ts';
import type { LotDetails } from './lots.dto.ts';
import type { RulesView } from './rules.dto.ts';

interface Refused {
  readonly code: string;
  readonly field?: string;
  readonly title: string;
}

const OWN_SCHEMA = 'of_the_spec';

let mak: TestApp;
let twin: TestApp;
let tenant: TestTenant;
let ann: TestCompany;
let ben: TestCompany;
let cat: TestCompany;
let partner: TestCompany;

beforeAll(async () => {
  mak = await startApp({ env: { MAK_RATE_PER_PERSON: '10000' } });
  twin = await startApp({
    database: mak.database,
    env: {
      MAK_RATE_PER_PERSON: '10000',
      // What a spec makes in this schema comes before what PostgreSQL has.
      PG_SCAN_URL: `${mak.database.scanUrl}?options=-c%20search_path%3D${OWN_SCHEMA}%2Cpublic%2Cpg_catalog`,
    },
  });
  const opened = await openCompanies(mak, {
    ann: 'franchisee',
    ben: 'franchisee',
    cat: 'franchisee',
    pat: 'partner',
  });
  tenant = opened.tenant;
  [ann, ben, cat, partner] = opened.companies as [
    TestCompany,
    TestCompany,
    TestCompany,
    TestCompany,
  ];
  for (const company of [ann, ben, cat]) await giveMoney(mak, tenant, company, 1_000_000);
});
afterAll(async () => {
  await twin.close();
  await mak.close();
});

/** Waiting for the disk fails, as it does when PostgreSQL goes away in between. */
const DISK_IS_AWAY = `
  CREATE SCHEMA ${OWN_SCHEMA};
  GRANT USAGE ON SCHEMA ${OWN_SCHEMA} TO mak_scan;
  CREATE FUNCTION ${OWN_SCHEMA}.pg_logical_emit_message(boolean, text, text) RETURNS pg_lsn LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the disk is away'; END $$`;

const bid = (
  { token }: Pick<TestCompany, 'token'>,
  lot: string,
  amount: unknown,
  { key = randomUUID(), app = mak }: { key?: string; app?: TestApp } = {},
) => app.call<PlacedBid & Refused>(`/v1/lots/${lot}/bids`, { key: token, body: { key, amount } });
const look = async ({ token }: Pick<TestCompany, 'token'>, lot: string) =>
  (await mak.call<LotDetails & Refused>(`/v1/lots/${lot}`, { key: token })).body;
const close = (lot: string) => mak.app.get(ClosingService).close(tenant.id, lot);
const expectRight = async (lot: string) =>
  expect(await faultsOf(mak.database, tenant.id, lot)).toEqual([]);
const available = async ({ token }: TestCompany) =>
  (await mak.call<{ available: number }>('/v1/wallet', { key: token })).body.available;

describe('a bid', () => {
  it('counts, holds its amount, and releases who was outbid', async () => {
    const lot = await makeLot(mak, tenant);
    const before = await available(ann);
    expect((await bid(ann, lot, 100)).body).toMatchObject({ seq: 1, amount: 100, bought: false });
    expect(await available(ann)).toBe(before - 100);
    expect((await bid(ben, lot, 110)).body).toMatchObject({ seq: 2 });
    expect(await available(ann)).toBe(before);
    expect(await look(ann, lot)).toMatchObject({ price: 110, minimum_bid: 120, bid_count: 2 });
    expect(await look(ben, lot)).toMatchObject({ own_amount: 110, has_bid: true });
    await expectRight(lot);
  });

  it('is one bid however often it is sent, also to another process, and a refusal stays one', async () => {
    const lot = await makeLot(mak, tenant);
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        bid(ann, lot, 200, { key, app: index % 2 === 0 ? mak : twin }),
      ),
    );
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ seq: 1, amount: 200 });
    const low = randomUUID();
    const refused = await bid(ben, lot, 205, { key: low });
    expect(refused).toMatchObject({ status: 422, body: { code: 'bid_too_low', field: 'amount' } });
    expect((await bid(ben, lot, 205, { key: low, app: twin })).body).toEqual(refused.body);
    expect((await bid(ben, lot, 500, { key: low })).body.code).toBe('key_conflict');
    // The keys of others are theirs.
    expect((await bid(cat, lot, 210, { key })).body).toMatchObject({ seq: 2 });
    await expectRight(lot);
  });

  it('is told of also when the disk was not heard of, and stands when it is sent again', async () => {
    const bus = mak.app.get(Bus);
    let heard: string[] = [];
    const stop = bus.listen(LOTS_CHANNEL, (message) => heard.push(message));
    await bus.arrives(LOTS_CHANNEL);
    const lot = await makeLot(mak, tenant);
    const ring = lotsRing(tenant.id, lot);
    await expect.poll(() => heard).toContain(ring);
    heard = [];
    const key = randomUUID();
    await mak.database.query(DISK_IS_AWAY);
    const unheard = await bid(ann, lot, 100, { key, app: twin });
    await mak.database.query(`DROP SCHEMA ${OWN_SCHEMA} CASCADE`);
    expect(unheard).toMatchObject({ status: 500, body: { code: 'internal_error' } });
    await expect.poll(() => heard).toContain(ring);
    stop();
    expect(await look(ben, lot)).toMatchObject({ price: 100, bid_count: 1 });
    expect((await bid(ann, lot, 100, { key })).body).toMatchObject({ seq: 1, amount: 100 });
    await expectRight(lot);
  });

  it.each([
    ['below the start', 99, 'bid_too_low'],
    ['of more than is there', 2_000_000, 'insufficient_funds'],
    ['of nothing', 0, 'amount_invalid'],
    ['below zero', -100, 'amount_invalid'],
    ['beyond sums', 1e15, 'amount_invalid'],
    ['of parts of units', 100.5, 'invalid_request'],
    ['of text', '100', 'invalid_request'],
    ['of nothing at all', null, 'invalid_request'],
  ])('%s is refused and changes nothing', async (_case, amount, code) => {
    const lot = await makeLot(mak, tenant);
    expect((await bid(ann, lot, amount)).body.code).toBe(code);
    expect(await look(ann, lot)).toMatchObject({ bid_count: 0, price: null });
    await expectRight(lot);
  });

  it.each([
    ['empty', ''],
    ['too long', 'x'.repeat(201)],
    ['with NUL', 'a\0b'],
    ['with a line break', 'a\nb'],
    ['not ASCII', 'ключ'],
  ])('with a key that is %s is refused', async (_case, key) => {
    const lot = await makeLot(mak, tenant);
    expect((await bid(ann, lot, 100, { key })).body).toMatchObject({
      code: 'invalid_request',
      field: 'key',
    });
  });

  it('before the lot opens or after it has ended is refused', async () => {
    const upcoming = await makeLot(mak, tenant, { opensIn: 60_000 });
    expect((await bid(ann, upcoming, 100)).body.code).toBe('lot_not_open');
    const over = await makeLot(mak, tenant, { opensIn: -2_000, endsIn: -1 });
    expect((await bid(ann, over, 100)).body.code).toBe('lot_ended');
    await close(over);
    expect((await bid(ann, over, 100)).body.code).toBe('lot_closed');
    expect(await look({ token: tenant.apiKey }, over)).toMatchObject({
      phase: 'closed',
      outcome: { kind: 'unsold' },
    });
  });

  it('of the seller, of a partner, of the head office or of nobody is refused', async () => {
    const own = await makeLot(mak, tenant);
    await mak.database.query('UPDATE lot SET seller_id = $2 WHERE id = $1', [own, ann.id]);
    expect((await bid(ann, own, 100)).body.code).toBe('own_lot');
    expect((await bid(partner, own, 100)).body.code).toBe('forbidden');
    expect((await bid({ token: tenant.apiKey }, own, 100)).body.code).toBe('forbidden');
    expect((await bid(ann, randomUUID(), 100)).body.code).toBe('not_found');
    expect((await bid(ann, 'none', 100)).body.code).toBe('invalid_request');
  });

  it('of a client is one for the company that it names', async () => {
    const lot = await makeLot(mak, tenant);
    const body = { key: 'by client', amount: 100, bidder_id: cat.id };
    const answer = await mak.call(`/v1/lots/${lot}/bids`, { key: tenant.apiKey, body });
    expect(answer).toMatchObject({ status: 200, body: { seq: 1 } });
    expect(await look(cat, lot)).toMatchObject({ own_amount: 100 });
    const foreign = await mak.call(`/v1/lots/${lot}/bids`, {
      key: ann.token,
      body: { ...body, key: 'x', amount: 200 },
    });
    expect(foreign.status).toBe(403);
  });

  it('at the price to buy now buys the lot at once, for exactly that price', async () => {
    const lot = await makeLot(mak, tenant, { terms: { ...ASCENDING, buyNow: 500 }, leads: 3 });
    const before = await available(ben);
    expect((await bid(ben, lot, 900)).body).toMatchObject({ amount: 500, bought: true });
    expect(await available(ben)).toBe(before - 500);
    expect((await bid(ann, lot, 1_000)).body.code).toBe('lot_closed');
    await expectRight(lot);
  });

  it('takes a descending lot for the price of the moment, and one of many at once gets it', async () => {
    const terms = { kind: 'descending', start: 500, step: 100, floor: 100, interval: 500 } as const;
    const lot = await makeLot(mak, tenant, { terms, opensIn: -600 });
    const answers = await Promise.all(
      [ann, ben, cat].flatMap((one) => [bid(one, lot, 450), bid(one, lot, 450, { app: twin })]),
    );
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken).toHaveLength(1);
    expect(taken[0]?.body).toMatchObject({ seq: 1, amount: 400, bought: true });
    await expectRight(lot);
  });
});

describe('the end of a lot', () => {
  it('moves with bids in its last moments, as often as it may', async () => {
    const antiSniping = { window: 240_000, extension: 120_000, times: 2 };
    const lot = await makeLot(mak, tenant, {
      terms: { ...ASCENDING, antiSniping },
      endsIn: 30_000,
    });
    const first = (await bid(ann, lot, 100)).body;
    expect(Date.parse(first.ends_at) - Date.parse(first.at)).toBe(120_000);
    expect(await look(ann, lot)).toMatchObject({ anti_sniping: { used: 1, times: 2 } });
    const second = (await bid(ben, lot, 110)).body;
    expect(Date.parse(second.ends_at) - Date.parse(second.at)).toBe(120_000);
    const third = (await bid(ann, lot, 120)).body;
    expect(third.ends_at).toBe(second.ends_at);
    expect(await look(ann, lot)).toMatchObject({
      ends_at: second.ends_at,
      anti_sniping: { used: 2, times: 2 },
    });
    await expectRight(lot);
  });

  it('gives the winner the leads and the seller the money, once', async () => {
    const lot = await makeLot(mak, tenant, { seller: partner, leads: 3, endsIn: 1_500 });
    const [had, earned] = [await available(cat), await available(partner)];
    await bid(ann, lot, 100);
    await bid(cat, lot, 200);
    expect((await close(lot)).opensUntil).not.toBeNull();
    const everywhere = () =>
      Promise.all([close(lot), twin.app.get(ClosingService).close(tenant.id, lot), close(lot)]);
    await expect
      .poll(async () => (await everywhere()).every(({ opensUntil }) => opensUntil === null), {
        timeout: 10_000,
      })
      .toBe(true);
    expect(await available(cat)).toBe(had - 200);
    expect(await available(partner)).toBe(earned + 200);
    expect(await look(cat, lot)).toMatchObject({
      outcome: { kind: 'sold', price: 200, is_own: true, winner_id: cat.id },
    });
    expect(await look(ann, lot)).toMatchObject({ outcome: { is_own: false, winner_id: null } });
    await expectRight(lot);
  });
});

describe('a sealed lot', () => {
  it('keeps its bids secret until the end; the highest wins and pays the second highest', async () => {
    const lot = await makeLot(mak, tenant, { terms: SEALED, endsIn: 1_500 });
    expect((await bid(ann, lot, 300)).body).toMatchObject({ seq: null, amount: 300 });
    expect((await bid(ben, lot, 700)).body).toMatchObject({ seq: null });
    expect((await bid(ann, lot, 250)).body.code).toBe('bid_not_higher');
    for (const viewer of [ben, cat, { token: tenant.apiKey }]) {
      const seen = await look(viewer, lot);
      expect(seen).toMatchObject({ price: null, bid_count: null, outcome: null });
      const history = await mak.call(`/v1/lots/${lot}/bids`, { key: viewer.token });
      expect(history.body).toEqual({ items: [], next: null, secret: true });
    }
    expect(await look(ben, lot)).toMatchObject({ own_amount: 700 });
    await expectRight(lot);
    await expect.poll(async () => (await close(lot)).opensUntil).toBeNull();
    expect(await look(ben, lot)).toMatchObject({ outcome: { price: 300, is_own: true } });
    await expectRight(lot);
  });
});

describe('who may see a lot', () => {
  it('is who works where its leads are; others are told that there is none', async () => {
    const lot = await makeLot(mak, tenant, { city: 'lviv' });
    expect((await look(ann, lot)).code).toBe('not_found');
    expect((await bid(ann, lot, 100)).body.code).toBe('not_found');
    await workIn(mak, tenant, ann.id, ['kyiv', 'lviv'], ['dental']);
    expect(await look(ann, lot)).toMatchObject({
      id: lot,
      leads: [{ city: 'lviv', lead_id: null }],
    });
    expect((await bid(ann, lot, 100)).status).toBe(200);
    await workIn(mak, tenant, ann.id, ['kyiv'], ['dental']);
    // Who has bid sees it to the end.
    expect((await look(ann, lot)).id).toBe(lot);
    expect((await look(partner, lot)).code).toBe('not_found');
    const foreign = await mak.createTenant();
    expect((await look({ token: foreign.apiKey }, lot)).code).toBe('not_found');
  });

  it('is who works in its niche, and lists are narrowed to niches and sources', async () => {
    await setRules(mak, tenant.apiKey, { niches: [{ key: 'dental', title: 'Dentistry' }] });
    const lot = await makeLot(mak, tenant, { niche: 'dental' });
    const [lead] = (await look({ token: tenant.apiKey }, lot)).leads;
    const listed = async ({ token }: Pick<TestCompany, 'token'>, query: string) => {
      const path = `/v1/lots?limit=200&${query}`;
      const { body } = await mak.call<{ items: LotDetails[] }>(path, { key: token });
      return body.items.some(({ id }) => id === lot);
    };
    for (const [query, isThere] of [
      ['niche=dental', true],
      ['niche=legal', false],
      [`source=${lead?.source}`, true],
      ['source=elsewhere', false],
    ] as const)
      for (const viewer of [ben, { token: tenant.apiKey }])
        expect(await listed(viewer, query), query).toBe(isThere);
    await workIn(mak, tenant, ben.id, ['kyiv'], ['legal']);
    expect((await look(ben, lot)).code).toBe('not_found');
    expect((await bid(ben, lot, 100)).body.code).toBe('not_found');
    expect(await listed(ben, 'phase=active')).toBe(false);
    await workIn(mak, tenant, ben.id, ['kyiv'], ['dental']);
    expect((await bid(ben, lot, 100)).status).toBe(200);
  });

  it('is who has a grade that the head office admits', async () => {
    const lot = await makeLot(mak, tenant);
    const read = () =>
      mak.call<RulesView>('/v1/auction/rules', { key: tenant.apiKey }).then(({ body }) => body);
    const { rules } = await read();
    const admit = async (grades: readonly string[]) => {
      const { version } = await read();
      const eligibility = { ...rules.eligibility, grades };
      const body = { version, rules: { ...rules, eligibility } };
      const saved = await mak.call('/v1/auction/rules', {
        ...{ key: tenant.apiKey, method: 'PUT', body },
      });
      expect(saved.status).toBe(200);
    };
    await admit(['gold']);
    expect((await look(cat, lot)).code).toBe('not_found');
    expect((await bid(cat, lot, 100)).body.code).toBe('not_found');
    await mak.database.query("UPDATE company_profile SET grade = 'gold' WHERE account_id = $1", [
      cat.id,
    ]);
    expect((await look(cat, lot)).id).toBe(lot);
    expect((await bid(cat, lot, 100)).status).toBe(200);
    expect((await bid(ann, lot, 110)).body.code).toBe('not_found');
    await admit([]);
    expect((await bid(ann, lot, 110)).status).toBe(200);
  });
});

describe('a hundred bidders at once', () => {
  it('on one lot over two processes leave a history without a gap and one leader', async () => {
    const crowd = await openCrowd(mak, 100);
    const lot = await makeLot(mak, crowd.tenant, { terms: { ...ASCENDING, start: 1, step: 1 } });
    let price = 0;
    const answers = await Promise.all(
      crowd.ids.map(async (bidder_id, index) => {
        const mine = [];
        const app = index % 2 === 0 ? mak : twin;
        for (let turn = 0; turn < 8; turn += 1) {
          const body = { key: `${turn}`, amount: (price += 7), bidder_id };
          const key = crowd.tenant.apiKey;
          mine.push(await app.call<PlacedBid & Refused>(`/v1/lots/${lot}/bids`, { key, body }));
        }
        return mine;
      }),
    );
    const accepted = answers.flat().filter(({ status }) => status === 200);
    expect(accepted.length).toBeGreaterThan(20);
    const refused = answers.flat().filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ body }) => body.code)).size).toBeLessThanOrEqual(1);
    const seqs = accepted.map(({ body }) => body.seq ?? 0).toSorted((one, two) => one - two);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(await faultsOf(mak.database, crowd.tenant.id, lot)).toEqual([]);
    const last = accepted.find(({ body }) => body.seq === accepted.length);
    const seen = await look({ token: crowd.tenant.apiKey }, lot);
    expect(seen).toMatchObject({ price: last?.body.amount, bid_count: accepted.length });
  });

  it('and one bidder on many lots wait for each other without an end to it', async () => {
    const lots = await Promise.all(Array.from({ length: 20 }, () => makeLot(mak, tenant)));
    const answers = await Promise.all(
      lots.flatMap((lot, index) =>
        [ann, ben, cat].map((one, turn) =>
          bid(one, lot, 100 + turn * 10, { app: (index + turn) % 2 === 0 ? mak : twin }),
        ),
      ),
    );
    const codes = answers.map(({ status, body }) => (status === 200 ? 'ok' : body.code));
    expect(codes.filter((code) => code !== 'ok' && code !== 'bid_too_low')).toEqual([]);
    for (const lot of lots) await expectRight(lot);
  });
});
