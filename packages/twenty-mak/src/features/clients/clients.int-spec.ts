import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { Answer, TestApp, TestTenant } from '../../../test/support/app.ts';
import { entered } from '../../../test/support/leads.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';

interface Contact {
  readonly id: string;
  readonly state: string;
  readonly name: string | null;
  readonly email: string | null;
}

interface Client {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly owner_id: string | null;
  readonly archived_at: string | null;
  readonly contacts: readonly Contact[];
  readonly people: readonly object[];
  readonly sums: readonly object[];
}

interface List<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

interface Problem {
  readonly code: string;
  readonly field?: string;
  readonly current?: Client;
  readonly sent?: object;
}

let mak: TestApp;
let tenant: TestTenant;
let other: TestTenant;
let people: Map<string, { id: string; token: string }>;
const ZOE = { name: 'Zoe Secret', email: 'zoe.secret@example.com', phone: '+380671112233' };

beforeAll(async () => {
  mak = await startApp();
  const person = (role: string, name: string) => ({
    email: `${name}@example.com`,
    name: `Person ${name}`,
    role,
    password: PASSWORD,
  });
  const accounts = [
    person('admin', 'boss'),
    person('employee', 'ann'),
    person('franchisee', 'fred'),
    person('partner', 'pia'),
  ];
  tenant = await mak.createTenant({ accounts, pipelines: ['adtech'] });
  other = await mak.createTenant({ pipelines: ['adtech'] });
  const { body } = await call<List<{ id: string; name: string }>>('/v1/accounts');
  people = new Map();
  for (const name of ['ann', 'fred', 'pia']) {
    const id = body.items.find((account) => account.name === `Person ${name}`)?.id ?? '';
    people.set(name, { id, token: (await signIn(mak, `${name}@example.com`)).token });
  }
});
afterAll(() => mak?.close());

const call = <Body>(path: string, body?: object, key = tenant.apiKey): Promise<Answer<Body>> =>
  mak.call<Body>(path, { key, ...(body === undefined ? {} : { body }) });
const patch = <Body>(id: string, body: object, key = tenant.apiKey): Promise<Answer<Body>> =>
  mak.call<Body>(`/v1/clients/${id}`, { key, body, method: 'PATCH' });
const idOf = (name: string): string => people.get(name)?.id ?? '';
const tokenOf = (name: string): string => people.get(name)?.token ?? '';

