import { describe, expect, it } from 'vitest';
import type { DealFilters } from './deal-filters.ts';
import { countFilters, NO_FILTERS, readDealFilters, writeDealFilters } from './deal-filters.ts';
import { filterInput, filtersOf } from './filter-input.ts';

const ALL: DealFilters = {
  text: 'Bright & Co',
  stages: ['draft', 'offer_ready'],
  businessStage: 'Lead Qualified (ICP/BANT)',
  owner: '01a1febd-310e-72a3-b904-2fa6768c7878',
  client: 'client-00002',
  outcome: 'open',
  sla: 'overdue',
  dueBefore: '2026-03-01T00:00:00.000Z',
  amountFrom: 0,
  amountTo: 100_000,
  currency: 'EUR',
  archived: true,
  createdFrom: '2026-01-01T00:00:00.000Z',
  createdBefore: '2026-02-01T00:00:00.000Z',
  reachedStages: ['running', 'closing'],
  industry: 'retail',
  clientType: 'agency',
  budgetBand: '10k-50k',
  segment: 'north',
  timer: 'lead_to_brief',
  runStatus: 'breached',
  runDueFrom: '2026-01-05T00:00:00.000Z',
  runDueBefore: '2026-01-06T00:00:00.000Z',
  runReached: true,
  leftStages: ['draft', 'closing'],
  kpi: 'spend, net',
  kpiCurrency: 'none',
  kpiFrom: '2026-01-07T00:00:00.000Z',
  kpiBefore: '2026-01-08T00:00:00.000Z',
  npsScoreFrom: 0,
  npsScoreTo: 6,
  npsFrom: '2026-01-09T00:00:00.000Z',
  npsBefore: '2026-01-10T00:00:00.000Z',
};

describe('filters in the address', () => {
  it('come back as they were written', () => {
    expect(readDealFilters(writeDealFilters(ALL, new URLSearchParams()))).toEqual(ALL);
    expect(readDealFilters(writeDealFilters(NO_FILTERS, new URLSearchParams()))).toEqual(
      NO_FILTERS,
    );
  });

  it('leave parameters of other parts alone, and replace their own', () => {
    const before = new URLSearchParams('sort=-amount&stage=draft&owner=x');
    expect(writeDealFilters(NO_FILTERS, before).toString()).toBe('sort=-amount');
  });

  it('take nothing that makes no sense', () => {
    const params = new URLSearchParams('outcome=maybe&sla=1&amount_from=12.5&archived=1');
    expect(readDealFilters(params)).toEqual(NO_FILTERS);
  });
});

describe('filterInput', () => {
  it('sends only what narrows', () => {
    expect(filterInput(NO_FILTERS, null)).toEqual({});
    expect(filterInput({ ...NO_FILTERS, text: ' ab ' }, 'adtech')).toEqual({ pipeline: 'adtech' });
  });

  it('sends all that is given', () => {
    const { timer, runStatus, runReached, runDueFrom, runDueBefore, ...others } = ALL;
    const { kpi, kpiCurrency, kpiFrom, kpiBefore, ...more } = others;
    const { npsScoreFrom, npsScoreTo, npsFrom, npsBefore, ...same } = more;
    expect(filterInput(ALL, 'adtech')).toEqual({
      ...same,
      pipeline: 'adtech',
      run: {
        timer,
        status: runStatus,
        reached: runReached,
        dueFrom: runDueFrom,
        dueBefore: runDueBefore,
      },
      kpi: { name: kpi, currency: kpiCurrency, from: kpiFrom, before: kpiBefore },
      nps: { scoreFrom: npsScoreFrom, scoreTo: npsScoreTo, from: npsFrom, before: npsBefore },
    });
  });
});

describe('filtersOf', () => {
  it('reads what was sent', () => {
    expect(filtersOf(filterInput(ALL, null))).toEqual(ALL);
    expect(filtersOf(filterInput(NO_FILTERS, null))).toEqual(NO_FILTERS);
  });

  it.each([null, 'text', 7, [], { stages: null, run: 'x', outcome: 5, more: {}, nps: [1] }])(
    'takes nothing that makes no sense: %j',
    (input) => {
      expect({ ...filtersOf(input), stages: [] }).toEqual(NO_FILTERS);
    },
  );
});

describe('countFilters', () => {
  it('counts kinds: a range is one, the text is none', () => {
    expect(countFilters(NO_FILTERS)).toBe(0);
    expect(countFilters({ ...NO_FILTERS, text: 'abc', amountFrom: 0, amountTo: 1 })).toBe(1);
    expect(countFilters(ALL)).toBe(24);
  });
});
