import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { enter, entered, keyWith, member, setRules } from '../../../test/support/leads.ts';
import type { LeadBody } from '../../../test/support/leads.ts';
import { LeadComparison } from './lead-comparison.service.ts';

let mak: TestApp;
let tenant: TestTenant;
let office: string;

beforeAll(async () => {
  mak = await startApp();
});
beforeEach(async () => {
  tenant = await mak.createTenant();
  office = tenant.apiKey;
});
afterAll(() => mak.close());

const PHONE = '+380671234567';
const read = async (id: string): Promise<LeadBody> =>
  (await mak.call<LeadBody>(`/v1/leads/${id}`, { key: office })).body;
const countLeads = async (): Promise<number> => {
  const [row] = await mak.database.query<{ leads: string }>(
    'SELECT count(*) AS leads FROM lead WHERE tenant_id = $1 AND merged_into IS NULL',
    [tenant.id],
  );
  return Number(row?.leads);
};
const notices = async (account: string): Promise<{ lead_ids: string[] }[]> =>
  (
    await mak.database.query<{ data: { lead_ids: string[] } }>(
      "SELECT data FROM notification WHERE account_id = $1 AND kind = 'lead.duplicate' ORDER BY id",
      [account],
    )
  ).map(({ data }) => data);
const audits = async (action: string): Promise<object[]> =>
  mak.database.query('SELECT detail FROM audit_entry WHERE tenant_id = $1 AND action = $2', [
    tenant.id,
    action,
  ]);
/** Compares names as the worker does. */
const compareNames = async (): Promise<void> => {
  while (await mak.app.get(LeadComparison).step(tenant.id));
};

