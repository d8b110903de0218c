import type { Instant, RunStatus } from 'twenty-mak-domain';
import type { DealFilter, Values } from './deals.filter.ts';

/** Things that a deal may have several of; a filter by them asks for deals that have at least one. */
export const MATCHING = ['runs', 'stays', 'reports', 'answers'] as const;
export type Matching = (typeof MATCHING)[number];

export interface RunFilter {
  readonly timer?: string | undefined;
  readonly status?: RunStatus | undefined;
  /** It reached its goal, late or not. */
  readonly reached?: boolean | undefined;
  readonly dueFrom?: Instant | undefined;
  readonly dueBefore?: Instant | undefined;
}

/** A campaign figure that was reported; the times are those of the report. */
export interface KpiFilter {
  readonly name?: string | undefined;
  /** Empty for reports without one. */
  readonly currency?: string | undefined;
  readonly from?: Instant | undefined;
  readonly before?: Instant | undefined;
}

/** An answer to the question of recommendation, 0 to 10; the times are those of the answer. */
export interface NpsFilter {
  readonly scoreFrom?: number | undefined;
  readonly scoreTo?: number | undefined;
  readonly from?: Instant | undefined;
  readonly before?: Instant | undefined;
}

/** Where the things of one kind are that a filter asks for; `f` is one of them. */
export interface MatchingRows {
  readonly kind: Matching;
  readonly table: string;
  readonly where: string;
}

/** The things that the filter asks for; none of the kinds that it does not speak of. */
export function matchingRows(
  { run, leftStages, kpi, nps }: DealFilter,
  present: Instant,
  values: Values,
): MatchingRows[] {
  const rows = (kind: Matching, table: string, where: readonly string[]): MatchingRows => ({
    kind,
    table,
    where: ['f.tenant_id = (SELECT mak_tenant())', ...where].join(' AND '),
  });
  const found: MatchingRows[] = [];
  if (run !== undefined) found.push(rows('runs', 'sla_run', runConditions(run, present, values)));
  if (leftStages !== undefined)
    found.push(
      rows('stays', 'stage_change', [`f.from_stage = ANY (${values.add(leftStages)}::text[])`]),
    );
  if (kpi !== undefined) {
    const { name, currency } = kpi;
    found.push(
      rows('reports', 'fact_kpi', [
        ...(name === undefined ? [] : [`f.name = ${values.add(name)}`]),
        ...(currency === undefined ? [] : [`f.currency = ${values.add(currency)}`]),
        ...happened(kpi, values),
      ]),
    );
  }
  if (nps !== undefined) {
    const { scoreFrom, scoreTo } = nps;
    found.push(
      rows('answers', 'fact_nps', [
        ...(scoreFrom === undefined ? [] : [`f.score >= ${values.add(scoreFrom)}::int`]),
        ...(scoreTo === undefined ? [] : [`f.score <= ${values.add(scoreTo)}::int`]),
        ...happened(nps, values),
      ]),
    );
  }
  return found;
}

function happened({ from, before }: Pick<NpsFilter, 'from' | 'before'>, values: Values): string[] {
  return [
    ...(from === undefined ? [] : [`f.occurred_at >= ${values.instant(from)}`]),
    ...(before === undefined ? [] : [`f.occurred_at < ${values.instant(before)}`]),
  ];
}

/** The rule of `runStatus` in the domain. */
function runConditions(
  { timer, status, reached, dueFrom, dueBefore }: RunFilter,
  present: Instant,
  values: Values,
): string[] {
  const where: string[] = [];
  // PostgreSQL refuses a value that no condition mentions.
  const late = (): string => `coalesce(f.closed_at, ${values.instant(present)}) > f.due_at`;
  if (timer !== undefined) where.push(`f.timer = ${values.add(timer)}`);
  if (status === 'breached') where.push(late());
  else if (status === 'running') where.push(`NOT (${late()}) AND f.closed_at IS NULL`);
  else if (status !== undefined)
    where.push(`NOT (${late()}) AND f.closed_as = ${values.add(status)}`);
  if (reached !== undefined) where.push(`(f.closed_as IS NOT DISTINCT FROM 'met') = ${reached}`);
  if (dueFrom !== undefined) where.push(`f.due_at >= ${values.instant(dueFrom)}`);
  if (dueBefore !== undefined) where.push(`f.due_at < ${values.instant(dueBefore)}`);
  return where;
}
