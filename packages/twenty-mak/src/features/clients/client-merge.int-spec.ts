import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { Answer, TestApp, TestTenant } from '../../../test/support/app.ts';
import { howManyWait, migrateAgain } from '../../../test/support/database.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';
import { Database } from '../../platform/database/index.ts';
import { EventPeople1700000000041 } from '../../platform/database/migrations/0041-event-people.ts';
import { RecordSources } from '../../platform/records/index.ts';

interface Contact {
  readonly id: string;
  readonly state: 'open' | 'hidden' | 'erased';
  readonly name: string | null;
  readonly position: string | null;
}

interface Client {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly merged_into: string | null;
  readonly archived_at: string | null;
  readonly contacts: readonly Contact[];
}

interface Problem {
  readonly code: string;
  readonly merged_into?: string;
  readonly current?: Client;
}

interface List<Item> {
  readonly items: readonly Item[];
}

let mak: TestApp;
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  mak = await startApp();
  const accounts = [{ email: 'fred@example.com', name: 'Fred', role: 'franchisee' }];
  tenant = await mak.createTenant({
    accounts: accounts.map((account) => ({ ...account, password: PASSWORD })),
    pipelines: ['credit'],
  });
  other = await mak.createTenant({ pipelines: ['credit'] });
  await mak.database.query(
    `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities)
     VALUES ($1, 'crm', 'running', '{}', '{company,contact,deal,opportunity}')`,
    [tenant.id],
  );
});
afterAll(() => mak?.close());

const call = <Body>(path: string, body?: object, key = tenant.apiKey): Promise<Answer<Body>> =>
  mak.call<Body>(path, { key, ...(body === undefined ? {} : { body }) });
