import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import { dashboardQuery } from './dashboard.dto.ts';
import { Dashboard, DashboardArgs } from './dashboard.model.ts';
import { DashboardService } from './dashboard.service.ts';

@Resolver(() => Dashboard)
export class DashboardResolver {
  constructor(@Inject(DashboardService) private readonly service: DashboardService) {}

  @RequireScope('deals:read')
  @Query(() => Dashboard, {
    description: 'The United Stage Dashboard of one pipeline. Archived deals count nowhere.',
  })
  async dashboard(
    @CurrentPrincipal() principal: Principal,
    @Args() { clientType, budgetBand, ...rest }: DashboardArgs,
  ): Promise<Dashboard> {
    const request = { ...rest, client_type: clientType, budget_band: budgetBand };
    return this.service.dashboard(principal, parse(dashboardQuery, withoutNulls(request)));
  }
}
