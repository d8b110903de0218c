import { describe, expect, it } from 'vitest';
import { runBar } from './sla-bar.ts';

const HOUR = 3_600_000;
const at = (hours: number): string => new Date(hours * HOUR).toISOString();

describe('runBar', () => {
  it('is as long as the target while there is time', () => {
    const run = { openedAt: at(0), dueAt: at(8), closedAt: null };
    expect(runBar(run, 2 * HOUR)).toEqual({
      elapsed: 2 * HOUR,
      target: 8 * HOUR,
      within: 0.25,
      beyond: 0,
      due: 1,
    });
  });

  it('is as long as the run when that is late', () => {
    const run = { openedAt: at(0), dueAt: at(8), closedAt: at(10) };
    expect(runBar(run, 100 * HOUR)).toEqual({
      elapsed: 10 * HOUR,
      target: 8 * HOUR,
      within: 0.8,
      beyond: 0.2,
      due: 0.8,
    });
  });

  it('has no end before its begin, whatever the clocks say', () => {
    expect(runBar({ openedAt: at(5), dueAt: at(5), closedAt: null }, 0)).toEqual({
      elapsed: 0,
      target: 0,
      within: 0,
      beyond: 0,
      due: 0,
    });
  });
});
