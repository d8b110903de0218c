import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { enter, entered, keyWith, member } from '../../../test/support/leads.ts';
import type { LeadBody } from '../../../test/support/leads.ts';

let mak: TestApp;
let tenant: TestTenant;
let office: string;

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant();
  office = tenant.apiKey;
});
afterAll(() => mak.close());

let number = 0;
/** A telephone number that nobody else has. */
const phone = (): string => `+38067${String((number += 1)).padStart(7, '0')}`;

const read = async (id: string, key = office): Promise<LeadBody> =>
  (await mak.call<LeadBody>(`/v1/leads/${id}`, { key })).body;
const list = async (query: string, key = office) =>
  (
    await mak.call<{ items: LeadBody[]; next: string | null; code?: string }>(
      `/v1/leads?${query}`,
      { key },
    )
  ).body;
const filtered = (filter: object, key = office) =>
  list(`filter=${encodeURIComponent(JSON.stringify(filter))}&limit=200`, key);

describe('a lead', () => {
  it('is entered as people write, and kept in one spelling', async () => {
    const answer = await enter(mak, office, {
      name: '  Іван  Петренко ',
      phones: ['067 123-45-67', '+38 (067) 123-45-67'],
      emails: ['Ivan@Example.COM'],
      city: 'г. Киев',
      niche: 'RETAIL',
      legal_form: 'sole_trader',
      amount: 150_000,
      currency: 'UAH',
      handling: 'call',
      score: 70,
      comment: 'Wants to be called',
      consent: { answer: 'given', evidence: 'form v3' },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ result: 'created', exists: false, matches: [] });
    const lead = await read(answer.body.lead?.id ?? '');
    expect(lead).toMatchObject({
      status: 'new',
      kind: 'new',
      city: 'kyiv',
      niche: 'retail',
      legal_form: 'sole_trader',
      source: 'external',
      amount: 150_000,
      consent: 'given',
      version: 1,
      contact: {
        state: 'open',
        name: 'Іван Петренко',
        phones: ['+380671234567'],
        emails: ['ivan@example.com'],
        city: 'г. Киев',
      },
    });
    expect(lead.possible_statuses).toEqual(['from_partner', 'in_work', 'rejected']);
  });

  it('keeps a city that is not listed with who it is, and nothing of it elsewhere', async () => {
    const lead = await entered(mak, office, { phones: [phone()], city: 'Atlantis 0671112233' });
    expect((await read(lead.id)).contact.city).toBe('Atlantis 0671112233');
    expect(lead.city).toBeNull();
    const [row] = await mak.database.query<{ row: string }>(
      'SELECT to_jsonb(l)::text AS row FROM lead l WHERE id = $1',
      [lead.id],
    );
    expect(row?.row).not.toContain('Atlantis');
  });

  it.each([
    [{}, 'contact_missing', 'name'],
    [{ phones: ['12345'] }, 'phone_invalid', 'phones.0'],
    [{ emails: ['nobody'] }, 'email_invalid', 'emails.0'],
    [{ name: 'x', source: 'nowhere' }, 'unknown_source', 'source'],
    [{ name: 'x', handling: 'fax' }, 'unknown_handling', 'handling'],
    [{ name: 'x', status: 'lost' }, 'unknown_status', 'status'],
    [{ name: 'x', status: 'sold' }, 'status_not_open', 'status'],
    [{ name: 'x', amount: 5 }, 'invalid_request', 'currency'],
    [{ name: 'x', amount: -5, currency: 'UAH' }, 'invalid_request', 'amount'],
    [{ name: 'x', legal_form: 'tribe' }, 'invalid_request', 'legal_form'],
    [{ name: 'x', kind: 'sold' }, 'invalid_request', 'kind'],
    [
      { name: 'x', responsible_id: '01a1fe4c-9969-736e-b48e-41142356aa59' },
      'unknown_responsible',
      'responsible',
    ],
    [{ name: 'a\0b' }, 'invalid_request', 'name'],
    [{ name: 'x'.repeat(500) }, 'text_too_long', 'name'],
  ])('is refused with a reason: %j', async (body, code, field) => {
    const before = await list('limit=200');
    const answer = await enter(mak, office, body);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([422, code, field]);
    expect(answer.body.title?.length).toBeGreaterThan(10);
    expect(await list('limit=200')).toEqual(before);
  });

  it('is edited on the version that was read, and keeps what is not named', async () => {
    const lead = await entered(mak, office, {
      name: 'Edit Me',
      phones: [phone()],
      amount: 1,
      currency: 'UAH',
    });
    const edit = (body: object) =>
      mak.call<LeadBody & { code: string }>(`/v1/leads/${lead.id}`, {
        key: office,
        method: 'PATCH',
        body,
      });
    const first = await edit({ version: 1, city: 'Одесса', score: 5 });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ city: 'odesa', amount: 1, version: 2 });
    const stale = await edit({ version: 1, score: 6 });
    expect([stale.status, stale.body.code]).toEqual([409, 'stale_version']);
    const cleared = await edit({ version: 2, amount: null, name: 'Other Name' });
    expect(cleared.body).toMatchObject({ amount: null, version: 3 });
    expect((await read(lead.id)).contact).toMatchObject({ name: 'Other Name', city: 'Одесса' });
    const nobody = await edit({ version: 3, name: null, phones: [], emails: [] });
    expect(nobody.body.code).toBe('contact_missing');
  });

  it('is moved as the rules say, and tells its history', async () => {
    const { id } = await entered(mak, office, { phones: [phone()], comment: 'first words' });
    const move = (status: string, version: number, more: object = {}) =>
      mak.call<LeadBody & { code: string }>(`/v1/leads/${id}/move`, {
        key: office,
        body: { status, version, ...more },
      });
    expect((await move('in_work', 1)).body).toMatchObject({ kind: 'working', version: 2 });
    expect((await move('in_work', 2)).body.version).toBe(2);
    expect((await move('sold', 2)).body.code).toBe('move_not_possible');
    expect((await move('rejected', 2)).body.code).toBe('reason_missing');
    expect((await move('rejected', 2, { reason: 'no budget' })).body.kind).toBe('rejected');
    await mak.call(`/v1/leads/${id}/comments`, { key: office, body: { text: 'called again' } });
    const consent = { answer: 'refused', evidence: 'call' };
    const answer = await mak.call<LeadBody>(`/v1/leads/${id}/consents`, {
      key: office,
      body: consent,
    });
    expect(answer.body.consent).toBe('refused');
    const { body } = await mak.call<{ items: { kind: string; status: string; text: string }[] }>(
      `/v1/leads/${id}/history`,
      { key: office },
    );
    expect(body.items.filter(({ kind }) => kind === 'status').map(({ status }) => status)).toEqual([
      'rejected',
      'in_work',
      'new',
    ]);
    expect(body.items.map(({ text }) => text)).toContain('called again');
  });

  it('is told of over GraphQL as over REST', async () => {
    const input = { name: 'Graph Quell', phones: [phone()], city: 'Lviv', legalForm: 'company' };
    const ask = async <T>(query: string, variables: object): Promise<T> => {
      const { body } = await mak.call<{ data: T; errors?: unknown }>('/graphql', {
        key: office,
        body: { query, variables },
      });
      expect(body.errors).toBeUndefined();
      return body.data;
    };
    const made = await ask<{ createLead: { lead: { id: string; version: number } } }>(
      'mutation ($input: CreateLeadInput!) { createLead(input: $input) { result exists matches { leadId } lead { id version } } }',
      { input },
    );
    const { id } = made.createLead.lead;
    await ask(
      'mutation ($id: ID!) { editLead(id: $id, input: { version: 1, score: 3, niche: null }) { version } }',
      { id },
    );
    await ask(
      'mutation ($id: ID!) { moveLead(id: $id, status: "in_work", version: 2) { status } }',
      {
        id,
      },
    );
    await ask('mutation ($id: ID!) { commentLead(id: $id, text: "hello") { id } }', { id });
    await ask(
      'mutation ($id: ID!) { recordLeadConsent(id: $id, input: { answer: given, evidence: "call" }) { consent } }',
      { id },
    );
    const seen = await ask<{ lead: object }>(
      `query ($id: ID!) { lead(id: $id) { city legalForm score status consent contact { state name phones }
         facts { possibleStatuses externalRefs { id } } history { kind text } } }`,
      { id },
    );
    expect(seen.lead).toMatchObject({
      city: 'lviv',
      legalForm: 'company',
      score: 3,
      status: 'in_work',
      consent: 'given',
      contact: { state: 'open', name: 'Graph Quell' },
      facts: { possibleStatuses: ['rejected'] },
    });
    const page = await ask<{ leads: { items: object[] } }>(
      '{ leads(text: "Graph Quell", sort: "-updated_at") { items { id contact { name } } next } leadCounts { status leads } leadSettings { version cities { key } } }',
      {},
    );
    expect(page.leads.items).toEqual([{ id, contact: { name: 'Graph Quell' } }]);
  });
});

