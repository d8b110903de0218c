import { randomUUID } from 'node:crypto';
import { expect, request } from '@playwright/test';
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { answerOf, asOwnAdmin, enter, newcomer, visitor } from './newcomers.ts';
import type { Newcomer, NewTenant } from './newcomers.ts';
import { ADDRESS } from './stack.ts';

/** A franchisee or partner of a journey's own tenant. */
export interface Company extends Newcomer {
  readonly id: string;
}

export interface AuctionTenant {
  readonly tenant: NewTenant;
  /** With the API key of the tenant, which may do everything. */
  readonly api: APIRequestContext;
  readonly companies: readonly Company[];
}

const HOUR = 3_600_000;

/** What a lot costs, in minor units. */
export type Terms = Readonly<Record<string, unknown>>;

export const RISING: Terms = { kind: 'ascending', start: 10_000, step: 1_000 };

/** A tenant whose admin is signed in on the page, with franchisees who work in Kyiv and have money. */
export async function openAuction(
  page: Page,
  franchisees: number,
  money = 100_000,
): Promise<AuctionTenant> {
  const tenant = await asOwnAdmin(page);
  const api = await request.newContext({
    baseURL: ADDRESS,
    extraHTTPHeaders: { authorization: `Bearer ${tenant.apiKey}` },
  });
  const { version } = (await (await api.get('/v1/leads/settings')).json()) as { version: number };
  const listed = await api.put('/v1/leads/settings', {
    data: {
      version,
      cities: [
        { key: 'kyiv', title: 'Kyiv' },
        { key: 'lviv', title: 'Lviv' },
      ],
      niches: [
        { key: 'dental', title: 'Dental care' },
        { key: 'fitness', title: 'Fitness' },
      ],
    },
  });
  expect(listed.ok(), await listed.text()).toBe(true);
  const companies: Company[] = [];
  for (let made = 0; made < franchisees; made += 1)
    companies.push(await openCompany(api, 'franchisee', money));
  return { tenant, api, companies };
}

/** A company whose head has accepted the invitation. */
export async function inviteCompany(
  api: APIRequestContext,
  role: 'franchisee' | 'partner',
): Promise<Company> {
  const person = newcomer();
  const { email, name, password } = person;
  const { account, invitation } = await answerOf<{
    account: { id: string };
    invitation: { token: string };
  }>(api, '/v1/accounts', { email, name, role });
  await answerOf(api, '/v1/invitations/accept', { token: invitation.token, password });
  return { ...person, id: account.id };
}

/** The same, working in Kyiv and with money. */
export async function openCompany(
  api: APIRequestContext,
  role: 'franchisee' | 'partner',
  money: number,
): Promise<Company> {
  const company = await inviteCompany(api, role);
  const edited = await api.patch(`/v1/company?company_id=${company.id}`, {
    data: { version: 0, cities: ['kyiv'], niches: ['dental'] },
  });
  expect(edited.ok(), await edited.text()).toBe(true);
  if (money > 0)
    await answerOf(api, '/v1/wallet/top-ups', {
      account_id: company.id,
      amount: money,
      reference: randomUUID(),
    });
  return company;
}

/** A person that nobody else knows. */
export interface Prospect {
  readonly name: string;
  readonly phone: string;
}

export function prospect(): Prospect {
  const digits = String(Math.floor(Math.random() * 1e7)).padStart(7, '0');
  return { name: `Secret ${randomUUID().slice(0, 8)}`, phone: `+38050${digits}` };
}

/** Keys of the lists of the tenant. */
export interface Where {
  readonly city: string;
  readonly niche: string;
}

const HERE: Where = { city: 'kyiv', niche: 'dental' };

/** A lead of the head office. */
export async function enterLead(
  api: APIRequestContext,
  { name, phone }: Prospect,
  where = HERE,
): Promise<string> {
  const { lead } = await answerOf<{ lead: { id: string } }>(api, '/v1/leads', {
    name,
    phones: [phone],
    ...where,
    amount: 300_000,
    currency: 'EUR',
    consent: { answer: 'given', evidence: 'form' },
  });
  return lead.id;
}

/** A lot with a lead of its own. */
export async function offer(
  api: APIRequestContext,
  person: Prospect,
  terms: Terms = RISING,
  where = HERE,
): Promise<string> {
  const { id } = await answerOf<{ id: string }>(api, '/v1/lots', {
    lead_ids: [await enterLead(api, person, where)],
    ends_at: new Date(Date.now() + HOUR).toISOString(),
    ...terms,
  });
  return id;
}

/** Somebody who is signed in, in a browser of their own. */
export async function visit(page: Page, person: Newcomer): Promise<Page> {
  const other = await visitor(page);
  await enter(other, person);
  return other;
}

export const bidField = (page: Page): Locator => page.getByLabel('Your bid, EUR');

/** Price, time and form of a lot. */
export const panel = (page: Page): Locator => page.getByRole('region', { name: 'Price and bids' });

export async function bid(page: Page, amount: string): Promise<void> {
  await expect(bidField(page)).toBeEnabled();
  await bidField(page).fill(amount);
  await page.getByRole('button', { name: /^Bid €/ }).click();
}

/** The buyer gives the lead of a lot back. */
export async function askForReturn(buyer: Page, lot: string): Promise<void> {
  await buyer.goto('/returns');
  await buyer.getByRole('button', { name: `Return ${lot}` }).click();
  await buyer.getByLabel('What is wrong with it').fill('Nobody answers');
  await buyer.getByRole('button', { name: 'Ask for the return' }).click();
  await expect(buyer.getByText('Return to decide', { exact: true })).toBeVisible();
}

/** A bid of a company, in minor units, as its page would send it. */
export async function bidFor(
  api: APIRequestContext,
  lot: string,
  { id }: Company,
  amount: number,
): Promise<void> {
  await answerOf(api, `/v1/lots/${lot}/bids`, { key: randomUUID(), amount, bidder_id: id });
}

/** The arbiter decides on the one return that waits. */
export async function decideReturn(
  arbiter: Page,
  verdict: 'Accept the return' | 'Refuse the return',
  why: string,
): Promise<void> {
  await arbiter.goto('/returns');
  await arbiter.getByRole('button', { name: /^Decide:/ }).click();
  await arbiter.getByLabel('Verdict').selectOption({ label: verdict });
  await arbiter.getByLabel('Why').fill(why);
  await arbiter.getByRole('dialog').getByRole('button', { name: 'Decide' }).click();
  await expect(arbiter.getByText('No return waits for a decision.')).toBeVisible();
}
