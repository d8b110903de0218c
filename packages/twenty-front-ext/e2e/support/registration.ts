import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { linkTo } from './newcomers.ts';

/** What somebody types into the page of registration. */
export interface Applicant {
  readonly name: string;
  readonly email: string;
  readonly company: string;
  readonly role: 'Franchisee' | 'Partner';
  readonly niche: string;
}

export function applicant(
  name: string,
  {
    role = 'Franchisee',
    niche = 'Health',
  }: { readonly role?: Applicant['role']; readonly niche?: string } = {},
): Applicant {
  const id = randomUUID().slice(0, 8);
  return { name, role, niche, email: `applicant-${id}@demo.example`, company: `Company ${id}` };
}

export async function fillIn(
  page: Page,
  { name, email, company, role, niche }: Applicant,
): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('You would like to be').selectOption({ label: role });
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Telephone').fill('+380 67 123 45 67');
  await page.getByLabel('Company name').fill(company);
  await page.getByLabel('Legal form').selectOption({ label: 'Sole trader' });
  await page.getByLabel('Tax number').fill('1234567890');
  await page.getByLabel('City').fill('Київ');
  await page.getByLabel('Niche').fill(niche);
}

/** Agrees and sends the form that is filled in. */
export async function sendRegistration(page: Page, { email }: Applicant): Promise<void> {
  await page.getByLabel(/I agree that/).check();
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('heading', { name: 'Registration received' })).toBeVisible();
  await expect(page.getByText(email)).toBeVisible();
}

/** The admin, on the page of registrations, says yes. `look` is called when the dialog is filled in. */
export async function approve(
  page: Page,
  { company }: Applicant,
  look: () => Promise<void> = async () => undefined,
): Promise<void> {
  await page.getByRole('button', { name: `Approve ${company}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Grade').fill('gold');
  await look();
  await dialog.getByRole('button', { name: 'Approve and invite' }).click();
  await expect(page.getByRole('dialog', { name: `${company} is invited` })).toBeVisible();
  await page.getByRole('button', { name: 'I have kept it' }).click();
}

/** Opens the link of the letter, chooses a password, and is at home in the cabinet. */
export async function acceptInvitation(
  page: Page,
  email: string,
  password = 'horse staple battery',
): Promise<void> {
  const { pathname, search } = new URL(await linkTo(email));
  await page.goto(`${pathname}${search}`);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
}
