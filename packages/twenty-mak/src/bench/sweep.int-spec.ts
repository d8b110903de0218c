import { expect, inject, it } from 'vitest';
import { sweepRatios, sweepScaleRatios } from './sweep.ts';

const as = (user?: string): string => {
  const url = new URL(inject('MAK_TEST_PG_URL'));
  if (user !== undefined) Object.assign(url, { username: user, password: `${user}-test` });
  return url.href;
};
const server = { ownerUrl: as(), appUrl: as('mak_app'), scanUrl: as('mak_scan') };

// The PostgreSQL of the tests gives up durability for speed; there a figure must not come about.
it('refuses to measure where fsync is off', async () => {
  await expect(sweepRatios({ ...server, rounds: 1, runs: 10 })).rejects.toThrow('fsync is not on');
  await expect(sweepScaleRatios({ ...server, rounds: 1, small: 10, large: 20 })).rejects.toThrow(
    'fsync is not on',
  );
});

it('measures both goals, and checks what was swept, when that is set aside', async () => {
  const options = { ...server, rounds: 2, durable: false };
  const sweep = await sweepRatios({ ...options, runs: 3_000 });
  expect(sweep).toHaveLength(2);
  const scale = await sweepScaleRatios({ ...options, small: 100, large: 2_000, polls: 10 });
  expect(scale).toHaveLength(2);
  for (const ratio of [...sweep, ...scale]) expect(ratio).toBeGreaterThan(0);
});
