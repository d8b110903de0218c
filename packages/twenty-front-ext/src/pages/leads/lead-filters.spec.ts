import { describe, expect, it } from 'vitest';
import {
  countFilters,
  filterVariables,
  NO_FILTERS,
  readLeadFilters,
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

  it('are counted without the searched text', () => {
    expect(countFilters(filters)).toBe(2);
  });
});
