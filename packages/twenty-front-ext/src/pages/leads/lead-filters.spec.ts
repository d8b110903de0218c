import { checkLeadFilter } from 'twenty-mak-domain';
import { describe, expect, it } from 'vitest';
import {
  countFilters,
  filterVariables,
  NO_FILTERS,
  readLeadFilters,
  segmentQuestions,
  writeLeadFilters,
} from './lead-filters.ts';

const filters = { ...NO_FILTERS, text: ' +380671234567 ', status: 'new', city: 'kyiv' };

describe('filters of leads', () => {
  it('live in the address and come back from it', () => {
    const params = writeLeadFilters(filters, new URLSearchParams('sort=-score&niche=old'));
    expect(params.get('sort')).toBe('-score');
    expect(params.has('niche')).toBe(false);
    expect(readLeadFilters(params)).toEqual(filters);
  });

  it('are told to the server only where they narrow', () => {
    expect(filterVariables(NO_FILTERS)).toEqual({});
    expect(filterVariables({ ...filters, duplicate: true })).toEqual({
      text: '+380671234567',
      status: 'new',
      filter: { all: [{ field: 'city', is: ['kyiv'] }] },
      duplicate: true,
    });
  });

  it('make a segment without what was searched for and which segment is shown', () => {
    const more = {
      ...filters,
      segment: 's',
      responsible: 'p1',
      duplicate: true,
      kind: 'new' as const,
    };
    const own = segmentQuestions(more);
    expect(own).toEqual([
      { field: 'status', is: ['new'] },
      { field: 'kind', is: ['new'] },
      { field: 'city', is: ['kyiv'] },
      { field: 'responsible_id', is: ['p1'] },
      { field: 'duplicate', is: [true] },
    ]);
    expect(checkLeadFilter({ all: own }, false).ok).toBe(true);
    expect(segmentQuestions({ ...NO_FILTERS, text: 'x', segment: 's' })).toEqual([]);
  });

  it('are counted without the searched text', () => {
    expect(countFilters(filters)).toBe(2);
  });
});
