import { Inject } from '@nestjs/common';
import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { PersonModel } from '../accounts/index.ts';
import type { Grouping } from './board-columns.ts';
import { DealBoardService } from './deal-board.service.ts';
import { DealHistoryService } from './deal-history.service.ts';
import { BoardArgs, BoardGrouping, DealFilterInput, DealsArgs } from './deal-inputs.model.ts';
import { DealLoaders } from './deal-loaders.ts';
import { filterOf } from './deals.controller.ts';
import { countQuery, listQuery, timelineQuery } from './deals.dto.ts';
import {
  Board,
  Deal,
  DealConnection,
  DealCount,
  DealMatches,
  ExternalRef,
  Gate,
  DealRun,
  ResponsiblePerson,
  TimelineConnection,
} from './deals.model.ts';
import { restFilter } from './deals.rest-filter.ts';
import { DealsService } from './deals.service.ts';
import {
  boardModel,
  connectionOf,
  gateModel,
  pageInfo,
  ResolvedDeal,
  runModel,
} from './deals.view-model.ts';

@Resolver(() => Deal)
export class DealsResolver {
  constructor(
    @Inject(DealsService) private readonly service: DealsService,
    @Inject(DealBoardService) private readonly boards: DealBoardService,
    @Inject(DealHistoryService) private readonly history: DealHistoryService,
    @Inject(DealLoaders) private readonly loaders: DealLoaders,
  ) {}

  @RequireScope('deals:read')
  @Query(() => DealConnection, { description: 'Deals, page by page.' })
  async deals(
    @CurrentPrincipal() principal: Principal,
    @Args() { filter, sort, first, after }: DealsArgs,
  ): Promise<DealConnection> {
    const request = parse(listQuery, {
      ...restFilter(filter),
      ...withoutNulls({ sort, limit: first, cursor: after }),
    });
    const { sort: order, limit, cursor, ...rest } = request;
    const page = { filter: filterOf(rest), sort: order, limit, cursor };
    return connectionOf(await this.service.list(principal, page));
  }

  @RequireScope('deals:read')
  @Query(() => Deal)
  async deal(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Deal> {
    return new ResolvedDeal(await this.service.one(principal, parse(uuidField, id)));
  }

  @RequireScope('deals:read')
  @Query(() => [DealCount], { description: 'Number and sums of deals by stage.' })
  async dealCounts(
    @CurrentPrincipal() principal: Principal,
    @Args('filter', { type: () => DealFilterInput, nullable: true })
    filter: DealFilterInput | undefined,
    @Args('groupBy', {
      type: () => BoardGrouping,
      nullable: true,
      description: '`business` tells the business stages of a stage apart.',
    })
    groupBy: Grouping | undefined,
  ): Promise<DealCount[]> {
    const request = filterOf(parse(countQuery, restFilter(filter)));
    const counts = await this.service.counts(principal, request, groupBy ?? 'stage');
    return counts.map((count) => ({ ...count, sums: [...count.sums] }));
  }

  @RequireScope('deals:read')
  @Query(() => DealMatches)
  async dealMatches(
    @CurrentPrincipal() principal: Principal,
    @Args('filter', { type: () => DealFilterInput, nullable: true })
    filter: DealFilterInput | undefined,
  ): Promise<DealMatches> {
    return this.service.matches(principal, filterOf(parse(countQuery, restFilter(filter))));
  }

  @RequireScope('deals:read')
  @Query(() => Board, { description: 'Every column with its first page and its totals.' })
  async board(
    @CurrentPrincipal() principal: Principal,
    @Args() { pipeline, groupBy, filter, sort, first }: BoardArgs,
  ): Promise<Board> {
    const request = parse(listQuery, {
      ...restFilter(filter ?? undefined),
      ...withoutNulls({ pipeline, sort, limit: first }),
    });
    const { sort: order, limit, cursor: _none, ...rest } = request;
    const board = { filter: filterOf(rest), groupBy: groupBy ?? 'stage', sort: order, limit };
    return boardModel(await this.boards.board(principal, board));
  }

  @ResolveField(() => [Gate])
  async gates(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { view }: ResolvedDeal,
  ): Promise<Gate[]> {
    return (await this.loaders.of(context, principal).gates.load(view)).map(gateModel);
  }

  @ResolveField(() => [DealRun])
  async slaRuns(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { view }: ResolvedDeal,
  ): Promise<DealRun[]> {
    return (await this.loaders.of(context, principal).runs.load(view)).map(runModel);
  }

  @ResolveField(() => PersonModel, { nullable: true, description: 'Null when no account owns it.' })
  async owner(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { ownerId }: ResolvedDeal,
  ): Promise<PersonModel | null> {
    return ownerId === null ? null : this.loaders.of(context, principal).people.load(ownerId);
  }

  @ResolveField(() => [ResponsiblePerson], {
    description: 'People by role, in the order of roles.',
  })
  async responsiblePeople(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { responsible }: ResolvedDeal,
  ): Promise<ResponsiblePerson[]> {
    const { people } = this.loaders.of(context, principal);
    const roles = Object.keys(responsible).toSorted();
    return Promise.all(
      roles.map(async (role) => {
        const accountId = responsible[role] ?? '';
        return { role, accountId, person: await people.load(accountId) };
      }),
    );
  }

  @ResolveField(() => [ExternalRef])
  async externalRefs(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { view }: ResolvedDeal,
  ): Promise<ExternalRef[]> {
    const refs = await this.loaders.of(context, principal).refs.load(view);
    return refs.map(({ system, id }) => ({ system, id }));
  }

  @ResolveField(() => TimelineConnection, { description: 'For one deal at a time.' })
  async timeline(
    @CurrentPrincipal() principal: Principal,
    @Parent() { id }: ResolvedDeal,
    @Args('first', { type: () => Int, nullable: true }) first: number | undefined,
    @Args('after', { type: () => String, nullable: true }) after: string | undefined,
    @Args('kinds', { type: () => [String], nullable: true, description: 'Left out: all.' })
    kinds: string[] | undefined,
  ): Promise<TimelineConnection> {
    const given = withoutNulls({ limit: first, cursor: after, kind: kinds });
    const { kind, ...request } = parse(timelineQuery, given);
    const page = await this.history.timeline(principal, id, { ...request, kinds: kind });
    const nodes = page.items.map(({ kind: what, at, key, detail }) => ({
      kind: what,
      key: `${what} ${key}`,
      at,
      detail,
    }));
    return { nodes, pageInfo: pageInfo(page) };
  }
}
