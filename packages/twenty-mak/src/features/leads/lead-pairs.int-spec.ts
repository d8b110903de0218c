import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { entered, keyWith, member } from '../../../test/support/leads.ts';
import type { LeadBody } from '../../../test/support/leads.ts';

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

interface PairBody {
  readonly code: string;
  readonly lead_id: string;
  readonly other_id: string;
  readonly decision: string | null;
  readonly decided_at: string | null;
  readonly decided_by: string | null;
}

const read = async (id: string): Promise<LeadBody> =>
  (await mak.call<LeadBody>(`/v1/leads/${id}`, { key: office })).body;
const decide = (one: { id: string }, other: { id: string }, decision: string, key = office) =>
  mak.call<PairBody>('/v1/leads/duplicates/decide', {
    key,
    body: { lead_id: one.id, other_id: other.id, decision },
  });
const pairsOf = async (query: string): Promise<readonly string[]> => {
  const path = `/v1/leads/duplicates?${query}`;
  const { body } = await mak.call<{ items: PairBody[] }>(path, { key: office });
  return body.items.map(({ lead_id, other_id }) => [lead_id, other_id].toSorted().join(' '));
};
const countsOf = async (query = ''): Promise<object> =>
  (await mak.call<object>(`/v1/leads/duplicates/counts?${query}`, { key: office })).body;
const audits = async (action: string): Promise<object[]> =>
  mak.database.query('SELECT detail FROM audit_entry WHERE tenant_id = $1 AND action = $2', [
    tenant.id,
    action,
  ]);

interface MergedBody {
  readonly code: string;
  readonly survivor_id: string;
  readonly absorbed_id: string;
  readonly values: Readonly<Record<string, string>>;
}

const merge = (leads: readonly { id: string; version: number }[], more: object = {}) =>
  mak.call<MergedBody>('/v1/leads/merge', {
    key: office,
    body: { leads: leads.map(({ id, version }) => ({ id, version })), ...more },
  });

describe('the pairs that wait', () => {
  it('are narrowed, counted, put off and taken back', async () => {
    const colleague = await member(mak, tenant, 'employee', 'colleague');
    const leads: LeadBody[] = [];
    for (const fields of [
      { source: 'cold_base', responsible_id: colleague.id },
      { source: 'external' },
      { source: 'bought_base' },
    ])
      leads.push(await entered(mak, office, { name: 'Anna', phones: [PHONE], ...fields }));
    const [one, two, three] = leads as [LeadBody, LeadBody, LeadBody];
    const pair = (left: LeadBody, right: LeadBody): string =>
      [left.id, right.id].toSorted().join(' ');
    const ofFirst = new Set([pair(one, two), pair(one, three)]);
    expect(await countsOf()).toEqual({ open: 3, later: 0, decided: 0 });
    expect(new Set(await pairsOf('source=cold_base'))).toEqual(ofFirst);
    expect(new Set(await pairsOf(`responsible=${colleague.id}`))).toEqual(ofFirst);
    expect(await pairsOf('source=nowhere')).toEqual([]);
    expect(await pairsOf('by=name')).toEqual([]);
    expect(await countsOf('by=phone&source=external')).toEqual({ open: 2, later: 0, decided: 0 });

    expect((await decide(one, two, 'later')).body.decision).toBe('later');
    expect((await decide(three, one, 'different')).body.decision).toBe('different');
    expect(await countsOf()).toEqual({ open: 1, later: 1, decided: 1 });
    expect(await pairsOf('')).toEqual([pair(two, three)]);
    expect(await pairsOf('state=later')).toEqual([pair(one, two)]);
    expect(await pairsOf('state=decided')).toEqual([pair(one, three)]);
    expect(await pairsOf(`lead=${one.id}`)).toHaveLength(2);
    // What is put off has to be decided all the same.
    expect((await read(one.id)).duplicate).toBe(true);

    const late = await decide(one, three, 'later');
    expect([late.status, late.body.code]).toEqual([409, 'already_decided']);
    const reopened = await decide(one, three, 'open');
    expect(reopened.body).toMatchObject({ decision: null, decided_by: null });
    expect((await decide(one, two, 'open')).body.decision).toBeNull();
    expect(await countsOf()).toEqual({ open: 3, later: 0, decided: 0 });
    expect(await audits('lead.pair_put_off')).toHaveLength(1);
    expect(await audits('lead.pair_reopened')).toHaveLength(2);
  });

  it('stay put off, by whom, when one of them becomes one with a third', async () => {
    const [other, shared] = ['+380671234568', PHONE];
    const stays = await entered(mak, office, { name: 'Stays', phones: [other] });
    const goes = await entered(mak, office, { name: 'Goes', phones: [other, shared] });
    const third = await entered(mak, office, { name: 'Third', phones: [shared] });
    const { body: before } = await decide(goes, third, 'later');
    expect((await merge([stays, goes], { survivor: stays.id })).status).toBe(200);
    expect(await countsOf()).toEqual({ open: 0, later: 1, decided: 1 });
    const { body } = await mak.call<{ items: PairBody[] }>('/v1/leads/duplicates?state=later', {
      key: office,
    });
    const [lead_id, other_id] = [stays.id, third.id].toSorted();
    const { decision, decided_by, decided_at } = before;
    expect(decided_at).toEqual(expect.any(String));
    expect(body.items).toMatchObject([{ lead_id, other_id, decision, decided_by, decided_at }]);
  });

  it('are decided of leads that are a pair, and not again once they were merged', async () => {
    const one = await entered(mak, office, { name: 'One', phones: [PHONE] });
    const two = await entered(mak, office, { name: 'Two', phones: [PHONE] });
    const three = await entered(mak, office, { name: 'Three' });
    expect((await decide(one, three, 'different')).status).toBe(404);
    const weak = await keyWith(mak, tenant, ['leads:read', 'leads:write']);
    expect((await decide(one, two, 'different', weak)).status).toBe(403);
    expect((await merge([one, two])).status).toBe(200);
    for (const decision of ['different', 'later', 'open']) {
      const refused = await decide(one, two, decision);
      expect([refused.status, refused.body.code]).toEqual([409, 'already_decided']);
    }
    expect(await countsOf()).toEqual({ open: 0, later: 0, decided: 1 });
  });

  it('are read page by page, each with both of its leads', async () => {
    for (const name of ['A', 'B', 'C', 'D']) await entered(mak, office, { name, phones: [PHONE] });
    const query = `query ($cursor: String) {
      leadDuplicates(cursor: $cursor, limit: 4) { items { leadId otherId leads { id } } next } }`;
    const page = async (cursor: string | null): Promise<Pairs> => {
      const { body } = await mak.call<{ data: { leadDuplicates: Pairs } }>('/graphql', {
        key: office,
        body: { query, variables: { cursor } },
      });
      return body.data.leadDuplicates;
    };
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { items, next } = await page(cursor);
      for (const { leadId, otherId, leads } of items) {
        expect(leads.map(({ id }) => id)).toEqual([leadId, otherId]);
        seen.push(`${leadId} ${otherId}`);
      }
      cursor = next;
    } while (cursor !== null);
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });
});

