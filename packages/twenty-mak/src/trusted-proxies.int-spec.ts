import { afterEach, expect, it } from 'vitest';
import { startApp } from '../test/support/app.ts';
import type { TestApp } from '../test/support/app.ts';

/** More than one address may ask in a minute. */
const TOO_MANY = 61;

let app: TestApp | undefined;
afterEach(async () => {
  await app?.close();
});

/** The codes that a request from behind a proxy gets: for a client that asked too often, and for another one. */
async function codesBehind(proxies: string): Promise<readonly string[]> {
  app = await startApp({ env: { MAK_TRUSTED_PROXIES: proxies } });
  const { url } = app;
  const ask = async (client: string): Promise<string> => {
    const request = { method: 'POST', headers: { 'x-forwarded-for': client } };
    const answer = await fetch(`${url}/v1/twenty/nobody/session`, request);
    return ((await answer.json()) as { code: string }).code;
  };
  let last = '';
  for (let time = 0; time < TOO_MANY; time += 1) last = await ask('198.51.100.1');
  return [last, await ask('198.51.100.2')];
}

it('counts the clients of a proxy that is believed one by one', async () => {
  expect(await codesBehind('loopback, uniquelocal')).toEqual([
    'too_many_requests',
    'twenty_token_missing',
  ]);
});

it('believes nobody else who they say they are', async () => {
  expect(await codesBehind('10.0.0.0/8')).toEqual(['too_many_requests', 'too_many_requests']);
});
