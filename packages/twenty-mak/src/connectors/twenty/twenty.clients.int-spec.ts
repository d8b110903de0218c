import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { waitsForLocks } from '../../../test/support/database.ts';
import { openTwentyStage, startTwentyWorker } from '../../../test/support/twenty-stage.ts';
import type { TwentyStage } from '../../../test/support/twenty-stage.ts';
import { Database } from '../../platform/database/index.ts';
import { RecordSources } from '../../platform/records/index.ts';

/*
 * Companies and people of deals in MaK and in twenty, by the real worker over HTTP.
 */
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
  stage = await openTwentyStage(api, 'credit');
  await stage.connect();
  await stage.settled();
  return () => stage.close();
});

async function call<Body = unknown>(method: string, path: string, body?: object): Promise<Body> {
  const answer = await api.call<Body>(path, {
    key: stage.tenant.apiKey,
    method,
    headers: { 'idempotency-key': randomUUID() },
    ...(body === undefined ? {} : { body }),
  });
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

interface Contact {
  readonly id: string;
  readonly state: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly position: string | null;
}
interface Client {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly version: number;
  readonly contacts: readonly Contact[];
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
  call('POST', '/v1/deals', { name: 'Deal', amount: 100, currency: 'EUR', ...fields });
const createClient = (fields: object): Promise<Client> => call('POST', '/v1/clients', fields);

const ANNA = { name: 'Anna Weiß', email: 'anna@north.example', phone: '+49 (151) 12345678' };
const ANNA_THERE = {
  name: { firstName: 'Anna', lastName: 'Weiß' },
  emails: { primaryEmail: 'anna@north.example' },
  phones: { primaryPhoneNumber: '+4915112345678' },
};

const makeThere = (object: string, fields: object): string =>
  stage.twenty.workspace.upsert(object, [{ ...fields }], stage.person)[0]?.id ?? '';
const editThere = (object: string, id: string, fields: object): void => {
  stage.twenty.workspace.update(object, { id: { eq: id } }, { ...fields }, stage.person);
};
const there = (object: string) => [...stage.twenty.workspace.table(object).rows.values()];
const carrying = (object: string, id: string) => there(object).find((row) => row['makId'] === id);

/** Of the one deal that twenty has, what MaK calls it. */
async function dealThatCame(remoteId: string): Promise<Deal> {
  const [link] = await stage.rows<{ local_id: string }>(
    `SELECT local_id FROM sync_link WHERE tenant_id = $1 AND entity = 'deal' AND remote_id = '${remoteId}'`,
  );
  return dealOf(link?.local_id ?? '');
}

const secretsKept = (): Promise<{ text: string }[]> =>
  stage.rows(
    `SELECT detail::text AS text FROM sync_journal WHERE tenant_id = $1
     UNION ALL SELECT body FROM twenty_message WHERE tenant_id = $1
     UNION ALL SELECT agreed::text FROM sync_link WHERE tenant_id = $1
     UNION ALL SELECT detail::text FROM audit_entry WHERE tenant_id = $1`,
  );

describe('companies and people of deals', () => {
  it('come from twenty with the deal that names them, and nobody else does', async () => {
    makeThere('company', { name: 'Stranger GmbH' });
    const companyId = makeThere('company', {
      name: 'North GmbH',
      domainName: { primaryLinkUrl: 'https://north.example/de' },
    });
    const pointOfContactId = makeThere('person', { ...ANNA_THERE, companyId, jobTitle: 'CFO' });
    const alone = makeThere('person', { name: { firstName: 'Otto', lastName: 'Solo' } });
    const remote = makeThere('masterDeal', { name: 'Roof', companyId, pointOfContactId });
    const other = makeThere('masterDeal', { name: 'Cellar', pointOfContactId: alone });
    await stage.settled();

    expect((await clients()).map(({ name, kind }) => `${kind} ${name}`).toSorted()).toEqual([
      'company North GmbH',
      'person Otto Solo',
    ]);
    const deal = await dealThatCame(remote);
    const client = await clientOf(deal.client_id ?? '');
    expect(client).toMatchObject({ name: 'North GmbH', attributes: { domain: 'north.example' } });
    expect(client.contacts).toMatchObject([
      { name: 'Anna Weiß', email: 'anna@north.example', phone: '+4915112345678', position: 'CFO' },
    ]);
    expect(deal.attributes['contact_id']).toBe(client.contacts[0]?.id);
    expect((await clientOf((await dealThatCame(other)).client_id ?? '')).kind).toBe('person');
    expect(carrying('company', client.id)?.id).toBe(companyId);
    expect(carrying('person', client.contacts[0]?.id ?? '')?.id).toBe(pointOfContactId);

    // What MaK does not know does not even come in.
    expect(JSON.stringify(await secretsKept())).not.toMatch(/Stranger|Anna|Weiß|anna@|15112345678/);
  });

  it('wait for who erases people, and keep nobody waiting meanwhile', async () => {
    const companyId = makeThere('company', { name: 'North GmbH' });
    const pointOfContactId = makeThere('person', { ...ANNA_THERE, companyId });
    const remote = makeThere('masterDeal', { name: 'Roof', companyId, pointOfContactId });
    await stage.settled();
    const { client_id: id } = await dealThatCame(remote);
    await api.app.get(Database).within({ tenantId: stage.tenant.id }, async (tx) => {
      await api.app.get(RecordSources).takeTurns(tx, stage.tenant.id, 'contact');
      editThere('person', pointOfContactId, { jobTitle: 'CFO' });
      await expect.poll(() => waitsForLocks(api.database, 'advisory')).toHaveLength(1);
      await createDeal({ name: 'In the turn of the tenant' });
    });
    await stage.settled();
    expect((await clientOf(id ?? '')).contacts).toMatchObject([{ position: 'CFO' }]);
  });

  it('stay where they are when a deal of another MaK names them', async () => {
    const companyId = makeThere('company', { name: 'North GmbH' });
    const pointOfContactId = makeThere('person', { ...ANNA_THERE, companyId });
    makeThere('masterDeal', { name: 'Theirs', makId: randomUUID(), companyId, pointOfContactId });
    await stage.settled('some');

    expect(await clients()).toEqual([]);
    for (const [kind, id] of [
      ['company', companyId],
      ['person', pointOfContactId],
    ] as const)
      expect(stage.twenty.workspace.table(kind).rows.get(id)).toMatchObject({ makId: '' });
    expect(
      await stage.rows(
        "SELECT DISTINCT refusal ->> 'code' AS code FROM sync_pending WHERE tenant_id = $1",
      ),
    ).toEqual([{ code: 'unknown_mak_id' }]);
  });

  it('go to twenty with the deal that names them, and edits follow both ways', async () => {
    await createClient({ name: 'Unnamed' });
    const { id } = await createClient({ name: 'South', contacts: [{ ...ANNA, position: 'CEO' }] });
    const [contact] = (await clientOf(id)).contacts;
    const deal = await createDeal({
      client_id: id,
      attributes: { contact_id: contact?.id, floor: 3 },
    });
    await stage.settled();
    expect(there('company')).toMatchObject([{ name: 'South', makId: id }]);
    expect(there('person')).toMatchObject([
      {
        name: { firstName: 'Anna', lastName: 'Weiß' },
        emails: { primaryEmail: 'anna@north.example' },
        phones: { primaryPhoneNumber: '15112345678', primaryPhoneCallingCode: '+49' },
        jobTitle: 'CEO',
      },
    ]);
    const [company] = there('company');
    const [anna] = there('person');
    const there_ = carrying('masterDeal', deal.id);
    expect(there_).toMatchObject({ companyId: company?.id, pointOfContactId: anna?.id });
    expect(anna?.['companyId']).toBe(company?.id);

    editThere('person', anna?.id ?? '', {
      phones: { primaryPhoneNumber: '+380671234567', additionalPhones: ['of twenty'] },
    });
    editThere('company', company?.id ?? '', { name: 'South AG' });
    await stage.settled();
    const client = await clientOf(id);
    expect(client.name).toBe('South AG');
    expect(client.contacts).toMatchObject([{ phone: '+380671234567', name: 'Anna Weiß' }]);

    await call('PATCH', `/v1/clients/${id}`, {
      version: client.version,
      name: 'South SE',
      contacts: [
        { id: contact?.id, name: 'Anna Schwarz', email: ANNA.email, phone: '+4915100000000' },
      ],
    });
    await stage.settled();
    expect(there('company')).toMatchObject([{ name: 'South SE' }]);
    expect(there('person')).toMatchObject([
      {
        name: { firstName: 'Anna', lastName: 'Schwarz' },
        phones: { primaryPhoneNumber: '15100000000', additionalPhones: ['of twenty'] },
      },
    ]);

    editThere('masterDeal', there_?.id ?? '', { pointOfContactId: null });
    await stage.settled();
    expect((await dealOf(deal.id)).attributes).toEqual({ floor: 3, contact_id: null });
    const { version } = await dealOf(deal.id);
    await call('PATCH', `/v1/deals/${deal.id}`, { version, client_id: null });
    await stage.settled();
    expect(carrying('masterDeal', deal.id)).toMatchObject({ companyId: null });
  });

  it('are what twenty says where both sides changed how somebody is reached', async () => {
    const { id } = await createClient({ name: 'Both', contacts: [ANNA] });
    const before = await clientOf(id);
    const [contact] = before.contacts;
    await createDeal({ client_id: id, attributes: { contact_id: contact?.id } });
    await stage.settled();
    stage.twenty.workspace.webhooks.fate = () => 'lost';
    await stage.rows("UPDATE sync_connector SET state = 'paused' WHERE tenant_id = $1");
    editThere('person', there('person')[0]?.id ?? '', {
      phones: { primaryPhoneNumber: '+491111111111' },
      jobTitle: 'first',
    });
    await call('PATCH', `/v1/clients/${id}`, {
      version: before.version,
      contacts: [{ ...ANNA, id: contact?.id, phone: '+492222222222', position: 'second' }],
    });
    await stage.rows("UPDATE sync_connector SET state = 'running' WHERE tenant_id = $1");
    await stage.settled();
    const [now] = (await clientOf(id)).contacts;
    expect(now?.phone).toBe('+491111111111');
    const position = now?.position;
    expect(['first', 'second']).toContain(position);
    expect(there('person')).toMatchObject([
      { phones: { primaryPhoneNumber: '1111111111' }, jobTitle: position },
    ]);
  });

  it('are linked and not doubled where both sides had them', async () => {
    const domain = { primaryLinkUrl: 'https://www-west.example' };
    const company = makeThere('company', { name: 'West (old name)', domainName: domain });
    const anna = makeThere('person', { ...ANNA_THERE, jobTitle: 'knows more' });
    const { id } = await createClient({
      name: 'West',
      attributes: { domain: 'www-west.example' },
      contacts: [{ name: 'A. Weiß', email: 'Anna@North.example' }],
    });
    const [contact] = (await clientOf(id)).contacts;
    await createDeal({ client_id: id, attributes: { contact_id: contact?.id } });
    await stage.settled();
    expect(there('company').map((row) => [row.id, row['makId']])).toEqual([[company, id]]);
    expect(there('person').map((row) => [row.id, row['makId']])).toEqual([[anna, contact?.id]]);
    expect((await clientOf(id)).contacts).toMatchObject([
      { id: contact?.id, phone: '+4915112345678', position: 'knows more' },
    ]);

    // The other way round: a deal of twenty names whom MaK has, unlinked.
    const east = await createClient({ name: 'East', contacts: [{ email: 'olga@east.example' }] });
    const companyId = makeThere('company', { name: ' east ' });
    const pointOfContactId = makeThere('person', {
      name: { firstName: 'Olga', lastName: '' },
      emails: { primaryEmail: 'olga@east.example' },
      companyId,
    });
    const remote = makeThere('masterDeal', { name: 'East deal', companyId, pointOfContactId });
    await stage.settled();
    expect((await dealThatCame(remote)).client_id).toBe(east.id);
    expect((await clientOf(east.id)).contacts).toMatchObject([
      { name: 'Olga', email: 'olga@east.example' },
    ]);
    expect(await clients()).toHaveLength(2);
  });

  it('stay erased, and what twenty still knows is listed', async () => {
    const { id } = await createClient({ name: 'Erased', contacts: [ANNA] });
    const [contact] = (await clientOf(id)).contacts;
    await createDeal({ client_id: id, attributes: { contact_id: contact?.id } });
    await stage.settled('some');
    await call('POST', '/v1/persons/erase', { email: ANNA.email });
    await stage.settled('some');
    const [anna] = there('person');
    editThere('person', anna?.id ?? '', { phones: { primaryPhoneNumber: '+493333333333' } });
    await stage.settled('some');
    expect((await clientOf(id)).contacts).toMatchObject([{ id: contact?.id, state: 'erased' }]);
    const dead = () => call<{ items: object[] }>('GET', '/v1/connectors/twenty/dead-letters');
    expect((await dead()).items).toMatchObject([
      { entity: 'contact', local_id: contact?.id, refusal: { code: 'person_erased' } },
    ]);
    stage.twenty.workspace.delete('person', anna?.id ?? '', stage.person);
    await stage.settled('some');
    expect(there('person')).toMatchObject([{ id: anna?.id, deletedAt: expect.any(String) }]);
    expect((await dead()).items).toEqual([]);
  });

  it('stay deleted in twenty, and are not made anew', async () => {
    const { id } = await createClient({ name: 'Kept', contacts: [ANNA] });
    const [contact] = (await clientOf(id)).contacts;
    await createDeal({ client_id: id, attributes: { contact_id: contact?.id } });
    await stage.settled();
    stage.twenty.workspace.delete('person', there('person')[0]?.id ?? '', stage.person);
    await stage.settled();
    const { version } = await clientOf(id);
    await call('PATCH', `/v1/clients/${id}`, {
      version,
      contacts: [{ ...ANNA, id: contact?.id, name: 'New name' }],
    });
    await stage.settled();
    expect(there('person')).toMatchObject([{ deletedAt: expect.any(String) }]);
    const { items } = await call<{ items: object[] }>('GET', '/v1/connectors/twenty/divergences');
    expect(items).toMatchObject([{ entity: 'contact', refusal: { code: 'deleted_there' } }]);
  });

  it('are there once after answers were lost', async () => {
    let calls = 0;
    stage.twenty.disturb = () => {
      calls += 1;
      return calls % 3 === 0 ? 'answer lost' : 'arrives';
    };
    for (let index = 0; index < 4; index += 1) {
      const contacts = [{ name: `P ${index}`, email: `p${index}@lost.example` }];
      const { id } = await createClient({ name: `Lost ${index}`, contacts });
      const [contact] = (await clientOf(id)).contacts;
      await createDeal({ client_id: id, attributes: { contact_id: contact?.id } });
    }
    const companyId = makeThere('company', { name: 'Lost there' });
    makeThere('masterDeal', { name: 'There', companyId });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    stage.twenty.disturb = () => 'arrives';
    await stage.rows(
      'UPDATE sync_pending SET due_at = least(due_at, now()) WHERE tenant_id = $1 AND lease IS NULL',
    );
    await stage.settled();
    expect(there('company')).toHaveLength(5);
    expect(there('person')).toHaveLength(4);
    expect(await clients()).toHaveLength(5);
    for (const row of there('masterDeal')) expect(row['companyId']).not.toBeNull();
  }, 90_000);
});
