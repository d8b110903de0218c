import { Inject, Injectable } from '@nestjs/common';
import type { Instant, PipelineDefinition, Predicates } from 'twenty-mak-domain';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { pageOf } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { converterOf } from '../exchange-rates/index.ts';
import { PipelineRegistry } from '../pipelines/index.ts';
import type { CurrentPipeline } from '../pipelines/index.ts';
import { presentOf } from '../tenants/index.ts';
import { columnOf, columnsOf } from './board-columns.ts';
import type { Column, Grouping } from './board-columns.ts';
import { dealsOf, totalsOf } from './deal-counts.ts';
import type { Totals } from './deal-counts.ts';
import { DealPipelines } from './deal-pipelines.ts';
import { isUnfiltered } from './deals.filter.ts';
import type { DealFilter } from './deals.filter.ts';
import { DealsRepository } from './deals.repository.ts';
import type { BoardPlace, BoardQuery, BoardRow, CountRow } from './deals.repository.ts';
import { positionOf, sortTooBroad, viewOf, visible } from './deals.service.ts';
import type { DealView, NamedFilter } from './deals.service.ts';
import { DEFAULT_SORT, SORT_LIMIT, writeSort } from './deals.sort.ts';
import type { DealSort } from './deals.sort.ts';
import { inLimitedTime } from './deals.time-limit.ts';

export interface ColumnView extends Column, Omit<Totals, 'deals'> {
  readonly total: number;
  readonly page: Page<DealView>;
}

export interface BoardView {
  readonly pipeline: string;
  readonly title: string;
  /** The current version, for the page to name gates and to know which moves are possible. */
  readonly version: number;
  readonly definition: PipelineDefinition;
  readonly predicates: Predicates;
  /** The tenant's present, by which clocks on the cards are read. */
  readonly asOf: Instant;
  readonly columns: readonly ColumnView[];
}

export interface BoardRequest {
  /** `pipeline` left out: the tenant's default. */
  readonly filter: NamedFilter;
  readonly groupBy: Grouping;
  readonly sort?: DealSort | undefined;
  /** Deals of each column. */
  readonly limit: number;
}

/** The board: every column with its first page and its totals. */
@Injectable()
export class DealBoardService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealsRepository) private readonly repository: DealsRepository,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
    @Inject(PipelineRegistry) private readonly registry: PipelineRegistry,
  ) {}

  /** Refuses with `not_found` (the pipeline), `sort_too_broad` or `filter_too_broad`. */
  async board(principal: Principal, request: BoardRequest): Promise<BoardView> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const { sort = DEFAULT_SORT, groupBy, limit } = request;
      const { pipeline: named, ...rest } = request.filter;
      const pipeline = await this.pipeline(tx, tenantId, named);
      const filter = visible(principal, { ...rest, pipelineId: pipeline.id });
      const keys = await this.pipelines.keys(tx, tenantId);
      const present = await presentOf(tx, tenantId);
      const rows = await this.repository.totals(tx, tenantId, filter, present);
      refuseBroadSort(rows, sort);
      const { definition, predicates } = pipeline.compiled;
      const columns = columnsOf(definition, rows, groupBy).filter(isWanted(filter));
      const places = placesOf(rows, columns, groupBy);
      const byBusinessStage = groupBy === 'business';
      const pipelineId = pipeline.id;
      const query = { pipelineId, places, byBusinessStage, filter, sort, present };
      const deals = await this.deals(tx, tenantId, { ...query, limit: limit + 1 });
      const cardsOf = Map.groupBy(deals, ({ column }) => column);
      const rowsOf = Map.groupBy(rows, (row) => columnOf(columns, row, groupBy));
      const currencies = rows.map(({ currency }) => currency);
      const convert = await converterOf(tx, tenantId, currencies);
      const name = writeSort(sort);
      return {
        pipeline: pipeline.key,
        title: definition.title,
        version: pipeline.version,
        definition,
        predicates,
        asOf: present,
        columns: columns.map((column, position) => {
          const own = cardsOf.get(position) ?? [];
          const page = pageOf(own, limit, (row) => [name, ...positionOf(row, sort)]);
          const { deals: total, ...sums } = totalsOf(rowsOf.get(position) ?? [], convert);
          const items = page.items.map((row) => viewOf(row, keys, present));
          return { ...column, total, ...sums, page: { items, next: page.next } };
        }),
      };
    });
  }

  private async pipeline(
    tx: Transaction,
    tenantId: string,
    named: string | undefined,
  ): Promise<CurrentPipeline> {
    const known = await this.registry.load(tx, tenantId);
    const pipeline = named === undefined ? known.default : known.byKey.get(named);
    if (pipeline === undefined || pipeline === null) throw notFound('pipeline');
    return pipeline;
  }

  private async deals(tx: Transaction, tenantId: string, query: BoardQuery): Promise<BoardRow[]> {
    const load = (): Promise<BoardRow[]> => this.repository.board(tx, tenantId, query);
    return isUnfiltered(query.filter) ? load() : inLimitedTime(tx, load);
  }
}

/** Any other order sorts whole columns. */
function refuseBroadSort(rows: readonly CountRow[], { field }: DealSort): void {
  if (field !== 'stage_started_at' && dealsOf(rows) > SORT_LIMIT) throw sortTooBroad();
}

function isWanted({ stages: wanted }: DealFilter): (column: Column) => boolean {
  return ({ stages }) => wanted === undefined || stages.some((stage) => wanted.includes(stage));
}

/** Where to look for the deals of each column: nowhere that is empty. */
function placesOf(
  rows: readonly CountRow[],
  columns: readonly Column[],
  groupBy: Grouping,
): BoardPlace[] {
  const places = new Map<string, BoardPlace>();
  for (const row of rows) {
    const { stage, business_stage } = row;
    const businessStage = groupBy === 'business' ? business_stage : '';
    const place = { column: columnOf(columns, row, groupBy), stage, businessStage };
    places.set(`${stage}\n${businessStage}`, place);
  }
  return [...places.values()];
}
