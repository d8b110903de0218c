import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../../test/support/app.ts';
import type { TestApp } from '../../test/support/app.ts';
import { boardQueryRatios, boardQueryScaleRatios } from './board-query.ts';

let mak: TestApp;

beforeAll(async () => {
  mak = await startApp();
});
afterAll(() => mak?.close());

/** The page's own request is answered by both arms and compared; the figures of so few boards say nothing. */
it('asks for the board as the page does, and leaves no database behind', async () => {
  const { database, operatorKey } = mak;
  const few = { ...database, operatorKey, rounds: 2, boards: 3 };
  const ratios = [
    ...(await boardQueryRatios({ ...few, deals: 4_000 })),
    ...(await boardQueryScaleRatios({ ...few, small: 4_000, large: 6_000 })),
  ];
  expect(ratios).toHaveLength(4);
  for (const ratio of ratios) expect(ratio).toBeGreaterThan(0);
  // Another file may be measuring at the same time.
  const left = "SELECT datname FROM pg_database WHERE datname LIKE 'mak_bench%'";
  await expect.poll(() => database.query(left), { timeout: 60_000 }).toEqual([]);
}, 120_000);
