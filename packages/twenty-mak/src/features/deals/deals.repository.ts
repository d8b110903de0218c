import { Injectable } from '@nestjs/common';
import type { Instant, Outcome } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { inLimitedTime } from './deals.time-limit.ts';
import { BUSINESS_STAGE, conditions, isSelective, isUnfiltered, Values } from './deals.filter.ts';
import type { DealFilter } from './deals.filter.ts';
import { matchingRows } from './deals.matching.ts';
import type { Matching } from './deals.matching.ts';
import { DEAL_SORTS } from './deals.sort.ts';
import type { DealPosition, DealSort } from './deals.sort.ts';

/** A deal as lists and pages show it. Instants are milliseconds, amounts minor units. */
export interface DealListRow {
  readonly id: string;
  readonly pipeline_id: string;
  readonly pipeline_version: number;
  readonly name: string | null;
  readonly client_id: string | null;
  readonly stage: string;
  readonly stage_started_at: number;
  readonly business_stage: string | null;
  readonly gates: Record<string, boolean>;
  readonly missing_gates: string[];
  readonly domain_stages: Record<string, string>;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly owner_id: string | null;
  readonly responsible: Record<string, string>;
  readonly attributes: Record<string, unknown>;
  readonly sla_due_at: number | null;
  readonly outcome: Outcome | null;
  readonly closed_at: number | null;
  readonly archived_at: number | null;
  readonly merged_into: string | null;
  readonly parked_reason: string | null;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface CountRow {
  readonly pipeline_id: string;
  readonly stage: string;
  /** Empty when deals have none. */
  readonly business_stage: string;
  /** Empty when deals have no currency. */
  readonly currency: string;
  readonly deals: number;
  readonly amount: number;
}

/** How many deals a filter finds; and of the things that it asks for, null for those it does not speak of. */
export type Matches = { readonly deals: number } & Readonly<Record<Matching, number | null>>;

/** Columns in one place; `d` is the deal. */
const COLUMNS = [
  ...['id', 'pipeline_id', 'pipeline_version', 'name', 'client_id', 'stage', 'stage_started_at'],
  ...['business_stage', 'gates', 'missing_gates', 'domain_stages', 'amount', 'currency'],
  ...['owner_id', 'responsible', 'attributes', 'sla_due_at', 'outcome', 'closed_at'],
  ...['archived_at', 'merged_into', 'parked_reason', 'version', 'created_at', 'updated_at'],
]
  .map((column) => `d.${column}`)
  .join(', ');

export interface ListQuery {
  readonly filter: DealFilter;
  readonly sort: DealSort;
  readonly after: DealPosition | null;
  readonly limit: number;
  /** The tenant's present. */
  readonly present: Instant;
}

/** Where the deals of a column are: in one stage, or in one business stage of it. */
export interface BoardPlace {
  /** Position of the column on the board. */
  readonly column: number;
  readonly stage: string;
  /** Empty for deals that have none. */
  readonly businessStage: string;
}

export interface BoardQuery {
  readonly pipelineId: string;
  readonly places: readonly BoardPlace[];
  /** Whether a place is one business stage of its stage, else the whole stage. */
  readonly byBusinessStage: boolean;
  readonly filter: DealFilter;
  readonly sort: DealSort;
  /** Deals of one column. */
  readonly limit: number;
  /** The tenant's present. */
  readonly present: Instant;
}

export interface BoardRow extends DealListRow {
  readonly column: number;
}

/** Reads of deals. */
@Injectable()
export class DealsRepository {
  async find(tx: Transaction, tenantId: string, ids: readonly string[]): Promise<DealListRow[]> {
    return tx.query<DealListRow>(
      `SELECT ${COLUMNS} FROM deal d WHERE d.tenant_id = $1 AND d.id = ANY ($2::uuid[])`,
      [tenantId, ids],
    );
  }

  /** `limit` rows in order, after a position. */
  async list(tx: Transaction, tenantId: string, query: ListQuery): Promise<DealListRow[]> {
    const { filter, sort } = query;
    const byStage =
      sort.field === 'stage_started_at' && filter.archived !== true && !isSelective(filter);
    return byStage ? this.listByStage(tx, tenantId, query) : this.listPlain(tx, tenantId, query);
  }