describe('lists', () => {
  it('are read page by page in every order, each lead once', async () => {
    for (const sort of ['created_at', '-created_at', 'amount', '-score', '-status_since']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await list(`sort=${sort}&limit=3${cursor}`);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next === null ? '' : `&cursor=${page.next}`;
      } while (cursor !== '');
      const all = await list(`sort=${sort}&limit=200`);
      expect(seen).toEqual(all.items.map(({ id }) => id));
      expect(new Set(seen).size).toBe(seen.length);
    }
  });

  it('find by whole numbers, addresses and names, whatever their spelling', async () => {
    const own = phone();
    const lead = await entered(mak, office, {
      name: 'Евгений Шевченко',
      phones: [own],
      emails: ['shev@example.com'],
    });
    for (const text of [
      own,
      own.slice(3),
      'SHEV@example.com',
      'Shevchenko Yevhenii',
      'Шевченко Евгений',
    ]) {
      const found = await list(`text=${encodeURIComponent(text)}`);
      expect({ text, ids: found.items.map(({ id }) => id) }).toEqual({ text, ids: [lead.id] });
    }
    expect((await list('text=Шевч')).items).toEqual([]);
  });

  it('are filtered as segments are', async () => {
    const lead = await entered(mak, office, {
      phones: [phone()],
      city: 'dnipro',
      amount: 777,
      currency: 'UAH',
      external_ref: { system: 'ads', id: '1' },
      attributes: { size: 'Very Large' },
    });
    const ids = async (filter: object) => (await filtered(filter)).items.map(({ id }) => id);
    for (const filter of [
      { field: 'amount', from: 777, to: 777 },
      { field: 'city', is: ['DNIPRO'] },
      { all: [{ field: 'city', contains: 'nip' }, { not: { field: 'amount', empty: true } }] },
      { field: 'external_system', is: ['ads'] },
      { field: 'attributes.size', contains: 'large' },
      { any: [{ any: [] }, { field: 'amount', is: [777] }] },
      {
        all: [
          { field: 'created_at', lastDays: 1 },
          { field: 'currency', is: ['UAH'] },
          { field: 'amount', is: [777] },
        ],
      },
    ])
      expect({ filter, ids: await ids(filter) }).toEqual({ filter, ids: [lead.id] });
    for (const filter of [
      { field: 'amount', from: 200_000 },
      { field: 'created_at', before: 0 },
      {
        all: [
          { field: 'city', is: ['dnipro'] },
          { field: 'external_system', empty: true },
        ],
      },
      {
        all: [
          { field: 'city', is: ['dnipro'] },
          { not: { field: 'attributes.size', is: ['very large'] } },
        ],
      },
      {
        all: [
          { field: 'city', is: ['dnipro'] },
          { field: 'phone', is: ['+380500000000'] },
        ],
      },
      {
        all: [
          { field: 'city', is: ['dnipro'] },
          { field: 'phone', empty: true },
        ],
      },
      { any: [] },
    ])
      expect({ filter, ids: await ids(filter) }).toEqual({ filter, ids: [] });
    const everybody = await ids({ all: [] });
    expect(await ids({ not: { field: 'amount', from: 200_000 } })).toEqual(everybody);
    expect((await filtered({ field: 'password', is: ['x'] })).code).toBe('unknown_field');
    expect((await filtered({ field: "city'; DROP TABLE lead; --", is: ['x'] })).code).toBe(
      'unknown_field',
    );
    expect(await ids({ field: 'attributes.x', is: ["' OR 1=1 --"] })).toEqual([]);
  });

  it('tell nothing of another tenant', async () => {
    const other = await mak.createTenant();
    const lead = await entered(mak, office, { phones: [phone()] });
    expect((await list('', other.apiKey)).items).toEqual([]);
    expect((await mak.call(`/v1/leads/${lead.id}`, { key: other.apiKey })).status).toBe(404);
    const same = await enter(mak, other.apiKey, { phones: ['+380671234567'] });
    expect(same.body).toMatchObject({ result: 'created', exists: false });
  });
});

