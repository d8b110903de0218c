import { describe, expect, it } from 'vitest';
import {
  countFilters,
  exportQuery,
  filterInput,
  NO_FILTERS,
  readClientFilters,
  writeClientFilters,
} from './client-filters.ts';

const filters = { ...NO_FILTERS, text: ' nova ', kind: 'company', keyAccount: true } as const;

describe('filters of clients', () => {
  it('live in the address and come back from it', () => {
    const params = writeClientFilters(filters, new URLSearchParams('sort=-name&owner=old'));
    expect(params.get('sort')).toBe('-name');
    expect(params.has('owner')).toBe(false);
    expect(readClientFilters(params)).toEqual(filters);
  });

  it('leave out what makes no sense in an address', () => {
    const params = new URLSearchParams('kind=planet&key_account=maybe&archived=1');
    expect(readClientFilters(params)).toEqual(NO_FILTERS);
  });

  it('are told to the server only where they narrow', () => {
    expect(filterInput(NO_FILTERS)).toEqual({});
    expect(filterInput(filters)).toEqual({ text: 'nova', kind: 'company', keyAccount: true });
  });

  it('are those of the file that is exported', () => {
    expect(exportQuery(NO_FILTERS, 'csv')).toBe('format=csv');
    expect(exportQuery(filters, 'xlsx')).toBe(
      'format=xlsx&text=nova&kind=company&key_account=true',
    );
  });

  it('are counted without the searched text', () => {
    expect(countFilters(filters)).toBe(2);
  });
});
