import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';

interface Deal {
  readonly id: string;
  readonly stage: string;
  readonly parked_reason: string | null;
  readonly gates: Record<string, boolean>;
}

let mak: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  mak = await startApp();
});
beforeEach(async () => {
  tenant = await mak.createTenant({ pipelines: ['adtech'] });
});
afterAll(() => mak.close());

const event = (deal: string, type: string, at: string): object => ({
  event_id: randomUUID(),
  type,
  source: 'crm',
  occurred_at: `2026-02-01T${at}:00Z`,
  external_refs: [{ system: 'crm', id: deal }],
});

async function send(...events: object[]): Promise<{ status: string; master_deal_id: string }[]> {
  const { status, body } = await mak.call<{
    results: { status: string; master_deal_id: string }[];
  }>('/v1/events', { key: tenant.apiKey, body: events });
  expect(status).toBe(200);
  return body.results;
}

const read = async (id: string): Promise<Deal> =>
  (await mak.call<Deal>(`/v1/deals/${id}`, { key: tenant.apiKey })).body;

async function parkedSoFar(): Promise<number> {
  const { body } = await mak.call<string>('/metrics');
  return Number(/^mak_deals_parked_total(?:\{[^}]*\})? (\d+)/m.exec(body)?.[1] ?? 0);
}

/** Two deals; the stored event of the first one is damaged, as if a disk had forgotten it. */
async function damaged(): Promise<[string, string]> {
  const made = await send(
    event('one', 'crm.deal.created', '10:00'),
    event('two', 'crm.deal.created', '10:00'),
  );
  const [one = '', two = ''] = made.map(({ master_deal_id: id }) => id);
  await mak.database.query("UPDATE event SET data = 'null' WHERE deal_id = $1", [one]);
  return [one, two];
}

describe('a deal whose fold fails', () => {
  it('is parked with a reason and counted, and stops no other deal', async () => {
    const [one, two] = await damaged();
    const before = await parkedSoFar();
    // Later in arrival, earlier in time: the first deal has to be folded from its first event.
    const answers = await send(
      event('one', 'crm.brief.submitted', '09:00'),
      event('two', 'crm.brief.submitted', '11:00'),
    );
    expect(answers.map(({ status }) => status)).toEqual(['stored', 'applied']);
    expect(await read(one)).toMatchObject({ stage: 'draft', gates: { has_brief: false } });
    expect((await read(one)).parked_reason).not.toBeNull();
    expect(await read(two)).toMatchObject({ stage: 'briefed', parked_reason: null });
    expect(await parkedSoFar()).toBe(before + 1);
  });

  it('recovers with everything that came meanwhile, once it can be folded', async () => {
    const [one] = await damaged();
    await send(event('one', 'crm.brief.submitted', '09:00'));
    await send(event('one', 'crm.lead.qualified', '12:00'));
    expect((await read(one)).parked_reason).not.toBeNull();
    await mak.database.query("UPDATE event SET data = '{}' WHERE deal_id = $1", [one]);
    const [answer] = await send(event('one', 'mediapush.campaign.started', '13:00'));
    expect(answer?.status).toBe('applied');
    expect(await read(one)).toMatchObject({
      stage: 'running',
      parked_reason: null,
      gates: { has_brief: true, qualified: true, campaign_started: true },
    });
  });

  it.each(['{}', '[]', '{"cursor":5}', '{"cursor":null,"openRuns":{},"transitionCount":0}'])(
    'is folded from its first event when its row holds %s',
    async (state) => {
      const [made] = await send(event('three', 'crm.deal.created', '10:00'));
      const id = made?.master_deal_id ?? '';
      await mak.database.query('UPDATE deal SET state = $2 WHERE id = $1', [id, state]);
      const [answer] = await send(event('three', 'crm.brief.submitted', '11:00'));
      expect(answer?.status).toBe('applied');
      expect(await read(id)).toMatchObject({ stage: 'briefed', parked_reason: null });
      const [row] = await mak.database.query<{ whole: boolean }>(
        "SELECT state ? 'openRuns' AND state ? 'cursor' AS whole FROM deal WHERE id = $1",
        [id],
      );
      expect(row?.whole).toBe(true);
    },
  );
});
