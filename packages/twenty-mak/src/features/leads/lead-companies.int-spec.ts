import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { enter, entered, member, setRules } from '../../../test/support/leads.ts';
import type { LeadBody } from '../../../test/support/leads.ts';
import { Database } from '../../platform/database/index.ts';
import { LeadSales } from './index.ts';

/* What a company may do to leads that others count on, and what it may learn of leads that are not its own. */

let mak: TestApp;
let tenant: TestTenant;
let partner: { id: string; token: string };
let taker: { id: string; token: string };
let office: string;
let number = 0;

beforeAll(async () => {
  mak = await startApp({ env: { MAK_RATE_PER_PERSON: '100000' } });
});
beforeEach(async () => {
  tenant = await mak.createTenant();
  office = tenant.apiKey;
  partner = await member(mak, tenant, 'partner', 'brings');
  taker = await member(mak, tenant, 'franchisee', 'takes');
});
afterAll(() => mak.close());

interface Refused {
  readonly code: string;
  readonly field?: string;
}

const nextPhone = (): string => `+38050${String((number += 1)).padStart(7, '0')}`;
const consent = { answer: 'given', evidence: 'form' };
const read = async (id: string, key: string): Promise<LeadBody & { changeable: boolean }> =>
  (await mak.call<LeadBody & { changeable: boolean }>(`/v1/leads/${id}`, { key })).body;
const edit = (id: string, version: number, fields: object, key = partner.token) =>
  mak.call<LeadBody & Refused>(`/v1/leads/${id}`, {
    key,
    method: 'PATCH',
    body: { version, ...fields },
  });

/** A lead of the partner that was given to the franchisee, as unsold ones are. */
async function assigned(phone = nextPhone()): Promise<LeadBody> {
  const { id } = await entered(mak, partner.token, { name: 'Given', phones: [phone], consent });
  const sales = mak.app.get(LeadSales);
  await mak.app.get(Database).within({ tenantId: tenant.id }, async (tx) => {
    const common = { leadIds: [id], mover: 'auction', at: Date.now() } as const;
    await sales.move(tx, tenant.id, { ...common, kind: 'auction' });
    await sales.move(tx, tenant.id, { ...common, kind: 'unsold' });
    await sales.assign(tx, tenant.id, [id], taker.id, Date.now());
  });
  return read(id, office);
}

describe('a lead that was given to another company', () => {
  it('is no longer the partner’s to change in any way, and the company’s in every way', async () => {
    const lead = await assigned();
    expect(lead).toMatchObject({ kind: 'working', buyer_id: taker.id, partner_id: partner.id });
    expect(await read(lead.id, partner.token)).toMatchObject({
      kind: 'working',
      buyer_id: null,
      changeable: false,
      possible_statuses: [],
    });
    const { version } = lead;
    for (const [path, method, body] of [
      [`/v1/leads/${lead.id}`, 'PATCH', { version, name: 'Mine' }],
      [`/v1/leads/${lead.id}`, 'PATCH', { version, amount: 1, currency: 'EUR' }],
      [`/v1/leads/${lead.id}/move`, 'POST', { version, status: 'rejected', reason: 'Mine' }],
      [`/v1/leads/${lead.id}/comments`, 'POST', { text: 'I was here' }],
      [`/v1/leads/${lead.id}/consents`, 'POST', { answer: 'withdrawn', evidence: 'x' }],
    ] as const) {
      const answer = await mak.call<Refused>(path, { key: partner.token, method, body });
      expect({ path, status: answer.status, code: answer.body.code }).toEqual({
        path,
        status: 403,
        code: 'forbidden',
      });
    }
    expect(await read(lead.id, office)).toEqual(lead);
    const comments = await mak.database.query('SELECT 1 FROM lead_comment WHERE lead_id = $1', [
      lead.id,
    ]);
    expect(comments).toEqual([]);
    expect((await read(lead.id, taker.token)).changeable).toBe(true);
    expect((await edit(lead.id, version, { name: 'Known better' }, taker.token)).status).toBe(200);
  });

  it('takes in no lead that is entered, and is the one that stays when two are merged', async () => {
    const phone = nextPhone();
    const lead = await assigned(phone);
    await setRules(mak, office, { certain: 'merge' });
    const again = await enter(mak, partner.token, { name: 'Again', phones: [phone] });
    expect(again.body).toMatchObject({ result: 'created', exists: true });
    expect(await read(lead.id, office)).toMatchObject({ version: lead.version });
    const other = again.body.lead;
    const merged = await mak.call<{ survivor_id: string }>('/v1/leads/merge', {
      key: office,
      body: {
        leads: [
          { id: other?.id, version: other?.version },
          { id: lead.id, version: lead.version },
        ],
      },
    });
    expect(merged.body.survivor_id).toBe(lead.id);
    expect(await read(lead.id, office)).toMatchObject({ buyer_id: taker.id, kind: 'working' });
  });
});

