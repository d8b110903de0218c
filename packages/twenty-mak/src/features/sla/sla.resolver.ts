import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { identityOf, listRunsSchema, runIdentitySchema, summarySchema } from './sla.dto.ts';
import {
  runModel,
  SlaRunFilter,
  SlaRunInput,
  SlaRunModel,
  SlaRunPageModel,
  SlaSummaryModel,
  summaryModel,
} from './sla.model.ts';
import { SlaService } from './sla.service.ts';

@Resolver(() => SlaRunModel)
export class SlaResolver {
  constructor(@Inject(SlaService) private readonly sla: SlaService) {}

  @RequireScope('deals:read')
  @Query(() => SlaRunPageModel, { description: 'SLA runs, the nearest due time first' })
  async slaRuns(
    @CurrentPrincipal() principal: Principal,
    @Args('filter', { type: () => SlaRunFilter, nullable: true }) filter?: SlaRunFilter,
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<SlaRunPageModel> {
    const query = parse(listRunsSchema, {
      status: filter?.status ?? undefined,
      timer: filter?.timer ?? undefined,
      overdue: filter?.overdue == null ? undefined : String(filter.overdue),
      due_before: filter?.dueBefore ?? undefined,
      deal_id: filter?.dealId ?? undefined,
      pipeline: filter?.pipeline ?? undefined,
      limit: limit ?? undefined,
      cursor: cursor ?? undefined,
    });
    const page = await this.sla.list(principal, query);
    return { items: page.items.map(runModel), next: page.next };
  }

  @RequireScope('deals:read')
  @Query(() => SlaSummaryModel, { description: 'Runs by timer and status' })
  async slaSummary(
    @CurrentPrincipal() principal: Principal,
    @Args('pipeline', { type: () => String, nullable: true }) pipeline?: string,
  ): Promise<SlaSummaryModel> {
    const input = parse(summarySchema, { pipeline: pipeline ?? undefined });
    return summaryModel(await this.sla.summary(principal, input.pipeline));
  }

  @RequireScope('sla:write')
  @Mutation(() => SlaRunModel, {
    description: 'Says that a breach has been seen; whoever said so may take it back',
  })
  async acknowledgeSlaBreach(
    @CurrentPrincipal() principal: Principal,
    @Args('run', { type: () => SlaRunInput }) run: SlaRunInput,
    @Args('acknowledged', { type: () => Boolean, defaultValue: true }) acknowledged: boolean,
  ): Promise<SlaRunModel> {
    const input = parse(runIdentitySchema, {
      deal_id: run.dealId,
      timer: run.timer,
      opened_source: run.openedSource,
      opened_event_id: run.openedEventId,
    });
    const done = await this.sla[acknowledged ? 'acknowledge' : 'withdraw'](
      principal,
      identityOf(input),
    );
    return runModel(done);
  }
}
