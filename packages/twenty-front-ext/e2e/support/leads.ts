import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';

export interface NewLead {
  readonly id: string;
  readonly version: number;
}

/** A telephone number that no other journey uses. */
export function ownPhone(): string {
  const digits = BigInt(`0x${randomUUID().slice(0, 8)}`) % 10_000_000n;
  return `+38067${String(digits).padStart(7, '0')}`;
}

/** Enters a lead as a colleague would. */
export async function enterLead(
  page: Page,
  fields: Readonly<Record<string, unknown>>,
): Promise<NewLead> {
  const answer = await page.request.post('/v1/leads', {
    data: fields,
    headers: { origin: new URL(page.url()).origin, 'idempotency-key': randomUUID() },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { lead } = (await answer.json()) as { lead: NewLead };
  return lead;
}

/** Changes a lead as a colleague would meanwhile. */
export async function editLead(
  page: Page,
  { id, version }: NewLead,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const answer = await page.request.patch(`/v1/leads/${id}`, {
    data: { version, ...fields },
    headers: { origin: new URL(page.url()).origin },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}
