import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, request } from '@playwright/test';
import type { APIRequestContext, Page } from '@playwright/test';
import { speakEnglish } from './journey.ts';
import { cookiesOf, signInBy } from './sign-in.ts';
import { ADDRESS, STATE } from './stack.ts';
import { totp } from './totp.ts';

/** People whom a journey makes for itself, so that it may change how they sign in. */
export interface Newcomer {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

export function newcomer(): Newcomer {
  const id = randomUUID().slice(0, 8);
  return { email: `new-${id}@demo.example`, name: `New ${id}`, password: `horse staple ${id}` };
}

export async function answerOf<T>(
  context: APIRequestContext,
  path: string,
  data: unknown,
  headers = {},
): Promise<T> {
  const answer = await context.post(path, { data, headers: { origin: ADDRESS, ...headers } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as T;
}

/** Invites somebody to the demo tenant; the token is what the letter holds. */
export async function invite(role = 'employee'): Promise<Newcomer & { token: string }> {
  const cookies = await cookiesOf({ email: 'admin@demo.example', password: 'demo-password' });
  const storageState = { cookies, origins: [] };
  const admin = await request.newContext({ baseURL: ADDRESS, storageState });
  const person = newcomer();
  const { email, name } = person;
  const { invitation } = await answerOf<{ invitation: { token: string } }>(admin, '/v1/accounts', {
    email,
    name,
    role,
  });
  await admin.dispose();
  return { ...person, token: invitation.token };
}

/** The same, and the invitation is accepted. */
export async function employ(role = 'employee'): Promise<Newcomer> {
  const { token, ...person } = await invite(role);
  const context = await request.newContext({ baseURL: ADDRESS });
  await answerOf(context, '/v1/invitations/accept', { token, password: person.password });
  await context.dispose();
  return person;
}

export interface NewTenant {
  readonly key: string;
  readonly name: string;
  /** As this is no demo tenant, the admin is asked for a second factor. */
  readonly admin: Newcomer;
  readonly employee: Newcomer;
  /** With every scope. */
  readonly apiKey: string;
}

/** A tenant of its own, for journeys that change what all people of a tenant share. */
export async function foundTenant(settings: { twenty_url?: string } = {}): Promise<NewTenant> {
  const secrets: unknown = JSON.parse(readFileSync(join(STATE, 'secrets.json'), 'utf8'));
  const { operatorKey } = secrets as { operatorKey: string };
  const [admin, employee] = [newcomer(), newcomer()];
  const key = `t${randomUUID().slice(0, 8)}`;
  const name = `Company ${key}`;
  const context = await request.newContext({ baseURL: ADDRESS });
  const { api_key: apiKey } = await answerOf<{ api_key: { secret: string } }>(
    context,
    '/v1/tenants',
    {
      key,
      name,
      admin,
      accounts: [{ ...employee, role: 'employee' }],
      pipelines: ['adtech'],
      ...settings,
    },
    { authorization: `Bearer ${operatorKey}` },
  );
  await context.dispose();
  return { key, name, admin, employee, apiKey: apiKey.secret };
}

/** Somebody new in a browser of their own. */
export async function visitor(page: Page): Promise<Page> {
  const context = await page.context().browser()?.newContext({ baseURL: ADDRESS, locale: 'en-GB' });
  const other = await context?.newPage();
  if (other === undefined) throw new Error('there is no browser');
  await speakEnglish(other);
  return other;
}

/** Signs somebody in without the page. */
export async function enter(page: Page, person: Newcomer): Promise<void> {
  await signInBy(page.request, person);
}

/** The admin of a tenant that nobody else uses, signed in with the second factor that is asked for. */
export async function asOwnAdmin(page: Page): Promise<NewTenant> {
  const tenant = await foundTenant();
  const { password } = tenant.admin;
  await enter(page, tenant.admin);
  const { totpURI } = await answerOf<{ totpURI: string }>(
    page.request,
    '/v1/auth/two-factor/enable',
    { password },
  );
  const code = totp(new URL(totpURI).searchParams.get('secret') ?? '');
  await answerOf(page.request, '/v1/auth/two-factor/verify-totp', { code });
  await speakEnglish(page);
  return tenant;
}

/** The link in the last letter to somebody. */
export async function linkTo(email: string): Promise<string> {
  const folder = join(STATE, 'mail');
  const links = (): string[] =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .toSorted()
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .filter((letter) => letter.includes(email))
      .flatMap((letter) => readable(letter).match(/https?:\/\/\S+\?token=[\w.~%-]+/g) ?? []);
  await expect.poll(() => links().length, { timeout: 20_000 }).toBeGreaterThan(0);
  return links().at(-1) ?? '';
}

/** The text of a letter that is quoted-printable. */
function readable(letter: string): string {
  return letter
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    );
}
