import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_DAY, LAST_DAY, splitPeriod } from './period.ts';

const day = fc
  .integer({ min: 0, max: 1_500 })
  .map((offset) => new Date(Date.UTC(2023, 10, 1 + offset)).toISOString().slice(0, 10));

describe('a period', () => {
  it.each([
    [null, null, [[FIRST_DAY, LAST_DAY]], []],
    ['2026-01-01', '2026-12-31', [['2026-01-01', '2027-01-01']], []],
    ['2026-01-15', null, [['2026-02-01', LAST_DAY]], [['2026-01-15', '2026-02-01']]],
    [null, '2026-01-15', [[FIRST_DAY, '2026-01-01']], [['2026-01-01', '2026-01-16']]],
    ['2026-01-15', '2026-02-27', [], [['2026-01-15', '2026-02-28']]],
    ['2026-01-15', '2026-02-28', [['2026-02-01', '2026-03-01']], [['2026-01-15', '2026-02-01']]],
    ['2026-03-05', '2026-03-05', [], [['2026-03-05', '2026-03-06']]],
  ])('from %s to %s', (from, to, months, days) => {
    const split = splitPeriod({ from, to });
    expect(split.months.map((one) => [one.from, one.until])).toEqual(months);
    expect(split.days.map((one) => [one.from, one.until])).toEqual(days);
  });

  it('is covered without a gap and without an overlap, by months that are whole', () => {
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        const { months, days } = splitPeriod({ from, to });
        const parts = [...months, ...days].toSorted((a, b) => (a.from < b.from ? -1 : 1));
        expect(parts[0]?.from).toBe(from);
        for (const [index, part] of parts.slice(1).entries())
          expect(part.from).toBe(parts[index]?.until);
        const after = new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10);
        expect(parts.at(-1)?.until).toBe(after);
        for (const month of months) expect(`${month.from}${month.until}`).toMatch(/-01.*-01$/);
      }),
    );
  });
});