describe('the partner and the source of a lead that is there', () => {
  interface Line {
    readonly kind: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly actor_id: string;
  }
  const figures = async (key: string): Promise<number> =>
    (await mak.call<{ leads: { total: number } }>('/v1/cabinet', { key })).body.leads.total;
  const history = async (id: string, key: string): Promise<readonly Line[]> =>
    (await mak.call<{ items: Line[] }>(`/v1/leads/${id}/history`, { key })).body.items;

  it('are corrected by the office, and the cabinets go with them', async () => {
    const second = await member(mak, tenant, 'partner', 'second');
    const colleague = await member(mak, tenant, 'employee', 'colleague');
    const { id } = await entered(mak, partner.token, {
      name: 'Mine',
      phones: [nextPhone()],
      consent,
    });
    expect([await figures(partner.token), await figures(second.token)]).toEqual([1, 0]);
    const change = { partner_id: second.id, source: 'external' };
    const edited = await edit(id, 1, change, colleague.token);
    expect(edited).toMatchObject({ status: 200, body: { ...change, version: 2, kind: 'new' } });
    expect([await figures(partner.token), await figures(second.token)]).toEqual([0, 1]);
    expect((await mak.call(`/v1/leads/${id}`, { key: partner.token })).status).toBe(404);
    expect(await read(id, second.token)).toMatchObject({
      partner_id: second.id,
      changeable: true,
      contact: { state: 'open', name: 'Mine' },
    });
    const lines = (await history(id, office)).filter(({ kind }) => kind !== 'status');
    const moved = [
      { kind: 'partner', from: partner.id, to: second.id, actor_id: colleague.id },
      { kind: 'source', from: 'partner', to: 'external', actor_id: colleague.id },
    ];
    expect(lines.filter(({ kind }) => kind !== 'consent')).toHaveLength(moved.length);
    expect(lines).toEqual(
      expect.arrayContaining(moved.map((line) => expect.objectContaining(line))),
    );
    // Who had it before is nothing to the one who has it now.
    expect(JSON.stringify(await history(id, second.token))).not.toContain(partner.id);
    const told = await mak.database.query(
      "SELECT deal_version AS version, data FROM outbox WHERE deal_id = $1 AND type = 'lead.origin.changed'",
      [id],
    );
    expect(told).toEqual([
      {
        version: 2,
        data: {
          from_source: 'partner',
          source: 'external',
          from_partner_id: partner.id,
          partner_id: second.id,
        },
      },
    ]);
    const gone = await edit(id, 2, { partner_id: null }, office);
    expect(gone.body).toMatchObject({ partner_id: null, source: 'external', version: 3 });
    expect((await mak.call(`/v1/leads/${id}`, { key: second.token })).status).toBe(404);
  });

  it('are words of the office, of companies that are there, and of people who agree', async () => {
    const stranger = await member(mak, await mak.createTenant(), 'partner', 'stranger');
    const blocked = await member(mak, tenant, 'partner', 'blocked');
    await mak.call(`/v1/accounts/${blocked.id}`, {
      key: office,
      method: 'PATCH',
      body: { version: 2, status: 'deactivated' },
    });
    const lead = await entered(mak, partner.token, { name: 'Mine', phones: [nextPhone()] });
    for (const [change, key, status, code] of [
      [{ source: 'external' }, partner.token, 403, 'forbidden'],
      [{ partner_id: taker.id }, partner.token, 403, 'forbidden'],
      [{ partner_id: stranger.id }, office, 422, 'unknown_partner'],
      [{ partner_id: blocked.id }, office, 422, 'unknown_partner'],
      [{ partner_id: '01a1fe4c-9969-736e-b48e-41142356aa59' }, office, 422, 'unknown_partner'],
      [{ source: 'nowhere' }, office, 422, 'unknown_source'],
      [{ source: null }, office, 422, 'invalid_request'],
      [{ partner_id: taker.id }, office, 422, 'consent_missing'],
    ] as const) {
      const answer = await edit(lead.id, 1, change, key);
      expect({ change, status: answer.status, code: answer.body.code }).toEqual({
        change,
        status,
        code,
      });
    }
    expect(await read(lead.id, office)).toMatchObject({ partner_id: partner.id, version: 1 });
    // The one that it has is nobody new, whatever the person has said.
    const same = { partner_id: partner.id, source: 'partner' };
    expect((await edit(lead.id, 1, same, office)).status).toBe(200);
    expect((await history(lead.id, office)).map(({ kind }) => kind)).toEqual(['status']);
  });

  it('stay as the lot says, until the lead comes back', async () => {
    const { id } = await entered(mak, partner.token, {
      name: 'Lot',
      phones: [nextPhone()],
      consent,
    });
    const sales = mak.app.get(LeadSales);
    const move = (kind: 'auction' | 'sold' | 'returned', buyerId?: string) =>
      mak.app.get(Database).within({ tenantId: tenant.id }, (tx) =>
        sales.move(tx, tenant.id, {
          leadIds: [id],
          kind,
          mover: kind === 'returned' ? 'return' : 'auction',
          at: Date.now(),
          ...(buyerId === undefined ? {} : { buyerId }),
        }),
      );
    for (const [kind, buyerId] of [
      ['auction', undefined],
      ['sold', taker.id],
    ] as const) {
      expect(await move(kind, buyerId)).toMatchObject({ ok: true });
      const { version } = await read(id, office);
      for (const change of [{ source: 'external' }, { partner_id: null }])
        expect(await edit(id, version, change, office)).toMatchObject({
          status: 422,
          body: { code: 'origin_bound' },
        });
      expect(await read(id, office)).toMatchObject({ partner_id: partner.id, version });
    }
    await move('returned');
    const { version } = await read(id, office);
    expect((await edit(id, version, { partner_id: null }, office)).status).toBe(200);
  });

  it('are corrected over GraphQL as over REST', async () => {
    const { id } = await entered(mak, office, { name: 'Asked', phones: [nextPhone()], consent });
    const { body } = await mak.call<{ data: { editLead: object } }>('/graphql', {
      key: office,
      body: {
        query: `mutation ($id: ID!, $input: EditLeadInput!) {
          editLead(id: $id, input: $input) { source partnerId history { kind from to } }
        }`,
        variables: { id, input: { version: 1, partnerId: partner.id, source: 'partner' } },
      },
    });
    expect(body.data.editLead).toMatchObject({ source: 'partner', partnerId: partner.id });
    expect(body.data.editLead).toHaveProperty(
      'history',
      expect.arrayContaining([
        { kind: 'partner', from: null, to: partner.id },
        { kind: 'source', from: 'external', to: 'partner' },
      ]),
    );
  });
});

