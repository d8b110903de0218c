import type { CabinetHomeQuery } from '../../generated/graphql.ts';

export type Overview = CabinetHomeQuery['cabinetOverview'];
export type OverviewLeads = NonNullable<Overview['leads']>;
export type OverviewDeals = NonNullable<Overview['deals']>;
