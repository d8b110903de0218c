import { describe, expect, it } from 'vitest';
import { NO_FILTERS, readDealFilters } from '../../parts/deal-filters/deal-filters.ts';
import { dashboardFilters, dealLinks } from './deal-links.ts';

const links = dealLinks(
  {
    pipeline: 'adtech',
    createdFrom: '2026-02-28T22:00:00.000Z',
    createdBefore: '2026-03-31T21:00:00.000Z',
  },
  dashboardFilters({ ...NO_FILTERS, text: 'left out', industry: 'Food & drink' }),
);

function paramsOf(link: string): URLSearchParams {
  const url = new URL(link, 'http://localhost');
  expect(url.pathname).toBe('/deals');
  return url.searchParams;
}

describe('the deals behind a figure', () => {
  it('are those of the pipeline, the filters and the period', () => {
    const params = paramsOf(links.created({ stages: ['draft', 'briefed'] }));
    expect(params.get('pipeline')).toBe('adtech');
    expect(readDealFilters(params)).toEqual({
      ...NO_FILTERS,
      industry: 'Food & drink',
      createdFrom: '2026-02-28T22:00:00.000Z',
      createdBefore: '2026-03-31T21:00:00.000Z',
      stages: ['draft', 'briefed'],
    });
  });

  it('are those of reports and answers of the period', () => {
    const own = { ...NO_FILTERS, industry: 'Food & drink' };
    const [kpiFrom, kpiBefore] = ['2026-02-28T22:00:00.000Z', '2026-03-31T21:00:00.000Z'];
    expect(readDealFilters(paramsOf(links.reported('spend', 'EUR')))).toEqual({
      ...own,
      ...{ kpi: 'spend', kpiCurrency: 'EUR', kpiFrom, kpiBefore },
    });
    const day = { kpiFrom: '2026-03-01T22:00:00.000Z', kpiBefore: '2026-03-02T22:00:00.000Z' };
    expect(readDealFilters(paramsOf(links.reported('clicks', null, day)))).toEqual({
      ...own,
      ...{ kpi: 'clicks', kpiCurrency: 'none', ...day },
    });
    expect(readDealFilters(paramsOf(links.answered(0, 6)))).toEqual({
      ...own,
      ...{ npsScoreFrom: 0, npsScoreTo: 6, npsFrom: kpiFrom, npsBefore: kpiBefore },
    });
  });

  it('are of any time where the figure is of the present', () => {
    const params = paramsOf(links.ever({ sla: 'overdue' }));
    expect(readDealFilters(params)).toEqual({
      ...NO_FILTERS,
      industry: 'Food & drink',
      sla: 'overdue',
    });
  });
});
