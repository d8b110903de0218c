import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { TimerDefinition } from 'twenty-mak-domain';
import { CurrentPrincipal, scopeOf } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { BatchLoader } from '../../platform/graphql/batch-loader.ts';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { SlaDeskRun } from '../sla/index.ts';
import { DealPipelines } from './deal-pipelines.ts';
import { Deal } from './deals.model.ts';
import { DealsService } from './deals.service.ts';
import type { DealView } from './deals.service.ts';
import { ResolvedDeal } from './deals.view-model.ts';

interface DealWithTimers {
  readonly view: DealView;
  readonly timers: readonly TimerDefinition[];
}

type Loader = BatchLoader<string, DealWithTimers | null>;

/** The deals of runs on the desk, and what their pipelines say of the timers: one transaction for a page. */
@Resolver(() => SlaDeskRun)
export class SlaDeskDealsResolver {
  /** Lives as long as the context of the GraphQL request. */
  private readonly loaders = new WeakMap<object, Loader>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealsService) private readonly deals: DealsService,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
  ) {}

  @ResolveField(() => Deal, { nullable: true })
  async deal(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() run: SlaDeskRun,
  ): Promise<Deal | null> {
    const found = await this.loaderOf(context, principal).load(run.dealId);
    return found === null ? null : new ResolvedDeal(found.view);
  }

  @ResolveField(() => String, { nullable: true, description: 'What the pipeline calls the timer.' })
  async timerTitle(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() run: SlaDeskRun,
  ): Promise<string | null> {
    return (await this.timer(principal, context, run))?.title ?? null;
  }

  @ResolveField(() => [String], { description: 'Domain systems that are accountable.' })
  async accountable(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() run: SlaDeskRun,
  ): Promise<string[]> {
    return [...((await this.timer(principal, context, run))?.accountable ?? [])];
  }

  @ResolveField(() => JsonScalar, { nullable: true, description: 'As in the definition.' })
  async target(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() run: SlaDeskRun,
  ): Promise<unknown> {
    return (await this.timer(principal, context, run))?.target ?? null;
  }

  private async timer(
    principal: Principal,
    context: object,
    { dealId, timer }: SlaDeskRun,
  ): Promise<TimerDefinition | undefined> {
    const found = await this.loaderOf(context, principal).load(dealId);
    return found?.timers.find(({ key }) => key === timer);
  }

  private loaderOf(context: object, principal: Principal): Loader {
    const known = this.loaders.get(context);
    if (known !== undefined) return known;
    const made: Loader = new BatchLoader(async (ids) => {
      const found = await this.load(principal, ids);
      return (id) => found.get(id) ?? null;
    });
    this.loaders.set(context, made);
    return made;
  }

  private async load(
    principal: Principal,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, DealWithTimers>> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const views = await this.deals.many(tx, tenantId, ids);
      const versions = views.map(({ row }) => ({
        pipelineId: row.pipeline_id,
        version: row.pipeline_version,
      }));
      const compiled = await this.pipelines.compiled(tx, tenantId, versions);
      return new Map(
        views.map((view) => {
          const { definition } = compiled(view.row.pipeline_id, view.row.pipeline_version);
          return [view.row.id, { view, timers: definition.timers ?? [] }];
        }),
      );
    });
  }
}