async function make(body: object, key = tenant.apiKey): Promise<Client> {
  const answer = await call<Client>('/v1/clients', body, key);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

async function makeDeal(body: object): Promise<{ id: string; version: number }> {
  const answer = await call<{ id: string; version: number }>('/v1/deals', { name: 'x', ...body });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

async function graphql<Data>(query: string, key = tenant.apiKey): Promise<Data> {
  const { body } = await call<{ data: Data; errors?: unknown }>('/graphql', { query }, key);
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

describe('a client', () => {
  it('is made, read, edited, archived and restored', async () => {
    const made = await make({
      name: ' Borscht & Co ',
      industry: 'fmcg',
      size: 'large',
      budget_band: '10k–50k',
      client_type: 'direct',
      source: 'partner',
      segments: ['kyiv', 'kyiv', 'retail'],
      key_account: true,
      owner_id: idOf('ann'),
      attributes: { tax: '1', vat: true },
    });
    expect(made).toMatchObject({
      kind: 'company',
      name: 'Borscht & Co',
      segments: ['kyiv', 'retail'],
      key_account: true,
      version: 1,
    });
    const edit = { version: 1, size: null, attributes: { tax: null, city: 'Kyiv' } };
    const edited = await patch<Client>(made.id, edit);
    expect(edited.body).toMatchObject({
      size: null,
      industry: 'fmcg',
      attributes: { vat: true, city: 'Kyiv' },
      version: 2,
    });
    expect((await patch<Client>(made.id, { version: 2, industry: 'fmcg' })).body.version).toBe(2);
    const archived = await call<Client>(`/v1/clients/${made.id}/archive`, { version: 2 });
    expect(archived.body.archived_at).not.toBeNull();
    const { body } = await call<List<Client>>('/v1/clients?text=borscht');
    expect(body.items).toEqual([]);
    const found = await call<List<Client>>('/v1/clients?text=borscht&archived=true');
    expect(found.body.items.map(({ id }) => id)).toEqual([made.id]);
    const restored = await call<Client>(`/v1/clients/${made.id}/restore`, { version: 3 });
    expect(restored.body).toMatchObject({ archived_at: null, version: 4 });
  });

  it('is made once by a repeated request', async () => {
    const request = {
      key: tenant.apiKey,
      body: { name: 'Once' },
      headers: { 'idempotency-key': 'once' },
    };
    const [first, second] = [
      await mak.call<Client>('/v1/clients', request),
      await mak.call<Client>('/v1/clients', request),
    ];
    expect(second.body.id).toBe(first.body.id);
  });

  it('shows both values to an editor who comes too late', async () => {
    const { id } = await make({ name: 'Twice' });
    await patch(id, { version: 1, name: 'Mine' });
    const late = await patch<Problem>(id, { version: 1, name: 'Yours' });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({
      code: 'stale_version',
      current: { name: 'Mine', version: 2 },
      sent: { name: 'Yours', version: 1 },
    });
  });

  it.each([
    [{}, 'invalid_request', 'name'],
    [{ name: '\n' }, 'invalid_request', 'name'],
    [
      { name: 'x', owner_id: '01900000-0000-7000-8000-000000000000' },
      'unknown_account',
      'owner_id',
    ],
    [{ name: 'x', contacts: [{ position: 'CEO' }] }, 'invalid_request', 'contacts.0'],
    [{ name: 'x', contacts: [{ email: 'nobody' }] }, 'invalid_request', 'contacts.0.email'],
    [
      { name: 'x', contacts: [{ id: '01900000-0000-7000-8000-000000000000' }] },
      'unknown_contact',
      'contacts.0.id',
    ],
    [{ name: 'x', attributes: { contact: ZOE } }, 'invalid_request', 'attributes'],
    [{ name: 'x', segments: ['  '] }, 'invalid_request', 'segments.0'],
    [{ name: 'x', budget: 5 }, 'invalid_request', 'budget'],
  ])('is refused with a reason: %j', async (body, code, field) => {
    const answer = await call<Problem>('/v1/clients', body);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([422, code, field]);
  });

  it('belongs to one tenant', async () => {
    const { id } = await make({ name: 'Ours' });
    const read = await call(`/v1/clients/${id}`, undefined, other.apiKey);
    const edit = await patch(id, { version: 1, name: 'Theirs' }, other.apiKey);
    expect([read.status, edit.status]).toEqual([404, 404]);
  });
});

describe('the list of clients', () => {
  let key: string;

  beforeAll(async () => {
    key = (await mak.createTenant()).apiKey;
    for (const [index, name] of ['Delta', 'alpha', 'Beta 100%', 'Gamma', 'Beta'].entries()) {
      const segments = index % 2 === 0 ? ['even'] : ['odd'];
      await make({ name, segments, industry: `i${index % 3}`, key_account: index === 0 }, key);
    }
  });

  const names = async (query: string): Promise<string[]> => {
    const found: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const { body } = await call<List<Client>>(
        `/v1/clients?limit=2&${query}${cursor}`,
        undefined,
        key,
      );
      found.push(...body.items.map(({ name }) => name));
      ({ next } = body);
    }
    return found;
  };

  it.each([
    ['', ['Beta', 'Beta 100%', 'Delta', 'Gamma', 'alpha']],
    ['sort=-name', ['alpha', 'Gamma', 'Delta', 'Beta 100%', 'Beta']],
    ['sort=created_at', ['Delta', 'alpha', 'Beta 100%', 'Gamma', 'Beta']],
    ['text=BET', ['Beta', 'Beta 100%']],
    ['text=100%25', ['Beta 100%']],
    ['segment=odd', ['Gamma', 'alpha']],
    ['industry=i0', ['Delta', 'Gamma']],
    ['key_account=true', ['Delta']],
    ['kind=person', []],
  ])('in pages with %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('refuses a cursor of another order', async () => {
    const { body } = await call<List<Client>>('/v1/clients?limit=1', undefined, key);
    const path = `/v1/clients?sort=-name&cursor=${body.next}`;
    expect((await call<Problem>(path, undefined, key)).body.code).toBe('invalid_cursor');
  });

  it('tells the words in use', async () => {
    const { body } = await call('/v1/clients/facets', undefined, key);
    expect(body).toMatchObject({
      industries: ['i0', 'i1', 'i2'],
      segments: ['even', 'odd'],
      sizes: [],
    });
  });
});

describe('contacts of a client', () => {
  it('are sealed, opened for those who may, and audited', async () => {
    const { id } = await make({
      name: 'With people',
      contacts: [{ ...ZOE, position: 'CEO' }, { name: 'Second' }],
    });
    const stored = await mak.database.query(
      'SELECT to_jsonb(c)::text AS row FROM client_contact c',
    );
    expect(JSON.stringify(stored)).not.toContain('zoe');
    const { body } = await call<Client>(`/v1/clients/${id}`);
    expect(body.contacts).toMatchObject([
      { ...ZOE, position: 'CEO', state: 'open' },
      { name: 'Second', email: null, state: 'open' },
    ]);
    const audit = await call<List<{ action: string }>>(`/v1/audit?entity=client&entity_id=${id}`);
    expect(audit.body.items.map(({ action }) => action)).toEqual(['person.read', 'client.created']);
    expect(JSON.stringify(audit.body)).not.toContain('zoe');

    const [first, second] = body.contacts;
    const contacts = [{ id: second?.id }, { id: first?.id, position: 'CFO' }];
    await patch(id, { version: 1, contacts });
    const moved = await call<Client>(`/v1/clients/${id}`);
    expect(moved.body.contacts).toMatchObject([
      { id: second?.id, name: 'Second' },
      { id: first?.id, position: 'CFO', ...ZOE },
    ]);
    await patch(id, { version: 2, contacts: [{ id: first?.id, name: 'Zoe Married' }] });
    const married = await call<Client>(`/v1/clients/${id}`);
    expect(married.body.contacts).toMatchObject([{ name: 'Zoe Married', email: null }]);
  });

  it('cannot be read after the person was erased, nor can a person who is the client', async () => {
    const email = 'gone@example.com';
    const company = await make({ name: 'Stays', contacts: [{ name: 'Gone', email }] });
    const person = await make({
      name: 'Gone Person',
      kind: 'person',
      attributes: { pet: 'cat' },
      contacts: [{ email }],
    });
    await call('/v1/persons/erase', { email });
    const [one, two] = [
      await call<Client>(`/v1/clients/${company.id}`),
      await call<Client>(`/v1/clients/${person.id}`),
    ];
    expect(one.body).toMatchObject({ name: 'Stays', contacts: [{ state: 'erased', name: null }] });
    expect(two.body).toMatchObject({ name: '—', attributes: {}, version: 2 });
  });
});

describe('deals of a client', () => {
  it('name it by its id or by a reference, and find it again', async () => {
    const crm = { system: 'crm', id: 'c-77' };
    const client = await make({ name: 'Named', external_refs: [crm] });
    for (const client_id of [client.id, 'c-77', 'crm:c-77'])
      await makeDeal({ client_id, amount: 100, currency: 'EUR', owner_id: idOf('ann') });
    await makeDeal({ client_id: 'somebody-else' });
    const { deals } = await graphql<{
      deals: { nodes: { client: { name: string } | null }[] };
    }>('{ deals { nodes { client { id name } } } }');
    expect(deals.nodes.filter(({ client: found }) => found?.name === 'Named')).toHaveLength(3);
    for (const name of [client.id, 'c-77', 'crm:c-77']) {
      const { body } = await call<List<object>>(`/v1/deals?client=${name}`);
      expect(body.items).toHaveLength(3);
    }
    expect((await call<List<object>>('/v1/deals?client=somebody-else')).body.items).toHaveLength(1);
    const { body } = await call<Client>(`/v1/clients/${client.id}`);
    expect(body.people).toEqual([
      {
        account_id: idOf('ann'),
        name: 'Person ann',
        roles: ['owner'],
        deals: 3,
        open_deals: 3,
      },
    ]);
    expect(body.sums).toEqual([
      {
        pipeline: 'adtech',
        stage: 'draft',
        deals: 3,
        sums: [{ currency: 'EUR', amount: 300, deals: 3 }],
        sum: { currency: 'EUR', amount: 300, missing: [] },
      },
    ]);
  });

  it('belong to one client: a reference is taken once, a bare id goes to the first', async () => {
    const ref = { system: 'amo', id: '9' };
    const first = await make({ name: 'First', external_refs: [ref] });
    const taken = await call<Problem & { client_id: string }>('/v1/clients', {
      name: 'Thief',
      external_refs: [ref],
    });
    expect([taken.status, taken.body.code, taken.body.client_id]).toEqual([
      409,
      'ref_taken',
      first.id,
    ]);
    const second = await make({ name: 'Second', external_refs: [{ system: 'keycrm', id: '9' }] });
    await makeDeal({ client_id: '9' });
    await makeDeal({ client_id: 'keycrm:9' });
    const deals = async (id: string): Promise<number> =>
      (await call<List<object>>(`/v1/deals?client=${id}`)).body.items.length;
    expect([await deals(first.id), await deals(second.id)]).toEqual([1, 1]);
    await patch(first.id, { version: 1, external_refs: [] });
    expect(await deals(first.id)).toBe(0);
  });

  it('tell their history in one list, newest first, in pages', async () => {
    const client = await make({ name: 'Storied' });
    const deal = await makeDeal({ client_id: client.id, name: 'Story' });
    await call(`/v1/deals/${deal.id}/notes`, { text: 'called them' });
    await call('/v1/events', {
      event_id: 'brief-1',
      source: 'crm',
      type: 'crm.brief.submitted',
      occurred_at: new Date().toISOString(),
      master_deal_id: deal.id,
      data: {},
    });
    await mak.database.query(
      "UPDATE sla_run SET due_at = opened_at - interval '1 second' WHERE deal_id = $1",
      [deal.id],
    );
    await patch(client.id, { version: 1, industry: 'retail' });
    const lines: { kind: string; deal_name: string | null; detail: Record<string, unknown> }[] = [];
    for (let next: string | null = ''; next !== null;) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const { body } = await call<List<(typeof lines)[number]>>(
        `/v1/clients/${client.id}/history?limit=2${cursor}`,
      );
      lines.push(...body.items);
      ({ next } = body);
    }
    expect(lines.filter(({ kind }) => kind === 'breach')).toHaveLength(2);
    expect(lines.filter(({ kind }) => kind !== 'breach')).toMatchObject([
      { kind: 'edit', detail: { action: 'client.edited', fields: ['industry'] } },
      { kind: 'stage', deal_name: 'Story', detail: { from: 'draft', to: 'briefed' } },
      { kind: 'note', deal_name: 'Story', detail: { text: 'called them' } },
      { kind: 'edit', detail: { action: 'client.created' } },
    ]);
    const notes = await call<List<object>>(`/v1/clients/${client.id}/history?kind=note`);
    expect(notes.body.items).toHaveLength(1);

    const [note] = await mak.database.query<{ event_id: string }>(
      "SELECT event_id FROM event WHERE deal_id = $1 AND type = 'deal.note.added'",
      [deal.id],
    );
    const change = async (type: string, data: object): Promise<unknown> => {
      await call('/v1/events', {
        event_id: type,
        source: 'crm',
        type,
        occurred_at: new Date().toISOString(),
        master_deal_id: deal.id,
        data: { note: { source: 'mak', event_id: note?.event_id }, ...data },
      });
      const path = `/v1/clients/${client.id}/history?kind=note`;
      return (await call<List<object>>(path)).body.items;
    };
    expect(await change('deal.note.edited', { text: 'called twice' })).toMatchObject([
      { detail: { text: 'called twice', changed_at: expect.any(String), removed: false } },
    ]);
    expect(await change('deal.note.removed', {})).toMatchObject([
      { detail: { text: null, removed: true } },
    ]);
  });
});

