import { Inject } from '@nestjs/common';
import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import { deskPeopleQuery, deskQuery } from './sla-desk.dto.ts';
import {
  deskPersonModel,
  deskRunModel,
  SlaDeskFilter,
  SlaDeskPage,
  SlaDeskPerson,
  SlaDeskRun,
} from './sla-desk.model.ts';
import { SlaDeskService } from './sla-desk.service.ts';

@Resolver(() => SlaDeskRun)
export class SlaDeskResolver {
  constructor(@Inject(SlaDeskService) private readonly desk: SlaDeskService) {}

  @RequireScope('deals:read')
  @Query(() => SlaDeskPage, { description: 'Open runs, the nearest due time first.' })
  async slaDesk(
    @CurrentPrincipal() principal: Principal,
    @Args('filter', { type: () => SlaDeskFilter, nullable: true }) filter:
      | SlaDeskFilter
      | undefined,
    @Args('limit', { type: () => Int, nullable: true }) limit: number | undefined,
    @Args('cursor', { type: () => String, nullable: true }) cursor: string | undefined,
  ): Promise<SlaDeskPage> {
    const { dueBefore, ...same } = filter ?? {};
    const query = withoutNulls({ ...same, due_before: dueBefore, limit, cursor });
    const page = await this.desk.list(principal, parse(deskQuery, query));
    return { items: page.items.map(deskRunModel), next: page.next };
  }

  @RequireScope('deals:read')
  @Query(() => [SlaDeskPerson], { description: 'How many open runs wait for whom.' })
  async slaDeskPeople(
    @CurrentPrincipal() principal: Principal,
    @Args('pipeline', { type: () => String, nullable: true }) pipeline: string | undefined,
    @Args('timer', { type: () => String, nullable: true }) timer: string | undefined,
  ): Promise<SlaDeskPerson[]> {
    const query = parse(deskPeopleQuery, withoutNulls({ pipeline, timer }));
    return (await this.desk.people(principal, query)).map(deskPersonModel);
  }
}
