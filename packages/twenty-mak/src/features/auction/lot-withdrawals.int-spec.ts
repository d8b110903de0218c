import { randomUUID } from 'node:crypto';
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
} from '../../../test/support/auction.ts';
import type { TestCompany } from '../../../test/support/auction.ts';
import { migrateAgain, waitsForLocks } from '../../../test/support/database.ts';
import { enter, entered, setRules } from '../../../test/support/leads.ts';
import { Database } from '../../platform/database/index.ts';
import { EarlierLeads1700000000032 } from '../../platform/database/migrations/0032-earlier-leads.ts';
import { tellOfLeads } from '../leads/lead-records.repository.ts';
import { LeadRepairHandler } from '../leads/lead-repair.handler.ts';
import type { BidPage } from './bids.dto.ts';
import { ClosingService } from './closing.service.ts';
import type { LotDetails } from './lots.dto.ts';
import { AuctionNotices } from './notices.jobs.ts';
import type { RulesView } from './rules.dto.ts';

interface Refused {
  readonly code: string;
  readonly field?: string;
}
interface Lead {
  readonly kind: string;
  readonly consent: string | null;
  readonly version: number;
}
interface Wallet {
  readonly balance: number;
  readonly held: number;
}

let mak: TestApp;
let tenant: TestTenant;
let ann: TestCompany;
let ben: TestCompany;
let partner: TestCompany;

beforeAll(async () => {
  mak = await startApp({ env: { MAK_RATE_PER_PERSON: '10000' } });
  const opened = await openCompanies(mak, {
    ann: 'franchisee',
    ben: 'franchisee',
    pat: 'partner',
  });
  tenant = opened.tenant;
  [ann, ben, partner] = opened.companies as [TestCompany, TestCompany, TestCompany];
  for (const company of [ann, ben]) await giveMoney(mak, tenant, company, 100_000);
});
afterAll(() => mak.close());

const call = async <Body>(path: string, key: string, body?: object, method?: string) => {
  const options = { key, ...(body && { body }), ...(method && { method }) };
  return (await mak.call<Body & Refused>(path, options)).body;
};
const bid = (lot: string, { token }: TestCompany, amount: number) =>
  call(`/v1/lots/${lot}/bids`, token, { key: randomUUID(), amount });
const look = (lot: string, key = tenant.apiKey) => call<LotDetails>(`/v1/lots/${lot}`, key);
const leadOf = (id: string) => call<Lead>(`/v1/leads/${id}`, tenant.apiKey);
const leadsOf = async (lot: string) => {
  const { leads } = await look(lot);
  return leads.map(({ lead_id }) => lead_id ?? '');
};
const say = (lead: string, answer: string, more: object = {}, key = tenant.apiKey) =>
  call<Lead>(`/v1/leads/${lead}/consents`, key, { answer, evidence: 'call', ...more });
const money = () => Promise.all([ann, ben].map(({ token }) => call<Wallet>('/v1/wallet', token)));
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const offer = (lead: string) =>
  call<LotDetails>('/v1/lots', tenant.apiKey, {
    kind: 'sealed',
    reserve: 5,
    lead_ids: [lead],
    ends_at: inAnHour(),
  });

/** Nobody has won, and nothing is held or paid. */
async function expectEnded(lot: string, before: readonly Wallet[]): Promise<void> {
  expect(await look(lot)).toMatchObject({
    phase: 'closed',
    outcome: { kind: 'withdrawn', reason: 'consent', winner_id: null },
    next_step: null,
  });
  expect(await money()).toEqual(before);
  expect((await bid(lot, ann, 9_000)).code).toBe('lot_closed');
  expect(await faultsOf(mak.database, tenant.id, lot)).toEqual([]);
}

