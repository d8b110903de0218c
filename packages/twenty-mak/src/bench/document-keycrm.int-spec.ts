import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../../test/support/app.ts';
import type { TestApp } from '../../test/support/app.ts';
import { documentTimes } from './document-keycrm.ts';
import { LIMITS } from './document.ts';

let api: TestApp;
let worker: TestApp;

beforeAll(async () => {
  api = await startApp();
  const env = { MAK_POLL_INTERVAL_MS: '200' };
  worker = await startApp({ role: 'worker', database: api.database, env });
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

it(
  'keeps what the source document asks for, with the limit of KeyCRM',
  // Seconds of a whole machine: beside other specs they are asked for up to three times.
  { timeout: 120_000, retry: 2 },
  async () => {
    const { url, operatorKey, database } = api;
    const times = await documentTimes({ url, operatorKey, ownerUrl: database.ownerUrl });
    expect(times.sync, 'milliseconds of a sync').toBeLessThan(LIMITS.sync);
    expect(times.webhook, 'milliseconds of a webhook').toBeLessThan(LIMITS.webhook);
    expect(times.api, 'milliseconds of an answer').toBeLessThan(LIMITS.api);
    expect(times.order, 'milliseconds of an order').toBeLessThan(LIMITS.order);
  },
);
