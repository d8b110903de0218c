import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';

/** A fact about a deal, as an outer system would send it. */
export interface Fact {
  readonly type: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface EventAnswer {
  readonly status: string;
  readonly master_deal_id?: string;
}

/** Sends facts about one deal, which the first of them may create; `ref` names the deal in the sender's own system. */
export async function sendFacts(page: Page, ref: string, facts: readonly Fact[]): Promise<string> {
  const now = Date.now();
  const events = facts.map(({ type, data = {} }, index) => ({
    event_id: randomUUID(),
    type,
    version: 1,
    source: 'journeys',
    occurred_at: new Date(now - 60_000 + index).toISOString(),
    external_refs: [{ system: 'journeys', id: ref }],
    data,
  }));
  const answer = await page.request.post('/v1/events', {
    data: { events },
    headers: { origin: originOf(page) },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { results } = (await answer.json()) as { results: EventAnswer[] };
  const id = results.find(({ master_deal_id: found }) => found !== undefined)?.master_deal_id;
  if (id === undefined) throw new Error(`No deal: ${JSON.stringify(results)}`);
  return id;
}

export interface NewDeal {
  readonly id: string;
  readonly ref: string;
  readonly name: string;
}

/** Makes a deal with a name that no other journey uses. */
export async function createDeal(
  page: Page,
  name: string,
  facts: readonly Fact[] = [],
): Promise<NewDeal> {
  const ref = randomUUID();
  const unique = `${name} ${ref.slice(0, 8)}`;
  const created = {
    type: 'crm.deal.created',
    data: { name: unique, amount: 1_250_000, currency: 'EUR' },
  };
  const id = await sendFacts(page, ref, [created, ...facts]);
  return { id, ref, name: unique };
}

function originOf(page: Page): string {
  return new URL(page.url()).origin;
}