describe('the number of pairs', () => {
  it('is told at once, and whenever pairs come or are decided', async () => {
    const heard: unknown[] = [];
    const client = createClient({
      url: `${mak.url.replace('http', 'ws')}/graphql`,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${office}` },
    });
    client.subscribe(
      { query: 'subscription { leadPairsChanged { open later decided } }' },
      {
        next: ({ data }) => heard.push(data?.['leadPairsChanged']),
        error: (error) => heard.push(error),
        complete: () => undefined,
      },
    );
    const last = () => expect.poll(() => heard.at(-1));
    await last().toEqual({ open: 0, later: 0, decided: 0 });
    const one = await entered(mak, office, { name: 'One', phones: [PHONE] });
    const two = await entered(mak, office, { name: 'Two', phones: [PHONE] });
    await last().toEqual({ open: 1, later: 0, decided: 0 });
    await decide(one, two, 'later');
    await last().toEqual({ open: 0, later: 1, decided: 0 });
    await merge([one, two]);
    await last().toEqual({ open: 0, later: 0, decided: 1 });
    await client.dispose();
  });
});

interface Pairs {
  readonly items: readonly { leadId: string; otherId: string; leads: readonly { id: string }[] }[];
  readonly next: string | null;
}

describe('a merge with choices', () => {
  it('keeps the lead and the values that the person chose', async () => {
    const one = await entered(mak, office, { name: 'Old', city: 'Kyiv', title: 'A', score: 1 });
    const two = await entered(mak, office, {
      name: 'New',
      city: 'Lviv',
      title: 'B',
      amount: 5,
      currency: 'UAH',
    });
    const looked = await merge([one, two], { dry: true });
    expect(looked.body).toMatchObject({
      survivor_id: one.id,
      values: { title: one.id, score: one.id, amount: two.id },
    });
    expect(Object.keys(looked.body.values)).toEqual(['name', 'city', 'amount', 'title', 'score']);

    const values = { name: one.id, city: two.id, title: two.id };
    const done = await merge([one, two], { survivor: two.id, values });
    expect(done.body).toMatchObject({ survivor_id: two.id, absorbed_id: one.id, values });
    const lead = await read(two.id);
    expect(lead).toMatchObject({
      title: 'B',
      city: 'lviv',
      amount: 5,
      score: 1,
      contact: { name: 'Old' },
    });
    expect((await read(one.id)).id).toBe(two.id);
  });

  it('keeps none but these two, and not the one beside a lead that others count on', async () => {
    const one = await entered(mak, office, { name: 'One' });
    const two = await entered(mak, office, { name: 'Two' });
    const three = await entered(mak, office, { name: 'Three' });
    const refusedFor = async (choice: object): Promise<string> =>
      (await merge([one, two], choice)).body.code;
    expect(await refusedFor({ survivor: three.id })).toBe('not_of_these');
    expect(await refusedFor({ values: { name: three.id } })).toBe('not_of_these');
    expect(await refusedFor({ values: { title: three.id } })).toBe('not_of_these');
    expect(await refusedFor({ values: { nothing: one.id } })).toBe('invalid_request');
    await mak.database.query("UPDATE lead SET kind = 'sold' WHERE id = $1", [two.id]);
    await mak.database.query("UPDATE lead_status_change SET kind = 'sold' WHERE lead_id = $1", [
      two.id,
    ]);
    expect(await refusedFor({ survivor: one.id })).toBe('survivor_not_free');
    expect((await read(one.id)).id).toBe(one.id);
    expect((await read(two.id)).id).toBe(two.id);
  });
});
