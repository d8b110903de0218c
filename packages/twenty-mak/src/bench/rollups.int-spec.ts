import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase } from '../../test/support/database.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import { rollupsRatios } from './rollups.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database?.drop());

/** Both arms give the same report of a small year; the figures of so few deals say nothing. */
it('measures a ratio a round, compares the reports and leaves no database behind', async () => {
  const ratios = await rollupsRatios({ ...database, rounds: 2, reports: 1, deals: 3_000 });
  expect(ratios).toHaveLength(2);
  for (const ratio of ratios) expect(ratio).toBeGreaterThan(0);
  // Another file may be measuring at the same time.
  const left = "SELECT datname FROM pg_database WHERE datname LIKE 'mak_bench%'";
  await expect.poll(() => database.query(left), { timeout: 60_000 }).toEqual([]);
}, 120_000);
