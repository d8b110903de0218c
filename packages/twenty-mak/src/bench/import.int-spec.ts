import { afterAll, beforeAll, expect, it } from 'vitest';
import { importStage } from '../../test/support/imports.ts';
import type { ImportStage } from '../../test/support/imports.ts';
import { importMemoryRatios, importRatios } from './import.ts';

let stage: ImportStage;

beforeAll(async () => {
  stage = await importStage();
});
afterAll(() => stage.close());

/** Both arms run with few rows and their counts are checked; the figures of so few say nothing. */
it('measures a ratio a round', async () => {
  const place = {
    url: stage.api.url,
    workerUrl: stage.worker.url,
    operatorKey: stage.api.operatorKey,
    ownerUrl: stage.api.database.ownerUrl,
    log: () => undefined,
    rounds: 2,
  };
  const ratios = [
    ...(await importRatios({ ...place, rows: 1_200 })),
    ...(await importMemoryRatios({ ...place, small: 300, large: 600 })),
  ];
  expect(ratios).toHaveLength(4);
  for (const ratio of ratios) expect(ratio).toBeGreaterThan(0);
  const left = await stage.api.database.query(
    "SELECT 1 FROM pg_class WHERE relname = 'bench_copy'",
  );
  expect(left).toEqual([]);
});