describe('who may see what', () => {
  it('shows an employee without persons:read no contact in any way', async () => {
    const key = await keyWith(mak, tenant, ['leads:read', 'leads:write']);
    const own = phone();
    const lead = await entered(mak, office, {
      name: 'Secret Person',
      phones: [own],
      city: 'Nowhere Secret',
      comment: 'Secret words',
      attributes: { a: 'Secret attribute' },
    });
    const answers = [
      await mak.call(`/v1/leads/${lead.id}`, { key }),
      await mak.call(`/v1/leads/${lead.id}/history`, { key }),
      await mak.call('/v1/leads?contacts=true', { key }),
      await mak.call('/graphql', {
        key,
        body: {
          query: `{ lead(id: "${lead.id}") { contact { state name phones emails city attributes } history { text } } leads { items { contact { name } } } }`,
        },
      }),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/Secret/);
      expect(JSON.stringify(body)).not.toContain(own.slice(1));
    }
    const asked = [`text=${encodeURIComponent(own)}`];
    for (const filter of [
      { field: 'phone', is: [own] },
      { not: { field: 'name', empty: true } },
      { field: 'attributes.a', contains: 'Secret' },
    ])
      asked.push(`filter=${encodeURIComponent(JSON.stringify(filter))}`);
    for (const query of asked) expect((await list(query, key)).code).toBe('field_not_allowed');
    const edit = await mak.call<{ code: string }>(`/v1/leads/${lead.id}`, {
      key,
      method: 'PATCH',
      body: { version: 1, phones: [phone()] },
    });
    expect(edit.body.code).toBe('forbidden');
  });

  it('shows a partner its own leads, with who they are, and no other', async () => {
    const [mine, theirs] = [
      await member(mak, tenant, 'partner', 'mine'),
      await member(mak, tenant, 'partner', 'theirs'),
    ];
    const lead = await entered(mak, mine.token, { name: 'Mine Own', phones: [phone()] });
    expect(lead).toMatchObject({ status: 'from_partner', source: 'partner', partner_id: mine.id });
    expect((await read(lead.id, mine.token)).contact).toMatchObject({
      state: 'open',
      name: 'Mine Own',
    });
    expect((await list('', mine.token)).items.map(({ id }) => id)).toEqual([lead.id]);
    expect((await list('', theirs.token)).items).toEqual([]);
    for (const [path, method, body] of [
      ['', 'GET', undefined],
      ['/history', 'GET', undefined],
      ['', 'PATCH', { version: 1, name: 'Stolen' }],
      ['/move', 'POST', { version: 1, status: 'in_work' }],
      ['/comments', 'POST', { text: 'x' }],
      ['/consents', 'POST', { answer: 'given', evidence: 'x' }],
    ] as const) {
      const answer = await mak.call(`/v1/leads/${lead.id}${path}`, {
        key: theirs.token,
        method,
        ...(body === undefined ? {} : { body }),
      });
      expect({ path, status: answer.status }).toEqual({ path, status: 404 });
    }
    const office_ = await mak.call<{ code: string }>('/v1/leads', {
      key: mine.token,
      body: { phones: [phone()], score: 100 },
    });
    expect([office_.status, office_.body.code]).toEqual([403, 'forbidden']);
  });

  it('lets a partner change nothing any more once others count on the lead', async () => {
    const { token } = await member(mak, tenant, 'partner', 'seller');
    const lead = await entered(mak, token, { phones: [phone()] });
    await mak.database.query(
      "UPDATE lead SET kind = 'auction', status = 'on_auction' WHERE id = $1",
      [lead.id],
    );
    await mak.database.query(
      "UPDATE lead_status_change SET kind = 'auction', to_status = 'on_auction' WHERE of_lead = $1",
      [lead.id],
    );
    for (const [path, method, body] of [
      ['', 'PATCH', { version: 1, name: 'New' }],
      ['/move', 'POST', { version: 1, status: 'in_work' }],
      ['/comments', 'POST', { text: 'x' }],
    ] as const) {
      const answer = await mak.call<{ code: string }>(`/v1/leads/${lead.id}${path}`, {
        key: token,
        method,
        body,
      });
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    }
    expect((await read(lead.id, token)).possible_statuses).toEqual([]);
  });

  it('audits every look at a contact, and only those', async () => {
    const { id } = await entered(mak, office, { phones: [phone()] });
    const looks = async () =>
      (
        await mak.database.query<{ entity_id: string | null; ids: string[] | null }>(
          "SELECT entity_id, detail -> 'ids' AS ids FROM audit_entry WHERE action = 'person.read' AND tenant_id = $1",
          [tenant.id],
        )
      ).length;
    const before = await looks();
    await list('limit=5');
    expect(await looks()).toBe(before);
    await read(id);
    await list('limit=5&contacts=true');
    expect(await looks()).toBe(before + 2);
  });
});