  /** The head of every stage from the board's index, merged: as cheap at a million deals as at a thousand. */
  private async listByStage(
    tx: Transaction,
    tenantId: string,
    { filter, sort, after, limit, present }: ListQuery,
  ): Promise<DealListRow[]> {
    const values = new Values();
    const tenant = values.add(tenantId);
    const stageConditions = [`c.tenant_id = ${tenant}`, 'c.deals > 0'];
    if (filter.pipelineId !== undefined)
      stageConditions.push(`c.pipeline_id = ${values.add(filter.pipelineId)}`);
    if (filter.stages !== undefined)
      stageConditions.push(`c.stage = ANY (${values.add(filter.stages)}::text[])`);
    const where = [
      `d.tenant_id = ${tenant}`,
      'd.pipeline_id = s.pipeline_id',
      'd.stage = s.stage',
      'd.archived_at IS NULL',
      ...conditions(filter, present, values),
      ...positioned(sort, after, values),
    ];
    const count = values.add(limit);
    const order = ordered(sort);
    return tx.query<DealListRow>(
      `SELECT ${COLUMNS} FROM (SELECT DISTINCT c.pipeline_id, c.stage FROM stage_counter c WHERE ${stageConditions.join(' AND ')}) s
       CROSS JOIN LATERAL (SELECT * FROM deal d WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ${count}) d
       ORDER BY ${order} LIMIT ${count}`,
      values.list,
    );
  }

  private async listPlain(
    tx: Transaction,
    tenantId: string,
    { filter, sort, after, limit, present }: ListQuery,
  ): Promise<DealListRow[]> {
    const values = new Values();
    const where = [
      ...scope(filter, tenantId, values),
      ...conditions(filter, present, values),
      ...positioned(sort, after, values),
    ];
    return tx.query<DealListRow>(
      `SELECT ${COLUMNS} FROM deal d WHERE ${where.join(' AND ')}
       ORDER BY ${ordered(sort)} LIMIT ${values.add(limit)}`,
      values.list,
    );
  }

  /** The first `limit` deals of each column, column by column, in one statement. */
  async board(
    tx: Transaction,
    tenantId: string,
    { pipelineId, places, byBusinessStage, filter, sort, limit, present }: BoardQuery,
  ): Promise<BoardRow[]> {
    const values = new Values();
    const [tenant, pipeline] = [values.add(tenantId), values.add(pipelineId)];
    const columns = values.add(places.map(({ column }) => column));
    const stages = values.add(places.map(({ stage }) => stage));
    const businessStages = values.add(places.map(({ businessStage }) => businessStage));
    const where = [
      `d.tenant_id = ${tenant}`,
      `d.pipeline_id = ${pipeline}`,
      'd.stage = p.stage',
      ...(byBusinessStage ? [`(${BUSINESS_STAGE}) = p.business_stage`] : []),
      `d.archived_at IS ${filter.archived === true ? 'NOT NULL' : 'NULL'}`,
      ...conditions(filter, present, values),
    ];
    const count = values.add(limit);
    const order = ordered(sort);
    return tx.query<BoardRow>(
      `WITH place AS (SELECT * FROM unnest(${columns}::int[], ${stages}::text[], ${businessStages}::text[]) AS p ("column", stage, business_stage))
       SELECT c."column", ${COLUMNS} FROM (SELECT DISTINCT "column" FROM place) c
       CROSS JOIN LATERAL (
         SELECT d.* FROM place p
         CROSS JOIN LATERAL (SELECT * FROM deal d WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ${count}) d
         WHERE p."column" = c."column" ORDER BY ${order} LIMIT ${count}) d
       ORDER BY c."column", ${order}`,
      values.list,
    );
  }

  /** Counts and sums: kept ones for whole stages, else by looking at the deals, for a limited time. */
  async totals(
    tx: Transaction,
    tenantId: string,
    filter: DealFilter,
    present: Instant,
  ): Promise<CountRow[]> {
    return isUnfiltered(filter)
      ? this.counters(tx, tenantId, filter)
      : inLimitedTime(tx, () => this.count(tx, tenantId, filter, present));
  }

  /** Counts and sums of whole stages; kept by the transactions that move deals. */
  async counters(
    tx: Transaction,
    tenantId: string,
    filter: Pick<DealFilter, 'pipelineId' | 'stages'>,
  ): Promise<CountRow[]> {
    const values = new Values();
    const where = [`c.tenant_id = ${values.add(tenantId)}`, 'c.deals > 0'];
    if (filter.pipelineId !== undefined)
      where.push(`c.pipeline_id = ${values.add(filter.pipelineId)}`);
    if (filter.stages !== undefined)
      where.push(`c.stage = ANY (${values.add(filter.stages)}::text[])`);
    return tx.query<CountRow>(
      `SELECT c.pipeline_id, c.stage, c.business_stage, c.currency, c.deals, c.amount::float8 AS amount
       FROM stage_counter c WHERE ${where.join(' AND ')}
       ORDER BY c.pipeline_id, c.stage, c.business_stage, c.currency`,
      values.list,
    );
  }

