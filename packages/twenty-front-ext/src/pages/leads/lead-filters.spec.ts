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

const ZONE = 'Europe/Kyiv';
const filters = { ...NO_FILTERS, text: ' +380671234567 ', status: 'new', city: 'kyiv' };

describe('filters of leads', () => {
  it('live in the address and come back from it', () => {
    const params = writeLeadFilters(filters, new URLSearchParams('sort=-score&niche=old'));
    expect(params.get('sort')).toBe('-score');
    expect(params.has('niche')).toBe(false);
    expect(readLeadFilters(params)).toEqual(filters);
  });

  it('are told to the server only where they narrow', () => {
    expect(filterVariables(NO_FILTERS, ZONE)).toEqual({});
    expect(filterVariables({ ...filters, duplicate: true }, ZONE)).toEqual({
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
    const own = segmentQuestions(more, ZONE);
    expect(own).toEqual([
      { field: 'status', is: ['new'] },
      { field: 'kind', is: ['new'] },
      { field: 'city', is: ['kyiv'] },
      { field: 'responsible_id', is: ['p1'] },
      { field: 'duplicate', is: [true] },
    ]);
    expect(checkLeadFilter({ all: own }, false).ok).toBe(true);
    expect(segmentQuestions({ ...NO_FILTERS, text: 'x', segment: 's' }, ZONE)).toEqual([]);
  });

  it('ask for handling, legal form, partner, consent, system, amounts, score and days, which a segment keeps', () => {
    const asked = {
      ...NO_FILTERS,
      handling: 'call',
      legalForm: 'sole_trader' as const,
      partner: 'p1',
      consent: 'none' as const,
      system: 'amocrm',
      amountFrom: 100,
      amountTo: 500,
      currency: 'UAH',
      scoreFrom: 70,
      enteredFrom: '2026-03-01',
      enteredTo: '2026-03-02',
    };
    const all = [
      { field: 'handling', is: ['call'] },
      { field: 'legal_form', is: ['sole_trader'] },
      { field: 'partner_id', is: ['p1'] },
      { field: 'external_system', is: ['amocrm'] },
      { field: 'consent', empty: true },
      { field: 'amount', from: 100, to: 500 },
      { field: 'currency', is: ['UAH'] },
      { field: 'score', from: 70 },
      {
        field: 'created_at',
        from: Date.parse('2026-02-28T22:00:00Z'),
        before: Date.parse('2026-03-02T22:00:00Z'),
      },
    ];
    expect(filterVariables(asked, ZONE)).toEqual({ filter: { all } });
    expect(segmentQuestions(asked, ZONE)).toEqual(all);
    expect(checkLeadFilter({ all }, false).ok).toBe(true);
    const params = writeLeadFilters(asked, new URLSearchParams());
    expect(readLeadFilters(params)).toEqual(asked);
    const said = { ...NO_FILTERS, consent: 'given' as const };
    expect(segmentQuestions(said, ZONE)).toEqual([{ field: 'consent', is: ['given'] }]);
  });

  it('forget what no address of ours says', () => {
    const params = new URLSearchParams(
      'amount_from=-1&amount_to=x&score_from=much&legal_form=club&entered_from=soon&consent=yes',
    );
    expect(readLeadFilters(params)).toEqual(NO_FILTERS);
  });

  it('are counted without the searched text, a span as one', () => {
    expect(countFilters(filters)).toBe(2);
    const span = { amountFrom: 1, amountTo: 2, currency: 'UAH', enteredTo: '2026-03-02' };
    expect(countFilters({ ...filters, ...span })).toBe(4);
  });
});
