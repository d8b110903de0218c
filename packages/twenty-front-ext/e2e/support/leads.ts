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

/** What somebody types into the form of a new lead; a company is not asked for the source. */
export interface TypedLead {
  readonly name: string;
  readonly phone: string;
  readonly source?: string;
  readonly city?: string;
  readonly niche?: string;
  readonly amount?: string;
  /** Where it stands that the person agrees. */
  readonly evidence?: string;
}

export async function openNewLead(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New lead' }).click();
  await expect(page.getByRole('dialog', { name: 'New lead' })).toBeVisible();
}

export async function typeLead(
  page: Page,
  { name, phone, source, city, niche, amount, evidence }: TypedLead,
): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'New lead' });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  if (source !== undefined) await dialog.getByLabel('Source').selectOption(source);
  if (city !== undefined) await dialog.getByLabel('City').fill(city);
  if (niche !== undefined) await dialog.getByLabel('Niche').fill(niche);
  if (amount !== undefined) await dialog.getByLabel(/^Amount/).fill(amount);
  if (evidence !== undefined) {
    await dialog.getByLabel(/^The person agrees/).check();
    await dialog.getByLabel('Where the consent stands').fill(evidence);
  }
  const numbers = dialog.getByLabel('Telephone numbers', { exact: true });
  await numbers.fill(phone);
  await numbers.press('Enter');
}
