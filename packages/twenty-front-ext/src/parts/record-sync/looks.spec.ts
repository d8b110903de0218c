import { describe, expect, it } from 'vitest';
import { pauseAfter, turnOf } from './looks.ts';

describe('looks at what waits', () => {
  it('are often at first, and then ever more seldom', () => {
    expect([0, 14, 15, 16, 17, 19, 20, 5_000].map(pauseAfter)).toEqual([
      ...[2_000, 2_000, 2_000, 4_000, 8_000, 32_000, 60_000, 60_000],
    ]);
  });

  it('take turns when there are too many for one', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    expect([0, 2, 4, 6].map((from) => turnOf(ids, from, 2).join(''))).toEqual([
      ...['ab', 'cd', 'ea', 'bc'],
    ]);
    expect(turnOf(ids, 4, 5)).toEqual(ids);
    expect(turnOf([], 3, 2)).toEqual([]);
  });
});
