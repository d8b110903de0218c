import { describe, expect, it } from 'vitest';
import {
  countFilters,
  filterVariables,
  NO_FILTERS,
  readPairFilters,
  readState,
  writePairFilters,
} from './pair-filters.ts';

describe('filters of pairs', () => {
  const filters = { ...NO_FILTERS, lead: 'l1', by: 'name', responsible: 'p1' };

  it('are read from the address as they were written, beside what others wrote there', () => {
    const params = writePairFilters(filters, new URLSearchParams('state=later&source=old'));
    expect(params.get('state')).toBe('later');
    expect(params.has('source')).toBe(false);
    expect(readPairFilters(params)).toEqual(filters);
    expect(readState(params)).toBe('later');
  });

  it('know no way and no state that is none', () => {
    const params = new URLSearchParams('by=dream&state=never');
    expect(readPairFilters(params)).toEqual(NO_FILTERS);
    expect(readState(params)).toBe('open');
  });

  it('are sent and counted only where they narrow', () => {
    expect(filterVariables(filters)).toEqual({ lead: 'l1', by: 'name', responsible: 'p1' });
    expect(countFilters(filters)).toBe(3);
    expect(filterVariables(NO_FILTERS)).toEqual({});
  });
});
