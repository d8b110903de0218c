import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/config.ts';
import { isOutage } from '../errors/index.ts';
import { People } from './people.ts';

describe('a session while PostgreSQL is away', () => {
  it('is an outage, which passes, and no defect', async () => {
    const secret = 'x'.repeat(32);
    const url = 'postgres://nobody@127.0.0.1:1/away';
    const config = readConfig({
      PG_APP_URL: url,
      PG_SCAN_URL: url,
      REDIS_URL: 'redis://127.0.0.1:1',
      MAK_SECRET_KEY: secret,
      MAK_OPERATOR_KEY: secret,
      BETTER_AUTH_SECRET: secret,
    });
    const nobody = undefined as never;
    const people = new People(config, nobody, nobody, nobody);
    const signature = createHmac('sha256', secret).update('session').digest('base64');
    const headers = new Headers({
      authorization: `Bearer ${encodeURIComponent(`session.${signature}`)}`,
    });
    const failure = await people.signedIn(headers).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Error);
    expect(isOutage(failure)).toBe(true);
    await people.onApplicationShutdown();
  });
});
