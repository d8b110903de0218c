import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { faultsOf } from '../../../test/support/auction-checks.ts';
import { migrateAgain, waitsForLocks } from '../../../test/support/database.ts';
import { ASCENDING, giveMoney, makeLot, openCompanies } from '../../../test/support/auction.ts';
import type { TestCompany } from '../../../test/support/auction.ts';
import { ROLE_SCOPES } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { EarlierLeads1700000000032 } from '../../platform/database/migrations/0032-earlier-leads.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { LeadRepairHandler } from '../leads/lead-repair.handler.ts';
import { ClosingService } from './closing.service.ts';
import type { LotDetails } from './lots.dto.ts';
import type { ReturnView } from './returns.dto.ts';
import type { RulesView } from './rules.dto.ts';

interface Refused {
  readonly code: string;
}
interface Lead {
  readonly kind: string;
  readonly deal_id: string | null;
  readonly version: number;
}
interface Deal {
  readonly id: string;
  readonly client_id: string | null;
  readonly owner_id: string | null;
  readonly archived_at: string | null;
  readonly version: number;
}

const TERMS = { ...ASCENDING, buyNow: 500 };
const ACCEPTED = { verdict: 'accepted', note: 'Right' };

let mak: TestApp;
let tenant: TestTenant;
let ann: TestCompany;
let ben: TestCompany;
let partner: TestCompany;
let ada: TestCompany;
let bob: TestCompany;

beforeAll(async () => {
  mak = await startApp({ env: { MAK_RATE_PER_PERSON: '10000' } });
  const roles = {
    ann: 'franchisee',
    ben: 'franchisee',
    pat: 'partner',
    ada: 'admin',
    bob: 'admin',
  } as const;
  const opened = await openCompanies(mak, roles, { pipelines: ['credit'] });
  tenant = opened.tenant;
  [ann, ben, partner, ada, bob] = opened.companies as [
    TestCompany,
    TestCompany,
    TestCompany,
    TestCompany,
    TestCompany,
  ];
  await giveMoney(mak, tenant, ann, 100_000);
});
afterAll(() => mak.close());

const call = async <Body>(path: string, key: string, body?: object, method?: string) => {
  const options = { key, ...(body && { body }), ...(method && { method }) };
  return (await mak.call<Body & Refused>(path, options)).body;
};
const buy = (lot: string) =>
  call(`/v1/lots/${lot}/bids`, ann.token, { key: randomUUID(), amount: 500 });
const leadOf = async (lot: string) => {
  const { leads } = await call<LotDetails>(`/v1/lots/${lot}`, tenant.apiKey);
  return leads[0]?.lead_id ?? '';
};
const decide = ({ id }: ReturnView, key: string, decision = ACCEPTED) =>
  call<ReturnView>(`/v1/returns/${id}/decision`, key, decision);

/** Ann has bought a lead of the lot and wants to give it back. */
async function askBack(lot: string, lead: string): Promise<ReturnView> {
  const request = { lot_id: lot, lead_id: lead, reason: 'other', comment: 'Nobody there' };
  return call<ReturnView>('/v1/returns', ann.token, request);
}

/** Ann buys a lead of the partner and makes a deal of it. */
async function buyAndConvert(): Promise<{ lot: string; lead: string; deal: string }> {
  const lot = await makeLot(mak, tenant, { seller: partner, terms: TERMS });
  const lead = await leadOf(lot);
  expect((await buy(lot)).code).toBeUndefined();
  const { version } = await call<Lead>(`/v1/leads/${lead}`, ann.token);
  const order = { name: 'Bought', pipeline: 'credit', version, new_client: { name: 'Of lead' } };
  const { deal_id: deal } = await call<Lead>(`/v1/leads/${lead}/convert`, ann.token, order);
  expect((await call<Deal>(`/v1/deals/${deal}`, ann.token)).owner_id).toBe(ann.id);
  return { lot, lead, deal: deal ?? '' };
}