const read = async (id: string): Promise<Client> => (await call<Client>(`/v1/clients/${id}`)).body;
async function made<Body>(path: string, body: object): Promise<Body> {
  const answer = await call<Body>(path, body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}
async function client(fields: object): Promise<Client> {
  const { id } = await made<Client>('/v1/clients', fields);
  return read(id);
}
const deal = (fields: object) =>
  made<{ id: string; version: number }>('/v1/deals', { name: 'x', ...fields });
const merge = <Body = Client & Problem>(
  goes: Client,
  stays: Client,
  choices: object = {},
  key = tenant.apiKey,
) =>
  call<Body>(
    `/v1/clients/${goes.id}/merge`,
    { version: goes.version, into: { id: stays.id, version: stays.version }, choices },
    key,
  );
const link = (entity: string, id: string) =>
  mak.database.query(
    `INSERT INTO sync_link (tenant_id, connector, entity, local_id, remote_id, agreed, status)
     VALUES ($1, 'crm', $2, $3, $4, '{}', 'synced')`,
    [tenant.id, entity, id, randomUUID()],
  );
const waiting = async (): Promise<readonly string[]> => {
  const rows = await mak.database.query<{ entity: string; key: string }>(
    'DELETE FROM sync_pending WHERE tenant_id = $1 RETURNING entity, key',
    [tenant.id],
  );
  return rows.map(({ entity, key }) => `${entity} ${key}`).toSorted();
};
/** Everything that stands about two clients. */
const snapshot = async (...ids: readonly string[]): Promise<unknown> => {
  const rows: unknown[] = [];
  for (const sql of [
    'SELECT * FROM client WHERE id = ANY ($1::uuid[]) ORDER BY id',
    'SELECT * FROM client_key WHERE client_id = ANY ($1::uuid[]) ORDER BY key',
    'SELECT * FROM client_contact WHERE client_id = ANY ($1::uuid[]) ORDER BY id',
    'SELECT * FROM audit_entry WHERE entity_id = ANY ($1::text[]) ORDER BY id',
  ])
    rows.push(await mak.database.query(sql, [ids]));
  return rows;
};

describe('two clients that are one', () => {
  it('keep what was chosen of both, and what only one of them has', async () => {
    const stays = await client({
      ...{ name: 'Borscht', industry: 'fmcg', segments: ['kyiv'], attributes: { tier: 1, a: 1 } },
      external_refs: [{ system: 'crm', id: 'm-1' }],
    });
    const goes = await client({
      ...{ name: 'Borscht & Co', industry: 'food', size: 'large', key_account: true },
      ...{ segments: ['retail', 'kyiv'], attributes: { tier: 2, b: 2 } },
      external_refs: [{ system: 'ads', id: 'm-2' }],
    });
    const chosen = { name: 'absorbed', attributes: { tier: 'absorbed' } };
    const { status, body } = await merge(goes, stays, chosen);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ id: stays.id, name: 'Borscht & Co', industry: 'fmcg', size: 'large' },
      ...{ key_account: false, segments: ['kyiv', 'retail'], attributes: { tier: 2, a: 1, b: 2 } },
      external_refs: [
        { system: 'crm', id: 'm-1' },
        { system: 'ads', id: 'm-2' },
      ],
      ...{ merged_into: null, archived_at: null, version: 2 },
    });
    expect(await read(goes.id)).toMatchObject({
      ...{ name: 'Borscht & Co', merged_into: stays.id, version: 2 },
      archived_at: expect.any(String),
    });
    for (const archived of ['false', 'true']) {
      const path = `/v1/clients?text=borscht&archived=${archived}`;
      const ids = (await call<List<Client>>(path)).body.items.map(({ id }) => id);
      expect(ids).toEqual(archived === 'false' ? [stays.id] : []);
    }
  });

  it('have all deals, by whatever name these call them, also after the references are edited', async () => {
    const stays = await client({ name: 'S', external_refs: [{ system: 'crm', id: 'd-1' }] });
    const goes = await client({ name: 'G', external_refs: [{ system: 'crm', id: 'd-2' }] });
    const keys = [stays.id, goes.id, 'crm:d-1', 'crm:d-2', 'd-2'];
    const deals: string[] = [];
    for (const client_id of keys) deals.push((await deal({ client_id })).id);
    const { body } = await merge(goes, stays);
    const named = async (): Promise<unknown> => {
      const { body: page } = await call<List<{ id: string }>>(`/v1/deals?client=${stays.id}`);
      return page.items.map(({ id }) => id).toSorted();
    };
    expect(await named()).toEqual(deals.toSorted());
    expect(await read(stays.id)).toMatchObject({ sums: [{ deals: keys.length }] });
    const edit = { version: body.version, external_refs: [{ system: 'crm', id: 'd-1' }] };
    await mak.call(`/v1/clients/${stays.id}`, {
      ...{ key: tenant.apiKey, body: edit, method: 'PATCH' },
    });
    // Of the removed reference alone the deals are gone, not those that name the merged client itself.
    expect(await named()).toEqual([deals[0], deals[1], deals[2]].toSorted());
  });

  it('have the history of both', async () => {
    const [stays, goes] = [await client({ name: 'S' }), await client({ name: 'G' })];
    const edit = { version: 1, industry: 'it' };
    await mak.call(`/v1/clients/${goes.id}`, {
      ...{ key: tenant.apiKey, body: edit, method: 'PATCH' },
    });
    await merge(await read(goes.id), stays);
    const { body } = await call<List<{ detail: { action: string } }>>(
      `/v1/clients/${stays.id}/history?kind=edit`,
    );
    expect(body.items.map(({ detail }) => detail.action).toSorted()).toEqual(
      ['client.created', 'client.created', 'client.edited', 'client.merged'].toSorted(),
    );
    expect(body.items).toContainEqual(
      expect.objectContaining({ detail: expect.objectContaining({ absorbed: goes.id }) }),
    );
  });

  it('lead a chain of merges to the last one', async () => {
    const [a, b, c] = [
      await client({ name: 'A' }),
      await client({ name: 'B' }),
      await client({ name: 'C' }),
    ];
    await deal({ client_id: a.id });
    const { body } = await merge(a, b);
    await merge(body, c);
    expect(await read(a.id)).toMatchObject({ merged_into: c.id });
    expect(await read(c.id)).toMatchObject({ sums: [{ deals: 1 }] });
  });

  it('come back from the archive when one of them is not there', async () => {
    const [stays, goes] = [await client({ name: 'S' }), await client({ name: 'G' })];
    await call(`/v1/clients/${stays.id}/archive`, { version: 1 });
    const { body } = await merge(goes, await read(stays.id));
    expect(body.archived_at).toBeNull();
  });

  it('are merged over GraphQL too', async () => {
    const stays = await client({ name: 'S', budget_band: 'small' });
    const goes = await client({ name: 'G', budget_band: 'big' });
    const { body } = await call<{ data: unknown }>('/graphql', {
      query: `mutation { mergeClients(id: "${goes.id}", version: 1, into: "${stays.id}", intoVersion: 1,
        choices: { budgetBand: absorbed, attributes: { x: "survivor" } }) { id name budgetBand mergedInto } }`,
    });
    expect(body).toEqual({
      data: {
        mergeClients: { id: stays.id, name: 'S', budgetBand: 'big', mergedInto: null },
      },
    });
  });
});

