import type { Instant } from 'twenty-mak-domain';
import { matchingRows } from './deals.matching.ts';
import type { KpiFilter, NpsFilter, RunFilter } from './deals.matching.ts';

/** Which deals a list or a count is about. Every member narrows; what is left out does not. */
export interface DealFilter {
  readonly ids?: readonly string[] | undefined;
  readonly pipelineId?: string | undefined;
  readonly stages?: readonly string[] | undefined;
  readonly businessStage?: string | undefined;
  /** Null: deals that nobody owns. */
  readonly ownerId?: string | null | undefined;
  readonly clientId?: string | undefined;
  /** Minor units. */
  readonly amountFrom?: number | undefined;
  readonly amountTo?: number | undefined;
  readonly currency?: string | undefined;
  /** `overdue`: the nearest due time lies before the present; `open`: a run is open; `none`: none is. */
  readonly sla?: 'overdue' | 'open' | 'none' | undefined;
  readonly dueBefore?: Instant | undefined;
  readonly outcome?: 'won' | 'lost' | 'open' | undefined;
  readonly archived?: boolean | undefined;
  /** Part of the name, at least three characters. */
  readonly text?: string | undefined;
  readonly ref?: { readonly system: string; readonly id: string } | undefined;
  readonly updatedSince?: Instant | undefined;
  readonly createdFrom?: Instant | undefined;
  readonly createdBefore?: Instant | undefined;
  /** The highest stage that the deal has been in. */
  readonly reachedStages?: readonly string[] | undefined;
  /** Of the client; of the deal's attributes while its client is not known. */
  readonly client?: ClientFilter | undefined;
  /** The deal has such a run. */
  readonly run?: RunFilter | undefined;
  /** The deal has been in one of these stages and has left it. */
  readonly leftStages?: readonly string[] | undefined;
  /** Such a campaign figure was reported for the deal. */
  readonly kpi?: KpiFilter | undefined;
  /** Such an answer was given for the deal. */
  readonly nps?: NpsFilter | undefined;
}

export interface ClientFilter {
  readonly industry?: string | undefined;
  readonly clientType?: string | undefined;
  readonly budgetBand?: string | undefined;
  readonly segment?: string | undefined;
}

/** Collects the values of a statement; SQL text only ever holds their numbers. */
export class Values {
  readonly list: unknown[] = [];

  /** Placeholder of the value, e.g. `$3`. */
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }

  /** Placeholder of an instant in milliseconds. */
  instant(value: Instant): string {
    return `${this.add(new Date(value))}::timestamptz`;
  }
}

/**
 * As the index of the board has it; empty when the deal has none. A CASE, because PostgreSQL holds a coalesce for leaky
 * and would not use the index under row-level security.
 */
export const BUSINESS_STAGE =
  "CASE WHEN d.business_stage IS NULL THEN '' ELSE d.business_stage END";

/** Matches of one search, at most; whoever gets so many types another word. */
export const SEARCH_LIMIT = 1_000;

