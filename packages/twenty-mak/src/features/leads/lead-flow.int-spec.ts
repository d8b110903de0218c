import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { entered, keyWith, member, setRules } from '../../../test/support/leads.ts';
import type { LeadBody } from '../../../test/support/leads.ts';
import { Database } from '../../platform/database/index.ts';
import { LeadSales } from './index.ts';

interface DealBody {
  readonly id: string;
  readonly name: string;
  readonly pipeline: string;
  readonly client_id: string | null;
  readonly owner_id: string | null;
  readonly amount: number | null;
  readonly attributes: Record<string, unknown>;
  readonly sla_runs: readonly { readonly timer: string; readonly status: string }[];
}

let mak: TestApp;
let tenant: TestTenant;
let office: string;

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant({ pipelines: ['adtech', 'credit'] });
  office = tenant.apiKey;
});
afterAll(() => mak.close());

let number = 0;
const phone = (): string => `+38063${String((number += 1)).padStart(7, '0')}`;
const CONSENT = { answer: 'given', evidence: 'form' };
const read = async (id: string, key = office) =>
  (await mak.call<LeadBody>(`/v1/leads/${id}`, { key })).body;
const convert = (id: string, body: object, key = office) =>
  mak.call<LeadBody & { code: string; field: string }>(`/v1/leads/${id}/convert`, { key, body });

