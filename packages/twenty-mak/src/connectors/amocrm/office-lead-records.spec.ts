import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalTurns } from '../../../test/amocrm-contract/target.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import type { RemoteChange } from '../sync/index.ts';
import { readAccount } from './account.ts';
import type { AmocrmAccount } from './account.ts';
import { BatchSize } from './batch-size.ts';
import { AmocrmClient } from './client.ts';
import { OfficeLeadRecords } from './office-lead-records.ts';
import { settingsSchema } from './settings.ts';
import { LOST } from './simulator/account.ts';
import type { SimulatedPipeline } from './simulator/account.ts';
import { AmocrmSimulator } from './simulator/index.ts';
import { readRows, recordSchema } from './simulator/inputs.ts';
import type { RecordEntity, StoredRecord } from './simulator/stored.ts';
import { writeRecords } from './simulator/write-records.ts';
import { LongLivedToken } from './tokens.ts';

let amocrm: AmocrmSimulator;
let http: OutboundHttp;
let account: AmocrmAccount;
let leads: OfficeLeadRecords;
let inbound: SimulatedPipeline;
/** What is linked: MaK's ids by those there. */
let linked: Map<string, string>;

beforeEach(async () => {
  amocrm = new AmocrmSimulator({ limits: { perSecond: 10_000, accountPerSecond: 10_000 } });
  inbound = amocrm.account.addPipeline('Inbound', ['Fresh', 'Talking']);
  http = new OutboundHttp({ MAK_ALLOW_PRIVATE_WEBHOOKS: true });
  const budget = { burst: 1_000, perSecond: 1_000 };
  const access = { address: await amocrm.listen(), bucket: 'x', budget };
  const token = new LongLivedToken(amocrm.oauth.longLived());
  const client = new AmocrmClient(http, new LocalTurns(), token, access);
  const settings = { address: access.address, leads: { pipelines: [inbound.id] } };
  account = await readAccount(client, { leads: settingsSchema.parse(settings).leads });
  linked = new Map();
  leads = new OfficeLeadRecords(client, account, new BatchSize(), () => undefined, {
    localIds: (kind, ids) =>
      Promise.resolve(
        new Map([...linked].filter(([id]) => kind === 'office_lead' && ids.includes(id))),
      ),
    remoteIds: (kind, ids) =>
      Promise.resolve(
        new Map(
          [...linked].flatMap(([remote, local]): [string, string][] =>
            kind === 'office_lead' && ids.includes(local) ? [[local, remote]] : [],
          ),
        ),
      ),
    bring: () => Promise.resolve(),
    ours: () => Promise.resolve(new Set()),
  });
});
afterEach(async () => {
  await http.onApplicationShutdown();
  await amocrm.close();
});

function byHand(entity: RecordEntity, values: object): StoredRecord {
  const mode = 'id' in values ? 'update' : 'create';
  const [record] = writeRecords(
    amocrm.account,
    entity,
    readRows(recordSchema, [values]),
    mode,
    amocrm.account.users[0]?.id ?? 0,
  );
  if (record === undefined) throw new Error('nothing was written');
  return record;
}

const contact = (phone: string): StoredRecord =>
  byHand('contacts', {
    name: 'Somebody',
    custom_fields_values: [{ field_code: 'PHONE', values: [{ value: phone }] }],
  });
const card = ({ id }: StoredRecord, more: object = {}): StoredRecord =>
  byHand('leads', {
    ...{ name: 'Card', pipeline_id: inbound.id, status_id: inbound.statuses.at(1)?.id },
    _embedded: { contacts: [{ id, is_main: true }] },
    ...more,
  });
const fresh = (phone: string, localId: string = randomUUID()): RemoteChange => ({
  ...{ remoteId: null, localId, version: null },
  values: { person: 'Anna Koval', phones: [phone] },
});
const markOf = ({ id }: StoredRecord): unknown =>
  amocrm.account.records.leads.get(id)?.custom.get(account.leadIdField ?? 0)?.[0]?.value;
const count = (): number => amocrm.account.records.leads.size;
const refusalOf = (code: string) => ({ kind: 'refused', refusal: { code } });

describe('a lead that is about to be made there', () => {
  it('becomes the open card of who has its number there, which is nobody’s yet', async () => {
    const one = contact('067 111 22 33');
    const closed = card(one, { status_id: LOST });
    const taken = card(one);
    linked.set(String(taken.id), 'other');
    const sale = card(one, { pipeline_id: amocrm.account.mainPipeline.id, status_id: undefined });
    const [free, younger] = [card(one), card(one)];
    const before = count();
    const changes = [fresh('+380671112233'), fresh('+380671112233'), fresh('+380671112233')];
    const answers = await leads.write('office_lead', changes);
    expect(answers.map(({ kind }) => kind)).toEqual(['moved', 'moved', 'written']);
    expect([free, younger].map(markOf)).toEqual(changes.slice(0, 2).map(({ localId }) => localId));
    expect([closed, taken, sale].map(markOf)).toEqual([undefined, undefined, undefined]);
    expect(count()).toBe(before + 1);
    // It is found by its id from then on, however often it is asked for.
    expect(await leads.write('office_lead', changes.slice(0, 1))).toMatchObject([
      { kind: 'written', id: String(free?.id) },
    ]);
    expect(count()).toBe(before + 1);
  });

  it('becomes none of somebody else, or of whom it is not the main contact', async () => {
    const [main, second] = [contact('+380509998877'), contact('+380671112233')];
    card(main, { _embedded: { contacts: [{ id: main.id, is_main: true }, { id: second.id }] } });
    card(contact('+48671112233'));
    expect(await leads.write('office_lead', [fresh('+380671112233')])).toMatchObject([
      { kind: 'written' },
    ]);
    expect(count()).toBe(3);
  });

  it('never becomes that of another lead, though amoCRM writes its id into it', async () => {
    amocrm.duplicateControl = 'writes';
    const [known, met] = [contact('+380671112233'), contact('+380502223344')];
    const first = card(known, { price: 5 });
    linked.set(String(first.id), 'first');
    const sale = card(met, { pipeline_id: amocrm.account.mainPipeline.id, status_id: undefined });
    const [second, third] = [fresh('+380671112233'), fresh('+380502223344')];
    expect(await leads.write('office_lead', [second, third])).toMatchObject([
      ...[refusalOf('lead_known_there'), refusalOf('lead_known_there')],
    ]);
    expect([first, sale].map(markOf)).toEqual([second.localId, third.localId]);
    // Nor when it is tried again.
    expect((await leads.find('office_lead', [second.localId])).size).toBe(0);
    expect(await leads.write('office_lead', [second])).toMatchObject([
      refusalOf('lead_known_there'),
    ]);
    expect(amocrm.account.records.leads.get(first.id)?.scalars).toMatchObject({ price: 5 });
    expect(count()).toBe(2);
  });

  it('becomes the card that amoCRM takes it for, also when its id stands in it already', async () => {
    amocrm.duplicateControl = 'writes';
    let met: StoredRecord | undefined;
    amocrm.disturb = ({ url = '' }) => {
      if (url.endsWith('/leads/complex')) met = card(contact('+380671112233'));
      return 'arrives';
    };
    const change = fresh('+380671112233');
    expect(await leads.write('office_lead', [change])).toEqual([{ kind: 'moved' }]);
    expect(met === undefined ? null : markOf(met)).toBe(change.localId);
  });
});
