import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';

export interface NewClient {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

/** Makes a client with a name that no other journey uses. */
export async function createClient(
  page: Page,
  name: string,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<NewClient> {
  const unique = `${name} ${randomUUID().slice(0, 8)}`;
  const answer = await page.request.post('/v1/clients', {
    data: { name: unique, ...fields },
    headers: { origin: new URL(page.url()).origin, 'idempotency-key': randomUUID() },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { id, version } = (await answer.json()) as { id: string; version: number };
  return { id, name: unique, version };
}

/** Changes a client as a colleague would meanwhile. */
export async function editClient(
  page: Page,
  { id, version }: NewClient,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const answer = await page.request.patch(`/v1/clients/${id}`, {
    data: { version, ...fields },
    headers: { origin: new URL(page.url()).origin },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}
