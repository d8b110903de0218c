import { describe, expect, it } from 'vitest';
import { filterWithin, questionsOf } from './segment-filter.ts';

describe('the filter of a segment', () => {
  const own = [
    { field: 'status', is: ['new'] },
    { field: 'duplicate', is: [true] },
  ] as const;

  it('asks only for what narrows', () => {
    const filters = { status: 'new', city: null, niche: '', duplicate: true, archived: false };
    expect(questionsOf(filters)).toEqual(own);
  });

  it('asks what the segment asks that is chosen, and more', () => {
    const amount = { field: 'amount', from: 5 };
    expect(filterWithin(null, own)).toEqual({ all: own });
    expect(filterWithin(amount, own)).toEqual({ all: [amount, ...own] });
    expect(filterWithin({ all: [amount] }, own)).toEqual({ all: [amount, ...own] });
    expect(filterWithin({ any: [amount] }, own)).toEqual({ all: [{ any: [amount] }, ...own] });
  });
});
