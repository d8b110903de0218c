import { randomUUID } from 'node:crypto';
import { expect, request } from '@playwright/test';
import type { APIRequestContext, Page } from '@playwright/test';
import { speakEnglish } from './journey.ts';
import { answerOf, asOwnAdmin, enter, newcomer } from './newcomers.ts';
import type { Newcomer } from './newcomers.ts';
import { ADDRESS } from './stack.ts';

/** A franchisee or partner of a journey's own tenant. */
export interface Company extends Newcomer {
  readonly id: string;
}

export interface AuctionTenant {
  /** With the API key of the tenant, which may do everything. */
  readonly api: APIRequestContext;
  readonly companies: readonly Company[];
}

/** What a lot costs, in minor units. */
export type Terms = Readonly<Record<string, unknown>>;

export const RISING: Terms = { kind: 'ascending', start: 10_000, step: 1_000 };

/** A tenant whose admin is signed in on the page, with franchisees who work in Kyiv and have money. */
export async function openAuction(
  page: Page,
  franchisees: number,
  money = 100_000,
): Promise<AuctionTenant> {
  const { apiKey } = await asOwnAdmin(page);
  const api = await request.newContext({
    baseURL: ADDRESS,
    extraHTTPHeaders: { authorization: `Bearer ${apiKey}` },
  });
  const { version } = (await (await api.get('/v1/leads/settings')).json()) as { version: number };
  const listed = await api.put('/v1/leads/settings', {
    data: {
      version,
      cities: [{ key: 'kyiv', title: 'Kyiv' }],
      niches: [{ key: 'dental', title: 'Dental care' }],
    },
  });
  expect(listed.ok(), await listed.text()).toBe(true);
  const companies: Company[] = [];
  for (let made = 0; made < franchisees; made += 1)
    companies.push(await openCompany(api, 'franchisee', money));
  return { api, companies };
}

/** A company whose head has accepted the invitation. */
export async function openCompany(
  api: APIRequestContext,
  role: 'franchisee' | 'partner',
  money: number,
): Promise<Company> {
  const person = newcomer();
  const { email, name, password } = person;
  const { account, invitation } = await answerOf<{
    account: { id: string };
    invitation: { token: string };
  }>(api, '/v1/accounts', { email, name, role });
  await answerOf(api, '/v1/invitations/accept', { token: invitation.token, password });
  const edited = await api.patch(`/v1/company?company_id=${account.id}`, {
    data: { version: 0, cities: ['kyiv'], niches: ['dental'] },
  });
  expect(edited.ok(), await edited.text()).toBe(true);
  if (money > 0)
    await answerOf(api, '/v1/wallet/top-ups', {
      account_id: account.id,
      amount: money,
      reference: randomUUID(),
    });
  return { ...person, id: account.id };
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

/** A lead of the head office. */
export async function enterLead(
  api: APIRequestContext,
  { name, phone }: Prospect,
): Promise<string> {
  const { lead } = await answerOf<{ lead: { id: string } }>(api, '/v1/leads', {
    name,
    phones: [phone],
    city: 'kyiv',
    niche: 'dental',
    amount: 300_000,
    currency: 'EUR',
    consent: { answer: 'given', evidence: 'form' },
  });
  return lead.id;
}

/** A lot with a lead of its own; `lasts` is in milliseconds. */
export async function offer(
  api: APIRequestContext,
  person: Prospect,
  terms: Terms = RISING,
  lasts = 3_600_000,
): Promise<string> {
  const { id } = await answerOf<{ id: string }>(api, '/v1/lots', {
    lead_ids: [await enterLead(api, person)],
    ends_at: new Date(Date.now() + lasts).toISOString(),
    ...terms,
  });
  return id;
}

/** Somebody in a browser of their own. */
export async function visit(page: Page, person: Newcomer): Promise<Page> {
  const context = await page.context().browser()?.newContext({ baseURL: ADDRESS, locale: 'en-GB' });
  const other = await context?.newPage();
  if (other === undefined) throw new Error('there is no browser');
  await enter(other, person);
  await speakEnglish(other);
  return other;
}
