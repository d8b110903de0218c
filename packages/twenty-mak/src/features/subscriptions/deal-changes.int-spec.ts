import { createClient } from 'graphql-ws';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';

let mak: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant({ pipelines: ['adtech'] });
});
afterAll(() => mak.close());

interface Answer {
  readonly results: readonly { readonly master_deal_id: string }[];
}

async function send(ref: string, type: string): Promise<string> {
  const event = {
    event_id: randomUUID(),
    type,
    version: 1,
    source: 'crm',
    occurred_at: new Date().toISOString(),
    external_refs: [{ system: 'crm', id: ref }],
    data: {},
  };
  const { body } = await mak.call<Answer>('/v1/events', {
    key: tenant.apiKey,
    body: { events: [event] },
  });
  return body.results[0]?.master_deal_id ?? '';
}

it('tells of a change that no canonical event tells of', async () => {
  const ref = randomUUID();
  const deal = await send(ref, 'crm.deal.created');
  const client = createClient({
    url: `${mak.url.replace('http', 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${tenant.apiKey}` },
  });
  const told: string[] = [];
  client.subscribe<{ dealChanges: { ids: string[] } }>(
    { query: 'subscription { dealChanges { ids } }' },
    {
      next: ({ data }) => told.push(...(data?.dealChanges.ids ?? [])),
      error: (error) => expect(error).toBeUndefined(),
      complete: () => undefined,
    },
  );
  // A gate that leaves the stage as it is; each attempt is a change of its own.
  await expect
    .poll(
      async () => {
        await send(ref, told.length % 2 === 0 ? 'crm.lead.qualified' : 'crm.lead.disqualified');
        return told;
      },
      { timeout: 15_000, interval: 300 },
    )
    .toContain(deal);
  await client.dispose();
});
