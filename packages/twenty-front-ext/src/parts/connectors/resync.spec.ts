import { describe, expect, it } from 'vitest';
import { isResyncing, resyncProgress } from './resync.ts';

const resync = (listed: boolean, marked: number, left: number, found = 0, foundAll = true) => ({
  resync: { startedAt: '2026-01-01T00:00:00.000Z', listed, marked, found, foundAll, left },
});

describe('the progress of a resync', () => {
  it.each([
    [{ resync: null }, null],
    [resync(true, 100, 0), null],
    [resync(false, 0, 0), { done: 0, of: 0, listing: true, share: 0 }],
    [resync(false, 200, 50), { done: 150, of: 200, listing: true, share: 0.75 }],
    [resync(true, 200, 50), { done: 150, of: 200, listing: false, share: 0.75 }],
    // MaK is empty, and the other system is still being asked for what it has.
    [resync(true, 0, 0, 0, false), { done: 0, of: 0, listing: true, share: 0 }],
    [resync(true, 0, 300, 1_200, false), { done: 900, of: 1_200, listing: true, share: 0.75 }],
    [resync(true, 200, 250, 800), { done: 750, of: 1_000, listing: false, share: 0.75 }],
    [resync(true, 200, 0, 800), null],
    // What waited before it began counts too.
    [resync(true, 10, 40), { done: 0, of: 40, listing: false, share: 0 }],
  ])('of %j is %j', (connector, progress) => {
    expect(resyncProgress(connector)).toEqual(progress);
    expect(isResyncing(connector)).toBe(progress !== null);
  });
});
