import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { howManyWait } from '../../../test/support/database.ts';
import { Database } from '../../platform/database/index.ts';
import { isWritable, RecordSources } from '../../platform/records/index.ts';
import type { MakChange, WritableRecordSource, Written } from '../../platform/records/index.ts';

let mak: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant({ pipelines: ['credit'] });
  await mak.database.query(
    `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities) VALUES ($1, 'crm', 'running', '{}', '{company,contact,deal}')`,
    [tenant.id],
  );
});
afterAll(() => mak.close());

const source = (entity: string): WritableRecordSource => {
  const found = mak.app.get(RecordSources).of(entity);
  if (!isWritable(found)) throw new Error(`${entity} can be written`);
  return found;
};
/** As the engine writes: in one transaction. */
const write = async (entity: string, ...changes: MakChange[]) =>
  mak.app.get(Database).together({ tenantId: tenant.id }, async (tx) => {
    await mak.app.get(RecordSources).takeTurns(tx, tenant.id, entity);
    return source(entity).write(tenant.id, 'crm', changes);
  });
const make = (values: MakChange['values']): MakChange => ({
  localId: null,
  remoteId: randomUUID(),
  version: null,
  values,
});
const valuesOf = async (entity: string, id: string) =>
  (await source(entity).read(tenant.id, [id])).get(id)?.values;
function written(answer: Written<string, number> | undefined) {
  if (answer?.kind !== 'written') throw new Error(`not written: ${JSON.stringify(answer)}`);
  return answer;
}

interface Client {
  readonly id: string;
  readonly version: number;
  readonly contacts: readonly { readonly id: string }[];
}
async function call<Body>(method: string, path: string, body?: object): Promise<Body> {
  const answer = await mak.call<Body>(path, {
    key: tenant.apiKey,
    method,
    headers: { 'idempotency-key': randomUUID() },
    ...(body === undefined ? {} : { body }),
  });
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}
async function createClient(fields: object): Promise<Client> {
  const { id } = await call<Client>('POST', '/v1/clients', fields);
  return call('GET', `/v1/clients/${id}`);
}
const waiting = (key: string) =>
  mak.database.query<{ entity: string; urgency: number }>(
    'SELECT entity, urgency FROM sync_pending WHERE tenant_id = $1 AND key = $2',
    [tenant.id, key],
  );
const link = (entity: string, id: string, connector = 'crm') =>
  mak.database.query(
    `INSERT INTO sync_link (tenant_id, connector, entity, local_id, remote_id, agreed, status) VALUES ($1, $2, $3, $4, $5, '{}', 'synced')`,
    [tenant.id, connector, entity, id, randomUUID()],
  );