describe('conversion', () => {
  it.each([
    ['adtech', ['lead_to_brief']],
    ['credit', []],
  ])(
    'makes one deal in the pipeline %s, once, with who it is sealed, and its clocks run',
    async (pipeline, timers) => {
      const own = phone();
      const lead = await entered(mak, office, {
        name: 'Secret Client',
        phones: [own],
        city: 'Kyiv',
        niche: 'Something unlisted',
        amount: 700,
        currency: 'UAH',
        consent: CONSENT,
      });
      const order = { name: 'A new deal', pipeline, version: 1 };
      const answers = await Promise.all([1, 2, 3, 4].map(() => convert(lead.id, order)));
      for (const { status, body } of answers)
        expect([200, 409], JSON.stringify(body)).toContain(status);
      const after = await read(lead.id);
      expect(after).toMatchObject({ kind: 'converted', possible_statuses: [] });
      expect((await convert(lead.id, order)).body.deal_id).toBe(after.deal_id);
      const { body: deal } = await mak.call<DealBody>(`/v1/deals/${after.deal_id}`, {
        key: office,
      });
      expect(deal).toMatchObject({ name: 'A new deal', pipeline, amount: 700 });
      expect(deal.attributes).toMatchObject({ lead_id: lead.id, city: 'kyiv' });
      expect(JSON.stringify(deal)).not.toMatch(/Secret|unlisted/);
      const running = deal.sla_runs.filter(({ status }) => status === 'running');
      expect(running.map(({ timer }) => timer)).toEqual(timers);
      const events = await mak.call(`/v1/deals/${after.deal_id}/events`, { key: office });
      expect(JSON.stringify(events.body)).toContain(own);
      const stored = await mak.database.query('SELECT data::text FROM event WHERE tenant_id = $1', [
        tenant.id,
      ]);
      expect(JSON.stringify(stored)).not.toContain('Secret');
      const deals = await mak.database.query(
        "SELECT FROM deal WHERE tenant_id = $1 AND attributes ->> 'lead_id' = $2",
        [tenant.id, lead.id],
      );
      expect(deals).toHaveLength(1);
    },
  );

  it('leaves the lead as it was when there can be no deal', async () => {
    const lead = await entered(mak, office, { phones: [phone()], consent: CONSENT });
    const refused = await convert(lead.id, { name: 'x', pipeline: 'nope', version: 1 });
    expect([refused.status, refused.body.code, refused.body.field]).toEqual([
      422,
      'unknown_pipeline',
      'pipeline',
    ]);
    expect(await read(lead.id)).toMatchObject({ kind: 'new', version: 1, deal_id: null });
    expect((await convert(lead.id, { name: 'x', version: 7 })).body.code).toBe('stale_version');
    expect((await convert(lead.id, { name: '', version: 1 })).body.code).toBe('invalid_request');
  });

  it('needs consent, unless the tenant has another ground, and never goes against a no', async () => {
    const silent = await entered(mak, office, { phones: [phone()] });
    const order = { name: 'x', pipeline: 'credit', version: 1 };
    expect((await convert(silent.id, order)).body.code).toBe('consent_missing');
    const no = { answer: 'refused', evidence: 'call' };
    const unwilling = await entered(mak, office, { phones: [phone()], consent: no });
    await setRules(mak, office, { consent: 'other_ground' });
    expect((await convert(unwilling.id, order)).body.code).toBe('consent_refused');
    expect((await convert(silent.id, order)).status).toBe(200);
    await setRules(mak, office, { consent: 'required' });
  });

  it('by a franchisee makes a deal that is the franchisee’s, and only of what it has', async () => {
    const buyer = await member(mak, tenant, 'franchisee', 'converts');
    const other = await member(mak, tenant, 'franchisee', 'watches');
    const partner = await member(mak, tenant, 'partner', 'brings');
    const lead = await entered(mak, partner.token, { phones: [phone()], consent: CONSENT });
    const database = mak.app.get(Database);
    await database.within({ tenantId: tenant.id }, async (tx) => {
      const sales = mak.app.get(LeadSales);
      const common = { leadIds: [lead.id], mover: 'auction', at: Date.now() } as const;
      await sales.move(tx, tenant.id, { ...common, kind: 'auction', lotId: lead.id });
      await sales.move(tx, tenant.id, { ...common, kind: 'sold', buyerId: buyer.id });
    });
    const { version } = await read(lead.id);
    const order = { name: 'Won lead', pipeline: 'credit', version };
    expect((await convert(lead.id, order, other.token)).status).toBe(404);
    const stolen = await convert(lead.id, { ...order, owner_id: other.id }, buyer.token);
    expect(stolen.body.code).toBe('forbidden');
    const done = await convert(lead.id, order, buyer.token);
    expect(done.status).toBe(200);
    const deal = await mak.call<DealBody>(`/v1/deals/${done.body.deal_id}`, { key: buyer.token });
    expect(deal.body).toMatchObject({ name: 'Won lead', owner_id: buyer.id });
    // Who has sold the lead is nobody's business, whichever way the deal is looked at.
    for (const path of ['', '/events', '/timeline', '/gates']) {
      const seen = await mak.call(`/v1/deals/${done.body.deal_id}${path}`, { key: buyer.token });
      expect([path, seen.status]).toEqual([path, 200]);
      expect(JSON.stringify(seen.body)).not.toContain(partner.id);
    }
    const told = await mak.database.query<{ data: object }>(
      'SELECT data FROM outbox WHERE tenant_id = $1 AND deal_id = $2',
      [tenant.id, done.body.deal_id],
    );
    expect(told.length).toBeGreaterThan(0);
    expect(JSON.stringify(told)).not.toContain(partner.id);
    const hidden = await mak.call(`/v1/deals/${done.body.deal_id}`, { key: other.token });
    expect(hidden.status).toBe(404);
  });

  it('makes a client of the lead, which the company that has it owns, or none at all', async () => {
    interface Found {
      readonly items: readonly { id: string; owner_id: string | null }[];
    }
    const buyer = await member(mak, tenant, 'franchisee', 'makes-clients');
    const [first, second, email] = [phone(), phone(), 'of@the-lead.example'];
    const own = { name: 'Vera Known', phones: [first, second], emails: [email], consent: CONSENT };
    const lead = await entered(mak, buyer.token, own);
    const order = { name: 'With a client', pipeline: 'credit', version: 1 };
    const client = { kind: 'person', name: 'Vera' };
    const both = await convert(lead.id, { ...order, new_client: client, client_id: 'x' });
    expect(both.body.code).toBe('invalid_request');
    const lost = await convert(lead.id, { ...order, pipeline: 'nope', new_client: client });
    expect(lost.body.code).toBe('unknown_pipeline');
    const search = `/v1/clients?lead=${lead.id}`;
    const found = async (key: string) => (await mak.call<Found>(search, { key })).body.items;
    expect(await found(office)).toEqual([]);
    const done = await convert(lead.id, { ...order, new_client: client }, buyer.token);
    const { body: deal } = await mak.call<DealBody>(`/v1/deals/${done.body.deal_id}`, {
      key: buyer.token,
    });
    const [made, ...others] = await found(buyer.token);
    expect(others).toEqual([]);
    expect(made).toMatchObject({ id: deal.client_id, owner_id: buyer.id, kind: 'person' });
    const page = await mak.call(`/v1/clients/${made?.id}`, { key: buyer.token });
    expect(page.body).toMatchObject({
      name: 'Vera',
      contacts: [
        { state: 'open', name: 'Vera Known', phone: first, email },
        { state: 'open', name: 'Vera Known', phone: second, email: null },
      ],
    });
    const stored = await mak.database.query(
      'SELECT contact::text FROM client_contact WHERE client_id = $1',
      [made?.id],
    );
    expect(JSON.stringify(stored)).not.toContain('Known');
    // Whose contacts are not theirs to know may not look for clients by them.
    const narrow = await keyWith(mak, tenant, ['deals:read', 'leads:read']);
    expect((await mak.call(search, { key: narrow })).status).toBe(403);
  });

  it('makes a company that does not keep the name of the person who is erased, wherever it went', async () => {
    interface Made {
      readonly id: string;
      readonly name: string;
      readonly version: number;
    }
    const email = 'to-forget@the-lead.example';
    const clientOf = async (name: string, contact: object): Promise<Made> => {
      const lead = await entered(mak, office, { name, consent: CONSENT, ...contact });
      const order = { name: 'Of a company', pipeline: 'credit', version: 1, new_client: { name } };
      const done = await convert(lead.id, order);
      const deal = await mak.call<DealBody>(`/v1/deals/${done.body.deal_id}`, { key: office });
      const id = deal.body.client_id ?? '';
      return (await mak.call<Made>(`/v1/clients/${id}`, { key: office })).body;
    };
    const nameOf = async ({ id }: Made): Promise<string> =>
      (await mak.call<Made>(`/v1/clients/${id}`, { key: office })).body.name;
    const make = async (body: object): Promise<Made> =>
      (await mak.call<Made>('/v1/clients', { key: office, body })).body;
    const made = await clientOf('Vera To Forget', { phones: [phone()], emails: [email] });
    const other = await clientOf('Olha Stays', { phones: [phone()] });
    const employer = await make({ name: 'Employer', contacts: [{ name: 'Vera', email }] });
    const takes = await make({ name: 'Short' });
    const merge = {
      version: made.version,
      into: { id: takes.id, version: takes.version },
      choices: { name: 'absorbed' },
    };
    await mak.call(`/v1/clients/${made.id}/merge`, { key: office, body: merge });
    expect(await nameOf(takes)).toBe('Vera To Forget');
    await mak.call('/v1/persons/erase', { key: office, body: { email } });
    const names = await Promise.all([made, takes, other, employer].map(nameOf));
    expect(names).toEqual(['—', '—', 'Olha Stays', 'Employer']);
  });

  it('names a client that is there, if the company sees it', async () => {
    const buyer = await member(mak, tenant, 'franchisee', 'names-clients');
    const { body: foreign } = await mak.call<{ id: string }>('/v1/clients', {
      ...{ key: office, body: { name: 'Of others' } },
    });
    const lead = await entered(mak, buyer.token, { phones: [phone()], consent: CONSENT });
    const order = { name: 'x', pipeline: 'credit', client_id: foreign.id, version: 1 };
    const refused = await convert(lead.id, order, buyer.token);
    expect([refused.body.code, refused.body.field]).toEqual(['unknown_client', 'client_id']);
    expect((await convert(lead.id, order)).status).toBe(200);
  });

  it('is for who may change deals', async () => {
    const key = await keyWith(mak, tenant, ['leads:read', 'leads:write']);
    const lead = await entered(mak, office, { phones: [phone()], consent: CONSENT });
    expect((await convert(lead.id, { name: 'x', version: 1 }, key)).status).toBe(403);
  });
});