describe('partners and franchisees', () => {
  it('see clients of their own deals, without contacts, and their own clients', async () => {
    const seen = await make({
      name: 'Fred sees',
      contacts: [ZOE],
      external_refs: [{ system: 's', id: 'fs' }],
    });
    const hidden = await make({ name: 'Fred must not see' });
    await makeDeal({ client_id: 's:fs', owner_id: idOf('fred'), amount: 7, currency: 'EUR' });
    await makeDeal({ client_id: seen.id, owner_id: idOf('ann'), amount: 900, currency: 'EUR' });
    const fred = tokenOf('fred');
    const own = await make({ name: 'Fred made' }, fred);
    expect(own.owner_id).toBe(idOf('fred'));
    const { body } = await call<List<Client>>('/v1/clients', undefined, fred);
    expect(body.items.map(({ name }) => name)).toEqual(['Fred made', 'Fred sees']);
    const page = await call<Client>(`/v1/clients/${seen.id}`, undefined, fred);
    expect(page.body.contacts).toMatchObject([{ state: 'hidden', name: null, email: null }]);
    expect(page.body.sums).toMatchObject([{ deals: 1, sums: [{ amount: 7 }] }]);
    expect(page.body.people).toMatchObject([{ account_id: idOf('fred') }]);
    expect((await call(`/v1/clients/${hidden.id}`, undefined, fred)).status).toBe(404);
    expect((await call<List<object>>('/v1/clients', undefined, tokenOf('pia'))).body.items).toEqual(
      [],
    );
  });

  it('know the contacts of their own clients, and every look is in the audit log', async () => {
    const fred = tokenOf('fred');
    const mine = await make({ name: 'Fred knows', contacts: [ZOE] }, fred);
    const { body } = await call<Client>(`/v1/clients/${mine.id}`, undefined, fred);
    expect(body.contacts).toMatchObject([{ state: 'open', ...ZOE }]);
    const asked = `{ client(id: "${mine.id}") { contacts { state email } } }`;
    const { client } = await graphql<{ client: object }>(asked, fred);
    expect(client).toEqual({ contacts: [{ state: 'open', email: ZOE.email }] });
    const looks = await mak.database.query(
      `SELECT FROM audit_entry WHERE tenant_id = $1 AND action = 'person.read' AND entity_id = $2 AND actor_id = $3`,
      [tenant.id, mine.id, idOf('fred')],
    );
    expect(looks).toHaveLength(2);
    // Given to somebody else, it is hidden at once.
    await makeDeal({ client_id: mine.id, owner_id: idOf('fred') });
    await patch(mine.id, { version: 1, owner_id: idOf('ann') });
    const after = await call<Client>(`/v1/clients/${mine.id}`, undefined, fred);
    expect(after.body.contacts).toMatchObject([{ state: 'hidden', name: null, email: null }]);
  });

  it('name in their deals only clients that they see', async () => {
    const fred = tokenOf('fred');
    const foreign = await make({ name: 'Foreign', external_refs: [{ system: 'crm', id: 'f-1' }] });
    const mine = await make({ name: 'Fred names' }, fred);
    const deal = await call<{ id: string; version: number }>(
      '/v1/deals',
      { name: 'Of Fred', client_id: mine.id },
      fred,
    );
    expect(deal.status).toBe(201);
    for (const name of [foreign.id, 'crm:f-1', 'nobody']) {
      const made = await call<Problem>('/v1/deals', { name: 'x', client_id: name }, fred);
      const edited = await mak.call<Problem>(`/v1/deals/${deal.body.id}`, {
        ...{ key: fred, method: 'PATCH', body: { client_id: name, version: deal.body.version } },
      });
      expect([made.body.code, edited.body.code]).toEqual(['unknown_client', 'unknown_client']);
    }
    expect((await call(`/v1/clients/${foreign.id}`, undefined, fred)).status).toBe(404);
  });

  it('change only their own, and claim no references', async () => {
    const fred = tokenOf('fred');
    const mine = await make({ name: 'Fred edits' }, fred);
    expect((await patch<Client>(mine.id, { version: 1, size: 'small' }, fred)).status).toBe(200);
    const seen = await make({ name: 'Of the office' });
    await makeDeal({ client_id: seen.id, owner_id: idOf('fred') });
    const answers = [
      await patch<Problem>(seen.id, { version: 1, name: 'Mine now' }, fred),
      await patch<Problem>(mine.id, { version: 2, owner_id: idOf('ann') }, fred),
      await patch<Problem>(
        mine.id,
        { version: 2, external_refs: [{ system: 'a', id: 'b' }] },
        fred,
      ),
      await call<Problem>('/v1/clients', { name: 'x' }, tokenOf('pia')),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [403, 'forbidden']),
    );
  });
});

