import { expect, request } from '@playwright/test';
import type { APIRequestContext, BrowserContext } from '@playwright/test';
import { ADDRESS } from './stack.ts';

interface Credentials {
  readonly email: string;
  readonly password: string;
}
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** Signs in without the page. All journeys share an address; its attempts may be used up, and a while later they are not. */
export async function signInBy(
  context: APIRequestContext,
  { email, password }: Credentials,
): Promise<void> {
  await expect(async () => {
    const answer = await context.post('/v1/auth/sign-in/email', {
      data: { email, password },
      headers: { origin: ADDRESS },
    });
    expect(answer.status(), await answer.text()).toBe(200);
  }).toPass({ intervals: [1_500], timeout: 15_000 });
}

/** Sessions of people whom many journeys need: no person may sign in ten times a minute. */
const kept = new Map<string, Cookies>();

/** Cookies of a person who is signed in; the session may be one that an earlier journey of this process began. */
export async function cookiesOf(person: Credentials): Promise<Cookies> {
  const known = kept.get(person.email);
  if (known !== undefined && (await stillHolds(known))) return known;
  const context = await request.newContext({ baseURL: ADDRESS });
  await signInBy(context, person);
  const { cookies } = await context.storageState();
  await context.dispose();
  kept.set(person.email, cookies);
  return cookies;
}

async function stillHolds(cookies: Cookies): Promise<boolean> {
  const storageState = { cookies, origins: [] };
  const context = await request.newContext({ baseURL: ADDRESS, storageState });
  const answer = await context.get('/v1/me');
  await context.dispose();
  return answer.ok();
}
