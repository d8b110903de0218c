import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAmocrmStage, startAmocrmWorker } from '../../../test/support/amocrm-stage.ts';
import type { AmocrmStage } from '../../../test/support/amocrm-stage.ts';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { member } from '../../../test/support/leads.ts';
import { openTwentyFor } from '../../../test/support/twenty-stage.ts';
import { LeadSales } from '../../features/leads/index.ts';
import type { SaleMove } from '../../features/leads/index.ts';
import { Database } from '../../platform/database/index.ts';
import { LOST, WON } from './simulator/account.ts';
import type { SimulatedPipeline } from './simulator/account.ts';
import type { StoredRecord } from './simulator/stored.ts';

/* Leads of amoCRM that were sold, merged or moved on, and what twenty hears of all of them. */
let api: TestApp;
let worker: TestApp;
let stage: AmocrmStage;
let inbound: SimulatedPipeline;

beforeAll(async () => {
  api = await startApp();
  worker = await startAmocrmWorker(api);
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(async () => {
  stage = await openAmocrmStage(api, 'credit');
  inbound = stage.amocrm.account.addPipeline('Inbound', ['Fresh', 'Talking', 'Parked']);
  return () => stage.close();
});

interface Lead {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly amount: number | null;
  readonly buyer_id: string | null;
  readonly deal_id: string | null;
  readonly version: number;
  readonly contact: { readonly name: string | null; readonly phones: readonly string[] };
}

const leadOf = (id: string): Promise<Lead> => stage.call('GET', `/v1/leads/${id}`);
const leads = async (): Promise<readonly Lead[]> =>
  (await stage.call<{ items: Lead[] }>('GET', '/v1/leads')).items;
const deals = async (): Promise<readonly { id: string; name: string }[]> =>
  (await stage.call<{ items: { id: string; name: string }[] }>('GET', '/v1/deals')).items;
const listed = async (path: string): Promise<readonly object[]> =>
  (await stage.call<{ items: object[] }>('GET', `/v1/connectors/amocrm/${path}`)).items;

async function enter(fields: object): Promise<Lead> {
  const { lead } = await stage.call<{ lead: Lead }>('POST', '/v1/leads', fields);
  return leadOf(lead.id);
}

const named = (name: string, { statuses } = inbound): number =>
  statuses.find((status) => status.name === name)?.id ?? 0;
const phone = (value: string) => ({
  custom_fields_values: [{ field_code: 'PHONE', values: [{ value, enum_code: 'WORK' }] }],
});
/** A lead there as it is now. */
const at = ({ id }: StoredRecord): StoredRecord | undefined =>
  stage.amocrm.account.records.leads.get(id);
const statusAt = (record: StoredRecord): unknown => at(record)?.scalars['status_id'];

/** The record there of a lead or deal here. */
async function recordOf(localId: string): Promise<StoredRecord> {
  const [link] = await stage.rows<{ remote_id: string }>(
    `SELECT remote_id FROM sync_link WHERE tenant_id = $1 AND local_id = '${localId}'`,
  );
  const record = stage.there('leads').find(({ id }) => String(id) === link?.remote_id);
  if (record === undefined) throw new Error(`${localId} is not there`);
  return record;
}

async function journal(): Promise<string> {
  const rows = await stage.rows<{ text: string }>(
    'SELECT detail::text AS text FROM sync_journal WHERE tenant_id = $1',
  );
  return rows.map(({ text }) => text).join('\n');
}

/** Leads of one pipeline, with a status for everything that becomes of them. */
const settings = ({ id, ...pipeline }: SimulatedPipeline = inbound) => {
  const [fresh = 0, talking = 0, parked = 0] = pipeline.statuses
    .filter(({ type }) => type === 0)
    .map((status) => status.id);
  const shown = {
    ...{ new: fresh, from_partner: fresh, in_work: talking, on_auction: parked, sold: parked },
    ...{ converted: WON, rejected: LOST },
  };
  const statuses = Object.entries(shown).map(([mak, status]) => ({
    mak,
    amocrm: `${id}:${status}`,
  }));
  return { leads: { pipelines: [id], statuses } };
};

const ANNA = {
  ...{ name: 'Anna Koval', phones: ['+380671112233'], emails: ['anna@north.example'] },
  ...{ city: 'kyiv', amount: 120_000, currency: 'UAH' },
  consent: { answer: 'given', evidence: 'form' },
};

/** A person makes a lead with a contact there. */
function incoming(place: object = {}): StoredRecord {
  const contact = stage.byHand('contacts', { name: 'Ihor Bondar', ...phone('+380502223344') });
  return stage.byHand('leads', {
    ...{ name: 'Ihor from the site', pipeline_id: inbound.id, status_id: named('Fresh') },
    _embedded: { contacts: [{ id: contact.id, is_main: true }] },
    ...place,
  });
}

/** The auction goes on with a lead. */
async function auction(leadId: string, ...moves: readonly Partial<SaleMove>[]): Promise<void> {
  for (const move of moves)
    await api.app.get(Database).within({ tenantId: stage.tenant.id }, async (tx) => {
      const moved = await api.app.get(LeadSales).move(tx, stage.tenant.id, {
        ...{ leadIds: [leadId], kind: 'auction', mover: 'auction', at: Date.now() },
        ...move,
      });
      expect(moved).toMatchObject({ ok: true });
    });
}

describe('a lead that was sold', () => {
  it('stays that of its buyer: edits there come, moves there are put right, its deal is the buyer’s', async () => {
    const buyer = await member(api, stage.tenant, 'franchisee', 'buys');
    const { id } = await enter(ANNA);
    await stage.connect(['deal'], {}, settings());
    const record = await recordOf(id);
    expect(statusAt(record)).toBe(named('Fresh'));
    await auction(id, { lotId: randomUUID() }, { kind: 'sold', buyerId: buyer.id });
    await stage.settled();
    expect(statusAt(record)).toBe(named('Parked'));

    stage.byHand('leads', { id: record.id, price: 900 });
    stage.byHand('contacts', { id: record.mainContact, ...phone('+380441112233') });
    await stage.settled();
    const sold = { kind: 'sold', buyer_id: buyer.id };
    expect(await leadOf(id)).toMatchObject({
      ...{ ...sold, amount: 90_000 },
      contact: { name: ANNA.name, phones: ['+380441112233'] },
    });
    for (const status of [named('Fresh'), named('Talking'), LOST]) {
      stage.byHand('leads', { id: record.id, pipeline_id: inbound.id, status_id: status });
      await stage.settled();
      expect(statusAt(record)).toBe(named('Parked'));
      expect(await leadOf(id)).toMatchObject(sold);
    }
    expect(await journal()).toMatch(/"move_not_possible"/);

    const [sales] = stage.amocrm.account.pipelines;
    const contract = sales === undefined ? 0 : named('Contract', sales);
    stage.byHand('leads', { id: record.id, pipeline_id: sales?.id, status_id: contract });
    await stage.settled();
    const after = await leadOf(id);
    expect(after).toMatchObject({ status: 'converted', buyer_id: buyer.id });
    expect(await stage.call('GET', `/v1/deals/${after.deal_id}`)).toMatchObject({
      owner_id: buyer.id,
    });
    expect(at(record)?.scalars).toMatchObject({ pipeline_id: inbound.id, status_id: WON });
    expect(stage.there('leads')).toHaveLength(2);
  });
});

describe('two leads that become one here while both are there', () => {
  it('are told of until they are one there too; nothing of the other one is taken or written', async () => {
    const stays = await enter(ANNA);
    const goes = await enter({ name: 'Anna K.', phones: ['+380501234567'] });
    await stage.connect(['deal'], {}, settings());
    const [first, second] = [await recordOf(stays.id), await recordOf(goes.id)];
    await stage.call('POST', '/v1/leads/merge', {
      leads: [stays, goes].map(({ id, version }) => ({ id, version })),
      survivor: stays.id,
    });
    await stage.settled();
    const told = async () => [...(await listed('dead-letters')), ...(await listed('divergences'))];
    expect(await told()).toMatchObject([
      { entity: 'office_lead', refusal: { code: 'lead_merged' } },
    ]);
    expect(JSON.stringify(await told())).not.toMatch(/Anna|67111|50123/);
    const before = await leadOf(stays.id);
    expect(before.contact.phones).toEqual(expect.arrayContaining(['+380501234567']));

    stage.byHand('leads', { id: second.id, price: 70, status_id: named('Talking') });
    stage.byHand('contacts', { id: second.mainContact, name: 'Somebody else' });
    await stage.settled();
    expect(await leadOf(stays.id)).toEqual(before);
    expect(at(second)?.scalars).toMatchObject({ price: 70, status_id: named('Talking') });
    expect(await told()).toMatchObject([{ refusal: { code: 'lead_merged' } }]);
    expect(statusAt(first)).toBe(named('Fresh'));

    // The one that stays goes on.
    stage.byHand('leads', { id: first.id, price: 500 });
    await stage.settled();
    expect(await leadOf(stays.id)).toMatchObject({ amount: 50_000 });
    stage.deleteByHand('leads', second.id);
    await stage.call('POST', '/v1/connectors/amocrm/dead-letters/replay', {});
    await stage.settled();
    expect(await told()).toEqual([]);
  });
});

describe('pipelines of leads', () => {
  it('are those that were chosen: what is elsewhere is a deal, and linked leads go with the choice', async () => {
    const other = stage.amocrm.account.addPipeline('Calls', ['Asked', 'Told', 'Waits']);
    const elsewhere = { pipeline_id: other.id, status_id: named('Asked', other) };
    incoming();
    const call = incoming({ name: 'Asked for an offer', ...elsewhere });
    await stage.connect(['deal'], {}, settings());
    const [lead, ...none] = await leads();
    expect(none).toEqual([]);
    expect((await deals()).map(({ name }) => name)).toEqual(['Asked for an offer']);

    const { version } = await stage.call<{ version: number }>('GET', '/v1/connectors/amocrm');
    await stage.connect(['deal'], { version }, settings(other));
    const record = await recordOf(lead?.id ?? '');
    expect(at(record)?.scalars).toMatchObject(elsewhere);
    expect(await leadOf(lead?.id ?? '')).toMatchObject({ status: 'new', deal_id: null });
    // What is a deal stays one; what is new is what its pipeline says now.
    expect((await deals()).map(({ name }) => name)).toEqual(['Asked for an offer']);
    expect(await recordOf((await deals())[0]?.id ?? '')).toMatchObject({ id: call.id });
    const person = stage.byHand('contacts', { name: 'Olha', ...phone('+380631112233') });
    const _embedded = { contacts: [{ id: person.id, is_main: true }] };
    incoming({ name: 'Now a deal' });
    incoming({ ...elsewhere, _embedded });
    await stage.settled();
    expect(await leads()).toHaveLength(2);
    expect((await deals()).map(({ name }) => name).toSorted()).toEqual([
      ...['Asked for an offer', 'Now a deal'],
    ]);
  });
});

describe('people of such leads', () => {
  it('are not told to twenty, neither as leads nor once they are deals', async () => {
    const twenty = await openTwentyFor(api, stage.tenant);
    const record = incoming();
    const { id } = await enter(ANNA);
    await twenty.connect();
    await stage.connect(['deal'], {}, settings());
    const [sales] = stage.amocrm.account.pipelines;
    const moved = (await leads()).find((lead) => lead.id !== id)?.id ?? '';
    for (const leadId of [moved, id])
      await stage.call('POST', `/v1/leads/${leadId}/consents`, {
        ...{ answer: 'given', evidence: 'Call' },
      });
    for (const { id: remoteId } of [record, await recordOf(id)])
      stage.byHand('leads', {
        ...{ id: remoteId, pipeline_id: sales?.id },
        status_id: sales === undefined ? 0 : named('Contract', sales),
      });
    await stage.settled();
    await twenty.settled();
    expect((await leads()).map(({ status }) => status)).toEqual(['converted', 'converted']);
    const { workspace } = twenty.twenty;
    const rowsOf = (object: string) => [...workspace.table(object).rows.values()];
    expect(rowsOf('makLead')).toHaveLength(2);
    expect(rowsOf('masterDeal')).toHaveLength(2);
    const told = workspace.objects.map(({ singular }) => rowsOf(singular));
    expect(JSON.stringify(told)).not.toMatch(/Anna|Koval|anna@|67111|Ihor|Bondar|50222/);
    await twenty.close();
  });
});
