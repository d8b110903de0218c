import type { Calendar } from 'twenty-mak-domain';
import { describe, expect, it } from 'vitest';
import { workingSecondsOf } from './targets.ts';

const office: Calendar = {
  kind: 'working',
  timeZone: 'Europe/Kyiv',
  week: {
    1: [
      { from: '09:00', to: '13:00' },
      { from: '14:00', to: '18:00' },
    ],
    2: [{ from: '10:30', to: '14:30' }],
    3: [],
  },
};

describe('a target in seconds', () => {
  it.each([
    [{ amount: 30, unit: 'minutes' }, undefined, 1_800],
    [{ amount: 8, unit: 'hours' }, office, 8 * 3_600],
    [{ amount: 2, unit: 'days' }, undefined, 172_800],
    [{ amount: 2, unit: 'days' }, { kind: 'always' }, 172_800],
    [{ amount: 2, unit: 'days' }, office, 2 * 6 * 3_600],
    [{ amount: 2, unit: 'days' }, { ...office, week: {} }, 0],
  ] as const)('%j on %j', (target, calendar, seconds) => {
    expect(workingSecondsOf(target, calendar)).toBe(seconds);
  });
});
