import { checkFilter, CLIENT_FILTERS } from 'twenty-mak-domain';
import { describe, expect, it } from 'vitest';
import {
  countFilters,
  exportQuery,
  filterInput,
  NO_FILTERS,
  readClientFilters,
  segmentQuestions,
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

  it('make a segment without what was searched for, which segment is shown, and the archive', () => {
    const more = { ...filters, inSegment: 's', segment: 'brand', owner: 'p1', archived: true };
    const words = { industry: 'food', clientType: 'chain', budgetBand: 'large' };
    const asked = { ...more, ...words, size: '50', source: 'fair' };
    expect(readClientFilters(writeClientFilters(asked, new URLSearchParams()))).toEqual(asked);
    const own = segmentQuestions(asked);
    expect(own).toEqual([
      { field: 'kind', is: ['company'] },
      { field: 'industry', is: ['food'] },
      { field: 'segments', is: ['brand'] },
      { field: 'client_type', is: ['chain'] },
      { field: 'budget_band', is: ['large'] },
      { field: 'size', is: ['50'] },
      { field: 'source', is: ['fair'] },
      { field: 'owner_id', is: ['p1'] },
      { field: 'key_account', is: [true] },
    ]);
    expect(checkFilter(CLIENT_FILTERS, { all: own }, false).ok).toBe(true);
    expect(segmentQuestions({ ...NO_FILTERS, text: 'x', inSegment: 's', archived: true })).toEqual(
      [],
    );
  });

  it('are counted without the searched text', () => {
    expect(countFilters(filters)).toBe(2);
  });
});