describe('leads of a client', () => {
  const CONSENT = { answer: 'given', evidence: 'form' };
  interface LeadLine {
    readonly detail: { readonly lead: string; readonly kind: string; readonly by: string | null };
  }

  const enter = (body: object, key = tenant.apiKey) => entered(mak, key, body);
  const leadsOf = async (id: string, key = tenant.apiKey): Promise<readonly string[]> => {
    const { body } = await call<List<{ id: string }>>(`/v1/leads?client=${id}`, undefined, key);
    return body.items.map((lead) => lead.id);
  };
  const movesOf = async (id: string, key = tenant.apiKey): Promise<readonly LeadLine[]> => {
    const path = `/v1/clients/${id}/history?kind=lead`;
    return (await call<List<LeadLine>>(path, undefined, key)).body.items;
  };

  it('are those that became its deals and those of its people, with what became of them', async () => {
    const phone = '+380671119900';
    const client = await make({ name: 'Had leads', contacts: [{ name: 'Lena', phone }] });
    const ofPerson = await enter({ phones: ['067 111 99 00'], source: 'external' });
    const converted = await enter({
      emails: ['lead@had.example'],
      source: 'external',
      consent: CONSENT,
    });
    await enter({ emails: ['other@had.example'], source: 'external' });
    await call(`/v1/leads/${converted.id}/convert`, {
      ...{ name: 'Of the lead', client_id: client.id, version: converted.version },
    });
    expect((await leadsOf(client.id)).toSorted()).toEqual([ofPerson.id, converted.id].toSorted());
    const moves = await movesOf(client.id);
    expect(moves[0]?.detail).toMatchObject({ lead: converted.id, kind: 'converted' });
    expect(moves.map(({ detail }) => detail.lead).toSorted()).toEqual(
      [ofPerson.id, converted.id, converted.id].toSorted(),
    );
  });

  it('are for a company those that it may see, and tell it no contact that it may not', async () => {
    const phone = '+380671119911';
    const client = await make({ name: 'Of both', contacts: [{ name: 'Lev', phone }] });
    await makeDeal({ client_id: client.id, owner_id: idOf('fred') });
    const fred = tokenOf('fred');
    const own = await enter({ phones: [phone], consent: CONSENT }, fred);
    const ofOffice = await enter({
      ...{ emails: ['of@both.example'], source: 'external', consent: CONSENT },
    });
    await call(`/v1/leads/${ofOffice.id}/convert`, {
      ...{ name: 'Of the office', client_id: client.id, version: ofOffice.version },
    });
    expect((await leadsOf(client.id)).toSorted()).toEqual([own.id, ofOffice.id].toSorted());
    expect([await leadsOf(client.id, fred), await movesOf(client.id, fred)]).toEqual([[], []]);
    const conversion = { name: 'Of Fred', client_id: client.id, version: own.version };
    expect((await call(`/v1/leads/${own.id}/convert`, conversion, fred)).status).toBe(200);
    expect(await leadsOf(client.id, fred)).toEqual([own.id]);
    expect((await movesOf(client.id, fred)).map(({ detail }) => detail.lead)).toEqual([
      own.id,
      own.id,
    ]);
    expect((await call(`/v1/leads?client=${client.id}`, undefined, other.apiKey)).body).toEqual({
      ...{ items: [], next: null },
    });
    expect(await leadsOf(client.id, tokenOf('pia'))).toEqual([]);
  });
});

