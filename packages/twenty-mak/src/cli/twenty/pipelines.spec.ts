import { expect, it } from 'vitest';
import { stageRecords } from './pipelines.ts';

it('puts endings behind the stages, without a rank', () => {
  const records = stageRecords('p1', {
    stages: [
      { key: 'draft', title: 'Draft' },
      { key: 'closed', title: 'Closed', kind: 'won' },
    ],
    endings: [{ key: 'cancelled', title: 'Cancelled', outcome: 'lost' }],
  });
  expect(records).toEqual([
    { makId: 'p1:draft', name: 'Draft', rank: 0, kind: 'OPEN' },
    { makId: 'p1:closed', name: 'Closed', rank: 1, kind: 'WON' },
    { makId: 'p1:cancelled', name: 'Cancelled', rank: null, kind: 'LOST' },
  ]);
});
