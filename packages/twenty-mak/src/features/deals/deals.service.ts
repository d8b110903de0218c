import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from 'twenty-mak-domain';
import { z } from 'zod';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { converterOf } from '../exchange-rates/index.ts';
import { presentOf } from '../tenants/index.ts';
import type { Grouping } from './board-columns.ts';
import { countsByStage } from './deal-counts.ts';
import type { StageCount } from './deal-counts.ts';
import { DealPipelines } from './deal-pipelines.ts';
import type { PipelineKeys } from './deal-pipelines.ts';
import { isSelective } from './deals.filter.ts';
import type { DealFilter } from './deals.filter.ts';
import { DealsRepository } from './deals.repository.ts';
import type { DealListRow, Matches } from './deals.repository.ts';
import { DEAL_SORTS, DEFAULT_SORT, SORT_LIMIT, writeSort } from './deals.sort.ts';
import type { DealPosition, DealSort } from './deals.sort.ts';

/** A filter as people write it: the pipeline by its key. */
export type NamedFilter = Omit<DealFilter, 'pipelineId'> & {
  readonly pipeline?: string | undefined;
};

export interface ListDeals {
  readonly filter: NamedFilter;
  readonly sort?: DealSort | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A deal with what its row alone does not say. */
export interface DealView {
  readonly row: DealListRow;
  /** Key of the pipeline. */
  readonly pipeline: string;
  /** The tenant's present, by which "overdue" is judged. */
  readonly present: Instant;
}

/** Lists, counts and the board. */
@Injectable()
export class DealsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealsRepository) private readonly repository: DealsRepository,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
  ) {}

  /** One page of deals. Refuses with `unknown_pipeline`, `invalid_cursor` or `sort_too_broad`. */
  async list(principal: Principal, request: ListDeals): Promise<Page<DealView>> {
    const { sort = DEFAULT_SORT, limit, cursor } = request;
    const after = cursor === undefined ? null : readPosition(sort, cursor);
    return this.database.within(scopeOf(principal), async (tx) => {
      const { tenantId } = principal;
      const keys = await this.pipelines.keys(tx, tenantId);
      const filter = visible(principal, idFilter(request.filter, keys));
      await this.refuseBroadSort(tx, tenantId, filter, sort);
      const present = await presentOf(tx, tenantId);
      // The index by due time has only deals that have one. Within stages all are listed, as on the board.
      const sorted =
        sort.field === 'sla_due_at' && filter.sla === undefined && filter.stages === undefined
          ? { ...filter, sla: 'open' as const }
          : filter;
      const query = { filter: sorted, sort, after, limit: limit + 1, present };
      const rows = await this.repository.list(tx, tenantId, query);
      const page = pageOf(rows, limit, (row) => [writeSort(sort), ...positionOf(row, sort)]);
      return { items: page.items.map((row) => viewOf(row, keys, present)), next: page.next };
    });
  }

  async one(principal: Principal, id: string): Promise<DealView> {
    return this.database.within(scopeOf(principal), (tx) => this.load(tx, principal.tenantId, id));
  }

  /** `one` within a transaction; throws `not_found`. */
  async load(tx: Transaction, tenantId: string, id: string): Promise<DealView> {
    const [view] = await this.many(tx, tenantId, [id]);
    if (view === undefined) throw notFound('deal');
    return view;
  }

  async many(tx: Transaction, tenantId: string, ids: readonly string[]): Promise<DealView[]> {
    const rows = await this.repository.find(tx, tenantId, ids);
    if (rows.length === 0) return [];
    const keys = await this.pipelines.keys(tx, tenantId);
    const present = await presentOf(tx, tenantId);
    return rows.map((row) => viewOf(row, keys, present));
  }

  /** Deals and sums by stage. Whole stages are read from counters; what is filtered, or seen in part, is counted. */
  async counts(
    principal: Principal,
    named: NamedFilter,
    grouping: Grouping = 'stage',
  ): Promise<StageCount[]> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const keys = await this.pipelines.keys(tx, tenantId);
      const filter = visible(principal, idFilter(named, keys));
      const present = await presentOf(tx, tenantId);
      const rows = await this.repository.totals(tx, tenantId, filter, present);
      const currencies = rows.map(({ currency }) => currency);
      const convert = await converterOf(tx, tenantId, currencies);
      return countsByStage(rows, keys, convert, grouping);
    });
  }

  /** How many deals a filter finds, and how many of the things that it asks for they have. */
  async matches(principal: Principal, named: NamedFilter): Promise<Matches> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const keys = await this.pipelines.keys(tx, tenantId);
      const filter = visible(principal, idFilter(named, keys));
      const present = await presentOf(tx, tenantId);
      return this.repository.matches(tx, tenantId, filter, present);
    });
  }

  private async refuseBroadSort(
    tx: Transaction,
    tenantId: string,
    filter: DealFilter,
    sort: DealSort,
  ): Promise<void> {
    const indexed =
      DEAL_SORTS[sort.field].indexed &&
      (sort.field !== 'sla_due_at' || filter.stages === undefined);
    if (isSelective(filter) || (indexed && filter.archived !== true)) return;
    const deals =
      filter.archived === true
        ? await this.repository.countArchived(tx, tenantId, SORT_LIMIT + 1)
        : (await this.repository.counters(tx, tenantId, filter)).reduce(
            (sum, row) => sum + row.deals,
            0,
          );
    if (deals > SORT_LIMIT) throw sortTooBroad();
  }
}

export function sortTooBroad(): RefusalError {
  return new RefusalError({
    code: 'sort_too_broad',
    reason: `This order is for at most ${SORT_LIMIT} deals. Choose stages, an owner or a text, or sort by stage_started_at.`,
    field: 'sort',
  });
}

/** Restricted accounts see their own deals; saying so lets PostgreSQL use the index of owners. */
export function visible({ restrictedTo }: Principal, filter: DealFilter): DealFilter {
  if (restrictedTo === undefined) return filter;
  const foreign = filter.ownerId !== undefined && filter.ownerId !== restrictedTo;
  return { ...filter, ownerId: foreign ? '' : restrictedTo };
}

export function idFilter({ pipeline, ...filter }: NamedFilter, keys: PipelineKeys): DealFilter {
  return pipeline === undefined ? filter : { ...filter, pipelineId: keys.idOf(pipeline) };
}

export function viewOf(row: DealListRow, keys: PipelineKeys, present: Instant): DealView {
  return { row, pipeline: keys.keyOf(row.pipeline_id), present };
}

/** Sort keys of a row for a cursor. */
export function positionOf(row: DealListRow, { field }: DealSort): (string | number)[] {
  const value = row[field];
  // A row without a value stands after all that have one; its cursor says so by being shorter.
  return value === null ? [row.id] : [value, row.id];
}

const MAX_INSTANT = 8_640_000_000_000_000;

function readPosition(sort: DealSort, cursor: string): DealPosition {
  const { type } = DEAL_SORTS[sort.field];
  const value = {
    timestamptz: z.int().min(-62_135_596_800_000).max(MAX_INSTANT),
    bigint: z.int(),
    text: z
      .string()
      .max(100_000)
      .refine((text) => !text.includes('\0') && text.isWellFormed()),
  }[type];
  const name = z.literal(writeSort(sort));
  const position = readCursor(
    z.union([z.tuple([name, value, z.uuid()]), z.tuple([name, z.uuid()])]),
    cursor,
  );
  return position.length === 2
    ? { value: null, id: position[1] }
    : { value: position[1], id: position[2] };
}