describe('what outer platforms push', () => {
  interface Result {
    readonly result: string;
    readonly lead_id: string | null;
    readonly exists: boolean;
    readonly code?: string;
    readonly field?: string;
    readonly matches?: object[];
  }
  const push = async (key: string, body: unknown) =>
    mak.call<{ results: Result[]; code: string }>('/v1/leads/intake', { key, body });

  it('is taken lead by lead, with an answer for each', async () => {
    const key = await keyWith(mak, tenant, ['leads:write']);
    const [known, own] = [phone(), phone()];
    const first = await entered(mak, office, { name: 'There already', phones: [known] });
    const leads = [
      { name: 'Good', phones: [own], external_ref: { system: 'ads', id: 'p1' } },
      { phones: [known] },
      { phones: ['nonsense'] },
      { name: 'x', surprise: 1 },
      'text',
      null,
      { name: 'Same id', external_ref: { system: 'ads', id: 'p1' } },
      { name: 'x', source: 'nowhere' },
    ];
    const { status, body } = await push(key, { leads });
    expect(status).toBe(200);
    expect(body.results.map(({ result, exists }) => [result, exists])).toEqual([
      ['created', false],
      ['created', true],
      ['refused', false],
      ['refused', false],
      ['refused', false],
      ['refused', false],
      ['known', true],
      ['refused', false],
    ]);
    expect(body.results[6]?.lead_id).toBe(body.results[0]?.lead_id);
    expect(body.results[2]).toMatchObject({ code: 'phone_invalid', field: 'phones.0' });
    expect(body.results[3]).toMatchObject({ code: 'invalid_request', field: 'surprise' });
    expect(JSON.stringify(body)).not.toContain(first.id);
    const again = await push(key, { leads });
    expect(again.body.results[0]).toMatchObject({
      result: 'known',
      lead_id: body.results[0]?.lead_id,
    });
    expect((await read(body.results[0]?.lead_id ?? '')).source).toBe('external');
    expect((await mak.call('/v1/leads', { key })).status).toBe(403);
  });

  it('may be one lead, or five hundred, and no more', async () => {
    const single = await push(office, { name: 'Single', phones: [phone()] });
    expect(single.body.results).toMatchObject([{ result: 'created', matches: [] }]);
    const many = Array.from({ length: 501 }, (_, index) => ({ name: `Many ${index}` }));
    const full = await push(office, { leads: many.slice(1) });
    expect(full.body.results).toHaveLength(500);
    expect((await push(office, { leads: many })).status).toBe(422);
    expect((await push(office, { leads: [] })).status).toBe(422);
    expect((await push(office, [])).status).toBe(422);
  });

  it('comes once, however many times it is pushed at the same time', async () => {
    const ref = { system: 'ads', id: crypto.randomUUID() };
    const lead = { name: 'Pushed', phones: [phone()], external_ref: ref };
    const answers = await Promise.all(Array.from({ length: 12 }, () => push(office, lead)));
    const results = answers.map(({ body }) => body.results[0]);
    expect(new Set(results.map((result) => result?.lead_id)).size).toBe(1);
    expect(results.filter((result) => result?.result === 'created')).toHaveLength(1);
  });

  it('is not for partners, who enter theirs one by one', async () => {
    const partner = await member(mak, tenant, 'partner', 'pushes');
    expect((await push(partner.token, { name: 'x' })).body.code).toBe('forbidden');
  });
});

