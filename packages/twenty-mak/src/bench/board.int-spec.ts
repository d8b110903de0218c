import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase } from '../../test/support/database.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import { boardRatios, boardScaleRatios } from './board.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database?.drop());

/** Both arms run on small databases and are compared; the figures of so few boards say nothing. */
it('measures a ratio a round and leaves no database behind', async () => {
  const few = { ...database, rounds: 2, boards: 5 };
  const ratios = [
    ...(await boardRatios({ ...few, deals: 8_000 })),
    ...(await boardScaleRatios({ ...few, small: 4_000, large: 8_000 })),
  ];
  expect(ratios).toHaveLength(4);
  for (const ratio of ratios) expect(ratio).toBeGreaterThan(0);
  // Another file may be measuring at the same time.
  const left = "SELECT datname FROM pg_database WHERE datname LIKE 'mak_bench%'";
  await expect.poll(() => database.query(left), { timeout: 60_000 }).toEqual([]);
}, 120_000);
