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

  it('are of any time where the figure is of the present', () => {
    const params = paramsOf(links.ever({ sla: 'overdue' }));
    expect(readDealFilters(params)).toEqual({
      ...NO_FILTERS,
      industry: 'Food & drink',
      sla: 'overdue',
    });
  });
});