describe('people at both', () => {
  const ZOE = { name: 'Zoe Ray', email: 'zoe.merge@example.com' };
  const someone = (name: string, known: object) =>
    client({ kind: 'person', name, attributes: { shoe: 44 }, contacts: [{ name, ...known }] });

  it('are there once, and whatever named either of them names that one', async () => {
    const stays = await client({ name: 'S', contacts: [ZOE, { name: 'Own', phone: '1' }] });
    const goes = await client({
      name: 'G',
      contacts: [
        { ...ZOE, phone: '+380671112233', position: 'CEO' },
        { name: 'Zed', phone: '2' },
      ],
    });
    const [first, second] = [stays.contacts[0]?.id ?? '', goes.contacts[0]?.id ?? ''];
    const { id: dealId } = await deal({ client_id: goes.id, attributes: { contact_id: second } });
    await merge(goes, stays);
    const { contacts } = await read(stays.id);
    expect(contacts).toMatchObject([
      { id: first, ...ZOE, phone: '+380671112233', position: 'CEO' },
      { id: stays.contacts[1]?.id, name: 'Own' },
      { id: goes.contacts[1]?.id, name: 'Zed' },
    ]);
    expect((await read(goes.id)).contacts).toEqual([]);
    const records = await mak.app.get(RecordSources).of('deal').read(tenant.id, [dealId]);
    expect(records.get(dealId)?.values).toMatchObject({ client: stays.id, contact: first });

    const third = await client({ name: 'T', contacts: [ZOE] });
    await merge(await read(stays.id), third);
    const again = await mak.app.get(RecordSources).of('deal').read(tenant.id, [dealId]);
    expect(again.get(dealId)?.values).toMatchObject({
      client: third.id,
      contact: third.contacts[0]?.id,
    });
  });

  it('stay two where they have one telephone and two names', async () => {
    const phone = '+380441112233';
    const stays = await client({ name: 'S', contacts: [{ name: 'Ann', phone }] });
    const goes = await client({ name: 'G', contacts: [{ name: 'Bob', phone }] });
    await merge(goes, stays);
    expect((await read(stays.id)).contacts).toMatchObject([{ name: 'Ann' }, { name: 'Bob' }]);
  });

  it('are read by nobody without the permission, and their merge is no look at them', async () => {
    const stays = await client({ name: 'S', contacts: [ZOE] });
    const goes = await client({ name: 'G', contacts: [{ ...ZOE, position: 'CFO' }] });
    const looks = () =>
      mak.database.query("SELECT id FROM audit_entry WHERE action = 'person.read'");
    const before = (await looks()).length;
    const key = await made<{ secret: string }>('/v1/api-clients', {
      name: 'writer',
      scopes: ['deals:read', 'deals:write'],
    });
    const { status } = await merge(goes, stays, {}, key.secret);
    expect(status).toBe(200);
    const { body } = await call<Client>(`/v1/clients/${stays.id}`, undefined, key.secret);
    expect(body.contacts).toMatchObject([{ state: 'hidden', name: null, position: 'CFO' }]);
    expect((await looks()).length).toBe(before);
  });

  it('are forgotten under every name after they turn out to be one person', async () => {
    const stays = await someone('Otto One', { email: 'otto.one@example.com' });
    const goes = await someone('Otto Two', { email: 'otto.two@example.com' });
    await merge(goes, stays);
    await call('/v1/persons/erase', { email: 'otto.two@example.com' });
    expect(await read(stays.id)).toMatchObject({
      name: '—',
      attributes: {},
      contacts: [{ state: 'erased' }, { state: 'erased' }],
    });
    expect(await read(goes.id)).toMatchObject({ name: '—', attributes: {} });
  });

  it('are forgotten under every name after several merges', async () => {
    const [a, b, c] = [
      await someone('Otto A', { email: 'otto.a@example.com' }),
      await someone('Otto B', { email: 'otto.b@example.com' }),
      await someone('Otto C', { email: 'otto.c@example.com' }),
    ];
    const { body } = await merge(a, b);
    await merge(body, c);
    await call('/v1/persons/erase', { email: 'otto.c@example.com' });
    expect(await read(c.id)).toMatchObject({
      name: '—',
      contacts: [{ state: 'erased' }, { state: 'erased' }, { state: 'erased' }],
    });
  });

  it('are forgotten together when they are merged at that moment', async () => {
    const stays = await someone('Uma One', { email: 'uma.one@example.com' });
    const goes = await someone('Uma Two', { email: 'uma.two@example.com' });
    let both: Promise<unknown> = Promise.resolve();
    await mak.app.get(Database).within({ tenantId: tenant.id }, async (tx) => {
      await tx.query('SELECT FROM client_contact WHERE client_id = $1 FOR UPDATE', [goes.id]);
      const merging = merge(goes, stays);
      await expect.poll(() => howManyWait(mak.database)).toBe(1);
      both = Promise.all([merging, call('/v1/persons/erase', { email: 'uma.one@example.com' })]);
      await expect.poll(() => howManyWait(mak.database)).toBe(2);
    });
    await both;
    expect(await read(stays.id)).toMatchObject({
      contacts: [{ state: 'erased' }, { state: 'erased' }],
    });
  });

  it('are forgotten whole when their contact is edited at that moment', async () => {
    const email = 'vera.old@example.com';
    const { id, version, contacts } = await someone('Vera', { email });
    const [contact] = contacts;
    let both: Promise<unknown> = Promise.resolve();
    await mak.app.get(Database).within({ tenantId: tenant.id }, async (tx) => {
      await tx.query('SELECT FROM client_contact WHERE client_id = $1 FOR UPDATE', [id]);
      const editing = mak.call(`/v1/clients/${id}`, {
        ...{ key: tenant.apiKey, method: 'PATCH' },
        body: { version, contacts: [{ id: contact?.id, email: 'vera.new@example.com' }] },
      });
      await expect.poll(() => howManyWait(mak.database)).toBe(1);
      both = Promise.all([editing, call('/v1/persons/erase', { email })]);
      await expect.poll(() => howManyWait(mak.database)).toBe(2);
    });
    await both;
    expect(await read(id)).toMatchObject({ name: '—', contacts: [{ state: 'erased' }] });
  });

  it('are somebody new, who can be forgotten too, when they are entered while they are forgotten', async () => {
    const known = { email: 'wanda.again@example.com' };
    const { id } = await someone('Wanda', known);
    let [erasing, entering]: [Promise<unknown>, Promise<Client>] = [Promise.resolve(), read(id)];
    await mak.app.get(Database).within({ tenantId: tenant.id }, async (tx) => {
      await tx.query('SELECT FROM client WHERE id = $1 FOR UPDATE', [id]);
      erasing = call('/v1/persons/erase', known);
      await expect.poll(() => howManyWait(mak.database)).toBe(1);
      entering = someone('Wanda again', known);
      await expect.poll(() => howManyWait(mak.database)).toBe(2);
    });
    await erasing;
    const entered = await entering;
    expect(entered).toMatchObject({ name: 'Wanda again', contacts: [{ state: 'open', ...known }] });
    expect(await read(id)).toMatchObject({ name: '—', contacts: [{ state: 'erased' }] });
    await call('/v1/persons/erase', known);
    expect(await read(entered.id)).toMatchObject({ name: '—', contacts: [{ state: 'erased' }] });
  });

  it.each(['before', 'after'])(
    'are forgotten without whoever was known by the telephone of their office %s it turned out',
    async (when) => {
      const phone = `+38044${Math.trunc(Math.random() * 1e7)}`;
      const email = `pia.${when}@example.com`;
      const tom = { name: 'T', contacts: [{ name: 'Tom', phone }] };
      const early = when === 'before' ? await client(tom) : null;
      const goes = await someone('Pia One', { phone });
      const stays = await someone('Pia Two', { email });
      await merge(goes, stays);
      const known = early ?? (await client(tom));
      await call('/v1/persons/erase', { email });
      expect(await read(stays.id)).toMatchObject({
        name: '—',
        contacts: [{ state: 'erased' }, { state: 'erased' }],
      });
      expect(await read(known.id)).toMatchObject({ contacts: [{ state: 'open', name: 'Tom' }] });
    },
  );

  describe('known by the telephone of their office', () => {
    /** A deal of the client, of which somebody has told whom they called. */
    const called = async (client_id: string, name: string, phone: string): Promise<string> => {
      const { id } = await deal({ client_id });
      const { status } = await call('/v1/events', [
        {
          ...{ event_id: randomUUID(), source: 'crm', type: 'deal.note.added' },
          occurred_at: new Date().toISOString(),
          master_deal_id: id,
          data: { text: 'Called.', contact: { name, phone } },
        },
      ]);
      if (status !== 200) throw new Error(`the event was not taken: ${status}`);
      return id;
    };
    const toldOf = async (dealId: string): Promise<string> =>
      JSON.stringify((await call(`/v1/deals/${dealId}/events`)).body);

    it.each(['now', 'before MaK knew whom events name'])(
      'are forgotten without whom deals of others call so: told %s',
      async (when) => {
        const phone = `+38044${Math.trunc(Math.random() * 1e7)}`;
        const email = `rita.${randomUUID()}@example.com`;
        const goes = await someone('Rita One', { phone });
        const stays = await someone('Rita Two', { email });
        const others = await client({ name: 'O' });
        const theirs = await called(others.id, 'Tom Colleague', phone);
        if (when !== 'now') {
          await mak.database.query('DROP TABLE event_person');
          await migrateAgain(mak.database, new EventPeople1700000000041());
        }
        await merge(goes, stays);
        await call('/v1/persons/erase', { email });
        expect(await read(stays.id)).toMatchObject({
          ...{ name: '—', contacts: [{ state: 'erased' }, { state: 'erased' }] },
        });
        expect(await toldOf(theirs)).toContain('Tom Colleague');
      },
    );

    it('are forgotten with what their own deals tell of them', async () => {
      const phone = `+38044${Math.trunc(Math.random() * 1e7)}`;
      const email = `rosa.${randomUUID()}@example.com`;
      const goes = await someone('Rosa One', { phone });
      const stays = await someone('Rosa Two', { email });
      const own = await called(goes.id, 'Rosa Herself', phone);
      await merge(goes, stays);
      expect(await toldOf(own)).toContain('Rosa Herself');
      await call('/v1/persons/erase', { email });
      expect(await toldOf(own)).not.toContain('Rosa Herself');
    });

    it('are forgotten without them also when their number was corrected', async () => {
      const phone = `+38044${Math.trunc(Math.random() * 1e7)}`;
      const email = `rene.${randomUUID()}@example.com`;
      const { id, version, contacts } = await someone('Rene', { phone });
      const others = await client({ name: 'O' });
      const theirs = await called(others.id, 'Tim Colleague', phone);
      const { status } = await mak.call(`/v1/clients/${id}`, {
        ...{ key: tenant.apiKey, method: 'PATCH' },
        body: { version, contacts: [{ id: contacts[0]?.id, name: 'Rene', email }] },
      });
      expect(status).toBe(200);
      await call('/v1/persons/erase', { email });
      expect(await read(id)).toMatchObject({ name: '—', contacts: [{ state: 'erased' }] });
      expect(await toldOf(theirs)).toContain('Tim Colleague');
    });
  });

  it('are forgotten under every name also after their contacts were edited', async () => {
    const goes = await someone('Sue One', { email: 'sue.one@example.com' });
    const stays = await someone('Sue Two', { phone: '+380447654321' });
    await merge(goes, stays);
    const { version, contacts } = await read(stays.id);
    const [first, second] = contacts;
    const edit = {
      version,
      contacts: [
        { id: first?.id, name: 'Sue', phone: '+380447654321' },
        { id: second?.id, name: 'Sue', email: 'sue.new@example.com' },
      ],
    };
    const { status } = await mak.call(`/v1/clients/${stays.id}`, {
      ...{ key: tenant.apiKey, body: edit, method: 'PATCH' },
    });
    expect(status).toBe(200);
    await call('/v1/persons/erase', { email: 'sue.one@example.com' });
    expect(await read(stays.id)).toMatchObject({
      contacts: [{ state: 'erased' }, { state: 'erased' }],
    });
  });

  it('have a key of their own where both were known by names of others', async () => {
    const [one, two] = ['info@example.com', 'sales@example.com'];
    const others = await client({ name: 'O', contacts: [{ email: one }, { email: two }] });
    const goes = await someone('Rex One', { email: one });
    const stays = await someone('Rex Two', { email: two, phone: '+380441234567' });
    await merge(goes, stays);
    expect(await read(stays.id)).toMatchObject({
      contacts: [
        { state: 'open', email: two },
        { state: 'open', email: one },
      ],
    });
    await call('/v1/persons/erase', { phone: '+380441234567' });
    expect(await read(stays.id)).toMatchObject({
      contacts: [{ state: 'erased' }, { state: 'erased' }],
    });
    expect((await read(others.id)).contacts).toMatchObject([{ email: one }, { state: 'erased' }]);
  });
});

