import type { DashboardQuery } from '../../generated/graphql.ts';
import {
  NO_CURRENCY,
  NO_FILTERS,
  writeDealFilters,
} from '../../parts/deal-filters/deal-filters.ts';
import type { DealFilters } from '../../parts/deal-filters/deal-filters.ts';

export type Dashboard = DashboardQuery['dashboard'];

/** What a dashboard can be narrowed by, besides pipeline and period. */
export type DashboardFilters = Pick<
  DealFilters,
  'owner' | 'industry' | 'clientType' | 'budgetBand' | 'segment'
>;

export interface DealLinks {
  /** Deals created in the period. */
  readonly created: (narrowed: Partial<DealFilters>) => string;
  /** Deals whenever they were created: those of figures that look at days or at the present. */
  readonly ever: (narrowed: Partial<DealFilters>) => string;
  /** Deals for which a campaign figure was reported in the period, or in a part of it. */
  readonly reported: (
    name: string,
    currency: string | null,
    part?: Pick<DealFilters, 'kpiFrom' | 'kpiBefore'>,
  ) => string;
  /** Deals with an answer of such a score in the period, both ends included. */
  readonly answered: (npsScoreFrom: number, npsScoreTo: number) => string;
}

/** The filters of an address that a dashboard knows; the others mean nothing here. */
export function dashboardFilters(filters: DealFilters): DashboardFilters {
  const { owner, industry, clientType, budgetBand, segment } = filters;
  return { owner, industry, clientType, budgetBand, segment };
}

/** Addresses of the table with the deals behind the figures of a dashboard. */
export function dealLinks(
  {
    pipeline,
    createdFrom,
    createdBefore,
  }: Pick<Dashboard, 'pipeline' | 'createdFrom' | 'createdBefore'>,
  filters: DashboardFilters,
): DealLinks {
  const ever = (narrowed: Partial<DealFilters>): string => {
    const params = writeDealFilters(
      { ...NO_FILTERS, ...filters, ...narrowed },
      new URLSearchParams({ pipeline }),
    );
    return `/deals?${params.toString()}`;
  };
  const period = { kpiFrom: createdFrom, kpiBefore: createdBefore };
  return {
    ever,
    created: (narrowed) => ever({ createdFrom, createdBefore, ...narrowed }),
    reported: (kpi, currency, part = period) =>
      ever({ kpi, kpiCurrency: currency ?? NO_CURRENCY, ...part }),
    answered: (npsScoreFrom, npsScoreTo) =>
      ever({ npsScoreFrom, npsScoreTo, npsFrom: createdFrom, npsBefore: createdBefore }),
  };
}