describe('companies for another system', () => {
  it('are read and listed once a deal names them', async () => {
    const { id } = await createClient({
      name: 'Named',
      attributes: { domain: 'HTTPS://Named.example/x' },
    });
    await createClient({ name: 'Not named' });
    expect(await valuesOf('company', id)).toEqual({
      id,
      name: 'Named',
      domain: 'named.example',
      owner: null,
    });
    expect(await source('company').list(tenant.id, null, 10)).toEqual([]);
    await call('POST', '/v1/deals', { name: 'D', amount: 1, currency: 'EUR', client_id: id });
    expect(await source('company').list(tenant.id, null, 10)).toEqual([id]);
    expect(await source('company').list(tenant.id, id, 10)).toEqual([]);
  });

  it('are told of only to who knows them already', async () => {
    const { id, version } = await createClient({ name: 'Fed' });
    const edited = await call<Client>('PATCH', `/v1/clients/${id}`, { version, name: 'Fed again' });
    expect(await waiting(id)).toEqual([]);
    await link('company', id);
    await call('PATCH', `/v1/clients/${id}`, { version: edited.version, name: 'Fed once more' });
    expect(await waiting(id)).toEqual([{ entity: 'company', urgency: 0 }]);
  });

  it('are changed, left alone when they went on, and refuse what they cannot hold', async () => {
    const { id, version } = await createClient({ name: 'Before', attributes: { floor: 3 } });
    const change = (values: MakChange['values'], read = version): MakChange => ({
      localId: id,
      remoteId: 'r',
      version: read,
      values,
    });
    expect(
      await write(
        'company',
        change({ name: 'Late' }, version + 1),
        change({ name: null }),
        change({ name: 'x'.repeat(501) }),
        change({ owner: 'nobody@example.com' }),
        make({ name: ' ' }),
      ),
    ).toMatchObject([
      { kind: 'moved' },
      { kind: 'refused', refusal: { code: 'name_required', field: 'name' } },
      { kind: 'refused', refusal: { code: 'name_too_long', field: 'name' } },
      { kind: 'refused', refusal: { code: 'unknown_owner', field: 'owner' } },
      { kind: 'refused', refusal: { code: 'name_required', field: 'name' } },
    ]);
    const [answer] = await write('company', change({ name: 'After', domain: 'after.example' }));
    expect(written(answer).values).toMatchObject({ name: 'After', domain: 'after.example' });
    expect(await call('GET', `/v1/clients/${id}`)).toMatchObject({ attributes: { floor: 3 } });
  });

  it('keep who looks after them when the other system names somebody unknown', async () => {
    const { id, version } = await createClient({ name: 'Looked after' });
    const [owner] = await mak.database.query<{ id: string }>(
      `INSERT INTO account (id, tenant_id, email, name, role, status)
       VALUES ($1, $2, 'ann@records.example', 'Ann', 'rop', 'active') RETURNING id`,
      [randomUUID(), tenant.id],
    );
    await call('PATCH', `/v1/clients/${id}`, { version, owner_id: owner?.id });
    const unknown = make({ name: 'looked after', owner: 'nobody@records.example' });
    const [answer] = await write('company', unknown);
    expect(written(answer)).toMatchObject({ id, values: { owner: 'ann@records.example' } });
  });

  it('are the one that is there, by domain before name, unless it is linked', async () => {
    const byName = await createClient({ name: 'Twin' });
    const byDomain = await createClient({ name: 'Other', attributes: { domain: 'twin.example' } });
    const twin = make({ name: ' TWIN ', domain: 'twin.example' });
    expect(written((await write('company', twin))[0]).id).toBe(byDomain.id);
    await link('company', byDomain.id);
    expect(written((await write('company', make({ name: 'twin' })))[0]).id).toBe(byName.id);
    await link('company', byName.id);
    const made = written((await write('company', make({ name: 'twin' })))[0]).id;
    expect([byName.id, byDomain.id]).not.toContain(made);
    expect(await waiting(made)).toEqual([{ entity: 'company', urgency: 1 }]);
  });
});

