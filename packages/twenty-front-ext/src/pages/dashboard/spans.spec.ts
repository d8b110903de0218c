import { describe, expect, it } from 'vitest';
import { dayAt } from '../../ui/format/day.ts';
import { beginOfDay, spansOf } from './spans.ts';

describe('the columns of a period', () => {
  it('are days when there is room', () => {
    expect(spansOf('2026-02-27', '2026-03-01', 3)).toEqual({
      step: 'day',
      spans: [
        { from: '2026-02-27', before: '2026-02-28' },
        { from: '2026-02-28', before: '2026-03-01' },
        { from: '2026-03-01', before: '2026-03-02' },
      ],
    });
  });

  it('are weeks from Monday when there is less', () => {
    const { step, spans } = spansOf('2026-03-01', '2026-03-17', 4);
    expect(step).toBe('week');
    expect(spans.map(({ from }) => from)).toEqual([
      '2026-02-23',
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
    ]);
  });

  it('are months, quarters and years, without a gap', () => {
    for (const [most, step] of [
      [14, 'month'],
      [5, 'quarter'],
      [2, 'year'],
    ] as const) {
      const found = spansOf('2025-02-10', '2026-03-17', most);
      expect(found.step).toBe(step);
      for (const [index, span] of found.spans.slice(1).entries())
        expect(span.from).toBe(found.spans[index]?.before);
    }
  });

  it('are the newest years when not all fit', () => {
    const { spans } = spansOf('1990-01-01', '2026-03-17', 3);
    expect(spans.map(({ from }) => from)).toEqual(['2024-01-01', '2025-01-01', '2026-01-01']);
  });
});

describe('a day of a time zone', () => {
  it('begins when its clocks show midnight', () => {
    expect(new Date(beginOfDay('2026-07-01', 'Europe/Kyiv')).toISOString()).toBe(
      '2026-06-30T21:00:00.000Z',
    );
  });

  it('is found again from its first and its last instant', () => {
    const begin = beginOfDay('2026-03-29', 'Europe/Kyiv');
    const end = beginOfDay('2026-03-30', 'Europe/Kyiv');
    expect(end - begin).toBe(23 * 3_600_000);
    expect(dayAt(begin, 'Europe/Kyiv')).toBe('2026-03-29');
    expect(dayAt(end - 1, 'Europe/Kyiv')).toBe('2026-03-29');
  });
});