describe('no merge', () => {
  it('of what changed meanwhile, of other kinds, or of one client', async () => {
    const [stays, goes] = [await client({ name: 'S' }), await client({ name: 'G' })];
    const person = await client({ name: 'P', kind: 'person' });
    const before = await snapshot(stays.id, goes.id, person.id);
    const stale = await merge({ ...goes, version: 7 }, stays);
    expect(stale.body).toMatchObject({ code: 'stale_version', current: { id: goes.id } });
    const late = await merge(goes, { ...stays, version: 7 });
    expect(late.body).toMatchObject({ code: 'stale_version', current: { id: stays.id } });
    expect((await merge(person, stays)).body.code).toBe('kinds_differ');
    expect((await merge(stays, stays)).body.code).toBe('merge_with_itself');
    expect((await merge(goes, { ...stays, id: randomUUID() })).body.code).toBe('not_found');
    expect((await merge(goes, stays, { name: 'both' })).body.code).toBe('invalid_request');
    expect(await snapshot(stays.id, goes.id, person.id)).toEqual(before);
  });

  it('with a merged client, which can be changed no more', async () => {
    const [stays, goes, third] = [
      await client({ name: 'S' }),
      await client({ name: 'G' }),
      await client({ name: 'T' }),
    ];
    await merge(goes, stays);
    const gone = await read(goes.id);
    const before = await snapshot(stays.id, goes.id, third.id);
    const answers = [
      await merge(gone, third),
      await merge(third, gone),
      await call<Problem>(`/v1/clients/${gone.id}/restore`, { version: gone.version }),
      await mak.call<Problem>(`/v1/clients/${gone.id}`, {
        ...{ key: tenant.apiKey, method: 'PATCH' },
        body: { version: gone.version, name: 'Alive' },
      }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code, body.merged_into])).toEqual(
      answers.map(() => [409, 'client_merged', stays.id]),
    );
    expect(await snapshot(stays.id, goes.id, third.id)).toEqual(before);
  });

  it('of a person who was erased', async () => {
    const email = 'erased.merge@example.com';
    const stays = await client({ kind: 'person', name: 'Gone', contacts: [{ email }] });
    const goes = await client({ kind: 'person', name: 'There' });
    await call('/v1/persons/erase', { email });
    const erased = await read(stays.id);
    const before = await snapshot(stays.id, goes.id);
    for (const answer of [await merge(goes, erased), await merge(erased, goes)])
      expect([answer.status, answer.body.code]).toEqual([409, 'client_erased']);
    expect(await snapshot(stays.id, goes.id)).toEqual(before);
  });

  it('by a company, nor of clients of another tenant', async () => {
    const { token } = await signIn(mak, 'fred@example.com');
    const own = async (name: string): Promise<Client> => {
      const { body } = await call<Client>('/v1/clients', { name }, token);
      return body;
    };
    const [stays, goes] = [await own('S'), await own('G')];
    const before = await snapshot(stays.id, goes.id);
    const byFred = await merge(goes, stays, {}, token);
    expect([byFred.status, byFred.body.code]).toEqual([403, 'forbidden']);
    const theirs = await merge(goes, stays, {}, other.apiKey);
    expect([theirs.status, theirs.body.code]).toEqual([404, 'not_found']);
    expect(await snapshot(stays.id, goes.id)).toEqual(before);
  });

  it('happens twice when it is sent twice at once', async () => {
    const [stays, goes] = [await client({ name: 'S' }), await client({ name: 'G' })];
    const answers = await Promise.all([merge(goes, stays), merge(goes, stays), merge(stays, goes)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const rows = await mak.database.query<{ merged_into: string | null }>(
      'SELECT merged_into FROM client WHERE id = ANY ($1::uuid[])',
      [[stays.id, goes.id]],
    );
    expect(rows.filter(({ merged_into }) => merged_into === null)).toHaveLength(1);
  });
});

describe('other systems', () => {
  it('hear of the companies and contacts that they know, and of the deals whose company is another one', async () => {
    const person = { name: 'Syn', email: 'syn@example.com' };
    const stays = await client({ name: 'S', contacts: [person] });
    const goes = await client({
      name: 'G',
      contacts: [
        { ...person, position: 'CEO' },
        { name: 'Moves', phone: '77' },
      ],
    });
    const known = [stays.contacts[0], goes.contacts[0], goes.contacts[1]].map(
      (contact) => contact?.id ?? '',
    );
    const { id: dealId } = await deal({ client_id: goes.id });
    await deal({ client_id: stays.id });
    for (const id of known) await link('contact', id);
    for (const { id } of [stays, goes]) await link('company', id);
    await link('opportunity', dealId);
    await waiting();
    await merge(goes, stays);
    expect(await waiting()).toEqual(
      [
        `company ${stays.id}`,
        `company ${goes.id}`,
        ...known.map((id) => `contact ${id}`),
        `deal ${dealId}`,
        `opportunity ${dealId}`,
      ].toSorted(),
    );
    const sources = mak.app.get(RecordSources);
    const company = sources.of('company');
    expect([...(await company.read(tenant.id, [stays.id, goes.id])).keys()]).toEqual([stays.id]);
    const merged = await company.gone?.(tenant.id, [goes.id, stays.id, 'x']);
    expect([...(merged ?? [])].map(([id, { code }]) => [id, code])).toEqual([
      [goes.id, 'client_merged'],
    ]);
    const joined = await sources.of('contact').gone?.(tenant.id, [known[1] ?? '']);
    expect(joined?.get(known[1] ?? '')?.code).toBe('contact_merged');
  });
});
