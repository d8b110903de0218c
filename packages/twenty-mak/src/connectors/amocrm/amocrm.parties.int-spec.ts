import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAmocrmStage, startAmocrmWorker } from '../../../test/support/amocrm-stage.ts';
import type { AmocrmStage } from '../../../test/support/amocrm-stage.ts';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import type { AmocrmSimulator } from './simulator/index.ts';
import type { RecordEntity, StoredRecord } from './simulator/stored.ts';

/* People and companies of deals in MaK and of leads in amoCRM, by the real worker over HTTP. */
let api: TestApp;
let worker: TestApp;
let stage: AmocrmStage;
let amocrm: AmocrmSimulator;

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
  return () => stage.close();
});

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
  (await stage.call<{ items: Client[] }>('GET', '/v1/clients')).items;
const clientOf = (id: string): Promise<Client> => stage.call('GET', `/v1/clients/${id}`);
const dealOf = (id: string): Promise<Deal> => stage.call('GET', `/v1/deals/${id}`);
const createDeal = (fields: object): Promise<Deal> =>
  stage.call('POST', '/v1/deals', { name: 'Deal', amount: 10_000, currency: 'UAH', ...fields });

async function createClient(fields: object): Promise<Client> {
  const { id } = await stage.call<Client>('POST', '/v1/clients', fields);
  return clientOf(id);
}

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
  const [link] = await stage.rows<{ local_id: string }>(
    `SELECT local_id FROM sync_link WHERE tenant_id = $1 AND entity = 'deal' AND remote_id = '${lead.id}'`,
  );
  return dealOf(link?.local_id ?? '');
}

const ANNA = { name: 'Anna Koval', email: 'anna@north.example', phone: '+380671112233' };
const PARTIES = ['company', 'contact', 'deal'] as const;