describe('a deal of a bought lead', () => {
  it('leaves the buyer with the lead, and its history stays with the head office', async () => {
    const { lot, lead, deal } = await buyAndConvert();
    const asked = await askBack(lot, lead);
    const made = await call<Deal>(`/v1/deals/${deal}`, ann.token);
    expect(made.id).toBe(deal);
    const client = `/v1/clients/${made.client_id}`;
    expect(await call(client, ann.token)).toMatchObject({ contacts: [{ state: 'open' }] });
    expect((await decide(asked, bob.token)).verdict).toBe('accepted');
    for (const path of ['', '/events', '/timeline', '/gates', '/sla'])
      expect((await call(`/v1/deals/${deal}${path}`, ann.token)).code).toBe('not_found');
    const { items } = await call<{ items: Deal[] }>('/v1/deals?archived=true', ann.token);
    expect(items ?? []).toEqual([]);
    expect((await call(`/v1/leads/${lead}`, ann.token)).code).toBe('not_found');
    // The client has the contact of the lead.
    expect((await call(client, ann.token)).code).toBe('not_found');
    expect(await call(client, tenant.apiKey)).toMatchObject({ owner_id: null, name: 'Of lead' });
    expect(await call<Deal>(`/v1/deals/${deal}`, tenant.apiKey)).toMatchObject({
      owner_id: null,
      archived_at: expect.any(String) as string,
    });
    const { items: events } = await call<{ items: { type: string }[] }>(
      `/v1/deals/${deal}/events`,
      tenant.apiKey,
    );
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['deal.owner.changed', 'deal.archived']),
    );
    const seen = await call<Lead>(`/v1/leads/${lead}`, partner.token);
    expect(seen).toMatchObject({ kind: 'returned', deal_id: null });
    expect(await faultsOf(mak.database, tenant.id, lot)).toEqual([]);
    const order = { name: 'Once more', pipeline: 'credit', version: seen.version };
    const again = await call<Lead>(`/v1/leads/${lead}/convert`, tenant.apiKey, order);
    expect(again.kind).toBe('converted');
    expect(again.deal_id).not.toBe(deal);
  });

  it('stays with the buyer when the return is rejected', async () => {
    const { lot, lead, deal } = await buyAndConvert();
    const asked = await askBack(lot, lead);
    await decide(asked, bob.token, { verdict: 'rejected', note: 'It is as described' });
    expect(await call<Deal>(`/v1/deals/${deal}`, ann.token)).toMatchObject({
      owner_id: ann.id,
      archived_at: null,
    });
    expect((await call<Lead>(`/v1/leads/${lead}`, ann.token)).deal_id).toBe(deal);
  });

  it('leaves the buyer also as what it was merged into', async () => {
    const { lot, lead, deal } = await buyAndConvert();
    const order = { name: 'Own', pipeline: 'credit', owner_id: ann.id };
    const own = await call<Deal>('/v1/deals', tenant.apiKey, order);
    const { version } = await call<Deal>(`/v1/deals/${deal}`, tenant.apiKey);
    const into = { version, into: own.id };
    const merged = await call<Deal>(`/v1/deals/${deal}/merge`, tenant.apiKey, into);
    expect([merged.id, merged.owner_id]).toEqual([own.id, ann.id]);
    await decide(await askBack(lot, lead), bob.token);
    expect((await call(`/v1/deals/${own.id}`, ann.token)).code).toBe('not_found');
    expect(await call<Deal>(`/v1/deals/${own.id}`, tenant.apiKey)).toMatchObject({
      owner_id: null,
      archived_at: expect.any(String) as string,
    });
    const taken = await mak.database.query<{ entity_id: string; detail: object }>(
      `SELECT entity_id, detail FROM audit_entry
       WHERE tenant_id = $1 AND action = 'deal.taken_back' AND entity_id = $2`,
      [tenant.id, own.id],
    );
    expect(taken).toEqual([{ entity_id: own.id, detail: { lead } }]);
  });

  it('takes the client along that its client was merged into', async () => {
    interface Client {
      readonly id: string;
      readonly version: number;
      readonly owner_id: string | null;
      readonly contacts: readonly { readonly state: string }[];
    }
    const { lot, lead, deal } = await buyAndConvert();
    const { client_id: goes } = await call<Deal>(`/v1/deals/${deal}`, ann.token);
    const { version } = await call<Client>(`/v1/clients/${goes}`, tenant.apiKey);
    const own = await call<Client>('/v1/clients', ann.token, { name: 'Own' });
    const into = { version, into: { id: own.id, version: own.version } };
    const merged = await call<Client>(`/v1/clients/${goes}/merge`, tenant.apiKey, into);
    expect([merged.id, merged.owner_id]).toEqual([own.id, ann.id]);
    const seen = await call<Client>(`/v1/clients/${own.id}`, ann.token);
    expect(seen.contacts).toMatchObject([{ state: 'open' }]);
    await decide(await askBack(lot, lead), bob.token);
    for (const id of [own.id, goes])
      expect((await call(`/v1/clients/${id}`, ann.token)).code).toBe('not_found');
    expect(await call<Client>(`/v1/clients/${own.id}`, tenant.apiKey)).toMatchObject({
      owner_id: null,
      contacts: [{ state: 'open' }],
    });
  });

  it('stays with whom the head office has given it to', async () => {
    const { lot, lead, deal } = await buyAndConvert();
    const { version } = await call<Deal>(`/v1/deals/${deal}`, tenant.apiKey);
    const owners = { version, owner_id: ben.id };
    await call(`/v1/deals/${deal}/owners`, tenant.apiKey, owners, 'PUT');
    expect((await call<Deal>(`/v1/deals/${deal}`, ben.token)).id).toBe(deal);
    await decide(await askBack(lot, lead), bob.token);
    expect(await call<Deal>(`/v1/deals/${deal}`, ben.token)).toMatchObject({
      owner_id: ben.id,
      archived_at: null,
    });
  });
});