describe('clients over GraphQL', () => {
  it('are made, edited and read with everything on their page', async () => {
    const { createClient: made } = await graphql<{ createClient: { id: string } }>(`
      mutation {
        createClient(
          input: {
            name: "Page"
            budgetBand: "small"
            keyAccount: true
            contacts: [
              {
                name: "Ada"
                email: "ada@example.com"
                messengers: [{ kind: "telegram", address: "@ada" }]
              }
            ]
          }
        ) {
          id
        }
      }
    `);
    await makeDeal({ client_id: made.id, amount: 5, currency: 'EUR' });
    await graphql(
      `mutation { editClient(id: "${made.id}", input: { version: 1, budgetBand: null, clientType: "agency", ownerId: "${idOf('ann')}" }) { id } }`,
    );
    const { client } = await graphql<{ client: Record<string, unknown> }>(
      `{ client(id: "${made.id}") {
      name kind budgetBand clientType keyAccount version owner { name }
      contacts { name email state messengers { kind address } }
      deals(first: 5) { nodes { name client { name } } pageInfo { hasNextPage } }
      people { name deals } sums { stage deals sums { currency amount } }
      history(first: 5) { nodes { kind detail } pageInfo { hasNextPage } } } }`,
    );
    expect(client).toMatchObject({
      name: 'Page',
      kind: 'company',
      budgetBand: null,
      clientType: 'agency',
      owner: { name: 'Person ann' },
      keyAccount: true,
      contacts: [{ name: 'Ada', messengers: [{ kind: 'telegram', address: '@ada' }] }],
      deals: { nodes: [{ client: { name: 'Page' } }], pageInfo: { hasNextPage: false } },
      sums: [{ stage: 'draft', deals: 1, sums: [{ currency: 'EUR', amount: 5 }] }],
      history: { nodes: [{ kind: 'edit' }, { kind: 'edit' }] },
    });
    const { clients } = await graphql<{ clients: { nodes: { name: string }[] } }>(
      '{ clients(filter: { text: "Page", keyAccount: true, archived: false }, sort: "-updated_at") { nodes { name } } }',
    );
    expect(clients.nodes).toEqual([{ name: 'Page' }]);
  });
});
