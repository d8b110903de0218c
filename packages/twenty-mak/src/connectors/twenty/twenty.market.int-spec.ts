import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { workIn } from '../../../test/support/auction.ts';
import { entered, keyWith, member } from '../../../test/support/leads.ts';
import { openTwentyStage, startTwentyWorker } from '../../../test/support/twenty-stage.ts';
import type { TwentyStage } from '../../../test/support/twenty-stage.ts';

/* Leads, lots, bids, partners and franchisees: the real worker and the simulator over HTTP. */
let api: TestApp;
let worker: TestApp;
let stage: TwentyStage;

beforeAll(async () => {
  api = await startApp();
  worker = await startTwentyWorker(api);
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(async () => {
  stage = await openTwentyStage(api, 'adtech');
  return () => stage.close();
});

const table = (object: string) => [...stage.twenty.workspace.table(object).rows.values()];
const there = (object: string, makId: string) =>
  table(object).find((row) => row['makId'] === makId);

async function call<Body = { id: string }>(
  path: string,
  body: object,
  { method = 'POST', key = stage.tenant.apiKey } = {},
): Promise<Body> {
  const answer = await api.call<Body>(path, { method, key, body });
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** As an admin ticks kinds of records under Settings. */
async function choose(entities: readonly string[]): Promise<void> {
  const path = '/v1/connectors/twenty';
  const { body } = await api.call<{ version: number; settings: object }>(path, {
    key: stage.tenant.apiKey,
  });
  const { version, settings } = body;
  await call(path, { version, settings, entities }, { method: 'PUT' });
}

async function account(id: string, changes: object): Promise<void> {
  const path = `/v1/accounts/${id}`;
  const { body } = await api.call<{ version: number }>(path, { key: stage.tenant.apiKey });
  await call(path, { version: body.version, ...changes }, { method: 'PATCH' });
}

const CONSENT = { consent: { answer: 'given', evidence: 'form' } };
const enter = async (fields: object = {}, key = stage.tenant.apiKey): Promise<string> =>
  (await entered(api, key, { name: 'Secret Person', city: 'kyiv', ...CONSENT, ...fields })).id;

describe('partners and franchisees', () => {
  it('are records with what the office knows of the companies, and follow it', async () => {
    const partner = await member(api, stage.tenant, 'partner', 'bringer');
    await member(api, stage.tenant, 'employee', 'clerk');
    await stage.connect();
    await stage.settled();
    expect(table('makPartner')).toMatchObject([
      { makId: partner.id, name: 'bringer', status: 'ACTIVE', city: '' },
    ]);
    const buyer = await call<{ account: { id: string } }>('/v1/accounts', {
      email: `buyer.${stage.tenant.key}@example.com`,
      name: 'buyer',
      role: 'franchisee',
    });
    await call(
      `/v1/company?company_id=${partner.id}`,
      { version: 0, company_name: 'Bringers Ltd', cities: ['kyiv'] },
      { method: 'PATCH' },
    );
    await stage.settled();
    expect(table('makPartner')).toMatchObject([{ name: 'Bringers Ltd', city: 'Київ' }]);
    expect(table('makFranchisee')).toMatchObject([{ makId: buyer.account.id, status: 'APPLIED' }]);
    await account(partner.id, { status: 'deactivated' });
    await stage.settled();
    expect(table('makPartner')).toMatchObject([{ status: 'SUSPENDED' }]);
  });

  it('who becomes the other is the other, and suspended as what it was', async () => {
    const { id } = await member(api, stage.tenant, 'partner', 'changer');
    await stage.connect();
    await stage.settled();
    await account(id, { role: 'franchisee' });
    await stage.settled();
    expect(table('makPartner')).toMatchObject([{ makId: id, status: 'SUSPENDED' }]);
    expect(table('makFranchisee')).toMatchObject([{ makId: id, status: 'ACTIVE' }]);
  });
});

describe('leads', () => {
  it('show what becomes of them, and nothing of who they are', async () => {
    const partner = await member(api, stage.tenant, 'partner', 'bringer');
    await stage.connect();
    const id = await enter(
      { phones: ['+380501112233'], emails: ['who@secret.example'], amount: 5_000, currency: 'EUR' },
      partner.token,
    );
    await stage.settled();
    const lead = there('makLead', id);
    expect(lead).toMatchObject({
      ...{ name: 'Київ', status: 'FROM_PARTNER', statusName: 'From partner', source: 'PARTNER' },
      ...{ city: 'Київ', amount: { amountMicros: 50_000_000, currencyCode: 'EUR' } },
      partnerId: there('makPartner', partner.id)?.id,
    });
    expect(JSON.stringify([table('makLead'), await journal()])).not.toMatch(/Secret|50111|who@/);

    const { version } = await read(id);
    await call(`/v1/leads/${id}`, { version, title: 'The big one' }, { method: 'PATCH' });
    await stage.settled();
    expect(there('makLead', id)).toMatchObject({ name: 'The big one' });
    expect(JSON.stringify(await journal())).not.toContain('The big one');
  });

  it('lose their name when the person is erased, and all when they are merged', async () => {
    await stage.connect();
    const erased = await enter({ emails: ['erase@me.example'] });
    const { version } = await read(erased);
    await call(`/v1/leads/${erased}`, { version, title: 'Call Ann' }, { method: 'PATCH' });
    const stays = await enter({ name: 'First', emails: ['first@lead.example'] });
    const goes = await enter({ name: 'Second', emails: ['second@lead.example'] });
    await stage.settled();
    expect(there('makLead', erased)).toMatchObject({ name: 'Call Ann' });
    await call('/v1/persons/erase', { id: `lead:${erased}` });
    await call('/v1/leads/merge', {
      leads: [await read(stays), await read(goes)],
      survivor: stays,
    });
    await stage.settled();
    expect(there('makLead', erased)).toMatchObject({ name: 'Київ', status: 'NEW' });
    expect(there('makLead', goes)).toMatchObject({ name: '', status: null, city: '' });
    expect(there('makLead', stays)).toMatchObject({ name: 'Київ', status: 'NEW' });
  });

  it('of a source of the tenant’s own have none of the list, and go on', async () => {
    await stage.connect();
    const key = await keyWith(api, stage.tenant, ['leads:read', 'leads:write']);
    const id = await enter({ source: 'cold_base' }, key);
    await stage.settled();
    expect(there('makLead', id)).toMatchObject({ source: 'COLD_BASE', status: 'NEW' });
    await stage.rows("UPDATE lead SET source = 'fair' WHERE tenant_id = $1 AND id = $2", id);
    await call('/v1/connectors/twenty/resync', {});
    await stage.settled();
    expect(there('makLead', id)).toMatchObject({ source: null, status: 'NEW' });
  });

  it('name no partner where partners are left out, until an admin adds them', async () => {
    await stage.connect();
    await choose(['lead']);
    const partner = await member(api, stage.tenant, 'partner', 'bringer');
    const id = await enter({}, partner.token);
    await stage.settled();
    expect(there('makLead', id)).toMatchObject({ status: 'FROM_PARTNER' });
    expect(there('makLead', id)?.['partnerId'] ?? null).toBeNull();
    expect(table('makPartner')).toEqual([]);
    await choose(['lead', 'partner']);
    await stage.settled();
    expect(table('makPartner')).toMatchObject([{ makId: partner.id, name: 'bringer' }]);
    expect(there('makLead', id)).toMatchObject({ partnerId: there('makPartner', partner.id)?.id });
  });
});

describe('lots and bids', () => {
  const HOUR = 3_600_000;
  const offer = async (lead: string, terms: object): Promise<string> => {
    const ends_at = new Date(Date.now() + HOUR).toISOString();
    return (await call('/v1/lots', { ...terms, lead_ids: [lead], currency: 'EUR', ends_at })).id;
  };
  const bidder = async (name: string): Promise<{ id: string; token: string }> => {
    const somebody = await member(api, stage.tenant, 'franchisee', name);
    await workIn(api, stage.tenant, somebody.id, ['kyiv'], []);
    const money = { account_id: somebody.id, amount: 100_000, currency: 'EUR', reference: name };
    await call('/v1/wallet/top-ups', money);
    return somebody;
  };
  const bid = (lot: string, { token: key }: { token: string }, amount: number) =>
    call(`/v1/lots/${lot}/bids`, { key: randomUUID(), amount }, { key });
  const end = async (lot: string): Promise<void> => {
    await stage.rows(
      'UPDATE lot SET ends_at = clock_timestamp() WHERE tenant_id = $1 AND id = $2',
      lot,
    );
    await told(lot, 'finished');
  };
  /** What other systems keep of a lot is told of with what people hear. */
  const told = async (lot: string, until: 'finished' | 'told_seq = seq'): Promise<void> => {
    await expect
      .poll(
        async () => {
          // People hear of being outbid every ten seconds at most.
          await stage.rows('UPDATE lot_notice SET told_at = NULL WHERE tenant_id = $1');
          return stage.rows(
            `SELECT 1 FROM lot_notice n JOIN lot ON lot.id = n.lot_id WHERE n.tenant_id = $1 AND lot.id = $2 AND ${until}`,
            lot,
          );
        },
        { timeout: 20_000 },
      )
      .toHaveLength(1);
    await stage.settled();
  };
  const bids = () =>
    table('makBid')
      .toSorted((one, other) => Number(one['sequence']) - Number(other['sequence']))
      .map((row) => [row['sequence'], row['status'], row['amount'], row['franchiseeId']]);
  const euros = (minor: number) => ({ amountMicros: minor * 10_000, currencyCode: 'EUR' });

  it('of an ascending lot are there while it runs, and tell who has won', async () => {
    const [ann, ben] = [await bidder('ann'), await bidder('ben')];
    await stage.connect();
    const lead = await enter({ amount: 5_000, currency: 'EUR' });
    await stage.settled();
    expect(there('makLead', lead)).toMatchObject({ amount: euros(5_000) });
    const terms = { kind: 'ascending', start: 100, step: 10, reserve: 150 };
    const lot = await offer(lead, terms);
    await stage.settled();
    expect(there('makLeadAuction', lot)).toMatchObject({
      ...{ name: 'Київ', kind: 'ASCENDING', status: 'OPEN', startPrice: euros(100) },
      leadId: there('makLead', lead)?.id,
    });
    // What only the seller knows, and what a lot shows as a band.
    expect(JSON.stringify(table('makLeadAuction'))).not.toContain('1500000');
    expect(there('makLead', lead)?.['amount']).not.toMatchObject({ amountMicros: 50_000_000 });
    await bid(lot, ann, 100);
    await bid(lot, ben, 160);
    await told(lot, 'told_seq = seq');
    const [annThere, benThere] = [ann, ben].map(({ id }) => there('makFranchisee', id)?.id);
    expect(bids()).toEqual([
      [1, 'OUTBID', euros(100), annThere],
      [2, 'LEADING', euros(160), benThere],
    ]);
    await end(lot);
    expect(bids().map(([, status]) => status)).toEqual(['OUTBID', 'WON']);
    expect(there('makLeadAuction', lot)).toMatchObject({
      ...{ status: 'SOLD', currentPrice: euros(160), winnerId: benThere },
    });
    expect(there('makLead', lead)).toMatchObject({ status: 'SOLD', franchiseeId: benThere });
  });

  it('of a sealed lot are there when it has ended, and never when it was taken back', async () => {
    const ann = await bidder('ann');
    await stage.connect();
    const terms = { kind: 'sealed', reserve: 100 };
    const [sold, taken] = [await offer(await enter(), terms), await offer(await enter(), terms)];
    for (const lot of [sold, taken]) await bid(lot, ann, 777);
    await call('/v1/connectors/twenty/resync', {});
    await stage.settled();
    expect(table('makLeadAuction')).toHaveLength(2);
    expect(bids()).toEqual([]);
    expect(JSON.stringify(table('makLeadAuction'))).not.toContain('7770000');
    await end(sold);
    expect(bids()).toEqual([[1, 'WON', euros(777), there('makFranchisee', ann.id)?.id]]);
    await stage.rows(
      "UPDATE lot SET outcome = 'withdrawn', unsold_reason = 'consent', closed_at = now() WHERE tenant_id = $1 AND id = $2",
      taken,
    );
    await told(taken, 'finished');
    expect(bids()).toHaveLength(1);
    expect(there('makLeadAuction', taken)).toMatchObject({ status: 'CANCELLED' });
  });

  it('are neither polled nor told of by twenty', async () => {
    await stage.connect();
    await stage.settled();
    const asked = await stage.rows<{ entity: string }>(
      'SELECT entity FROM sync_cursor WHERE tenant_id = $1',
    );
    const kinds = asked.map(({ entity }) => entity);
    expect(kinds).toContain('deal');
    for (const kind of ['lead', 'lead_auction', 'bid', 'partner', 'franchisee'])
      expect(kinds).not.toContain(kind);
    const [webhook] = stage.twenty.workspace.webhooks.all.values();
    expect(webhook?.operations).toContain('masterDeal.*');
    expect(webhook?.operations).not.toContain('makBid.*');
  });
});

async function read(id: string): Promise<{ id: string; version: number }> {
  const { body } = await api.call<{ version: number }>(`/v1/leads/${id}`, {
    key: stage.tenant.apiKey,
  });
  return { id, version: body.version };
}

const journal = () => stage.rows('SELECT * FROM sync_journal WHERE tenant_id = $1');
