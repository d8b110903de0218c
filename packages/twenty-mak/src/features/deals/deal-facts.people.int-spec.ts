import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { keyWith, member } from '../../../test/support/leads.ts';

interface Answer {
  readonly id: string;
  readonly stage: string;
  readonly version: number;
  readonly code?: string;
  readonly field?: string;
}
interface Told {
  readonly event_id: string;
  readonly source: string;
  readonly type: string;
  readonly occurred_at: string;
  readonly data: Record<string, unknown>;
}

const BRIEF = { type: 'crm.brief.submitted' };

let mak: TestApp;
let tenant: TestTenant;
let buyer: { id: string; token: string };
let rival: { id: string; token: string };

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant({ pipelines: ['adtech'] });
  buyer = await member(mak, tenant, 'franchisee', 'buyer');
  rival = await member(mak, tenant, 'franchisee', 'rival');
});
afterAll(() => mak?.close());

async function dealOf(owner: string): Promise<string> {
  const { body } = await mak.call<Answer>('/v1/deals', {
    key: tenant.apiKey,
    body: { name: 'A deal', owner_id: owner },
  });
  return body.id;
}

const record = (id: string, fact: object, key = buyer.token) =>
  mak.call<Answer>(`/v1/deals/${id}/facts`, { key, body: fact });

async function told(id: string): Promise<readonly Told[]> {
  const { body } = await mak.call<{ items: readonly Told[] }>(`/v1/deals/${id}/events`, {
    key: tenant.apiKey,
  });
  return body.items.filter(({ type }) => type !== 'deal.created');
}

/** The answer, and that nothing was recorded. */
async function refused(id: string, fact: object, key = buyer.token) {
  const before = await told(id);
  const { status, body } = await record(id, fact, key);
  expect(await told(id)).toEqual(before);
  return { status, code: body.code };
}

