import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { Answer, TestApp, TestTenant } from '../../../test/support/app.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';

interface Deal {
  readonly id: string;
  readonly gates: Record<string, boolean>;
  readonly business_stage: string;
}

interface Problem {
  readonly code: string;
  readonly field?: string;
  readonly current?: { readonly version: number; readonly score: number };
}

interface Event {
  readonly event_id: string;
  readonly type: string;
  readonly source: string;
}

const ALL = { budget: 2, authority: 2, need: 2, timing: 2 };
const NONE = { budget: 0, authority: 0, need: 0, timing: 0 };

let mak: TestApp;
let tenant: TestTenant;
let employee: string;

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant({
    pipelines: ['adtech', 'credit'],
    accounts: [
      { email: 'ann@example.com', name: 'Ann', role: 'employee', password: PASSWORD },
      { email: 'boss@example.com', name: 'Boss', role: 'admin', password: PASSWORD },
    ],
  });
  employee = (await signIn(mak, 'ann@example.com')).token;
});
afterAll(() => mak?.close());

async function makeDeal(pipeline = 'adtech'): Promise<Deal> {
  const { body } = await mak.call<Deal>('/v1/deals', {
    key: tenant.apiKey,
    body: { name: 'A deal', pipeline },
  });
  return body;
}

const answer = <Body = Deal>(id: string, card: string, body: object): Promise<Answer<Body>> =>
  mak.call<Body>(`/v1/deals/${id}/qualification/${card}`, {
    key: employee,
    method: 'PUT',
    body,
  });

async function told(id: string): Promise<string[]> {
  const { body } = await mak.call<{ items: Event[] }>(`/v1/deals/${id}/events`, { key: employee });
  return body.items
    .filter(({ type }) => type.startsWith('crm.lead'))
    .map(({ type, event_id, source }) => `${source} ${type} ${event_id}`);
}

describe('answers on a card', () => {
  it('are kept with their score, and qualify the deal when they pass', async () => {
    const { id } = await makeDeal();
    const weak = await answer(id, 'bant', { answers: { budget: 2 } });
    expect(weak.body.gates).toMatchObject({ qualified: false });
    const strong = await answer(id, 'bant', { answers: ALL, version: 1 });
    expect(strong.body).toMatchObject({ gates: { qualified: true } });
    const { body } = await mak.call<{ items: object[] }>(`/v1/deals/${id}/qualification`, {
      key: employee,
    });
    expect(body.items).toMatchObject([
      {
        card: 'bant',
        answers: ALL,
        score: 100,
        threshold: 60,
        passed: true,
        missing: [],
        version: 2,
      },
    ]);
    expect(await told(id)).toEqual([`mak crm.lead.qualified qualification/${id}/bant/2`]);
  });

  it('tell of a change only, and of a deal that no card passes any more', async () => {
    const { id } = await makeDeal();
    await answer(id, 'bant', { answers: ALL });
    await answer(id, 'bant', { answers: ALL });
    await answer(id, 'icp', { answers: { industry: 2, size: 2, activity: 2, potential: 2 } });
    await answer(id, 'bant', { answers: NONE });
    expect(await told(id)).toHaveLength(1);
    const last = await answer(id, 'icp', { answers: {} });
    expect(last.body.gates).toMatchObject({ qualified: false });
    expect(await told(id)).toEqual([
      `mak crm.lead.qualified qualification/${id}/bant/1`,
      `mak crm.lead.disqualified qualification/${id}/icp/2`,
    ]);
  });

  it('are kept although the pipeline knows no qualification', async () => {
    const { id } = await makeDeal('credit');
    expect((await answer(id, 'champ', { answers: { money: 2 } })).status).toBe(200);
    const all = { challenges: 2, authority: 2, money: 2, prioritization: 2 };
    expect((await answer(id, 'champ', { answers: all })).status).toBe(200);
    expect(await told(id)).toEqual([]);
  });

  it('qualify once when two people answer at the same time', async () => {
    const { id } = await makeDeal();
    const both = [
      answer<Problem>(id, 'bant', { answers: ALL, version: 1 }),
      answer<Problem>(id, 'bant', { answers: ALL, version: 1 }),
    ];
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([409, 409]);
    await answer(id, 'bant', { answers: {} });
    const again = [
      answer<Problem>(id, 'bant', { answers: ALL, version: 1 }),
      answer<Problem>(id, 'bant', { answers: ALL, version: 1 }),
    ];
    const answers = await Promise.all(again);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409);
    expect(late?.body).toMatchObject({
      code: 'stale_version',
      current: { version: 2, score: 100 },
    });
    expect(await told(id)).toHaveLength(1);
  });

  it.each([
    ['bant', { answers: { money: 1 } }, 'unknown_criterion', 'answers.money'],
    ['bant', { answers: { budget: 3 } }, 'grade_invalid', 'answers.budget'],
    ['meddic', { answers: {} }, 'invalid_request', undefined],
    ['bant', {}, 'invalid_request', 'answers'],
  ])('are refused: %s %j', async (card, body, code, field) => {
    const { id } = await makeDeal();
    const refused = await answer<Problem>(id, card, body);
    expect([refused.status, refused.body.code, refused.body.field]).toEqual([422, code, field]);
    expect(await told(id)).toEqual([]);
  });

  it('are asked for and given over GraphQL', async () => {
    const { id } = await makeDeal();
    const query = `mutation { answerQualification(dealId: "${id}", card: icp, answers: { industry: 2 }) {
      version qualification { card score passed missing answeredBy version } } }`;
    const { body } = await mak.call<{ data: unknown }>('/graphql', {
      key: employee,
      body: { query },
    });
    expect(body.data).toMatchObject({
      answerQualification: {
        qualification: [
          { card: 'icp', score: 25, passed: false, missing: ['size', 'activity', 'potential'] },
        ],
      },
    });
  });
});

