import { Inject, Injectable } from '@nestjs/common';
import type { PipelineDefinition } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { pageOf } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { PipelineRegistry } from '../pipelines/index.ts';
import { presentOf } from '../tenants/index.ts';
import { DealPipelines } from './deal-pipelines.ts';
import { isUnfiltered } from './deals.filter.ts';
import { DealsRepository } from './deals.repository.ts';
import { groupCounts, scopeOf, viewOf, visible } from './deals.service.ts';
import type { DealView, StageCount } from './deals.service.ts';
import { DEFAULT_SORT, writeSort } from './deals.sort.ts';

export interface ColumnView {
  readonly stage: string;
  readonly title: string;
  readonly kind: 'open' | 'won' | 'ended' | 'former';
  readonly businessStage: string | null;
  readonly color: string | null;
  readonly total: number;
  readonly sums: StageCount['sums'];
  readonly page: Page<DealView>;
}

export interface BoardView {
  readonly pipeline: string;
  readonly title: string;
  /** The current version, for the page to name gates and to know which moves are possible. */
  readonly version: number;
  readonly definition: PipelineDefinition;
  readonly columns: readonly ColumnView[];
}

export interface BoardRequest {
  /** Null: the tenant's default. */
  readonly pipeline: string | null;
  readonly ownerId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly limit: number;
}

type Column = Pick<ColumnView, 'stage' | 'title' | 'kind' | 'businessStage' | 'color'>;

/** The board: every column with its first page and its totals, in two statements. */
@Injectable()
export class DealBoardService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealsRepository) private readonly repository: DealsRepository,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
    @Inject(PipelineRegistry) private readonly registry: PipelineRegistry,
  ) {}

  async board(principal: Principal, request: BoardRequest): Promise<BoardView> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const known = await this.registry.load(tx, tenantId);
      const named = request.pipeline;
      const pipeline = named === null ? known.default : (known.byKey.get(named) ?? null);
      if (pipeline === null) throw notFound('pipeline');
      const { id, key, version, compiled } = pipeline;
      const { ownerId, clientId, limit } = request;
      const filter = visible(principal, { pipelineId: id, ownerId, clientId });
      const keys = await this.pipelines.keys(tx, tenantId);
      const present = await presentOf(tx, tenantId);
      const rows = isUnfiltered(filter)
        ? await this.repository.counters(tx, tenantId, filter)
        : await this.repository.count(tx, tenantId, filter, present);
      const counts = new Map(groupCounts(rows, keys).map((count) => [count.stage, count]));
      const columns = columnsOf(compiled.definition, [...counts.keys()]);
      const stages = columns.map(({ stage }) => stage);
      const deals = await this.repository.board(tx, tenantId, id, stages, limit + 1, filter);
      return {
        pipeline: key,
        title: compiled.definition.title,
        version,
        definition: compiled.definition,
        columns: columns.map((column) => {
          const own = deals.filter(({ stage }) => stage === column.stage);
          const sort = writeSort(DEFAULT_SORT);
          const page = pageOf(own, limit, (row) => [sort, row.stage_started_at, row.id]);
          const { deals: total = 0, sums = [] } = counts.get(column.stage) ?? {};
          const items = page.items.map((row) => viewOf(row, keys, present));
          return { ...column, total, sums, page: { items, next: page.next } };
        }),
      };
    });
  }
}

/** Columns of the current version, and one for every stage in which deals of older versions still are. */
function columnsOf(
  { stages, endings = [] }: PipelineDefinition,
  occupied: readonly string[],
): Column[] {
  const open = stages.map(({ key, title, kind = 'open', businessStage = null, color = null }) => ({
    stage: key,
    title,
    kind,
    businessStage,
    color,
  }));
  const ended = endings.map(({ key, title, color = null }) => ({
    stage: key,
    title,
    kind: 'ended' as const,
    businessStage: null,
    color,
  }));
  const current = new Set([...open, ...ended].map(({ stage }) => stage));
  const former = occupied
    .filter((stage) => !current.has(stage))
    .map((stage) => ({
      stage,
      title: stage,
      kind: 'former' as const,
      businessStage: null,
      color: null,
    }));
  return [...open, ...ended, ...former];
}
