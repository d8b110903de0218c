import { Injectable } from '@nestjs/common';
import type { ExternalRef, Instant, JsonObject } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { conditions, Values } from '../deals/index.ts';
import type { DealFilter } from '../deals/index.ts';
import type { ExportedDeal } from './formats/index.ts';

/** Which deals are exported. */
export interface Selection {
  /** Without `archived`: archived deals too. */
  readonly filter: DealFilter;
  readonly present: Instant;
}

export interface ExportEventRow {
  readonly deal_id: string;
  readonly source: string;
  readonly event_id: string;
  readonly type: string;
  readonly version: number;
  readonly occurred_at: number;
  readonly correlation_id: string | null;
  readonly refs: ExternalRef[];
  readonly data: JsonObject;
}

/** The place of an event in the whole export. */
export type ExportPosition = Pick<
  ExportEventRow,
  'deal_id' | 'occurred_at' | 'source' | 'event_id'
>;

/** Ids of deals of one step. */
export interface DealWindow {
  /** The deals that the selection has, by id. */
  readonly deals: readonly ExportedDeal[];
  /** Last id of the step, whether selected or not; null when there was none. */
  readonly last: string | null;
}

/** The export walks along the index of events by deal, a step at a time; no transaction stays open between steps. */
@Injectable()
export class ExportRepository {
  async window(
    tx: Transaction,
    tenantId: string,
    after: string,
    limit: number,
    { filter, present }: Selection,
  ): Promise<DealWindow> {
    const values = new Values();
    const tenant = values.add(tenantId);
    const { pipelineId, stages, archived } = filter;
    const selected = conditions(filter, present, values);
    if (pipelineId !== undefined) selected.push(`d.pipeline_id = ${values.add(pipelineId)}::uuid`);
    if (stages !== undefined) selected.push(`d.stage = ANY (${values.add(stages)}::text[])`);
    if (archived !== undefined) selected.push(`d.archived_at IS ${archived ? 'NOT NULL' : 'NULL'}`);
    const rows = await tx.query<{ deal_id: string } & ExportedDeal>(
      `WITH step AS (
         SELECT deal_id FROM event WHERE tenant_id = ${tenant} AND deal_id > ${values.add(after)}
         GROUP BY deal_id ORDER BY deal_id LIMIT ${values.add(limit)})
       SELECT step.deal_id, d.id, d.name, p.key AS pipeline, d.stage, d.outcome, d.amount, d.currency
       FROM step
       LEFT JOIN (deal d JOIN pipeline p ON p.id = d.pipeline_id)
         ON ${[`d.tenant_id = ${tenant}`, 'd.id = step.deal_id', ...selected].join(' AND ')}
       ORDER BY step.deal_id`,
      values.list,
    );
    return { deals: rows.filter(({ id }) => id !== null), last: rows.at(-1)?.deal_id ?? null };
  }

  /** Events of these deals after a position, in the order of deal and fold. */
  async events(
    tx: Transaction,
    tenantId: string,
    dealIds: readonly string[],
    after: ExportPosition | null,
    limit: number,
  ): Promise<ExportEventRow[]> {
    return tx.query<ExportEventRow>(
      `SELECT deal_id, source, event_id, type, version, occurred_at, correlation_id, refs, data
       FROM event
       WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[])
         AND ($3::uuid IS NULL OR (deal_id, occurred_at, source, event_id) > ($3, $4::timestamptz, $5, $6))
       ORDER BY deal_id, occurred_at, source, event_id
       LIMIT $7`,
      [
        tenantId,
        dealIds,
        after?.deal_id ?? null,
        after === null ? null : new Date(after.occurred_at),
        after?.source ?? null,
        after?.event_id ?? null,
        limit,
      ],
    );
  }
}