describe('a lot with somebody who has taken the consent back', () => {
  it.each([ASCENDING, SEALED])('ends at once: $kind', async (terms) => {
    const before = await money();
    const lot = await makeLot(mak, tenant, { terms, seller: partner, leads: 2 });
    const [lead = '', other = ''] = await leadsOf(lot);
    expect((await bid(lot, ann, 100)).code).toBeUndefined();
    expect((await bid(lot, ben, 250)).code).toBeUndefined();
    expect((await money()).map(({ held }) => held)).not.toEqual(before.map(({ held }) => held));
    expect(await say(lead, 'withdrawn')).toMatchObject({ kind: 'working', consent: 'withdrawn' });
    await expectEnded(lot, before);
    // What a lead is worth to others is not told by a lot that was not decided, and the lead may come again.
    const isSealed = terms === SEALED;
    for (const key of [ann.token, partner.token, tenant.apiKey]) {
      const { items, secret } = await call<BidPage>(`/v1/lots/${lot}/bids`, key);
      expect([items.length, secret]).toEqual(isSealed ? [0, true] : [2, false]);
      expect((await look(lot, key)).bid_count).toBe(isSealed ? null : 2);
    }
    expect(await leadOf(other)).toMatchObject({ kind: 'working', consent: 'given' });
    expect((await offer(lead)).code).toBe('consent_withdrawn');
    expect(await leadOf(lead)).toMatchObject({ kind: 'working' });
    const again = await call('/v1/lots', partner.token, {
      kind: 'sealed',
      reserve: 5,
      lead_ids: [other],
      ends_at: inAnHour(),
    });
    expect(again.code).toBeUndefined();
  });

  it('ends before it is open', async () => {
    const before = await money();
    const lot = await makeLot(mak, tenant, { opensIn: 60_000 });
    const [lead = ''] = await leadsOf(lot);
    await say(lead, 'refused');
    await expectEnded(lot, before);
  });

  it('ends when the person is erased, whom nobody can offer any more', async () => {
    const before = await money();
    const email = `erased-${randomUUID()}@example.com`;
    const [lead = ''] = await enterLeads(mak, tenant.apiKey, 1, { emails: [email] });
    const lot = await call<LotDetails>('/v1/lots', tenant.apiKey, {
      kind: 'sealed',
      reserve: 100,
      lead_ids: [lead],
      ends_at: inAnHour(),
    });
    await bid(lot.id, ann, 300);
    await call('/v1/persons/erase', tenant.apiKey, { email });
    await expectEnded(lot.id, before);
    expect(await leadOf(lead)).toMatchObject({ kind: 'working', consent: 'withdrawn' });
    expect((await offer(lead)).code).toBe('consent_withdrawn');
  });

  it('ends together with another one while other systems are told of the leads of both', async () => {
    await mak.database.query(
      `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities)
       VALUES ($1, 'crm', 'running', '{}', '{lead}')`,
      [tenant.id],
    );
    const emails = [`twice-${randomUUID()}@example.com`];
    const leads: string[] = [];
    for (let count = 0; count < 2; count += 1)
      leads.push(...(await enterLeads(mak, tenant.apiKey, 1, { emails })));
    const [first = '', second = ''] = leads.toSorted();
    // The lot that comes first has the lead that comes last.
    const lots = [await offer(second), await offer(first)];
    let erased: Promise<object> = Promise.resolve({});
    await mak.app.get(Database).within({ tenantId: tenant.id }, async (tx) => {
      tellOfLeads(tx, tenant.id, [first]);
      await tx.query('SELECT 1');
      erased = call('/v1/persons/erase', tenant.apiKey, { email: emails[0] });
      await expect.poll(() => waitsForLocks(mak.database, 'transactionid')).toHaveLength(1);
      tellOfLeads(tx, tenant.id, [second]);
    });
    expect(await erased).toEqual({ erased_keys: 2 });
    for (const { id } of lots)
      expect(await look(id)).toMatchObject({ outcome: { kind: 'withdrawn' } });
    await mak.database.query('DELETE FROM sync_connector WHERE tenant_id = $1', [tenant.id]);
  });

  it('goes on where the no is older than the yes, or is not the company’s to record', async () => {
    const lot = await makeLot(mak, tenant, { seller: partner });
    const [lead = ''] = await leadsOf(lot);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    expect(await say(lead, 'refused', { at: yesterday })).toMatchObject({ consent: 'given' });
    expect((await say(lead, 'withdrawn', {}, partner.token)).code).toBe('forbidden');
    expect((await say(lead, 'withdrawn', { evidence: ' ' })).code).toBe('invalid_request');
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect((await say(lead, 'withdrawn', { at: tomorrow })).code).toBe('consent_in_future');
    expect(await look(lot)).toMatchObject({ phase: 'open', outcome: null });
    expect(await leadOf(lead)).toMatchObject({ kind: 'auction', consent: 'given' });
  });

  it('does not come about by merging', async () => {
    const lot = await makeLot(mak, tenant);
    const [lead = ''] = await leadsOf(lot);
    const [other = ''] = await enterLeads(mak, tenant.apiKey, 1);
    await say(other, 'withdrawn');
    const leads = await Promise.all(
      [lead, other].map(async (id) => ({ id, version: (await leadOf(id)).version })),
    );
    const merged = await call('/v1/leads/merge', tenant.apiKey, { leads, dry: false });
    expect(merged.code).toBe('lead_on_auction');
    expect(await leadOf(lead)).toMatchObject({ kind: 'auction', consent: 'given' });
  });

  it('tells who has bid, and who sells, without saying who it was', async () => {
    const lot = await makeLot(mak, tenant, { seller: partner });
    const [lead = ''] = await leadsOf(lot);
    await bid(lot, ann, 100);
    await bid(lot, ben, 200);
    await say(lead, 'withdrawn');
    await mak.app.get(AuctionNotices).handle({ tenantId: tenant.id }, new AbortController().signal);
    const rows = await mak.database.query<{ account_id: string; kind: string; data: object }>(
      `SELECT account_id, kind, data FROM notification
       WHERE tenant_id = $1 AND data ->> 'lot_id' = $2 AND kind <> 'auction.offered'`,
      [tenant.id, lot],
    );
    const told = (id: string) => rows.flatMap((row) => (row.account_id === id ? row.kind : []));
    expect(told(ann.id)).toEqual(['auction.withdrawn']);
    expect(told(ben.id)).toEqual(['auction.withdrawn']);
    expect(told(partner.id)).toEqual(['auction.unsold']);
    expect(JSON.stringify(rows)).not.toMatch(/Secret|secret|\+380/);
  });

  it('leaves nothing held, however many bid at that moment', async () => {
    const before = await money();
    for (let round = 0; round < 5; round += 1) {
      const lot = await makeLot(mak, tenant);
      const [lead = ''] = await leadsOf(lot);
      const bids = Array.from({ length: 20 }, (_, index) =>
        bid(lot, index % 2 === 0 ? ann : ben, 100 + 10 * index),
      );
      const [said] = await Promise.all([say(lead, 'withdrawn'), ...bids]);
      expect(said).toMatchObject({ consent: 'withdrawn', kind: 'working' });
      await expectEnded(lot, before);
    }
  });

  it('is sold, or ended without a sale, when both come at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const lot = await makeLot(mak, tenant, { terms: { ...ASCENDING, buyNow: 500 } });
      const [lead = ''] = await leadsOf(lot);
      const [bought, said] = await Promise.all([bid(lot, ann, 500), say(lead, 'withdrawn')]);
      const { outcome } = await look(lot);
      const after = await leadOf(lead);
      expect(said.consent).toBe('withdrawn');
      expect([
        ['sold', null, 'sold', undefined],
        ['withdrawn', 'consent', 'working', 'lot_closed'],
      ]).toContainEqual([outcome?.kind, outcome?.reason, after.kind, bought.code]);
      expect(await faultsOf(mak.database, tenant.id, lot)).toEqual([]);
    }
  });
});