describe('segments', () => {
  interface SegmentBody {
    readonly id: string;
    readonly name: string;
    readonly editable: boolean;
    readonly version: number;
    readonly code: string;
    readonly field: string;
  }
  const save = (key: string, body: object) =>
    mak.call<SegmentBody>('/v1/leads/segments', { key, body });
  const names = async (key: string) =>
    (await mak.call<{ items: SegmentBody[] }>('/v1/leads/segments', { key })).body.items.map(
      ({ name }) => name,
    );

  it('keep a filter, and list what it holds for', async () => {
    const lead = await entered(mak, office, { phones: [phone()], amount: 12_345, currency: 'UAH' });
    const filter = {
      all: [{ field: 'amount', from: 12_345 }, { not: { field: 'status', is: ['rejected'] } }],
    };
    const segment = (await save(office, { name: 'Large', filter })).body;
    const list = async () =>
      (
        await mak.call<{ items: LeadBody[] }>(`/v1/leads?segment=${segment.id}`, { key: office })
      ).body.items.map(({ id }) => id);
    expect(await list()).toEqual([lead.id]);
    const sized = await mak.call<{ size: object }>(`/v1/leads/segments/${segment.id}`, {
      key: office,
    });
    expect(sized.body.size).toEqual({ records: 1, more: false });
    const edit = (body: object) =>
      mak.call<SegmentBody>(`/v1/leads/segments/${segment.id}`, {
        key: office,
        method: 'PATCH',
        body,
      });
    const larger = { field: 'amount', from: 1_000_000 };
    expect((await edit({ version: 1, filter: larger })).body.version).toBe(2);
    expect((await edit({ version: 1, name: 'x' })).body.code).toBe('stale_version');
    expect(await list()).toEqual([]);
    await mak.call(`/v1/leads/segments/${segment.id}`, { key: office, method: 'DELETE' });
    const gone = await mak.call(`/v1/leads?segment=${segment.id}`, { key: office });
    expect(gone.status).toBe(404);
  });

  it.each([
    [{ field: 'phone', is: ['+380671234567'] }, 'field_not_allowed'],
    [{ field: 'nothing', is: ['x'] }, 'unknown_field'],
    [{ all: [{ field: 'amount', is: ['5'] }] }, 'value_not_allowed'],
    [{ field: 'city' }, 'question_missing'],
    [{}, 'wrong_type'],
    [{ not: { not: { not: { not: { not: { field: 'city', empty: true } } } } } }, 'too_deep'],
  ])('refuse the filter %j', async (filter, code) => {
    expect((await save(office, { name: 'Wrong', filter })).body.code).toBe(code);
  });

  it('are their owner’s alone unless shared, and never leave a company', async () => {
    const filter = { field: 'city', empty: true };
    const employee = await member(mak, tenant, 'employee', 'segmenting');
    const partner = await member(mak, tenant, 'partner', 'segments');
    const foreign = await member(mak, tenant, 'partner', 'foreign');
    await save(employee.token, { name: 'private', filter });
    const shared = (await save(employee.token, { name: 'shared', filter, shared: true })).body;
    await save(partner.token, { name: 'company', filter, shared: true });
    expect(await names(employee.token)).toEqual(['private', 'shared']);
    expect(await names(office)).toEqual(['shared']);
    expect(await names(partner.token)).toEqual(['company']);
    expect(await names(foreign.token)).toEqual([]);
    const key = await keyWith(mak, tenant, ['leads:read']);
    const taken = await mak.call<SegmentBody>(`/v1/leads/segments/${shared.id}`, {
      key,
      method: 'PATCH',
      body: { version: 1, name: 'taken' },
    });
    expect([taken.status, taken.body.code]).toEqual([403, 'forbidden']);
  });
});