describe('a franchisee', () => {
  it('records a fact of its own deal, which moves it; the person is the source', async () => {
    const id = await dealOf(buyer.id);
    const answer = await record(id, { ...BRIEF, comment: 'By mail' });
    expect(answer).toMatchObject({ status: 201, body: { id, stage: 'briefed' } });
    const [event] = await told(id);
    expect(event).toMatchObject({
      type: BRIEF.type,
      source: 'mak',
      data: { comment: 'By mail', by: `account:${buyer.id}` },
    });
    expect(Math.abs(Date.parse(event?.occurred_at ?? '') - Date.now())).toBeLessThan(60_000);
    const audited = await mak.database.query(
      "SELECT actor_id FROM audit_entry WHERE entity_id = $1 AND action = 'deal.fact_recorded'",
      [id],
    );
    expect(audited).toEqual([{ actor_id: buyer.id }]);
  });

  it('finds no deal of somebody else, nor one that is not there', async () => {
    const others = await dealOf(rival.id);
    expect(await refused(others, BRIEF)).toEqual({ status: 404, code: 'not_found' });
    const missing = await record(randomUUID(), BRIEF);
    const { status, body } = await record(others, BRIEF);
    expect({ status, body: { ...body, instance: null } }).toEqual({
      status: missing.status,
      body: { ...missing.body, instance: null },
    });
    expect((await record(others, BRIEF, rival.token)).body.stage).toBe('briefed');
  });

  it('records no fact that makes deals, that the pipeline does not list, or that says more', async () => {
    const id = await dealOf(buyer.id);
    const unlisted = { status: 422, code: 'fact_not_recordable' };
    for (const fact of [
      { type: 'crm.deal.created' },
      { type: 'deal.created' },
      { type: 'deal.owner.changed' },
      { type: 'kpi.reported' },
      { ...BRIEF, data: { owner_id: rival.id } },
      { type: 'domain.stage.changed', data: { system: 'docflow', stage: 'nowhere' } },
    ])
      expect(await refused(id, fact), JSON.stringify(fact)).toEqual(unlisted);
    const invalid = { status: 422, code: 'invalid_request' };
    for (const fact of [
      { ...BRIEF, source: 'bank' },
      { ...BRIEF, external_refs: [{ system: 'crm', id: '1' }] },
      { ...BRIEF, master_deal_id: await dealOf(rival.id) },
      { ...BRIEF, event_id: 'guessed' },
      { ...BRIEF, data: { comment: 7 } },
      { ...BRIEF, comment: '' },
    ])
      expect(await refused(id, fact), JSON.stringify(fact)).toEqual(invalid);
  });

  it('says no time: what happened earlier is for who may send events', async () => {
    const id = await dealOf(buyer.id);
    const earlier = { ...BRIEF, occurred_at: '2026-01-05T10:00:00Z' };
    expect(await refused(id, earlier)).toEqual({ status: 403, code: 'forbidden' });
    const { token } = await member(mak, tenant, 'employee', 'manager');
    expect((await record(id, earlier, token)).status).toBe(201);
    expect((await told(id))[0]?.occurred_at).toBe('2026-01-05T10:00:00.000Z');
  });

  it('records a fact once, however often it is sent, and nothing else under its id', async () => {
    const id = await dealOf(buyer.id);
    const lost = { type: 'crm.deal.lost', event_id: randomUUID() };
    const answers = await Promise.all([record(id, lost), record(id, lost), record(id, lost)]);
    expect(answers.map(({ status, body }) => [status, body.stage])).toEqual(
      Array(3).fill([201, 'cancelled']),
    );
    expect(await told(id)).toHaveLength(1);
    const conflict = { status: 409, code: 'conflict' };
    expect(await refused(id, { ...lost, comment: 'Another' })).toEqual(conflict);
    expect(await refused(await dealOf(buyer.id), lost)).toEqual(conflict);
    // The id of one person says nothing to another one.
    const own = await dealOf(rival.id);
    expect((await record(own, lost, rival.token)).body.stage).toBe('cancelled');
  });

  it('takes back what it has recorded, however soon, and nothing that it has not', async () => {
    const id = await dealOf(buyer.id);
    const fact = { ...BRIEF, event_id: randomUUID() };
    await record(id, fact);
    const undo = { type: 'crm.brief.withdrawn', undoes: fact.event_id };
    const back = await record(id, undo);
    expect(back).toMatchObject({ status: 201, body: { stage: 'draft' } });
    const events = await told(id);
    const [first] = events.filter(({ type }) => type === BRIEF.type);
    const [second] = events.filter(({ type }) => type === undo.type);
    expect(second?.data['undoes']).toBe(first?.event_id);
    expect(Date.parse(second?.occurred_at ?? '')).toBeGreaterThan(
      Date.parse(first?.occurred_at ?? ''),
    );
    const unknown = { status: 422, code: 'unknown_fact' };
    expect(await refused(id, { ...undo, undoes: randomUUID() })).toEqual(unknown);
    expect(await refused(await dealOf(buyer.id), undo)).toEqual(unknown);
  });

  it('of an ended deal records nothing but that it goes on', async () => {
    const id = await dealOf(buyer.id);
    await record(id, { type: 'crm.deal.lost' });
    const unlisted = { status: 422, code: 'fact_not_recordable' };
    expect(await refused(id, BRIEF)).toEqual(unlisted);
    expect((await record(id, { type: 'deal.reopened' })).body.stage).toBe('draft');
  });
});

describe('others', () => {
  it('who may only read deals, and machines, record nothing', async () => {
    const { id: partnerId, token } = await member(mak, tenant, 'partner', 'reader');
    const id = await dealOf(partnerId);
    expect(await refused(id, BRIEF, token)).toEqual({ status: 403, code: 'forbidden' });
    const machine = await keyWith(mak, tenant, ['deals:read', 'deals:write', 'events:write']);
    expect(await refused(id, BRIEF, machine)).toEqual({ status: 403, code: 'forbidden' });
  });

  it('records over GraphQL as over REST', async () => {
    const id = await dealOf(buyer.id);
    const ask = (key: string) =>
      mak.call<{ data: unknown; errors?: { extensions: { code: string } }[] }>('/graphql', {
        key,
        body: {
          query: `mutation ($fact: DealFactInput!) { recordDealFact(id: "${id}", fact: $fact) { id stage } }`,
          variables: { fact: { ...BRIEF, data: {}, eventId: randomUUID(), comment: null } },
        },
      });
    const strange = await ask(rival.token);
    expect(strange.body.errors?.[0]?.extensions.code).toBe('not_found');
    expect((await ask(buyer.token)).body.data).toEqual({
      recordDealFact: { id, stage: 'briefed' },
    });
  });
});