describe('a company that edits its lead', () => {
  const notices = (account: string) =>
    mak.database.query<{ data: object }>(
      "SELECT data FROM notification WHERE account_id = $1 AND kind = 'lead.duplicate'",
      [account],
    );

  it('is told nothing of leads that are not its own; the responsible person is', async () => {
    const colleague = await member(mak, tenant, 'employee', 'colleague');
    const known = await entered(mak, office, {
      name: 'Known',
      phones: [nextPhone()],
      responsible_id: colleague.id,
    });
    const { phones } = (await read(known.id, office)).contact;
    const own = await entered(mak, partner.token, { name: 'Own', phones: [nextPhone()] });
    await setRules(mak, office, { certain: 'block' });
    const probe = await edit(own.id, 1, { phones });
    const nobody = await edit(own.id, 2, { phones: [nextPhone()] });
    const shown = ({ status, body }: typeof probe) => ({
      status,
      members: Object.keys(body).toSorted(),
      duplicate: body.duplicate,
      version: body.version,
    });
    expect(probe.status).toBe(200);
    expect(shown(probe)).toEqual({ ...shown(nobody), version: 2 });
    expect(await notices(colleague.id)).toEqual([{ data: { lead_ids: [known.id], count: 1 } }]);
    const pairs = await mak.call<{ items: object[] }>(`/v1/leads/duplicates?lead=${known.id}`, {
      key: office,
    });
    expect(pairs.body.items).toHaveLength(1);
    // The office may know, and is refused as the tenant wishes.
    expect((await edit(known.id, 1, { phones: ['+380509999999'] }, office)).status).toBe(200);
    const third = await entered(mak, office, { name: 'Third', phones: [nextPhone()] });
    const refused = await edit(third.id, 1, { phones: ['+380509999999'] }, office);
    expect(refused).toMatchObject({ status: 409, body: { code: 'lead_exists' } });
  });

  it('is refused the number of another lead of its own where the tenant blocks', async () => {
    const phone = nextPhone();
    await entered(mak, partner.token, { name: 'First', phones: [phone] });
    const second = await entered(mak, partner.token, { name: 'Second', phones: [nextPhone()] });
    await setRules(mak, office, { certain: 'block' });
    const refused = await edit(second.id, 1, { phones: [phone] });
    expect(refused).toMatchObject({ status: 409, body: { code: 'lead_exists' } });
  });

  it('may not have contacts compared on and on', async () => {
    const lead = await entered(mak, partner.token, { name: 'Own', phones: [nextPhone()] });
    const statuses: number[] = [];
    for (let version = 1; version <= 62; version += 1)
      statuses.push((await edit(lead.id, version, { phones: [nextPhone()] })).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(59);
    expect(statuses.at(-1)).toBe(429);
    const { version } = await read(lead.id, partner.token);
    expect((await edit(lead.id, version, { amount: 5, currency: 'EUR' })).status).toBe(200);
  });
});

describe('a company that filters its leads', () => {
  it('asks for nothing that it does not see', async () => {
    const phone = nextPhone();
    await entered(mak, office, { name: 'Other', phones: [phone] });
    const own = await entered(mak, partner.token, { name: 'Own', phones: [phone] });
    const list = (query: string, key = partner.token) =>
      mak.call<{ items: LeadBody[] } & Refused>(`/v1/leads?${query}`, { key });
    const filter = (one: object) => `filter=${encodeURIComponent(JSON.stringify(one))}`;
    const hidden = [
      'duplicate=true',
      'duplicate=false',
      `buyer=${taker.id}`,
      `partner=${taker.id}`,
      filter({ field: 'duplicate', is: [true] }),
      filter({ not: { all: [{ field: 'partner_id', is: [taker.id] }] } }),
    ];
    for (const query of hidden) {
      const { status, body } = await list(query);
      expect({ query, status, code: body.code }).toEqual({
        query,
        status: 422,
        code: 'field_not_allowed',
      });
      expect((await list(query, office)).status).toBe(200);
    }
    expect((await list(`partner=${partner.id}`)).body.items.map(({ id }) => id)).toEqual([own.id]);
    const ask = (operation: string) =>
      mak.call<{ errors?: { extensions: { code: string } }[] }>('/graphql', {
        key: partner.token,
        body: { query: operation },
      });
    const { body } = await ask('{ leads(duplicate: true) { items { id } } }');
    expect(body.errors?.[0]?.extensions.code).toBe('field_not_allowed');
    const saved = await mak.call<Refused>('/v1/leads/segments', {
      key: partner.token,
      body: { name: 'Twice', filter: { field: 'duplicate', is: [true] }, shared: false },
    });
    expect(saved).toMatchObject({ status: 422, body: { code: 'field_not_allowed' } });
    const exported = await mak.call<Refused>('/v1/leads/export?duplicate=true', {
      key: partner.token,
    });
    expect(exported).toMatchObject({ status: 422, body: { code: 'field_not_allowed' } });
  });
});

describe('the last status of a lead', () => {
  it.each([0, -3_600_000])(
    'is that of the last move when the clock goes by %i ms',
    async (step) => {
      const begin = Date.UTC(2026, 2, 2, 9);
      const freeze = (at: number) =>
        mak.database.query('UPDATE tenant SET clock_frozen_at = $2 WHERE id = $1', [
          tenant.id,
          new Date(at),
        ]);
      await freeze(begin);
      const lead = await entered(mak, office, { name: 'Moved', phones: [nextPhone()] });
      const way = ['in_work', 'rejected', 'new', 'in_work'];
      for (const [index, status] of way.entries()) {
        await freeze(begin + (index + 1) * step);
        const { version } = await read(lead.id, office);
        const moved = await mak.call<LeadBody>(`/v1/leads/${lead.id}/move`, {
          key: office,
          body: { version, status, reason: 'Because' },
        });
        expect(moved, JSON.stringify(moved.body)).toMatchObject({ status: 200, body: { status } });
      }
      const history = await mak.database.query(
        'SELECT number, from_status, to_status FROM lead_status_change WHERE of_lead = $1 ORDER BY number',
        [lead.id],
      );
      expect(history).toEqual(
        ['new', ...way].map((to_status, index) => ({
          number: index + 1,
          from_status: index === 0 ? null : (['new', ...way][index - 1] ?? null),
          to_status,
        })),
      );
      expect((await read(lead.id, office)).possible_statuses).not.toContain('in_work');
    },
  );
});
