import { expect, it } from 'vitest';
import { lastHours } from './hours.ts';

const nothing = { hours: [], lastSyncedAt: null, polledAt: null };

it('has no hours when nothing was ever done', () => {
  expect(lastHours(nothing)).toEqual([]);
});

it('fills the hours in which nothing was done, up to the last that is known', () => {
  const hours = lastHours({
    hours: [{ at: '2026-01-02T03:00:00.000Z', written: 5, refused: 1 }],
    lastSyncedAt: '2026-01-02T03:10:00.000Z',
    polledAt: '2026-01-02T05:59:59.000Z',
  });
  expect(hours).toHaveLength(24);
  expect(hours.at(-1)).toEqual({ at: Date.parse('2026-01-02T05:00:00Z'), written: 0, refused: 0 });
  expect(hours.at(-3)).toEqual({ at: Date.parse('2026-01-02T03:00:00Z'), written: 5, refused: 1 });
  expect(hours[0]?.at).toBe(Date.parse('2026-01-01T06:00:00Z'));
});