describe('a lead of somebody whom an earlier release has erased', () => {
  it('is said no for, and its lot ends, as by an erasure today', async () => {
    const before = await money();
    const [offered = '', kept = '', other = ''] = await enterLeads(mak, tenant.apiKey, 3);
    const { id: lot } = await call<LotDetails>('/v1/lots', tenant.apiKey, {
      kind: 'sealed',
      reserve: 100,
      lead_ids: [offered],
      ends_at: inAnHour(),
    });
    await bid(lot, ann, 300);
    await mak.database.query(
      `UPDATE person_key SET wrapped_key = NULL, person_id = NULL, erased_at = now()
       WHERE id IN (SELECT key_id FROM lead_contact WHERE lead_id = ANY ($1::uuid[]))`,
      [[offered, kept]],
    );
    await migrateAgain(mak.database, new EarlierLeads1700000000032());
    await mak.app
      .get(LeadRepairHandler)
      .handle({ tenantId: tenant.id }, new AbortController().signal);
    await expectEnded(lot, before);
    for (const lead of [offered, kept]) {
      expect(await leadOf(lead)).toMatchObject({ consent: 'withdrawn' });
      expect((await offer(lead)).code).toBe('consent_withdrawn');
    }
    expect(await leadOf(other)).toMatchObject({ kind: 'new', consent: 'given' });
    expect(await mak.app.get(LeadRepairHandler).find()).toEqual([]);
  });

  it('waits for an hour when that fails, and holds the others up no longer', async () => {
    const [failing = '', other = ''] = await enterLeads(mak, tenant.apiKey, 2);
    const repairs = mak.app.get(LeadRepairHandler);
    const repair = () => repairs.handle({ tenantId: tenant.id }, new AbortController().signal);
    const due = (lead: string, since: string) =>
      mak.database.query(`UPDATE lead SET repair_at = now() - interval '${since}' WHERE id = $1`, [
        lead,
      ]);
    await mak.database.query(
      `UPDATE person_key SET wrapped_key = NULL, person_id = NULL, erased_at = now()
       WHERE id IN (SELECT key_id FROM lead_contact WHERE lead_id = ANY ($1::uuid[]))`,
      [[failing, other]],
    );
    await due(failing, '2 hours');
    await due(other, '1 hour');
    await mak.database.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'not this lead'; END $$`);
    await mak.database.query(
      `CREATE TRIGGER refuse BEFORE UPDATE ON lead FOR EACH ROW
       WHEN (NEW.id = '${failing}' AND NEW.repair_at IS NULL) EXECUTE FUNCTION refuse()`,
    );
    await repair();
    await mak.database.query('DROP FUNCTION refuse CASCADE');
    expect(await leadOf(failing)).toMatchObject({ consent: 'given' });
    expect(await leadOf(other)).toMatchObject({ consent: 'withdrawn' });
    expect(await repairs.find()).toEqual([]);
    const [row] = await mak.database.query<{ soon: boolean; late: boolean }>(
      `SELECT repair_at < now() + interval '59 minutes' AS soon, repair_at > now() + interval '1 hour' AS late
       FROM lead WHERE id = $1`,
      [failing],
    );
    expect(row).toEqual({ soon: false, late: false });
    await due(failing, '1 second');
    await repair();
    expect(await leadOf(failing)).toMatchObject({ consent: 'withdrawn' });
    expect(await repairs.find()).toEqual([]);
  });
});

describe('a lead that nobody may be given', () => {
  it('is not assigned when its lot is not sold', async () => {
    const { version, rules } = await call<RulesView>('/v1/auction/rules', tenant.apiKey);
    const redistribution = { relists: 0, cheaper_by: 0, assigns: true };
    const body = { version, rules: { ...rules, redistribution } };
    await call('/v1/auction/rules', tenant.apiKey, body, 'PUT');
    await setRules(mak, tenant.apiKey, { consent: 'other_ground' });
    const silent = await entered(mak, tenant.apiKey, {
      name: 'Silent Secret',
      phones: ['+380501112233'],
      city: 'kyiv',
    });
    const { id: lot } = await call<LotDetails>('/v1/lots', tenant.apiKey, {
      kind: 'sealed',
      reserve: 5,
      lead_ids: [silent.id],
      ends_at: inAnHour(),
    });
    await setRules(mak, tenant.apiKey, { consent: 'required' });
    await mak.database.query(
      `UPDATE lot SET opens_at = now() - interval '2 hours', planned_end = now(), ends_at = now() WHERE id = $1`,
      [lot],
    );
    await mak.app.get(ClosingService).close(tenant.id, lot);
    expect(await look(lot)).toMatchObject({ outcome: { kind: 'unsold' }, next_step: 'assign' });
    expect(await leadOf(silent.id)).toMatchObject({ kind: 'unsold', buyer_id: null });
  });

  it('is one with a consent of a time to come', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const lead = { phones: ['+380502223344'], city: 'kyiv' };
    const consent = { answer: 'given', evidence: 'form', at: tomorrow };
    const refused = await enter(mak, tenant.apiKey, { ...lead, consent });
    expect([refused.body.code, refused.body.field]).toEqual(['consent_in_future', 'consent.at']);
    // Of those that were let in before it was refused.
    const { id } = await entered(mak, tenant.apiKey, {
      ...lead,
      consent: { answer: 'given', evidence: 'form' },
    });
    await mak.database.query('UPDATE lead SET consent_at = $2 WHERE id = $1', [id, tomorrow]);
    await mak.database.query('UPDATE lead_consent SET at = $2 WHERE lead_id = $1', [id, tomorrow]);
    expect((await offer(id)).code).toBe('consent_missing');
    expect(await say(id, 'withdrawn')).toMatchObject({ consent: 'withdrawn' });
    expect((await offer(id)).code).toBe('consent_withdrawn');
  });
});