describe('cards of a tenant', () => {
  const edit = (body: object, key: string) =>
    mak.call<Problem>('/v1/qualification-cards/champ', { key, method: 'PUT', body });
  const weights = { money: 70, authority: 30 };

  it('are weighed by admins, for answers from then on', async () => {
    const { id } = await makeDeal();
    await answer(id, 'champ', { answers: { money: 2 } });
    const edited = await edit({ version: 1, weights, threshold: 70 }, tenant.apiKey);
    expect(edited.body).toMatchObject({
      threshold: 70,
      version: 2,
      criteria: [
        { criterion: 'challenges', weight: 0 },
        { criterion: 'authority', weight: 30 },
        { criterion: 'money', weight: 70 },
        { criterion: 'prioritization', weight: 0 },
      ],
    });
    const read = async (): Promise<object[]> =>
      (await mak.call<{ items: object[] }>(`/v1/deals/${id}/qualification`, { key: employee })).body
        .items;
    expect(await read()).toMatchObject([{ score: 25, threshold: 60, passed: false }]);
    await answer(id, 'champ', { answers: { money: 2 } });
    expect(await read()).toMatchObject([{ score: 70, threshold: 70, passed: true }]);
    const late = await edit({ version: 1, weights, threshold: 50 }, tenant.apiKey);
    expect([late.status, late.body.code, late.body.current?.version]).toEqual([
      409,
      'stale_version',
      2,
    ]);
    expect((await edit({ version: 2, weights, threshold: 60 }, employee)).status).toBe(403);
    const next = await edit({ version: 2, weights, threshold: 60 }, tenant.apiKey);
    expect(next.body).toMatchObject({ version: 3 });
  });

  it.each([
    [{ weights: { budget: 1 }, threshold: 50 }, 'unknown_criterion', 'weights.budget'],
    [{ weights: { money: 101 }, threshold: 50 }, 'weight_invalid', 'weights.money'],
    [{ weights: {}, threshold: 50 }, 'weights_empty', 'weights'],
    [{ weights, threshold: 0 }, 'threshold_invalid', 'threshold'],
  ])('are refused: %j', async (body, code, field) => {
    const refused = await edit({ version: 1, ...body }, tenant.apiKey);
    expect([refused.status, refused.body.code, refused.body.field]).toEqual([422, code, field]);
  });
});
