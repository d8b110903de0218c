import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';

let mak: TestApp;
let employee: string;

beforeAll(async () => {
  mak = await startApp();
  await mak.createTenant({
    pipelines: ['adtech'],
    accounts: [
      { email: 'ann@example.com', name: 'Ann', role: 'employee', password: PASSWORD },
      { email: 'boss@example.com', name: 'Boss', role: 'admin', password: PASSWORD },
    ],
  });
  employee = (await signIn(mak, 'ann@example.com')).token;
});
afterAll(() => mak?.close());

describe('facts of a deal', () => {
  it('are offered by its pipeline and recorded by an employee, twice as well as once', async () => {
    const made = await mak.call<{ id: string }>('/v1/deals', {
      key: employee,
      body: { name: 'A deal' },
    });
    const { id } = made.body;
    const ask = async <Data>(query: string): Promise<Data> => {
      const { body } = await mak.call<{ data: Data; errors?: object[] }>('/graphql', {
        key: employee,
        body: { query },
      });
      expect(body.errors).toBeUndefined();
      return body.data;
    };
    const { deal } = await ask<{ deal: { recordableFacts: { type: string }[] } }>(
      `{ deal(id: "${id}") { recordableFacts { type title data sets clears domain { system stage } ends reopens creates stage } } }`,
    );
    const factOf = (type: string) => deal.recordableFacts.find((fact) => fact.type === type);
    expect(factOf('crm.brief.submitted')).toEqual({
      type: 'crm.brief.submitted',
      title: 'Brief is received',
      data: {},
      sets: ['has_brief'],
      clears: [],
      domain: null,
      ends: null,
      reopens: false,
      creates: false,
      stage: 'briefed',
    });
    expect(factOf('crm.deal.lost')).toMatchObject({ ends: 'cancelled', stage: 'cancelled' });
    const now = new Date().toISOString();
    const record = (eventId: string) =>
      ask<{
        recordEvents: { status: string }[];
      }>(`mutation { recordEvents(events: [{ eventId: "${eventId}",
        source: "mak", type: "crm.brief.submitted", occurredAt: "${now}", masterDealId: "${id}" }]) { status } }`);
    const results = await Promise.all([record('by-ann'), record('by-bob'), record('by-ann')]);
    expect(results.map(({ recordEvents }) => recordEvents[0]?.status).toSorted()).toEqual([
      'applied',
      'applied',
      'duplicate',
    ]);
    const { body } = await mak.call<{ items: { kind: string }[] }>(`/v1/deals/${id}/timeline`, {
      key: employee,
    });
    expect(body.items.filter(({ kind }) => kind === 'stage')).toHaveLength(1);
  });
});
