import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { askedAnew } from '../../../test/support/asked-anew.ts';
import { AmocrmSimulator } from './simulator/index.ts';
import { readRows, recordSchema } from './simulator/inputs.ts';
import type { RecordEntity, StoredRecord } from './simulator/stored.ts';
import { keep, writeRecords } from './simulator/write-records.ts';

/* What stands around deals in MaK and around leads in amoCRM, by the real worker over HTTP. */
let api: TestApp;
let worker: TestApp;
let tenant: TestTenant;
let amocrm: AmocrmSimulator;
let address: string;

beforeAll(async () => {
  api = await startApp();
  const env = { MAK_POLL_INTERVAL_MS: '200', PUBLIC_URL: api.url };
  worker = await startApp({ role: 'worker', database: api.database, env });
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(async () => {
  tenant = await api.createTenant({ pipelines: ['credit'] });
  amocrm = new AmocrmSimulator();
  address = await amocrm.listen();
  return async () => {
    await api.database.query('DELETE FROM sync_connector WHERE tenant_id = $1', [tenant.id]);
    await amocrm.close();
  };
});

const rows = <Row extends object>(sql: string): Promise<Row[]> =>
  api.database.query<Row>(sql, [tenant.id]);

async function call<Body = unknown>(method: string, path: string, body?: object): Promise<Body> {
  const headers = { 'idempotency-key': randomUUID() };
  const sent = body === undefined ? {} : { body };
  const answer = await api.call<Body>(path, { key: tenant.apiKey, method, headers, ...sent });
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function connect(entities: readonly string[]): Promise<void> {
  await call('PUT', '/v1/connectors/amocrm', {
    version: 0,
    settings: { address, nobody: amocrm.account.users[0]?.email },
    secrets: { token: amocrm.oauth.longLived() },
    entities,
    poll_seconds: 3_600,
  });
  await settled();
}

/** Nothing is left to do, and amoCRM was asked since what changed. */
async function settled(): Promise<void> {
  const [{ last } = { last: 'deal' }] = await rows<{ last: string }>(
    'SELECT entities[array_upper(entities, 1)] AS last FROM sync_connector WHERE tenant_id = $1',
  );
  await askedAnew(rows, last);
  const left = `SELECT entity, key, refusal::text FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NULL
     UNION ALL SELECT 'resync', NULL, NULL FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false'
     UNION ALL SELECT 'message', NULL, NULL FROM sync_message WHERE tenant_id = $1 AND read_at IS NULL
     UNION ALL SELECT 'stopped', reason, NULL FROM sync_connector WHERE tenant_id = $1 AND state = 'stopped'`;
  await expect.poll(() => rows(left), { timeout: 20_000 }).toEqual([]);
}

interface Client {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly version: number;
  readonly contacts: readonly { readonly id: string; readonly phone: string | null }[];
}
interface Deal {
  readonly id: string;
  readonly client_id: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly version: number;
}
const clients = async (): Promise<readonly Client[]> =>
  (await call<{ items: Client[] }>('GET', '/v1/clients')).items;
const clientOf = (id: string): Promise<Client> => call('GET', `/v1/clients/${id}`);
const dealOf = (id: string): Promise<Deal> => call('GET', `/v1/deals/${id}`);
const createDeal = (fields: object): Promise<Deal> =>
  call('POST', '/v1/deals', { name: 'Deal', amount: 10_000, currency: 'UAH', ...fields });

async function createClient(fields: object): Promise<Client> {
  const { id } = await call<Client>('POST', '/v1/clients', fields);
  return clientOf(id);
}

/** A person makes a record in amoCRM, or edits one. */
function byHand(entity: RecordEntity, values: object): StoredRecord {
  const author = amocrm.account.users[1]?.id ?? 0;
  const nobody = amocrm.account.users[0]?.id;
  const mode = 'id' in values ? 'update' : 'create';
  const input = mode === 'update' ? values : { responsible_user_id: nobody, ...values };
  const [record] = writeRecords(
    amocrm.account,
    entity,
    readRows(recordSchema, [input]),
    mode,
    author,
  );
  if (record === undefined) throw new Error('Nothing was written.');
  return record;
}

function deleteByHand(entity: RecordEntity, id: number): void {
  const record = amocrm.account.records[entity].get(id);
  if (record === undefined) throw new Error('It is not there.');
  keep(amocrm.account, [{ ...record, scalars: { ...record.scalars, is_deleted: true } }]);
}

const there = (entity: RecordEntity): readonly StoredRecord[] => [
  ...amocrm.account.records[entity].values(),
];
const fieldOf = (entity: RecordEntity, name: string): number =>
  amocrm.account.fields.find((field) => field.entity === entity && field.name === name)?.id ?? 0;
const entriesOf = (record: StoredRecord | undefined, name: string) =>
  record?.custom.get(fieldOf(record.entity, name));
const coded = (field_code: string, ...values: readonly string[]) => ({
  field_code,
  values: values.map((value, index) => ({ value, enum_code: index === 0 ? 'WORK' : 'OTHER' })),
});

/** What MaK calls the deal of a lead. */
async function dealThatCame(lead: StoredRecord): Promise<Deal> {
  const [link] = await rows<{ local_id: string }>(
    `SELECT local_id FROM sync_link WHERE tenant_id = $1 AND entity = 'deal' AND remote_id = '${lead.id}'`,
  );
  return dealOf(link?.local_id ?? '');
}

const ANNA = { name: 'Anna Koval', email: 'anna@north.example', phone: '+380671112233' };
const PARTIES = ['company', 'contact', 'deal'] as const;

describe('companies and people of leads', () => {
  it('come with the lead that names them, and nobody else; edits follow both ways', async () => {
    byHand('contacts', { name: 'Stranger' });
    const company = byHand('companies', { name: 'North Ltd' });
    const anna = byHand('contacts', {
      first_name: 'Anna',
      last_name: 'Koval',
      custom_fields_values: [
        coded('PHONE', '+38 (067) 111-22-33', '0441234567'),
        coded('EMAIL', 'Anna@North.example'),
        { field_code: 'POSITION', values: [{ value: 'CFO' }] },
      ],
      _embedded: { companies: [{ id: company.id }] },
    });
    const _embedded = { contacts: [{ id: anna.id }], companies: [{ id: company.id }] };
    const lead = byHand('leads', { name: 'Roof', _embedded });
    await connect(PARTIES);

    expect((await clients()).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'company North Ltd',
    ]);
    const deal = await dealThatCame(lead);
    const client = await clientOf(deal.client_id ?? '');
    expect(client.contacts).toMatchObject([{ ...ANNA, position: 'CFO' }]);
    const [contact] = client.contacts;
    expect(deal.attributes['contact_id']).toBe(contact?.id);
    const now = () => amocrm.account.records.contacts.get(anna.id);
    expect(entriesOf(now(), 'mak_id')).toMatchObject([{ value: contact?.id }]);
    expect(entriesOf(amocrm.account.records.companies.get(company.id), 'mak_id')).toMatchObject([
      { value: client.id },
    ]);

    await call('PATCH', `/v1/clients/${client.id}`, {
      version: client.version,
      name: 'North Group',
      contacts: [{ id: contact?.id, ...ANNA, name: 'Anna Maria Bila', phone: '+380501112233' }],
    });
    await settled();
    expect(amocrm.account.records.companies.get(company.id)?.scalars['name']).toBe('North Group');
    expect(now()?.scalars).toMatchObject({ first_name: 'Anna', last_name: 'Maria Bila' });
    // Further numbers are amoCRM's own, and the first one stays of its kind.
    expect(entriesOf(now(), 'Phone')).toMatchObject([
      { value: '+380501112233', enum_code: 'WORK' },
      { value: '0441234567', enum_code: 'OTHER' },
    ]);

    byHand('contacts', {
      id: anna.id,
      custom_fields_values: [coded('PHONE', '+380639998877', '0441234567')],
    });
    await settled();
    expect((await clientOf(client.id)).contacts).toMatchObject([{ phone: '+380639998877' }]);
    const secrets = await rows<{ text: string }>(
      `SELECT detail::text AS text FROM sync_journal WHERE tenant_id = $1
       UNION ALL SELECT agreed::text FROM sync_link WHERE tenant_id = $1
       UNION ALL SELECT told::text FROM sync_message WHERE tenant_id = $1`,
    );
    expect(JSON.stringify(secrets)).not.toMatch(/Anna|anna@|Koval|067111|501112233|639998877/);
    expect(amocrm.limits.rejected).toBe(0);
  });

  it('go there with the deal that names them, unless amoCRM has them already', async () => {
    const known = byHand('contacts', {
      name: 'A. Koval',
      custom_fields_values: [
        coded('EMAIL', 'anna@north.example'),
        { field_code: 'POSITION', values: [{ value: 'knows more' }] },
      ],
    });
    await call('POST', '/v1/clients', { name: 'Unnamed' });
    const south = await createClient({ name: 'South', contacts: [ANNA] });
    const attributes = { contact_id: south.contacts[0]?.id };
    const deal = await createDeal({ client_id: south.id, attributes });
    await connect(PARTIES);

    const [company, ...others] = there('companies');
    expect([company?.scalars['name'], others]).toEqual(['South', []]);
    expect(there('contacts')).toMatchObject([{ id: known.id, company: company?.id }]);
    expect(entriesOf(there('contacts')[0], 'Phone')).toMatchObject([{ value: ANNA.phone }]);
    expect((await clientOf(south.id)).contacts).toMatchObject([{ position: 'knows more' }]);
    const [lead] = there('leads');
    expect(lead).toMatchObject({ mainContact: known.id, contacts: [known.id] });
    expect(lead?.company).toBe(company?.id);

    // Somebody else is spoken with from now on; Anna stays at the lead.
    const ihor = byHand('contacts', { first_name: 'Ihor', last_name: 'Melnyk' });
    const embedded = { contacts: [{ id: known.id }, { id: ihor.id, is_main: true }] };
    byHand('leads', { id: lead?.id, _embedded: embedded });
    await settled();
    const after = await dealOf(deal.id);
    expect(after.attributes['contact_id']).not.toBe(attributes.contact_id);
    await call('PATCH', `/v1/deals/${deal.id}`, {
      version: after.version,
      client_id: null,
      attributes,
    });
    await settled();
    const [relinked] = there('leads');
    expect(relinked).toMatchObject({ mainContact: known.id, company: null });
    expect(relinked?.contacts).toHaveLength(2);
  });

  it('stay erased here and deleted there, and both is listed', async () => {
    const client = await createClient({ name: 'Erased', contacts: [ANNA] });
    const other = await createClient({ name: 'Deleted' });
    await createDeal({
      client_id: client.id,
      attributes: { contact_id: client.contacts[0]?.id },
    });
    await createDeal({ client_id: other.id });
    await connect(PARTIES);
    await call('POST', '/v1/persons/erase', { email: ANNA.email });
    const [anna] = there('contacts');
    byHand('contacts', { id: anna?.id, custom_fields_values: [coded('PHONE', '+380630000000')] });
    const gone = there('companies').find(({ scalars }) => scalars['name'] === 'Deleted');
    deleteByHand('companies', gone?.id ?? 0);
    await amocrm.webhooks.deliverDue();
    await settled();
    expect((await clientOf(client.id)).contacts).toMatchObject([{ state: 'erased' }]);
    const listed = async (path: string) =>
      (await call<{ items: object[] }>('GET', `/v1/connectors/amocrm/${path}`)).items;
    expect(await listed('dead-letters')).toMatchObject([
      { entity: 'contact', refusal: { code: 'person_erased' } },
    ]);
    expect(await listed('divergences')).toMatchObject([
      { entity: 'company', local_id: other.id, refusal: { code: 'deleted_there' } },
    ]);
    expect(there('companies')).toHaveLength(2);
  });

  it('are told of, and strangers are left alone', async () => {
    const client = await createClient({ name: 'Told' });
    await createDeal({ client_id: client.id });
    await connect(PARTIES);
    // Nothing is found by asking for an hour.
    const [company] = there('companies');
    const stranger = byHand('companies', { name: 'Stranger' });
    byHand('companies', { id: company?.id, name: 'Told by amoCRM' });
    byHand('companies', { id: stranger.id, name: 'Still a stranger' });
    await amocrm.webhooks.deliverDue();
    await expect
      .poll(async () => (await clientOf(client.id)).name, { timeout: 10_000 })
      .toBe('Told by amoCRM');
    await settled();
    expect(await clients()).toHaveLength(1);
  });

  it('that MaK cannot hold keep no deal from coming', async () => {
    const wrong = byHand('contacts', {
      name: 'Olha',
      custom_fields_values: [coded('EMAIL', 'no address'), coded('PHONE', '+380671234567')],
    });
    const lead = byHand('leads', { name: 'Cellar', _embedded: { contacts: [{ id: wrong.id }] } });
    await connect(PARTIES);
    const { client_id } = await dealThatCame(lead);
    expect(await clientOf(client_id ?? '')).toMatchObject({
      kind: 'person',
      name: 'Olha',
      contacts: [{ phone: '+380671234567', email: null }],
    });
    expect(entriesOf(there('contacts')[0], 'Email')).toMatchObject([{ value: 'no address' }]);
  });

  it('are there once after answers were lost', async () => {
    const lost = new Set<string>();
    amocrm.disturb = ({ method, url = '' }) => {
      const path = /\/contacts(\/link)?$/.exec(url)?.[0];
      if (method === 'GET' || path === undefined || lost.has(path)) return 'arrives';
      lost.add(path);
      return 'answer lost';
    };
    const client = await createClient({ name: 'Lost', contacts: [ANNA] });
    await createDeal({ client_id: client.id, attributes: { contact_id: client.contacts[0]?.id } });
    await connect(PARTIES);
    expect([there('companies').length, there('contacts').length, there('leads').length]).toEqual([
      1, 1, 1,
    ]);
    const [company, contact, lead] = [
      there('companies')[0],
      there('contacts')[0],
      there('leads')[0],
    ];
    expect(contact?.company).toBe(company?.id);
    expect(lead).toMatchObject({ company: company?.id, mainContact: contact?.id });
    expect([...lost]).toEqual(['/contacts', '/contacts/link']);
  });
});