describe('a deal of an earlier release', () => {
  const seller = async (deal: string): Promise<unknown> => {
    const rows = await mak.database.query<{ attributes: object }>(
      `SELECT attributes FROM deal WHERE id = $1
       UNION ALL SELECT data -> 'attributes' FROM event WHERE deal_id = $1 AND data ? 'attributes'`,
      [deal],
    );
    return rows.map(({ attributes }) => attributes);
  };

  it('leaves the buyer who has given the lead back, and names nobody who has sold one', async () => {
    const { lot, lead, deal } = await buyAndConvert();
    const own = await buyAndConvert();
    await decide(await askBack(lot, lead), bob.token);
    // As it was before an accepted return took the deal, and before deals kept who has sold the lead to themselves.
    await mak.database.query(
      "DELETE FROM event WHERE deal_id = $1 AND type IN ('deal.owner.changed', 'deal.archived')",
      [deal],
    );
    await mak.database.query('UPDATE deal SET owner_id = $2, archived_at = NULL WHERE id = $1', [
      deal,
      ann.id,
    ]);
    const named = JSON.stringify({ partner_id: partner.id });
    await mak.database.query(
      'UPDATE deal SET attributes = attributes || $2::jsonb WHERE id = ANY ($1::uuid[])',
      [[deal, own.deal], named],
    );
    await mak.database.query(
      `UPDATE event SET data = jsonb_set(data, '{attributes}', (data -> 'attributes') || $2::jsonb)
       WHERE deal_id = ANY ($1::uuid[]) AND data ? 'attributes'`,
      [[deal, own.deal], named],
    );
    expect((await call<Deal>(`/v1/deals/${deal}`, ann.token)).id).toBe(deal);
    await migrateAgain(mak.database, new EarlierLeads1700000000032());
    await mak.app
      .get(LeadRepairHandler)
      .handle({ tenantId: tenant.id }, new AbortController().signal);
    expect((await call(`/v1/deals/${deal}`, ann.token)).code).toBe('not_found');
    expect(await call<Deal>(`/v1/deals/${deal}`, tenant.apiKey)).toMatchObject({
      owner_id: null,
      archived_at: expect.any(String) as string,
    });
    expect((await call<Deal>(`/v1/deals/${own.deal}`, ann.token)).owner_id).toBe(ann.id);
    for (const { id } of [{ id: deal }, { id: own.deal }])
      expect(JSON.stringify(await seller(id))).not.toContain(partner.id);
    expect(await mak.app.get(LeadRepairHandler).find()).toEqual([]);
  });
});

describe('a return that waits for its turn', () => {
  it('lets the buyer bid meanwhile', async () => {
    const { lot, lead, deal } = await buyAndConvert();
    const asked = await askBack(lot, lead);
    const other = await makeLot(mak, tenant);
    let deciding: Promise<ReturnView & Refused> | undefined;
    await mak.app.get(Database).within({ tenantId: tenant.id }, async (tx) => {
      await lockTenant(tx, tenant.id);
      deciding = decide(asked, bob.token);
      await expect.poll(() => waitsForLocks(mak.database, 'advisory')).toHaveLength(1);
      const bid = { key: randomUUID(), amount: 100 };
      expect((await call(`/v1/lots/${other}/bids`, ann.token, bid)).code).toBeUndefined();
    });
    expect((await deciding)?.verdict).toBe('accepted');
    expect((await call(`/v1/deals/${deal}`, ann.token)).code).toBe('not_found');
  });
});

