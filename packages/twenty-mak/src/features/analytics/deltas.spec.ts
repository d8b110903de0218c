import { describe, expect, it } from 'vitest';
import { RollupDeltas } from './deltas.ts';

const place = { pipelineId: 'p', figure: 'deal', at: 1_000_000_000_000, subject: 'draft' } as const;
const MINUTE = 60_000;

describe('deltas', () => {
  it('of one place are one row, and what adds up to nothing is none', () => {
    const deltas = new RollupDeltas();
    deltas.add(place, 1, 500);
    deltas.add({ ...place, at: place.at + MINUTE }, 1, 250);
    deltas.add({ ...place, subject: 'briefed' }, 1, 7);
    deltas.add({ ...place, subject: 'briefed' }, -1, -7);
    expect(deltas.rows()).toMatchObject([{ subject: 'draft', detail: '', n: 2, total: 750 }]);
  });

  it('of different places stay apart', () => {
    const deltas = new RollupDeltas();
    deltas.add(place, 1);
    deltas.add({ ...place, at: place.at + 15 * MINUTE }, 1);
    deltas.add({ ...place, currency: 'EUR' }, 1);
    deltas.add({ ...place, detail: 'x' }, 1);
    deltas.add({ ...place, pipelineId: 'q' }, 1);
    deltas.add({ ...place, figure: 'wait' }, 1);
    expect(deltas.rows()).toHaveLength(6);
  });

  it('that a number cannot hold, and fractions, are left for PostgreSQL to add', () => {
    const deltas = new RollupDeltas();
    for (const total of [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 0.1, 0.2])
      deltas.add(place, 1, total);
    const totals = deltas.rows().map(({ total }) => total);
    expect(totals.toSorted((a, b) => a - b)).toEqual([
      0.1,
      0.2,
      Number.MAX_SAFE_INTEGER,
      Number.MAX_SAFE_INTEGER,
    ]);
  });
});