describe('settings', () => {
  it('are changed on the version that was read, and keep what leads have', async () => {
    const own = await mak.createTenant();
    const key = own.apiKey;
    await entered(mak, key, { phones: [phone()], city: 'kyiv', source: 'cold_base' });
    const put = (body: object) =>
      mak.call<{ code: string; field: string; version: number }>('/v1/leads/settings', {
        key,
        method: 'PUT',
        body,
      });
    const { body: before } = await mak.call<{
      version: number;
      cities: { key: string }[];
      sources: { key: string }[];
      statuses: { key: string; kind: string }[];
    }>('/v1/leads/settings', { key });
    const cities = before.cities.filter((city) => city.key !== 'kyiv');
    expect((await put({ version: 1, cities })).body).toMatchObject({
      code: 'choice_in_use',
      field: 'cities.kyiv',
    });
    const sources = before.sources.filter((one) => one.key !== 'cold_base');
    expect((await put({ version: 1, sources })).body.code).toBe('choice_in_use');
    const statuses = before.statuses.filter(({ kind }) => kind !== 'sold');
    expect((await put({ version: 1, statuses })).body.code).toBe('kind_missing');
    expect((await put({ version: 1, country: 'ukraine' })).body.field).toBe('country');
    const saved = await put({ version: 1, country: 'PL', certain: 'block' });
    expect(saved.body).toMatchObject({ version: 2, country: 'PL', certain: 'block' });
    expect((await put({ version: 1, country: 'UA' })).status).toBe(409);
    expect((await put({ version: 2, likely: 'ignore' })).body).toMatchObject({
      version: 3,
      country: 'PL',
    });
    const polish = await entered(mak, key, { phones: ['512 345 678'] });
    expect((await read(polish.id, key)).contact.phones).toEqual(['+48512345678']);
  });
});

describe('the question whether a lead exists', () => {
  const check = async (key: string, phones: readonly string[]) => {
    const query =
      'query ($input: LeadCheckInput!) { checkLeadDuplicate(input: $input) { exists matches { leadId by } } }';
    const { body } = await mak.call<{ data: { checkLeadDuplicate: object } | null }>('/graphql', {
      key,
      body: { query, variables: { input: { phones } } },
    });
    return body.data?.checkLeadDuplicate;
  };

  it('tells the office which ones, a company only that it does', async () => {
    const number = phone();
    const lead = await entered(mak, office, { name: 'Asked For', phones: [number] });
    const matches = [{ leadId: lead.id, by: 'phone' }];
    expect(await check(office, [number])).toEqual({ exists: true, matches });
    const partner = await member(mak, tenant, 'partner', 'asking');
    expect(await check(partner.token, [number])).toEqual({ exists: true, matches: null });
    expect(await check(office, [phone()])).toEqual({ exists: false, matches: [] });
  });
});
