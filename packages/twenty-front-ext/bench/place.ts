import type { Browser, BrowserContext } from '@playwright/test';

/** What `./mak bench` hands over to the part that runs in a browser. */
export interface Place {
  readonly url: string;
  readonly few: Person;
  readonly many: Person;
  readonly rounds: number;
}

export interface Person {
  readonly email: string;
  readonly password: string;
}

export const place = JSON.parse(process.env['BENCH_FRONT'] ?? '{}') as Place;

const VIEW = { width: 1_440, height: 900 };

/** A browser of its own, which knows nothing of other ones. */
export function openContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: VIEW, baseURL: place.url, locale: 'en-GB' });
}

export async function signIn(context: BrowserContext, { email, password }: Person): Promise<void> {
  const answer = await context.request.post('/v1/auth/sign-in/email', {
    data: { email, password },
    headers: { origin: place.url },
  });
  if (!answer.ok())
    throw new Error(`Signing in answered ${answer.status()}: ${await answer.text()}`);
}

/** One line of the result. */
export function tell(figure: string, value: number): void {
  if (!Number.isFinite(value)) throw new Error(`The figure ${figure} is no number.`);
  process.stdout.write(`${JSON.stringify({ figure, value })}\n`);
}
