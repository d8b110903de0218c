import { expect, it } from 'vitest';
import { stageRecords } from './pipelines.ts';

it('puts endings behind the stages, without a rank', () => {
  const records = stageRecords('adtech', {
    stages: [
      { key: 'draft', title: 'Draft' },
      { key: 'closed', title: 'Closed', kind: 'won' },
    ],
    endings: [{ key: 'cancelled', title: 'Cancelled' }],
  });
  expect(records).toEqual([
    { makId: 'adtech/draft', name: 'Draft', rank: 0, kind: 'OPEN' },
    { makId: 'adtech/closed', name: 'Closed', rank: 1, kind: 'WON' },
    { makId: 'adtech/cancelled', name: 'Cancelled', rank: null, kind: 'LOST' },
  ]);
});
