import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { TwentyClient, TwentyRefusal } from './twenty-client.ts';

const KEY = 'a-very-secret-key';
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body);
});
let reply = { status: 200, body: '' };

afterEach(() => {
  server.close();
});

/** What the client says to an answer of twenty. */
async function saidTo(status: number, body: string): Promise<unknown> {
  reply = { status, body };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const twenty = new TwentyClient({ address: `http://127.0.0.1:${port}`, key: KEY });
  return twenty.metadata('{ a }', {}, z.object({ a: z.number() })).catch((error: unknown) => error);
}

const refusal = (message: string, extensions: object): string =>
  JSON.stringify({ errors: [{ message, extensions }] });

it('reads an answer', async () => {
  expect(await saidTo(200, '{"data":{"a":1}}')).toEqual({ a: 1 });
});

// As twenty 2.21.0 says them.
it.each([
  [
    'a wrong key',
    200,
    refusal('Token invalid.', { code: 'UNAUTHENTICATED' }),
    'does not know the API key',
  ],
  [
    'a key without rights',
    200,
    refusal('Forbidden', { code: 'FORBIDDEN', subCode: 'PERMISSION_DENIED' }),
    'role Admin',
  ],
  [
    'an old twenty',
    200,
    refusal('Cannot query field "findManyApplications" on type "Query".', {}),
    'too old',
  ],
  [
    'a twenty too old for the app',
    200,
    refusal('App requires Twenty server >=2.20.0', { subCode: 'SERVER_VERSION_INCOMPATIBLE' }),
    'too old',
  ],
  ['another server', 404, '{"message":"Not found"}', 'as a twenty does'],
  ['a page', 200, '<!doctype html>', 'as a twenty does'],
])('says what to do about %s', async (_, status, body, words) => {
  const error = await saidTo(status, body);
  expect(error).toMatchObject({ name: 'CliError', advice: expect.any(String) });
  const { message, advice } = error as { message: string; advice: string };
  expect(`${message} ${advice}`).toContain(words);
  expect(`${message} ${advice}`).not.toContain(KEY);
});

it('says which part of the app is wrong', async () => {
  const errors = {
    fieldMetadata: [
      {
        errors: [{ message: 'This name is reserved.' }],
        flatEntityMinimalInformation: { name: 'address' },
      },
    ],
  };
  const error = await saidTo(200, refusal('Validation failed', { code: 'INVALID', errors }));
  expect(error).toBeInstanceOf(TwentyRefusal);
  expect(String(error)).toContain('address: This name is reserved.');
});

it('says that nobody answers', async () => {
  const twenty = new TwentyClient({ address: 'http://127.0.0.1:1', key: KEY });
  await expect(twenty.metadata('{ a }', {}, z.unknown())).rejects.toThrow('does not answer');
});