/** Conditions on `deal d` beyond tenant, pipeline, stage and archive, which the index of the board answers. */
export function conditions(filter: DealFilter, present: Instant, values: Values): string[] {
  const found: string[] = [];
  if (filter.ids !== undefined) found.push(`d.id = ANY(${values.add(filter.ids)}::uuid[])`);
  const { businessStage, ownerId, clientId, amountFrom, amountTo, currency, sla } = filter;
  const { dueBefore, outcome, text, ref, updatedSince, createdFrom, createdBefore } = filter;
  const { reachedStages, client } = filter;
  if (businessStage !== undefined) found.push(`(${BUSINESS_STAGE}) = ${values.add(businessStage)}`);
  if (ownerId === null) found.push('d.owner_id IS NULL');
  else if (ownerId !== undefined) found.push(`d.owner_id = ${values.add(ownerId)}`);
  if (clientId !== undefined) found.push(clientCondition(values.add(clientId)));
  if (amountFrom !== undefined) found.push(`d.amount >= ${values.add(amountFrom)}::bigint`);
  if (amountTo !== undefined) found.push(`d.amount <= ${values.add(amountTo)}::bigint`);
  if (currency !== undefined) found.push(`d.currency = ${values.add(currency)}`);
  if (sla === 'overdue') found.push(`d.sla_due_at < ${values.instant(present)}`);
  if (sla === 'open') found.push('d.sla_due_at IS NOT NULL');
  if (sla === 'none') found.push('d.sla_due_at IS NULL');
  if (dueBefore !== undefined) found.push(`d.sla_due_at < ${values.instant(dueBefore)}`);
  if (outcome === 'open') found.push('d.outcome IS NULL');
  else if (outcome !== undefined) found.push(`d.outcome = ${values.add(outcome)}`);
  if (updatedSince !== undefined) found.push(`d.updated_at >= ${values.instant(updatedSince)}`);
  if (createdFrom !== undefined) found.push(`d.created_at >= ${values.instant(createdFrom)}`);
  if (createdBefore !== undefined) found.push(`d.created_at < ${values.instant(createdBefore)}`);
  if (reachedStages !== undefined)
    found.push(`coalesce(d.reached_stage, d.stage) = ANY (${values.add(reachedStages)}::text[])`);
  if (client !== undefined) found.push(dimensionCondition(client, values));
  for (const { table, where } of matchingRows(filter, present, values))
    found.push(`d.id IN (SELECT f.deal_id FROM ${table} f WHERE ${where})`);
  if (text !== undefined) {
    const pattern = values.add(`%${text.replace(/[\\%_]/g, '\\$&')}%`);
    found.push(`d.id IN (SELECT mak_search_deals(${pattern}, ${SEARCH_LIMIT}))`);
  }
  if (ref !== undefined) {
    found.push(`d.id IN (SELECT r.deal_id FROM deal_ref r WHERE r.tenant_id = d.tenant_id
      AND r.system = ${values.add(ref.system)} AND r.external_id = ${values.add(ref.id)})`);
  }
  return found;
}

/** `deal d` calls the client by any of its keys, or by this one when no client is known by it. `key` is a placeholder. */
function clientCondition(key: string): string {
  return `d.client_id = ANY (ARRAY(SELECT ${key}::text UNION SELECT k.key FROM client_key k
    JOIN client_key named ON named.client_id = k.client_id
    WHERE named.tenant_id = (SELECT mak_tenant()) AND named.key = ${key}::text))`;
}

function dimensionCondition(
  { industry, clientType, budgetBand, segment }: ClientFilter,
  values: Values,
): string {
  const where = ['f.tenant_id = (SELECT mak_tenant())'];
  if (industry !== undefined) where.push(`f.industry = ${values.add(industry)}`);
  if (clientType !== undefined) where.push(`f.client_type = ${values.add(clientType)}`);
  if (budgetBand !== undefined) where.push(`f.budget_band = ${values.add(budgetBand)}`);
  if (segment !== undefined) where.push(`${values.add(segment)} = ANY (f.segments)`);
  return `d.id IN (SELECT f.deal_id FROM fact_deal f WHERE ${where.join(' AND ')})`;
}

/** Whether a handful of rows is found by an index, so that any order is cheap. */
export function isSelective({ ids, text, ref, ownerId, clientId }: DealFilter): boolean {
  // The deals that nobody owns may be most of them.
  return [ids, text, ref, ownerId ?? undefined, clientId].some((value) => value !== undefined);
}

/** Whether the counters of the board answer it: whole stages of one pipeline. */
export function isUnfiltered({
  pipelineId: _pipeline,
  stages: _stages,
  archived = false,
  ...rest
}: DealFilter): boolean {
  return !archived && Object.values(rest).every((value) => value === undefined);
}
