import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { formatInstant } from 'twenty-mak-domain';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import {
  openApiSchema,
  parse,
  queryParameters,
  uuidField,
} from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import {
  countAnswer,
  countQuery,
  countsSchema,
  dealAnswer,
  dealDetailSchema,
  dealSchema,
  eventSchema,
  gatesSchema,
  listOf,
  listQuery,
  NO_CURRENCY,
  NOBODY,
  pageQuery,
  runSchema,
  timelineQuery,
  timelineSchema,
} from './deals.dto.ts';
import type {
  CountRequest,
  CountsAnswer,
  DealAnswer,
  DealDetailAnswer,
  EventAnswerView,
  GatesAnswer,
  RunAnswer,
  TimelineAnswer,
} from './deals.dto.ts';
import { detailAnswer, eventAnswer, gateAnswer, runAnswer } from './deal-history.dto.ts';
import { DealHistoryService } from './deal-history.service.ts';
import type { ClientFilter } from './deals.filter.ts';
import { DealsService } from './deals.service.ts';
import type { NamedFilter } from './deals.service.ts';

@ApiTags('deals')
@Controller('v1/deals')
export class DealsController {
  constructor(
    @Inject(DealsService) private readonly deals: DealsService,
    @Inject(DealHistoryService) private readonly history: DealHistoryService,
  ) {}

  @ApiOperation({ summary: 'Deals, page by page' })
  @queryParameters(listQuery)
  @ApiOkResponse({ schema: openApiSchema(listOf(dealSchema), 'output') })
  @RequireScope('deals:read')
  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<DealAnswer>> {
    const { sort, limit, cursor, ...rest } = parse(listQuery, query);
    const filter = filterOf(rest);
    const page = await this.deals.list(principal, { filter, sort, limit, cursor });
    return {
      items: page.items.map(({ row, pipeline, present }) => dealAnswer(row, pipeline, present)),
      next: page.next,
    };
  }

  @ApiOperation({ summary: 'Number and sums of deals by stage' })
  @queryParameters(countQuery)
  @ApiOkResponse({ schema: openApiSchema(countsSchema, 'output') })
  @RequireScope('deals:read')
  @Get('counts')
  async counts(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<CountsAnswer> {
    const filter = filterOf(parse(countQuery, query));
    const counts = await this.deals.counts(principal, filter);
    const { deals: _deals, ...matches } = await this.deals.matches(principal, filter);
    const total = counts.reduce((sum, { deals }) => sum + deals, 0);
    return { total, items: counts.map(countAnswer), matches };
  }

  @ApiOperation({ summary: 'A deal with its gates, SLA runs and references' })
  @ApiOkResponse({ schema: openApiSchema(dealDetailSchema, 'output') })
  @RequireScope('deals:read')
  @Get(':id')
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<DealDetailAnswer> {
    return detailAnswer(await this.history.detail(principal, parse(uuidField, id)));
  }

  @ApiOperation({ summary: 'Gates with the events that decided them, and every change' })
  @ApiOkResponse({ schema: openApiSchema(gatesSchema, 'output') })
  @RequireScope('deals:read')
  @Get(':id/gates')
  async gates(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<GatesAnswer> {
    const { view, gates, changes } = await this.history.gates(principal, parse(uuidField, id));
    return {
      gates: gates.map(gateAnswer),
      missing: view.row.missing_gates,
      changes: changes.map(({ gate, status, occurred_at: at, source, event_id }) => ({
        gate,
        status,
        occurred_at: formatInstant(at),
        source,
        event_id,
      })),
    };
  }

  @ApiOperation({ summary: "SLA runs, judged at the tenant's present" })
  @ApiOkResponse({ schema: openApiSchema(listOf(runSchema), 'output') })
  @RequireScope('deals:read')
  @Get(':id/sla')
  async sla(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<{ items: RunAnswer[]; next: null }> {
    const runs = await this.history.runs(principal, parse(uuidField, id));
    return { items: runs.map(runAnswer), next: null };
  }

  @ApiOperation({ summary: 'Raw events, in the order in which they are folded' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ schema: openApiSchema(listOf(eventSchema), 'output') })
  @RequireScope('deals:read')
  @Get(':id/events')
  async events(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<Page<EventAnswerView>> {
    const page = await this.history.events(
      principal,
      parse(uuidField, id),
      parse(pageQuery, query),
    );
    return { items: page.items.map(eventAnswer), next: page.next };
  }

  @ApiOperation({ summary: 'All that happened to the deal, newest first' })
  @queryParameters(timelineQuery)
  @ApiOkResponse({ schema: openApiSchema(listOf(timelineSchema), 'output') })
  @RequireScope('deals:read')
  @Get(':id/timeline')
  async timeline(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<Page<TimelineAnswer>> {
    const { kind, limit, cursor } = parse(timelineQuery, query);
    const page = await this.history.timeline(principal, parse(uuidField, id), {
      limit,
      cursor,
      kinds: kind,
    });
    return {
      items: page.items.map(({ kind: what, at, key, detail }) => ({
        kind: what,
        key: `${what} ${key}`,
        at: formatInstant(at),
        detail,
      })),
      next: page.next,
    };
  }
}

/** The filter of a parsed query. */
export function filterOf(request: CountRequest): NamedFilter {
  const { ref_system: system, ref_id: id } = request;
  return {
    ids: request.id,
    pipeline: request.pipeline,
    stages: request.stage,
    businessStage: request.business_stage,
    ownerId: ownerOf(request.owner),
    clientId: request.client,
    amountFrom: request.amount_from,
    amountTo: request.amount_to,
    currency: request.currency,
    sla: request.sla,
    dueBefore: request.due_before,
    outcome: request.outcome,
    archived: request.archived,
    text: request.text,
    ref: system === undefined || id === undefined ? undefined : { system, id },
    updatedSince: request.updated_since,
    createdFrom: request.created_from,
    createdBefore: request.created_before,
    reachedStages: request.reached_stage,
    client: clientFilterOf(request),
    run: some({
      timer: request.timer,
      status: request.run_status,
      reached: request.run_reached,
      dueFrom: request.run_due_from,
      dueBefore: request.run_due_before,
    }),
    leftStages: request.left_stage,
    kpi: some({
      name: request.kpi,
      currency: request.kpi_currency === NO_CURRENCY ? '' : request.kpi_currency,
      from: request.kpi_from,
      before: request.kpi_before,
    }),
    nps: some({
      scoreFrom: request.nps_score_from,
      scoreTo: request.nps_score_to,
      from: request.nps_from,
      before: request.nps_before,
    }),
  };
}

/** Null: nobody. */
export function ownerOf(owner: string | undefined): string | null | undefined {
  return owner === NOBODY ? null : owner;
}

/** What a parsed query asks of the client; undefined when it asks nothing. */
export function clientFilterOf(
  request: Pick<CountRequest, 'industry' | 'client_type' | 'budget_band' | 'segment'>,
): ClientFilter | undefined {
  return some({
    industry: request.industry,
    clientType: request.client_type,
    budgetBand: request.budget_band,
    segment: request.segment,
  });
}

function some<Filter extends object>(filter: Filter): Filter | undefined {
  return Object.values(filter).some((value) => value !== undefined) ? filter : undefined;
}
