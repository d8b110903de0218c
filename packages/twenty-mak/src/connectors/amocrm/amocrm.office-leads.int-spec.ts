import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAmocrmStage, startAmocrmWorker } from '../../../test/support/amocrm-stage.ts';
import type { AmocrmStage } from '../../../test/support/amocrm-stage.ts';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { makeLot } from '../../../test/support/auction.ts';
import { member, setRules } from '../../../test/support/leads.ts';
import { LOST, WON } from './simulator/account.ts';
import type { SimulatedPipeline } from './simulator/account.ts';
import type { AmocrmSimulator } from './simulator/index.ts';
import type { RecordEntity, StoredRecord } from './simulator/stored.ts';

/* Leads of MaK with who they are, as leads of amoCRM in pipelines of their own, by the real worker over HTTP. */
let api: TestApp;
let worker: TestApp;
let stage: AmocrmStage;
let amocrm: AmocrmSimulator;
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
  ({ amocrm } = stage);
  inbound = amocrm.account.addPipeline('Inbound', ['Fresh', 'Talking', 'Parked']);
  return () => stage.close();
});

interface Lead {
  readonly id: string;
  readonly status: string;
  readonly kind: string;
  readonly source: string;
  readonly amount: number | null;
  readonly deal_id: string | null;
  readonly version: number;
  readonly contact: {
    readonly name: string | null;
    readonly phones: readonly string[];
    readonly emails: readonly string[];
    readonly city: string | null;
  };
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
const placeOf = (status: number): string => `${inbound.id}:${status}`;
const coded = (field_code: string, ...values: readonly string[]) => ({
  field_code,
  values: values.map((value) => ({ value, enum_code: 'WORK' })),
});
const entriesOf = (record: StoredRecord | undefined, name: string) => {
  const field = amocrm.account.fields.find(
    (one) => one.entity === record?.entity && one.name === name,
  );
  return record?.custom.get(field?.id ?? 0);
};
const contactAt = (lead: StoredRecord | undefined): StoredRecord | undefined =>
  amocrm.account.records.contacts.get(lead?.mainContact ?? 0);
const at = (entity: RecordEntity, id: number | undefined): StoredRecord | undefined =>
  amocrm.account.records[entity].get(id ?? 0);

async function journal(): Promise<string> {
  const rows = await stage.rows<{ text: string }>(
    'SELECT detail::text AS text FROM sync_journal WHERE tenant_id = $1',
  );
  return rows.map(({ text }) => text).join('\n');
}

async function localIdOf(entity: string, remote: StoredRecord | undefined): Promise<string | null> {
  const [link] = await stage.rows<{ local_id: string }>(
    `SELECT local_id FROM sync_link WHERE tenant_id = $1 AND entity = '${entity}' AND remote_id = '${remote?.id}'`,
  );
  return link?.local_id ?? null;
}

const settings = (more: object = {}) => ({
  leads: {
    pipelines: [inbound.id],
    statuses: [
      { mak: 'new', amocrm: placeOf(named('Fresh')) },
      { mak: 'from_partner', amocrm: placeOf(named('Fresh')) },
      { mak: 'in_work', amocrm: placeOf(named('Talking')) },
      { mak: 'converted', amocrm: placeOf(WON) },
      { mak: 'rejected', amocrm: placeOf(LOST) },
    ],
    ...more,
  },
});
const connect = (more: object = {}) => stage.connect(['deal'], {}, settings(more));

const ANNA = { name: 'Anna Koval', phones: ['+380671112233'], emails: ['anna@north.example'] };

/** A person makes a lead with a contact in the pipeline of leads. */
function incoming(more: object = {}): StoredRecord {
  const contact = stage.byHand('contacts', {
    first_name: 'Ihor',
    last_name: 'Bondar',
    custom_fields_values: [
      coded('PHONE', '050 222-33-44', 'ask Olha', '12345', '+380639998877'),
      coded('EMAIL', 'Ihor@South.example'),
    ],
  });
  return stage.byHand('leads', {
    name: 'Ihor from the site',
    price: 900,
    pipeline_id: inbound.id,
    status_id: named('Fresh'),
    _embedded: { contacts: [{ id: contact.id, is_main: true }] },
    ...more,
  });
}

describe('leads of MaK as leads of amoCRM', () => {
  it('go there with their contacts by one call, and edits follow both ways', async () => {
    const lead = await enter({ ...ANNA, amount: 120_000, currency: 'UAH', city: 'kyiv' });
    const stays = await enter({ name: 'Petro', phones: ['+380501234567'], status: 'rejected' });
    await connect({
      statuses: settings().leads.statuses.filter(({ mak }) => mak !== 'rejected'),
    });

    const [record, ...others] = stage.there('leads');
    expect(others).toEqual([]);
    expect(await localIdOf('office_lead', record)).toBe(lead.id);
    expect(entriesOf(record, 'mak_lead_id')).toMatchObject([{ value: lead.id }]);
    expect(record?.scalars).toMatchObject({
      ...{ pipeline_id: inbound.id, status_id: named('Fresh'), price: 1_200 },
    });
    const person = () => contactAt(at('leads', record?.id));
    expect(person()?.scalars['name']).toBe(ANNA.name);
    expect(entriesOf(person(), 'Phone')).toMatchObject([{ value: ANNA.phones[0] }]);
    expect(entriesOf(person(), 'Email')).toMatchObject([{ value: ANNA.emails[0] }]);
    expect(await leadOf(stays.id)).toMatchObject({ status: 'rejected' });

    // Here, and there.
    await stage.call('PATCH', `/v1/leads/${lead.id}`, {
      version: (await leadOf(lead.id)).version,
      phones: ['+380671112233', '+380441112233'],
    });
    await stage.settled();
    expect(entriesOf(person(), 'Phone')).toMatchObject([
      { value: '+380671112233' },
      { value: '+380441112233' },
    ]);
    stage.byHand('contacts', {
      id: person()?.id,
      custom_fields_values: [coded('PHONE', '+38 (063) 111-00-22', '11')],
    });
    stage.byHand('leads', { id: record?.id, price: 1_500, status_id: named('Talking') });
    await stage.settled();
    expect(await leadOf(lead.id)).toMatchObject({
      status: 'in_work',
      amount: 150_000,
      contact: { name: ANNA.name, phones: ['+380631110022'] },
    });
    await stage.call('PATCH', `/v1/leads/${lead.id}`, {
      version: (await leadOf(lead.id)).version,
      phones: ['+380631110022', '+380441112233'],
    });
    await stage.call('POST', `/v1/leads/${lead.id}/move`, {
      version: (await leadOf(lead.id)).version,
      status: 'rejected',
      reason: 'No answer',
    });
    await stage.settled();
    // What MaK could not read stays there.
    expect(entriesOf(person(), 'Phone')?.map(({ value }) => value)).toEqual([
      ...['+38 (063) 111-00-22', '+380441112233', '11'],
    ]);
    // Nothing shows that status there.
    expect(at('leads', record?.id)?.scalars['status_id']).toBe(named('Talking'));

    // That a status stands for something from now on moves nobody who stands there.
    stage.byHand('leads', { id: record?.id, status_id: named('Parked') });
    await stage.settled();
    const { version } = await stage.call<{ version: number }>('GET', '/v1/connectors/amocrm');
    const statuses = settings().leads.statuses.flatMap(({ mak, amocrm: status }) =>
      mak === 'rejected'
        ? []
        : [{ mak, amocrm: mak === 'from_partner' ? placeOf(named('Parked')) : status }],
    );
    await stage.connect(['deal'], { version }, settings({ statuses }));
    expect(await leadOf(lead.id)).toMatchObject({ status: 'rejected' });
    expect(at('leads', record?.id)?.scalars['status_id']).toBe(named('Parked'));

    // Somebody who cannot be let in leaves as little behind.
    incoming({ _embedded: { contacts: [] } });
    await amocrm.webhooks.deliverDue();
    await stage.settled();
    const secrets = await stage.rows<{ place: string; text: string }>(
      `SELECT 'journal' AS place, detail::text AS text FROM sync_journal WHERE tenant_id = $1
       UNION ALL SELECT 'link', agreed::text || coalesce(refusal::text, '') FROM sync_link WHERE tenant_id = $1
       UNION ALL SELECT 'waiting', key || sent::text || coalesce(refusal::text, '') FROM sync_pending WHERE tenant_id = $1
       UNION ALL SELECT 'message', told::text || untold::text FROM sync_message WHERE tenant_id = $1
       UNION ALL SELECT 'moved', coalesce(reason, '') FROM lead_status_change WHERE tenant_id = $1
       UNION ALL SELECT 'audit', detail::text FROM audit_entry WHERE tenant_id = $1
       UNION ALL SELECT 'outbox', data::text FROM outbox WHERE tenant_id = $1`,
    );
    expect(new Set(secrets.map(({ place }) => place))).toEqual(
      new Set(['journal', 'link', 'waiting', 'message', 'moved', 'audit', 'outbox']),
    );
    expect(JSON.stringify(secrets)).not.toMatch(
      /Anna|anna@|Koval|67111|44111|63111|Petro|Ihor|Bondar|south/i,
    );
    expect(amocrm.limits.rejected).toBe(0);
  });

  it('come from the pipelines of leads, and deals from all others; closed ones stay there', async () => {
    const here = incoming();
    const old = incoming({ status_id: LOST });
    const sale = stage.byHand('leads', { name: 'Roof', price: 100 });
    await connect({ source: 'lead_generation' });

    const [lead, ...others] = await leads();
    expect(others).toEqual([]);
    expect(await localIdOf('office_lead', here)).toBe(lead?.id);
    expect(await leadOf(lead?.id ?? '')).toMatchObject({
      ...{ status: 'new', source: 'lead_generation', amount: 90_000 },
      contact: {
        name: 'Ihor Bondar',
        phones: ['+380502223344', '+380639998877'],
        emails: ['ihor@south.example'],
      },
    });
    expect(entriesOf(at('leads', here.id), 'mak_lead_id')).toMatchObject([{ value: lead?.id }]);
    expect((await deals()).map(({ name }) => name)).toEqual(['Roof']);
    expect(await localIdOf('deal', sale)).not.toBe(null);
    expect([await localIdOf('deal', old), await localIdOf('office_lead', old)]).toEqual([
      null,
      null,
    ]);
    expect(await listed('dead-letters')).toEqual([]);

    // It is told of at once, also that its contact is another one.
    stage.byHand('contacts', { id: here.mainContact, name: 'Ihor Bily' });
    await amocrm.webhooks.deliverDue();
    await expect.poll(async () => (await leadOf(lead?.id ?? '')).contact.name).toBe('Ihor Bily');

    // People copy it, with the id of MaK's in it.
    const custom_fields_values = amocrm.account.fields
      .filter(({ entity, name }) => entity === 'leads' && name === 'mak_lead_id')
      .map(({ id }) => ({ field_id: id, values: [{ value: lead?.id }] }));
    const copy = stage.byHand('leads', { name: 'Ihor, copied', price: 900, custom_fields_values });
    const twin = incoming({ custom_fields_values });
    await stage.settled();
    expect(await localIdOf('office_lead', here)).toBe(lead?.id);
    expect((await deals()).map(({ name }) => name).toSorted()).toEqual(['Ihor, copied', 'Roof']);
    expect(await localIdOf('deal', copy)).not.toBe(null);
    const own = await localIdOf('office_lead', twin);
    expect((await leads()).map(({ id }) => id).toSorted()).toEqual([lead?.id, own].toSorted());
    expect(entriesOf(at('leads', twin.id), 'mak_lead_id')).toMatchObject([{ value: own }]);
  });

  it('become deals when people move them to where deals are; the deal has a record of its own', async () => {
    const record = incoming();
    await connect();
    const lead = (await leads())[0]?.id ?? '';
    const [sales] = amocrm.account.pipelines;
    const status = sales?.statuses.find(({ name }) => name === 'Contract');
    const move = () =>
      stage.byHand('leads', { id: record.id, pipeline_id: sales?.id, status_id: status?.id });
    move();
    await stage.settled();
    // Nobody has asked the person yet, so it is put right.
    expect(at('leads', record.id)?.scalars['status_id']).toBe(named('Fresh'));
    expect(await journal()).toMatch(/"consent_missing"/);
    await stage.call('POST', `/v1/leads/${lead}/consents`, { answer: 'given', evidence: 'Call' });
    move();
    await stage.settled();
    const after = await leadOf(lead);
    expect(after).toMatchObject({ status: 'converted' });
    expect((await deals()).map(({ id }) => id)).toEqual([after.deal_id]);
    // The lead stays the lead.
    expect(await localIdOf('office_lead', record)).toBe(lead);
    expect(at('leads', record.id)?.scalars).toMatchObject({
      ...{ pipeline_id: inbound.id, status_id: WON },
    });
    const others = stage.there('leads').filter(({ id }) => id !== record.id);
    expect(others).toHaveLength(1);
    expect(await localIdOf('deal', others[0])).toBe(after.deal_id);
    // A deal does not become a lead.
    stage.byHand('leads', {
      id: others[0]?.id,
      pipeline_id: inbound.id,
      status_id: named('Fresh'),
    });
    await stage.settled();
    expect(await leads()).toHaveLength(1);
    expect(await localIdOf('deal', others[0])).toBe(after.deal_id);
  });

  it('that MaK does not let in wait as dead letters that name no one', async () => {
    const nobody = stage.byHand('leads', {
      ...{ price: 5, pipeline_id: inbound.id, status_id: named('Fresh') },
    });
    const boss = await member(api, stage.tenant, 'admin', 'boss');
    const first = await enter({ ...ANNA, status: 'rejected', responsible_id: boss.id });
    await setRules(api, stage.tenant.apiKey, { certain: 'block' });
    const second = incoming();
    stage.byHand('contacts', {
      id: second.mainContact,
      custom_fields_values: [coded('PHONE', '067 111 22 33')],
    });
    await connect({
      statuses: settings().leads.statuses.filter(({ mak }) => mak !== 'rejected'),
    });
    const dead = await listed('dead-letters');
    expect(dead).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          remote_id: String(nobody.id),
          refusal: expect.objectContaining({ code: 'contact_missing', field: 'person' }),
        }),
        expect.objectContaining({
          remote_id: String(second.id),
          refusal: expect.objectContaining({ code: 'lead_exists' }),
        }),
      ]),
    );
    expect(JSON.stringify(dead)).not.toMatch(/Ihor|Anna|67111|6711/);
    expect((await leads()).map(({ id }) => id)).toEqual([first.id]);

    // Who is responsible is told once, however often it is looked at.
    stage.byHand('leads', { id: second.id, price: 1_000 });
    await stage.settled();
    const told = await stage.rows<{ kind: string; text: string }>(
      'SELECT kind, data::text AS text FROM notification WHERE tenant_id = $1',
    );
    expect(told.map(({ kind }) => kind).filter((kind) => kind === 'lead.duplicate')).toHaveLength(
      1,
    );
    expect(JSON.stringify(told)).not.toMatch(/Ihor|Anna|67111|6711/);
  });

  it('that both have before they meet are one and not doubled, whatever the rules for duplicates', async () => {
    const phone = (id: number | null, number: string) =>
      stage.byHand('contacts', {
        ...(id === null ? { name: 'Olha Bila' } : { id }),
        custom_fields_values: [coded('PHONE', number)],
      });
    // The rules let a second one in, with a warning.
    const anna = await enter({ ...ANNA, amount: 120_000, currency: 'UAH', status: 'in_work' });
    const first = incoming();
    phone(first.mainContact, '(067) 111-22-33');
    const closed = incoming({ status_id: LOST });
    phone(closed.mainContact, '067 111 22 33');
    await connect({
      statuses: settings().leads.statuses.filter(({ mak }) => mak !== 'from_partner'),
    });
    expect((await leads()).map(({ id }) => id)).toEqual([anna.id]);
    expect(await localIdOf('office_lead', first)).toBe(anna.id);
    expect(stage.there('leads').map(({ id }) => id)).toEqual([first.id, closed.id]);
    // Where it stood there before is nobody's move.
    expect(await leadOf(anna.id)).toMatchObject({
      status: 'in_work',
      contact: { name: 'Ihor Bondar' },
    });
    expect(at('leads', first.id)?.scalars['status_id']).toBe(named('Talking'));

    // The rules let no second one in, but the first one is not there yet.
    await setRules(api, stage.tenant.apiKey, { certain: 'block' });
    const olha = await enter({ name: 'Olha', phones: ['+380503334455'], status: 'from_partner' });
    await stage.settled();
    const { id } = phone(null, '+380503334455');
    const second = incoming({ _embedded: { contacts: [{ id, is_main: true }] } });
    await stage.settled();
    expect(await localIdOf('office_lead', second)).toBe(olha.id);
    expect(await leadOf(olha.id)).toMatchObject({ status: 'from_partner' });
    expect(await listed('dead-letters')).toEqual([]);

    // It is there as another one already: nothing is taken in.
    await setRules(api, stage.tenant.apiKey, { certain: 'merge' });
    const before = await leadOf(olha.id);
    const third = incoming();
    phone(third.mainContact, '+380503334455');
    stage.byHand('contacts', {
      id: third.mainContact,
      custom_fields_values: [coded('EMAIL', 'third@north.example')],
    });
    await stage.settled();
    expect(await listed('dead-letters')).toMatchObject([
      { remote_id: String(third.id), refusal: { code: 'already_linked' } },
    ]);
    expect(await leadOf(olha.id)).toEqual(before);
  });

  it('that get a contact are linked with who has the address, who stays who they are', async () => {
    const lead = await enter({ name: 'Anna Koval', phones: ['+380671112233'] });
    await connect();
    const [record] = stage.there('leads');
    const other = stage.byHand('contacts', {
      name: 'Olha Bila',
      custom_fields_values: [coded('PHONE', '+380501112233'), coded('EMAIL', 'olha@north.example')],
    });
    stage.byHand('leads', { id: record?.id, _embedded: { contacts: [] } });
    await stage.settled();
    await stage.call('PATCH', `/v1/leads/${lead.id}`, {
      version: (await leadOf(lead.id)).version,
      ...{ name: 'Anna Bila', emails: ['olha@north.example'], phones: ['+380671112244'] },
    });
    await stage.settled();
    expect(at('leads', record?.id)?.mainContact).toBe(other.id);
    expect(at('contacts', other.id)?.scalars['name']).toBe('Olha Bila');
    expect(entriesOf(at('contacts', other.id), 'Phone')?.map(({ value }) => value)).toEqual([
      ...['+380671112244', '+380501112233'],
    ]);
  });

  it('that become one here keep the one record that is there', async () => {
    const stays = await enter({ ...ANNA, status: 'in_work' });
    await connect({
      statuses: settings().leads.statuses.filter(({ mak }) => mak !== 'in_work'),
    });
    const goes = await enter({ name: 'Anna K.', phones: ['+380501234567'] });
    await stage.settled();
    const [record, ...others] = stage.there('leads');
    expect([others, await localIdOf('office_lead', record)]).toEqual([[], goes.id]);
    await stage.call('POST', '/v1/leads/merge', {
      leads: [stays, goes].map(({ id, version }) => ({ id, version })),
      survivor: stays.id,
    });
    await stage.settled();
    expect(stage.there('leads')).toHaveLength(1);
    expect(await localIdOf('office_lead', record)).toBe(stays.id);
    expect(entriesOf(at('leads', record?.id), 'mak_lead_id')).toMatchObject([{ value: stays.id }]);
    expect(
      entriesOf(contactAt(record), 'Phone')
        ?.map(({ value }) => value)
        .toSorted(),
    ).toEqual([...['+380501234567', ANNA.phones[0]]]);
    expect(await listed('dead-letters')).toEqual([]);
  });

  it('on auction change as by hand, and what was offered stays; without pipelines of leads they rest', async () => {
    const lot = await makeLot(api, stage.tenant);
    const [lead] = await leads();
    const offered = (): Promise<object[]> =>
      stage.rows(`SELECT * FROM lot_lead WHERE tenant_id = $1 AND lot_id = '${lot}'`);
    const before = await offered();
    expect([lead?.kind, before.length]).toEqual(['auction', 1]);
    const statuses = [
      ...settings().leads.statuses.filter(({ mak }) => mak !== 'from_partner'),
      { mak: 'on_auction', amocrm: placeOf(named('Parked')) },
    ];
    await connect({ statuses });
    const [record] = stage.there('leads');
    const statusThere = () => at('leads', record?.id)?.scalars['status_id'];
    expect([await localIdOf('office_lead', record), statusThere()]).toEqual([
      lead?.id,
      named('Parked'),
    ]);
    stage.byHand('leads', { id: record?.id, price: 700, status_id: named('Talking') });
    await stage.settled();
    expect(await leadOf(lead?.id ?? '')).toMatchObject({ kind: 'auction', amount: 70_000 });
    expect(statusThere()).toBe(named('Parked'));
    expect(await offered()).toEqual(before);

    const { version } = await stage.call<{ version: number }>('GET', '/v1/connectors/amocrm');
    await stage.connect(['deal'], { version }, { leads: null });
    stage.byHand('leads', { id: record?.id, price: 800 });
    const sale = incoming();
    await stage.settled();
    expect(await leadOf(lead?.id ?? '')).toMatchObject({ kind: 'auction', amount: 70_000 });
    // What is linked stays a lead; what is new is a deal.
    expect(await localIdOf('office_lead', record)).toBe(lead?.id);
    expect(await deals()).toHaveLength(1);
    expect(await localIdOf('deal', sale)).not.toBe(null);
  });

  it('are there once after an answer was lost, and stay erased', async () => {
    const lost = new Set<string>();
    amocrm.disturb = ({ method, url = '' }) => {
      const path = /\/leads\/complex$/.exec(url)?.[0];
      if (method === 'GET' || path === undefined || lost.has(path)) return 'arrives';
      lost.add(path);
      return 'answer lost';
    };
    const lead = await enter(ANNA);
    await connect();
    expect(lost.size).toBe(1);
    expect([stage.there('leads').length, stage.there('contacts').length]).toEqual([1, 1]);
    const [record] = stage.there('leads');
    expect(await localIdOf('office_lead', record)).toBe(lead.id);

    // Nobody who was erased comes back because amoCRM still knows them.
    await stage.call('POST', '/v1/persons/erase', { email: ANNA.emails[0] });
    stage.byHand('contacts', { id: record?.mainContact, name: 'Anna again' });
    await stage.settled();
    expect(await leadOf(lead.id)).toMatchObject({ contact: { state: 'erased', name: null } });
    expect(contactAt(record)?.scalars['name']).toBe('Anna again');
    expect(await listed('dead-letters')).toMatchObject([
      { entity: 'office_lead', local_id: lead.id, refusal: { code: 'person_erased' } },
    ]);
  });

  it('that amoCRM takes for one it has become that one, but never a deal', async () => {
    amocrm.duplicateControl = true;
    const phone = (number: string) => ({ custom_fields_values: [coded('PHONE', number)] });
    const roofer = stage.byHand('contacts', { name: 'Roofer', ...phone('+380671112233') });
    const roof = stage.byHand('leads', { name: 'Roof', _embedded: { contacts: [roofer] } });
    let met: StoredRecord | undefined;
    amocrm.disturb = ({ url = '' }) => {
      // Somebody makes it there right before MaK does.
      if (url.endsWith('/leads/complex') && met === undefined) {
        const other = stage.byHand('contacts', { name: 'Olha', ...phone('+380502223344') });
        const place = { pipeline_id: inbound.id, status_id: named('Talking') };
        met = stage.byHand('leads', { ...place, price: 70, _embedded: { contacts: [other] } });
      }
      return 'arrives';
    };
    const known = await enter({ name: 'Olha Bila', phones: ['+380502223344'] });
    const sold = await enter(ANNA);
    await connect();
    expect(stage.there('leads')).toHaveLength(2);
    expect(await localIdOf('office_lead', met)).toBe(known.id);
    expect(await leadOf(known.id)).toMatchObject({ amount: 7_000 });
    expect(await localIdOf('deal', roof)).not.toBe(null);
    expect(entriesOf(at('leads', roof.id), 'mak_lead_id')).toBeUndefined();
    expect(await listed('dead-letters')).toMatchObject([
      { entity: 'office_lead', local_id: sold.id, refusal: { code: 'lead_known_there' } },
    ]);
  });

  it('stay as they are where a status or a field was removed there, and that is told', async () => {
    const city = amocrm.account.addField('leads', 'Town', 'text');
    const lead = await enter({ ...ANNA, city: 'kyiv' });
    await connect({ fields: { city: city.id } });
    const [record] = stage.there('leads');
    expect(entriesOf(record, 'Town')).toMatchObject([{ value: 'Київ' }]);
    stage.byHand('leads', {
      id: record?.id,
      custom_fields_values: [{ field_id: city.id, values: [{ value: 'Львів' }] }],
    });
    await stage.settled();
    expect((await leadOf(lead.id)).contact.city).toBe('Львів');

    inbound.statuses.splice(
      inbound.statuses.findIndex(({ name }) => name === 'Talking'),
      1,
    );
    amocrm.account.fields.splice(amocrm.account.fields.indexOf(city), 1);
    await stage.call('POST', `/v1/leads/${lead.id}/move`, {
      version: (await leadOf(lead.id)).version,
      status: 'in_work',
    });
    await stage.settled();
    expect(await listed('divergences')).toMatchObject([
      { entity: 'office_lead', local_id: lead.id },
    ]);
    expect(await leadOf(lead.id)).toMatchObject({ status: 'in_work', contact: { city: 'Львів' } });
    expect(await journal()).toMatch(/"unknown_status"/);
    expect(await journal()).toMatch(/"field_gone"/);
  });
});
