import { Injectable } from '@nestjs/common';
import type { Instant } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import {
  DAILY_FIGURES,
  DURATION_BOUNDS,
  FIGURES,
  RULES,
  scanSql,
  unsweptSql,
} from '../analytics/index.ts';
import type { FigureRow } from '../analytics/index.ts';
import { conditions, Values } from '../deals/index.ts';
import type { DealFilter } from '../deals/index.ts';
import { FIRST_DAY, LAST_DAY, splitPeriod } from './period.ts';
import type { Period } from './period.ts';

export interface Setting {
  readonly currency: string;
  readonly present: Instant;
  /** The instants at which the period begins and has ended. */
  readonly begins: Instant | null;
  readonly ends: Instant | null;
  /** The rollups hold what a scan would give. */
  readonly built: boolean;
}

/** Which deals a dashboard is about. */
export interface Selection {
  readonly tenantId: string;
  readonly pipelineId: string;
  readonly period: Period;
  readonly present: Instant;
  readonly filter: DealFilter;
}

export interface Waiting {
  readonly stage: string;
  /** Since when the deal at the 90th percentile of waiting has been in the stage. */
  readonly since: Instant | null;
  readonly overdue: number;
}

export interface CommentRow {
  readonly deal_id: string;
  readonly occurred_at: Instant;
  readonly stage: string;
  readonly score: number;
  readonly comment: string;
}

const FIGURE_COLUMNS = 'pipeline_id, figure, day, subject, detail, currency, n, total';

/**
 * The rollups of a period: whole months, the days before the first and after the last of them, and day by day what is shown
 * so. Who waits does so now, whatever the period.
 */
function rollupSql(tenant: string, pipeline: string, { from, to }: Period, values: Values): string {
  const { months, days } = splitPeriod({ from, to });
  const added = Object.values(FIGURES).filter(
    (figure) => figure !== FIGURES.wait && !DAILY_FIGURES.includes(figure),
  );
  const day = (sign: string, date: string): string => `day ${sign} ${values.add(date)}::date`;
  const part = (grain: string, figures: readonly string[], between: readonly string[]): string =>
    [
      `SELECT ${FIGURE_COLUMNS} FROM rollup WHERE tenant_id = ${tenant} AND pipeline_id = ${pipeline}`,
      `grain = '${grain}'`,
      `figure = ANY (${values.add(figures)}::text[])`,
      ...between,
    ].join(' AND ');
  return [
    part('month', [FIGURES.wait], []),
    part('day', DAILY_FIGURES, [day('>=', from ?? FIRST_DAY), day('<=', to ?? LAST_DAY)]),
    ...months.map((month) => part('month', added, [day('>=', month.from), day('<', month.until)])),
    ...days.map((some) => part('day', added, [day('>=', some.from), day('<', some.until)])),
  ].join(' UNION ALL ');
}

/** Comments that a dashboard shows. */
const COMMENTS = 20;

@Injectable()
export class DashboardRepository {
  async setting(tx: Transaction, tenantId: string, period: Period): Promise<Setting> {
    const [row] = await tx.query<Setting>(
      `SELECT currency, coalesce(clock_frozen_at, date_trunc('milliseconds', now())) AS present,
         $2::date::timestamp AT TIME ZONE time_zone AS begins,
         ($3::date + 1)::timestamp AT TIME ZONE time_zone AS ends,
         EXISTS (SELECT FROM rollup_build b
           WHERE b.tenant_id = t.id AND b.time_zone = t.time_zone AND b.rules = $4) AS built
       FROM tenant t WHERE id = $1`,
      [tenantId, period.from, period.to, RULES],
    );
    if (row === undefined) throw new Error(`tenant ${tenantId} is not visible here`);
    return row;
  }

  /** All figures of the period: out of the rollups, or by looking at the deals. */
  async figures(
    tx: Transaction,
    selection: Selection,
    source: 'rollup' | 'scan',
  ): Promise<FigureRow[]> {
    const values = new Values();
    const tenant = values.add(selection.tenantId);
    if (source === 'scan') values.add(DURATION_BOUNDS);
    const chosen = this.chosen(selection, values);
    const facts =
      source === 'scan'
        ? scanSql(chosen)
        : rollupSql(tenant, values.add(selection.pipelineId), selection.period, values);
    const due = unsweptSql(chosen, values.instant(selection.present));
    const { from, to } = selection.period;
    const [first, last] = [values.add(from), values.add(to)];
    return tx.query<FigureRow>(
      `SELECT figure, CASE WHEN figure IN ('breach', 'kpi') THEN day::text END AS day, subject, detail, currency,
         sum(n)::bigint AS n, sum(total)::float8 AS total
       FROM (SELECT * FROM (${facts}) AS kept UNION ALL SELECT * FROM (${due}) AS due) AS facts
       WHERE figure = 'wait'
         OR ((${first}::date IS NULL OR day >= ${first}::date) AND (${last}::date IS NULL OR day <= ${last}::date))
       GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0`,
      values.list,
    );
  }

  /**
   * How long open deals have waited, whatever the period: the deal at the percentile is found by its place in the
   * index of the board. `open` says how many deals wait in each stage.
   */
  async waiting(
    tx: Transaction,
    selection: Selection,
    open: ReadonlyMap<string, number>,
  ): Promise<Waiting[]> {
    const values = new Values();
    values.add(selection.tenantId);
    const chosen = this.chosen(selection, values);
    const stages = values.add([...open.keys()]);
    const places = values.add([...open.values()].map((n) => n - Math.ceil(0.9 * n)));
    const where = `d.tenant_id = $1 AND d.archived_at IS NULL AND d.stage = s.stage AND ${chosen}`;
    return tx.query<Waiting>(
      `SELECT s.stage,
         (SELECT d.stage_started_at FROM deal d WHERE ${where}
          ORDER BY d.stage_started_at, d.id OFFSET s.place LIMIT 1) AS since,
         coalesce(late.deals, 0) AS overdue
       FROM unnest(${stages}::text[], ${places}::int[]) AS s (stage, place)
       LEFT JOIN (SELECT d.stage, count(*) AS deals FROM deal d
         WHERE d.tenant_id = $1 AND d.archived_at IS NULL AND d.sla_due_at < ${values.instant(selection.present)}
           AND ${chosen} GROUP BY 1) AS late USING (stage)`,
      values.list,
    );
  }

  /** The newest comments of the period. */
  async comments(tx: Transaction, selection: Selection): Promise<CommentRow[]> {
    const values = new Values();
    values.add(selection.tenantId);
    const chosen = this.chosen(selection, values);
    const [first, last] = [values.add(selection.period.from), values.add(selection.period.to)];
    return tx.query<CommentRow>(
      `SELECT a.deal_id, a.occurred_at, a.stage, a.score, a.comment
       FROM fact_nps a JOIN deal d ON d.tenant_id = $1 AND d.id = a.deal_id
       WHERE a.tenant_id = $1 AND a.comment IS NOT NULL AND d.archived_at IS NULL AND ${chosen}
         AND (${first}::date IS NULL OR a.day >= ${first}::date) AND (${last}::date IS NULL OR a.day <= ${last}::date)
       ORDER BY a.occurred_at DESC, a.event_id LIMIT ${COMMENTS}`,
      values.list,
    );
  }

  private chosen({ pipelineId, filter, present }: Selection, values: Values): string {
    const pipeline = `d.pipeline_id = ${values.add(pipelineId)}`;
    return [pipeline, ...conditions(filter, present, values)].join(' AND ');
  }
}