describe('a return of a lot of the head office', () => {
  it('is decided by somebody else than who has made it, also when it was offered again', async () => {
    const { version, rules } = await call<RulesView>('/v1/auction/rules', tenant.apiKey);
    const redistribution = { relists: 1, cheaper_by: 0, assigns: false };
    const body = { version, rules: { ...rules, redistribution } };
    await call('/v1/auction/rules', tenant.apiKey, body, 'PUT');
    const first = await makeLot(mak, tenant, {
      seller: ada,
      terms: TERMS,
      opensIn: -60_000,
      endsIn: -1,
    });
    await mak.app.get(ClosingService).close(tenant.id, first);
    const [again] = await mak.database.query<{ id: string }>(
      'SELECT id FROM lot WHERE relist_of = $1',
      [first],
    );
    const lot = again?.id ?? '';
    const lead = await leadOf(lot);
    expect((await buy(lot)).code).toBeUndefined();
    const asked = await askBack(lot, lead);
    expect((await decide(asked, ada.token)).code).toBe('arbiter_is_party');
    expect((await call<Lead>(`/v1/leads/${lead}`, ann.token)).kind).toBe('sold');
    expect((await decide(asked, bob.token)).verdict).toBe('accepted');
  });

  it('is decided by who has made it where nobody else may', async () => {
    const lot = await makeLot(mak, tenant, { seller: ada, terms: TERMS });
    const lead = await leadOf(lot);
    await buy(lot);
    const asked = await askBack(lot, lead);
    expect((await decide(asked, ada.token)).code).toBe('arbiter_is_party');
    await mak.database.query("UPDATE account SET status = 'deactivated' WHERE id = $1", [bob.id]);
    expect((await decide(asked, ada.token)).verdict).toBe('accepted');
  });

  it('is told to who has made the lot and to all who may decide, and decided to both sides', async () => {
    const own = await openCompanies(mak, {
      amy: 'franchisee',
      ada: 'admin',
      eve: 'employee',
      tim: 'employee',
    });
    const [amy, admin, eve, tim] = own.companies as [
      TestCompany,
      TestCompany,
      TestCompany,
      TestCompany,
    ];
    const { tenant: its } = own;
    await giveMoney(mak, its, amy, 1_000);
    const lot = await makeLot(mak, its, { seller: eve, terms: TERMS });
    const { leads } = await call<LotDetails>(`/v1/lots/${lot}`, its.apiKey);
    await call(`/v1/lots/${lot}/bids`, amy.token, { key: 'k', amount: 500 });
    // Arbiters are whom the matrix says: not admins any more, but a role of the office.
    const may = async (role: 'admin' | 'employee', permissions: readonly string[]) =>
      call(`/v1/roles/${role}`, its.apiKey, { version: 1, permissions }, 'PATCH');
    await may('employee', [...ROLE_SCOPES.employee, 'returns:decide']);
    await may(
      'admin',
      [...ROLE_SCOPES.admin].filter((one) => one !== 'returns:decide'),
    );
    const wish = { lot_id: lot, lead_id: leads[0]?.lead_id, reason: 'other', comment: 'Nobody' };
    const asked = await call<ReturnView>('/v1/returns', amy.token, wish);
    const heard = async ({ token }: TestCompany, kind: string) =>
      (await call<{ items: { kind: string }[] }>('/v1/notifications', token)).items.filter(
        (one) => one.kind === `auction.return_${kind}`,
      ).length;
    const all = [amy, admin, eve, tim];
    expect(await Promise.all(all.map((one) => heard(one, 'requested')))).toEqual([0, 0, 1, 1]);
    expect((await decide(asked, tim.token)).verdict).toBe('accepted');
    expect(await Promise.all(all.map((one) => heard(one, 'decided')))).toEqual([1, 0, 1, 0]);
  });

  it('is nobody’s own who has made no lot', async () => {
    const lot = await makeLot(mak, tenant, { terms: TERMS });
    const lead = await leadOf(lot);
    await buy(lot);
    expect((await decide(await askBack(lot, lead), ada.token)).verdict).toBe('accepted');
  });
});