describe('the same number or address', () => {
  it('is told of, and of whom: to the one who enters it and to the responsible person', async () => {
    const colleague = await member(mak, tenant, 'employee', 'colleague');
    const first = await entered(mak, office, { phones: [PHONE], responsible_id: colleague.id });
    const second = await enter(mak, office, { name: 'Again', phones: ['067 123 45 67'] });
    expect(second.body).toMatchObject({
      result: 'created',
      exists: true,
      matches: [{ lead_id: first.id, by: 'phone', score: 1_000 }],
    });
    expect(second.body.lead?.duplicate).toBe(true);
    expect((await read(first.id)).duplicate).toBe(true);
    expect(await notices(colleague.id)).toEqual([{ lead_ids: [first.id], count: 1 }]);
    const { body } = await mak.call<{ items: object[] }>('/v1/leads/duplicates', { key: office });
    expect(body.items).toMatchObject([{ by: 'phone', score: 1_000, decision: null }]);
  });

  it('is refused where the tenant blocks, and those who are responsible hear of it all the same', async () => {
    const colleague = await member(mak, tenant, 'employee', 'colleague');
    const first = await entered(mak, office, { phones: [PHONE], responsible_id: colleague.id });
    await setRules(mak, office, { certain: 'block' });
    for (const headers of [{}, { 'idempotency-key': crypto.randomUUID() }]) {
      const answer = await enter(mak, office, { phones: [PHONE] }, headers);
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({
        code: 'lead_exists',
        matches: [{ lead_id: first.id, by: 'phone' }],
      });
    }
    expect(await countLeads()).toBe(1);
    expect(await notices(colleague.id)).toHaveLength(2);
  });

  it('is merged where the tenant merges: one lead that knows what both knew', async () => {
    await setRules(mak, office, { certain: 'merge' });
    const first = await entered(mak, office, {
      name: 'Anna',
      phones: [PHONE],
      amount: 5,
      currency: 'UAH',
    });
    const second = await enter(mak, office, {
      phones: [PHONE, '+380501112233'],
      emails: ['anna@example.com'],
      city: 'Lviv',
      comment: 'second call',
      external_ref: { system: 'ads', id: '7' },
      consent: { answer: 'given', evidence: 'form' },
    });
    expect(second.body).toMatchObject({ result: 'merged', exists: true });
    expect(second.body.lead?.id).toBe(first.id);
    expect(await countLeads()).toBe(1);
    const lead = await read(first.id);
    expect(lead).toMatchObject({
      amount: 5,
      city: 'lviv',
      consent: 'given',
      version: 2,
      external_refs: [{ system: 'ads', id: '7' }],
      contact: { name: 'Anna', emails: ['anna@example.com'] },
    });
    expect([...lead.contact.phones].toSorted()).toEqual(['+380501112233', PHONE]);
    expect(lead.absorbed).toHaveLength(1);
    const third = await enter(mak, office, { emails: ['ANNA@example.com'] });
    expect(third.body.lead?.id).toBe(first.id);
    const repeated = await enter(mak, office, {
      name: 'Whoever',
      external_ref: { system: 'ads', id: '7' },
    });
    expect(repeated.body).toMatchObject({ result: 'known', lead: { id: first.id } });
  });

  it.each(['block', 'merge'])(
    'entered by twenty at once is one lead where the tenant chose %s',
    async (certain) => {
      await setRules(mak, office, { certain });
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          enter(mak, office, { name: `Name ${index}`, phones: [PHONE] }),
        ),
      );
      const created = answers.filter(({ body }) => body.result === 'created');
      expect(created).toHaveLength(1);
      expect(new Set(answers.map(({ status }) => status))).toEqual(
        new Set(certain === 'block' ? [201, 409] : [201]),
      );
      expect(await countLeads()).toBe(1);
    },
  );

  it('entered by twenty at once is twenty leads that all know of each other where the tenant only warns', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        enter(mak, office, { name: `Name ${index}`, phones: [PHONE] }),
      ),
    );
    const [row] = await mak.database.query<{ pairs: string }>(
      'SELECT count(*) AS pairs FROM lead_duplicate WHERE tenant_id = $1',
      [tenant.id],
    );
    expect(Number(row?.pairs)).toBe((20 * 19) / 2);
  });

  it('is noticed when a lead gets it by an edit', async () => {
    const first = await entered(mak, office, { phones: [PHONE] });
    const second = await entered(mak, office, { name: 'Other' });
    const edit = (version: number) =>
      mak.call<LeadBody & { code: string }>(`/v1/leads/${second.id}`, {
        key: office,
        method: 'PATCH',
        body: { version, phones: [PHONE] },
      });
    await setRules(mak, office, { certain: 'block' });
    expect((await edit(1)).body.code).toBe('lead_exists');
    await setRules(mak, office, { certain: 'warn' });
    expect((await edit(1)).body.duplicate).toBe(true);
    expect((await read(first.id)).duplicate).toBe(true);
  });

  it('comes once of a request that is sent again with its key', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const body = { name: 'Once', phones: [PHONE] };
    const [one, two] = [
      await enter(mak, office, body, headers),
      await enter(mak, office, body, headers),
    ];
    expect(two.body).toEqual(one.body);
    expect(await countLeads()).toBe(1);
  });
});