  /** Archived deals, counted up to `limit`. */
  async countArchived(tx: Transaction, tenantId: string, limit: number): Promise<number> {
    const [row] = await tx.query<{ deals: number }>(
      `SELECT count(*) AS deals FROM
       (SELECT 1 FROM deal WHERE tenant_id = $1 AND archived_at IS NOT NULL LIMIT $2) archived`,
      [tenantId, limit],
    );
    return row?.deals ?? 0;
  }

  /** Kept counters say how many deals there are when nothing is asked of them; else they are looked at, for a limited time. */
  async matches(
    tx: Transaction,
    tenantId: string,
    filter: DealFilter,
    present: Instant,
  ): Promise<Matches> {
    const none = { runs: null, stays: null, reports: null, answers: null };
    if (isUnfiltered(filter)) {
      const rows = await this.counters(tx, tenantId, filter);
      return { ...none, deals: rows.reduce((sum, { deals }) => sum + deals, 0) };
    }
    const values = new Values();
    const chosen = [...scope(filter, tenantId, values), ...conditions(filter, present, values)];
    const counts = matchingRows(filter, present, values).map(
      ({ kind, table, where }) =>
        `(SELECT count(*) FROM ${table} f WHERE ${where} AND f.deal_id IN (SELECT id FROM chosen)) AS ${kind}`,
    );
    const [row] = await inLimitedTime(tx, () =>
      tx.query<Matches>(
        `WITH chosen AS MATERIALIZED (SELECT d.id FROM deal d WHERE ${chosen.join(' AND ')})
         SELECT ${['(SELECT count(*) FROM chosen) AS deals', ...counts].join(', ')}`,
        values.list,
      ),
    );
    return { deals: 0, ...none, ...row };
  }

  private async count(
    tx: Transaction,
    tenantId: string,
    filter: DealFilter,
    present: Instant,
  ): Promise<CountRow[]> {
    const values = new Values();
    const where = [...scope(filter, tenantId, values), ...conditions(filter, present, values)];
    return tx.query<CountRow>(
      `SELECT d.pipeline_id, d.stage, ${BUSINESS_STAGE} AS business_stage, coalesce(d.currency, '') AS currency,
         count(*) AS deals, coalesce(sum(d.amount), 0)::float8 AS amount
       FROM deal d WHERE ${where.join(' AND ')} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
      values.list,
    );
  }
}

function scope(filter: DealFilter, tenantId: string, values: Values): string[] {
  const where = [
    `d.tenant_id = ${values.add(tenantId)}`,
    `d.archived_at IS ${filter.archived === true ? 'NOT NULL' : 'NULL'}`,
  ];
  if (filter.pipelineId !== undefined)
    where.push(`d.pipeline_id = ${values.add(filter.pipelineId)}`);
  if (filter.stages !== undefined)
    where.push(`d.stage = ANY (${values.add(filter.stages)}::text[])`);
  return where;
}

/** Rows without a value come last in either direction, so that keyset pages can reach them. */
function ordered({ field, descending }: DealSort): string {
  const { column } = DEAL_SORTS[field];
  const direction = descending ? 'DESC' : 'ASC';
  const last = descending && isNullable(field) ? ' NULLS LAST' : '';
  return `d.${column} ${direction}${last}, d.id ${direction}`;
}

function positioned(sort: DealSort, after: DealPosition | null, values: Values): string[] {
  if (after === null) return [];
  const { column, type } = DEAL_SORTS[sort.field];
  const sign = sort.descending ? '<' : '>';
  const id = values.add(after.id);
  if (after.value === null) return [`(d.${column} IS NULL AND d.id ${sign} ${id}::uuid)`];
  const raw = type === 'timestamptz' ? new Date(after.value) : after.value;
  const value = `${values.add(raw)}::${type}`;
  const beyond = `(d.${column}, d.id) ${sign} (${value}, ${id}::uuid)`;
  return [isNullable(sort.field) ? `(${beyond} OR d.${column} IS NULL)` : beyond];
}

function isNullable(field: DealSort['field']): boolean {
  return field === 'sla_due_at' || field === 'amount' || field === 'name';
}