describe('contacts for another system', () => {
  const ANNA = { name: 'Anna  Weiß', email: 'Anna@x.example', phone: '0049 151 1' };

  it('are read in one spelling, and changed without what the other system does not know', async () => {
    const messengers = [{ kind: 'signal', address: '+49151' }];
    const segments = ['b', 'a'];
    const client = await createClient({
      name: 'Co',
      segments,
      contacts: [{ ...ANNA, messengers }],
    });
    const id = client.contacts[0]?.id ?? '';
    expect(await valuesOf('contact', id)).toEqual({
      id,
      name: 'Anna Weiß',
      email: 'anna@x.example',
      phone: '+491511',
      position: null,
      company: client.id,
      segments: ['b', 'a'],
    });
    const change = (values: MakChange['values'], version = 1): MakChange => ({
      localId: id,
      remoteId: 'r',
      version,
      values,
    });
    expect(
      await write(
        'contact',
        change({ phone: '1' }, 7),
        change({ email: 'no address' }),
        change({ position: 'x'.repeat(101) }),
        change({ company: randomUUID() }),
        change({ company: null }),
        make({ name: null, company: client.id }),
      ),
    ).toMatchObject([
      { kind: 'moved' },
      { kind: 'refused', refusal: { code: 'invalid_contact', field: 'email' } },
      { kind: 'refused', refusal: { code: 'invalid_contact', field: 'position' } },
      { kind: 'refused', refusal: { code: 'unknown_client', field: 'company' } },
      { kind: 'refused', refusal: { code: 'company_required', field: 'company' } },
      { kind: 'refused', refusal: { code: 'contact_empty' } },
    ]);
    const [answer] = await write('contact', change({ phone: '+380671', position: 'CFO' }));
    expect(written(answer)).toMatchObject({ version: 2, values: { phone: '+380671' } });
    const other = await createClient({ name: 'Another' });
    const [moved] = await write('contact', change({ company: other.id }, 2));
    expect(written(moved).values).toMatchObject({ company: other.id, name: 'Anna Weiß' });
    const { contacts } = await call<{ contacts: object[] }>('GET', `/v1/clients/${other.id}`);
    expect(contacts).toMatchObject([{ id, phone: '+380671', position: 'CFO', messengers }]);
  });

  it('are clients where they have no company, and are called as they are', async () => {
    const [made] = await write('contact', make({ name: 'Otto Solo', phone: '+491' }));
    const { id, values } = written(made);
    expect(values).toMatchObject({ name: 'Otto Solo', company: null });
    const company = await createClient({ name: 'Firm' });
    const change = (fields: MakChange['values']): MakChange => ({
      localId: id,
      remoteId: 'r',
      version: 1,
      values: fields,
    });
    expect(await write('contact', change({ company: company.id }))).toMatchObject([
      { kind: 'refused', refusal: { code: 'contact_is_client' } },
    ]);
    await write('contact', change({ name: 'Otto Neu' }));
    const { items } = await call<{ items: object[] }>('GET', '/v1/clients?kind=person');
    expect(items).toMatchObject([{ name: 'Otto Neu' }]);
  });

  it('are forgotten with the person, and nobody is told more than that', async () => {
    const client = await createClient({ name: 'Forget', contacts: [{ email: 'f@x.example' }] });
    const id = client.contacts[0]?.id ?? '';
    await link('contact', id);
    await call('POST', '/v1/persons/erase', { email: 'f@x.example' });
    expect(await waiting(id)).toEqual([{ entity: 'contact', urgency: 0 }]);
    expect(await valuesOf('contact', id)).toBeUndefined();
    const removed = randomUUID();
    const gone = await source('contact').gone?.(tenant.id, [id, removed]);
    expect([gone?.get(id)?.code, gone?.get(removed)?.code]).toEqual([
      'person_erased',
      'contact_gone',
    ]);
    const late: MakChange = { localId: id, remoteId: 'r', version: 1, values: { phone: '+49' } };
    expect(await write('contact', late)).toEqual([{ kind: 'moved' }]);
  });

  it('are forgotten whole when the other system corrects them at that moment', async () => {
    const email = 'old@records.example';
    const [made] = await write('contact', make({ name: 'Vito', email }));
    const { id } = written(made);
    const [row] = await mak.database.query<{ client: string }>(
      'SELECT client_id AS client FROM client_contact WHERE id = $1',
      [id],
    );
    const values = { name: 'Vito Neu', email: 'new@records.example' };
    let both: Promise<unknown> = Promise.resolve();
    await mak.app.get(Database).within({ tenantId: tenant.id }, async (tx) => {
      await tx.query('SELECT FROM client WHERE id = $1 FOR UPDATE', [row?.client]);
      const writing = write('contact', { localId: id, remoteId: 'r', version: 1, values });
      await expect.poll(() => howManyWait(mak.database)).toBe(1);
      both = Promise.all([writing, call('POST', '/v1/persons/erase', { email })]);
      await expect.poll(() => howManyWait(mak.database)).toBe(2);
    });
    await both;
    expect(await call('GET', `/v1/clients/${row?.client}`)).toMatchObject({
      ...{ name: '—', contacts: [{ state: 'erased' }] },
    });
  });
});