describe('somebody outside', () => {
  it('learns only that the lead exists, whatever it was found by, and it is audited', async () => {
    const partner = await member(mak, tenant, 'partner', 'asks');
    const known = await entered(mak, office, {
      name: 'Оксана Бондаренко',
      phones: [PHONE],
      emails: ['oksana@example.com'],
      city: 'kyiv',
    });
    await compareNames();
    const ask = (body: object, key = partner.token) =>
      mak.call<object>('/v1/leads/check', { key, body });
    for (const body of [
      { phones: [PHONE] },
      { emails: ['OKSANA@example.com'] },
      { name: 'Oksana Bondarenko', city: 'Київ' },
    ]) {
      expect((await ask(body)).body).toEqual({ exists: true });
      expect((await ask(body, office)).body).toMatchObject({ matches: [{ lead_id: known.id }] });
    }
    expect((await ask({ phones: ['+380509999999'] })).body).toEqual({ exists: false });
    const created = await enter(mak, partner.token, { phones: [PHONE] });
    expect(Object.keys(created.body).toSorted()).toEqual(['exists', 'lead', 'result']);
    expect(created.body).toMatchObject({ result: 'created', exists: true });
    expect(created.body.lead?.duplicate).toBe(false);
    expect(await audits('lead.existence_told')).toHaveLength(5);
  });

  it('changes no lead of others where the tenant merges, and is told nothing of it, nor of the one that blocks', async () => {
    const partner = await member(mak, tenant, 'partner', 'merges');
    const known = await entered(mak, office, { name: 'Hidden Name', phones: [PHONE] });
    const before = await read(known.id);
    await setRules(mak, office, { certain: 'merge' });
    const own = await enter(mak, partner.token, { name: 'Mine', phones: [PHONE] });
    expect(own.body).toMatchObject({ result: 'created', exists: true, lead: { version: 1 } });
    expect(JSON.stringify(own.body)).not.toContain(known.id);
    expect(await read(known.id)).toEqual({ ...before, duplicate: true });
    const pairs = await mak.call<{ items: object[] }>(`/v1/leads/duplicates?lead=${known.id}`, {
      key: office,
    });
    expect(pairs.body.items).toMatchObject([{ by: 'phone', decision: null }]);
    // Its own lead knows more by what it enters again.
    const again = await enter(mak, partner.token, { phones: [PHONE], city: 'Lviv' });
    expect(again.body).toMatchObject({
      ...{ result: 'merged', exists: true },
      lead: { id: own.body.lead?.id, city: 'lviv', version: 2 },
    });
    expect(await read(known.id)).toEqual({ ...before, duplicate: true });
    await setRules(mak, office, { certain: 'block' });
    const blocked = await enter(mak, partner.token, { phones: [PHONE] });
    expect(blocked.status).toBe(409);
    expect(JSON.stringify(blocked.body)).not.toContain(known.id);
    expect(JSON.stringify(blocked.body)).not.toContain('matches');
  });

  it('may not ask on and on', async () => {
    const partner = await member(mak, tenant, 'partner', 'probes');
    const ask = (index: number) =>
      mak.call<{ code: string }>('/v1/leads/check', {
        key: partner.token,
        body: { phones: [`+38067${String(index).padStart(7, '0')}`] },
      });
    const answers = await Promise.all(Array.from({ length: 80 }, (_, index) => ask(index)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(19);
    expect((await enter(mak, partner.token, { phones: [PHONE] })).status).toBe(429);
    expect(await audits('lead.existence_told')).toHaveLength(80 - refused.length);
  });
});

describe('a similar name in the same city', () => {
  it('is found at once, and by the job when leads come at the same time or in a file', async () => {
    const colleague = await member(mak, tenant, 'employee', 'colleague');
    const old = await entered(mak, office, {
      name: 'Шевченко Тарас Григорьевич',
      city: 'Киев',
      responsible_id: colleague.id,
    });
    await compareNames();
    const near = await enter(mak, office, { name: 'Taras Shevchenko', city: 'Kyiv' });
    expect(near.body.matches).toMatchObject([{ lead_id: old.id, by: 'name' }]);
    const far = await enter(mak, office, { name: 'Taras Shevchenko', city: 'Lviv' });
    expect(far.body).toMatchObject({ exists: false, matches: [] });
    const leads = [{ name: 'Shevchenko Taras', city: 'Kyiv' }].concat(
      Array.from({ length: 30 }, (_, index) => ({ name: `Somebody ${index}`, city: 'Kyiv' })),
    );
    const { body } = await mak.call<{ results: { lead_id: string; exists: boolean }[] }>(
      '/v1/leads/intake',
      { key: office, body: { leads } },
    );
    expect(body.results[0]?.exists).toBe(false);
    await compareNames();
    const pairs = await mak.call<{ items: { lead_id: string; other_id: string }[] }>(
      `/v1/leads/duplicates?lead=${body.results[0]?.lead_id}`,
      { key: office },
    );
    const others = pairs.body.items.flatMap(({ lead_id, other_id }) => [lead_id, other_id]);
    expect(others).toContain(old.id);
    expect((await notices(colleague.id)).length).toBeGreaterThanOrEqual(2);
    const again = await mak.app.get(LeadComparison).step(tenant.id);
    expect(again).toBe(false);
  });

  it('is refused where the tenant blocks it, and no matter where it ignores it', async () => {
    await entered(mak, office, { name: 'Леся Украинка', city: 'Lviv' });
    await compareNames();
    await setRules(mak, office, { likely: 'block' });
    const blocked = await enter(mak, office, { name: 'Lesya Ukrainka', city: 'Львів' });
    expect(blocked.body.code).toBe('lead_exists');
    await setRules(mak, office, { likely: 'ignore' });
    const ignored = await enter(mak, office, { name: 'Lesya Ukrainka', city: 'Львів' });
    expect(ignored.body).toMatchObject({ result: 'created', exists: false });
  });

  it('is kept apart when somebody says so, and nobody is asked again', async () => {
    const one = await entered(mak, office, { name: 'Иван Франко', city: 'Lviv' });
    await compareNames();
    const two = await entered(mak, office, { name: 'Ivan Franko', city: 'Lviv' });
    const apart = await mak.call<{ decision: string }>('/v1/leads/duplicates/decide', {
      key: office,
      body: { lead_id: two.id, other_id: one.id, decision: 'different' },
    });
    expect(apart.body.decision).toBe('different');
    await compareNames();
    expect((await read(one.id)).duplicate).toBe(false);
    const { body } = await mak.call<{ items: object[] }>('/v1/leads/duplicates', { key: office });
    expect(body.items).toEqual([]);
  });

  it('lets a city be listed later, and finds the leads that wait for it', async () => {
    const lead = await entered(mak, office, { name: 'x', city: 'Бровари' });
    expect(lead.city).toBeNull();
    await compareNames();
    const { body } = await mak.call<{ cities: object[] }>('/v1/leads/settings', { key: office });
    await setRules(mak, office, { cities: [...body.cities, { key: 'brovary', title: 'Brovary' }] });
    await compareNames();
    expect((await read(lead.id)).city).toBe('brovary');
  });
});

describe('merging by a person', () => {
  const merge = (leads: readonly { id: string; version: number }[], dry = false, key = office) =>
    mak.call<{
      code: string;
      survivor_id: string;
      absorbed_id: string;
      done: boolean;
      preview: { phones: string[]; name: string } | null;
    }>('/v1/leads/merge', {
      key,
      body: { leads: leads.map(({ id, version }) => ({ id, version })), dry },
    });

  it('looks first, and then keeps what both knew, under one lead', async () => {
    const one = await entered(mak, office, {
      name: 'One',
      phones: [PHONE],
      comment: 'from one',
      external_ref: { system: 'a', id: '1' },
    });
    const two = await entered(mak, office, {
      phones: ['+380501112233'],
      emails: ['two@example.com'],
      comment: 'from two',
      external_ref: { system: 'b', id: '2' },
    });
    const looked = await merge([two, one], true);
    expect(looked.body).toMatchObject({
      survivor_id: one.id,
      absorbed_id: two.id,
      done: false,
      preview: { name: 'One' },
    });
    expect(await countLeads()).toBe(2);
    const done = await merge([two, one]);
    expect(done.body).toMatchObject({ survivor_id: one.id, done: true });
    const lead = await read(one.id);
    expect(lead.external_refs).toHaveLength(2);
    expect(lead.contact.emails).toEqual(['two@example.com']);
    expect(lead.contact.phones).toHaveLength(2);
    expect(lead.absorbed).toEqual([two.id]);
    expect((await read(two.id)).id).toBe(one.id);
    const history = await mak.call<{ items: { text: string; kind: string }[] }>(
      `/v1/leads/${two.id}/history`,
      { key: office },
    );
    expect(history.body.items.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['from one', 'from two']),
    );
    expect(history.body.items.filter(({ kind }) => kind === 'status')).toHaveLength(2);
    const known = await enter(mak, office, { name: 'x', external_ref: { system: 'b', id: '2' } });
    expect(known.body).toMatchObject({ result: 'known', lead: { id: one.id } });
    const found = await mak.call<{ items: LeadBody[] }>(
      `/v1/leads?text=${encodeURIComponent('+380501112233')}`,
      { key: office },
    );
    expect(found.body.items.map(({ id }) => id)).toEqual([one.id]);
  });

  it('is refused on another version, of one lead, and of two that others count on', async () => {
    const [one, two] = [
      await entered(mak, office, { name: 'One' }),
      await entered(mak, office, { name: 'Two' }),
    ];
    expect((await merge([one, { ...two, version: 9 }])).body.code).toBe('stale_version');
    expect((await merge([one, one])).body.code).toBe('merge_with_itself');
    await mak.database.query("UPDATE lead SET kind = 'sold' WHERE tenant_id = $1", [tenant.id]);
    await mak.database.query("UPDATE lead_status_change SET kind = 'sold' WHERE tenant_id = $1", [
      tenant.id,
    ]);
    expect((await merge([one, two])).body.code).toBe('both_bound');
    const weak = await keyWith(mak, tenant, ['leads:read', 'leads:write']);
    expect((await merge([one, two], true, weak)).status).toBe(403);
    const blind = await keyWith(mak, tenant, ['leads:read', 'leads:manage']);
    await mak.database.query("UPDATE lead_status_change SET kind = 'new' WHERE tenant_id = $1", [
      tenant.id,
    ]);
    expect((await merge([one, two], true, blind)).body.preview).toBeNull();
  });

  it('passes the pairs of the one that goes on to the one that stays', async () => {
    const leads = [];
    for (const name of ['A', 'B', 'C'])
      leads.push(await entered(mak, office, { name, phones: [PHONE] }));
    const [one, two, three] = leads as [LeadBody, LeadBody, LeadBody];
    await merge([one, two]);
    const { body } = await mak.call<{ items: { lead_id: string; other_id: string }[] }>(
      '/v1/leads/duplicates',
      { key: office },
    );
    expect(body.items.map(({ lead_id, other_id }) => [lead_id, other_id].toSorted())).toEqual([
      [one.id, three.id].toSorted(),
    ]);
    const survivor = await read(one.id);
    await merge([survivor, await read(three.id)]);
    expect((await read(one.id)).duplicate).toBe(false);
  });
});

describe('erasing a person', () => {
  it('leaves of its leads nothing that says who it was', async () => {
    const lead = await entered(mak, office, {
      name: 'Forget Me',
      phones: [PHONE],
      emails: ['forget@example.com'],
      city: 'Kyiv',
      title: 'Forget deal',
      comment: 'Forget called',
      attributes: { note: 'Forget note' },
      consent: { answer: 'given', evidence: 'letter of Forget' },
    });
    const other = await entered(mak, office, { name: 'Keep Me', phones: [PHONE] });
    await compareNames();
    await mak.call(`/v1/leads/${lead.id}/move`, {
      key: office,
      body: { status: 'rejected', reason: 'Forget said no', version: 1 },
    });
    await mak.call('/v1/persons/erase', { key: office, body: { email: 'forget@example.com' } });
    const after = await read(lead.id);
    expect(after).toMatchObject({
      kind: 'rejected',
      city: 'kyiv',
      consent: 'withdrawn',
      duplicate: false,
      contact: { state: 'erased', name: null, phones: [] },
    });
    for (const table of [
      'lead',
      'lead_contact',
      'lead_comment',
      'lead_consent',
      'lead_status_change',
      'audit_entry',
      'outbox',
      'notification',
    ]) {
      const rows = await mak.database.query(
        `SELECT to_jsonb(t)::text AS row FROM ${table} t WHERE tenant_id = $1`,
        [tenant.id],
      );
      expect(JSON.stringify(rows), table).not.toMatch(/forget/i);
    }
    expect((await read(other.id)).contact).toMatchObject({ state: 'open', name: 'Keep Me' });
    const edit = await mak.call<{ code: string }>(`/v1/leads/${lead.id}`, {
      key: office,
      method: 'PATCH',
      body: { version: after.version, name: 'New' },
    });
    expect(edit.body.code).toBe('lead_erased');
    const moved = await mak.call(`/v1/leads/${lead.id}/move`, {
      key: office,
      body: { status: 'new', version: after.version },
    });
    expect(moved.status).toBe(200);
    const again = await enter(mak, office, { emails: ['forget@example.com'] });
    expect(again.body).toMatchObject({ exists: false });
  });
});