describe('companies and people of leads', () => {
  it('come with the lead that names them, and nobody else; edits follow both ways', async () => {
    stage.byHand('contacts', { name: 'Stranger' });
    const company = stage.byHand('companies', { name: 'North Ltd' });
    const anna = stage.byHand('contacts', {
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
    const lead = stage.byHand('leads', { name: 'Roof', _embedded });
    await stage.connect(PARTIES);

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

    await stage.call('PATCH', `/v1/clients/${client.id}`, {
      version: client.version,
      name: 'North Group',
      contacts: [{ id: contact?.id, ...ANNA, name: 'Anna Maria Bila', phone: '+380501112233' }],
    });
    await stage.settled();
    expect(amocrm.account.records.companies.get(company.id)?.scalars['name']).toBe('North Group');
    expect(now()?.scalars).toMatchObject({ first_name: 'Anna', last_name: 'Maria Bila' });
    // Further numbers are amoCRM's own, and the first one stays of its kind.
    expect(entriesOf(now(), 'Phone')).toMatchObject([
      { value: '+380501112233', enum_code: 'WORK' },
      { value: '0441234567', enum_code: 'OTHER' },
    ]);

    stage.byHand('contacts', {
      id: anna.id,
      custom_fields_values: [coded('PHONE', '+380639998877', '0441234567')],
    });
    await stage.settled();
    expect((await clientOf(client.id)).contacts).toMatchObject([{ phone: '+380639998877' }]);
    const secrets = await stage.rows<{ text: string }>(
      `SELECT detail::text AS text FROM sync_journal WHERE tenant_id = $1
       UNION ALL SELECT agreed::text FROM sync_link WHERE tenant_id = $1
       UNION ALL SELECT told::text FROM sync_message WHERE tenant_id = $1`,
    );
    expect(JSON.stringify(secrets)).not.toMatch(/Anna|anna@|Koval|067111|501112233|639998877/);
    expect(amocrm.limits.rejected).toBe(0);
  });

  it('go there with the deal that names them, unless amoCRM has them already', async () => {
    const known = stage.byHand('contacts', {
      name: 'A. Koval',
      custom_fields_values: [
        coded('EMAIL', 'anna@north.example'),
        { field_code: 'POSITION', values: [{ value: 'knows more' }] },
      ],
    });
    await stage.call('POST', '/v1/clients', { name: 'Unnamed' });
    const south = await createClient({ name: 'South', contacts: [ANNA] });
    const attributes = { contact_id: south.contacts[0]?.id };
    const deal = await createDeal({ client_id: south.id, attributes });
    await stage.connect(PARTIES);

    const [company, ...others] = stage.there('companies');
    expect([company?.scalars['name'], others]).toEqual(['South', []]);
    expect(stage.there('contacts')).toMatchObject([{ id: known.id, company: company?.id }]);
    expect(entriesOf(stage.there('contacts')[0], 'Phone')).toMatchObject([{ value: ANNA.phone }]);
    expect((await clientOf(south.id)).contacts).toMatchObject([{ position: 'knows more' }]);
    const [lead] = stage.there('leads');
    expect(lead).toMatchObject({ mainContact: known.id, contacts: [known.id] });
    expect(lead?.company).toBe(company?.id);

    // Somebody else is spoken with from now on; Anna stays at the lead.
    const ihor = stage.byHand('contacts', { first_name: 'Ihor', last_name: 'Melnyk' });
    const embedded = { contacts: [{ id: known.id }, { id: ihor.id, is_main: true }] };
    stage.byHand('leads', { id: lead?.id, _embedded: embedded });
    await stage.settled();
    const after = await dealOf(deal.id);
    expect(after.attributes['contact_id']).not.toBe(attributes.contact_id);
    await stage.call('PATCH', `/v1/deals/${deal.id}`, {
      version: after.version,
      client_id: null,
      attributes,
    });
    await stage.settled();
    const [relinked] = stage.there('leads');
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
    await stage.connect(PARTIES);
    await stage.call('POST', '/v1/persons/erase', { email: ANNA.email });
    const [anna] = stage.there('contacts');
    stage.byHand('contacts', {
      id: anna?.id,
      custom_fields_values: [coded('PHONE', '+380630000000')],
    });
    const gone = stage.there('companies').find(({ scalars }) => scalars['name'] === 'Deleted');
    stage.deleteByHand('companies', gone?.id ?? 0);
    await amocrm.webhooks.deliverDue();
    await stage.settled();
    expect((await clientOf(client.id)).contacts).toMatchObject([{ state: 'erased' }]);
    const listed = async (path: string) =>
      (await stage.call<{ items: object[] }>('GET', `/v1/connectors/amocrm/${path}`)).items;
    expect(await listed('dead-letters')).toMatchObject([
      { entity: 'contact', refusal: { code: 'person_erased' } },
    ]);
    expect(await listed('divergences')).toMatchObject([
      { entity: 'company', local_id: other.id, refusal: { code: 'deleted_there' } },
    ]);
    expect(stage.there('companies')).toHaveLength(2);
  });

  it('are told of, and strangers are left alone', async () => {
    const client = await createClient({ name: 'Told' });
    await createDeal({ client_id: client.id });
    await stage.connect(PARTIES);
    // Nothing is found by asking for an hour.
    const [company] = stage.there('companies');
    const stranger = stage.byHand('companies', { name: 'Stranger' });
    stage.byHand('companies', { id: company?.id, name: 'Told by amoCRM' });
    stage.byHand('companies', { id: stranger.id, name: 'Still a stranger' });
    await amocrm.webhooks.deliverDue();
    await expect.poll(async () => (await clientOf(client.id)).name).toBe('Told by amoCRM');
    await stage.settled();
    expect(await clients()).toHaveLength(1);
  });

  it('that MaK cannot hold keep no deal from coming', async () => {
    const wrong = stage.byHand('contacts', {
      name: 'Olha',
      custom_fields_values: [coded('EMAIL', 'no address'), coded('PHONE', '+380671234567')],
    });
    const lead = stage.byHand('leads', {
      name: 'Cellar',
      _embedded: { contacts: [{ id: wrong.id }] },
    });
    await stage.connect(PARTIES);
    const { client_id } = await dealThatCame(lead);
    expect(await clientOf(client_id ?? '')).toMatchObject({
      kind: 'person',
      name: 'Olha',
      contacts: [{ phone: '+380671234567', email: null }],
    });
    expect(entriesOf(stage.there('contacts')[0], 'Email')).toMatchObject([{ value: 'no address' }]);
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
    await stage.connect(PARTIES);
    expect([
      stage.there('companies').length,
      stage.there('contacts').length,
      stage.there('leads').length,
    ]).toEqual([1, 1, 1]);
    const [company, contact, lead] = [
      stage.there('companies')[0],
      stage.there('contacts')[0],
      stage.there('leads')[0],
    ];
    expect(contact?.company).toBe(company?.id);
    expect(lead).toMatchObject({ company: company?.id, mainContact: contact?.id });
    expect([...lost]).toEqual(['/contacts', '/contacts/link']);
  });

  it('are there once when amoCRM finds ids of MaK only later, and one that cannot be marked holds up nobody', async () => {
    const borys = { name: 'Borys Lis', email: 'borys@north.example', phone: '+380671112255' };
    const [known, stuck] = [ANNA, borys].map(({ name, email }) =>
      stage.byHand('contacts', {
        name,
        custom_fields_values: [
          coded('EMAIL', email),
          { field_code: 'POSITION', values: [{ value: 'knows more' }] },
        ],
      }),
    );
    amocrm.disturb = ({ method, url = '' }, body, response) => {
      const isLate =
        method === 'GET' && url.includes('/contacts?') && url.includes('custom_fields_values');
      const rows = method === 'PATCH' && url.endsWith('/contacts') ? JSON.parse(body) : [];
      const place = rows.findIndex(({ id }: { id: number }) => id === stuck?.id);
      if (!isLate && place < 0) return 'arrives';
      const errors = [{ code: 'InvalidType', path: 'custom_fields_values.0', detail: 'Locked.' }];
      const problem = { 'validation-errors': [{ request_id: String(place), errors }] };
      response.writeHead(isLate ? 204 : 400).end(isLate ? '' : JSON.stringify(problem));
      return 'answered';
    };
    const both = await createClient({ name: 'Both', contacts: [ANNA, borys] });
    for (const { id } of both.contacts)
      await createDeal({ client_id: both.id, attributes: { contact_id: id } });
    await stage.connect(PARTIES);
    expect(stage.there('contacts').map(({ id }) => id)).toEqual([known?.id, stuck?.id]);
    const [anna] = both.contacts;
    expect((await clientOf(both.id)).contacts[0]).toMatchObject({ position: 'knows more' });
    expect(entriesOf(stage.there('contacts')[0], 'mak_id')).toMatchObject([{ value: anna?.id }]);
    expect(entriesOf(stage.there('contacts')[0], 'Phone')).toMatchObject([{ value: ANNA.phone }]);
    const { items } = await stage.call<{ items: object[] }>(
      ...(['GET', '/v1/connectors/amocrm/dead-letters'] as const),
    );
    expect(items).toMatchObject([
      { entity: 'contact', refusal: { code: 'refused_by_amocrm', field: null } },
    ]);
    expect(stage.there('leads')).toHaveLength(2);
  });
});
