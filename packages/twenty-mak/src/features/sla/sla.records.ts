import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { Database } from '../../platform/database/index.ts';
import { ProvidesRecords } from '../../platform/records/index.ts';
import type { MakRecord, RecordSource } from '../../platform/records/index.ts';
import { RUN_RECORD_ID } from './run-record-id.ts';

interface RunRow {
  readonly id: string;
  readonly deal_id: string;
  readonly timer: string;
  readonly status: string;
  readonly opened_at: number;
  readonly due_at: number;
  readonly closed_at: number | null;
  readonly acknowledged_at: number | null;
  readonly timers: PipelineDefinition['timers'] | null;
}

const RECORD_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:[0-9a-f]{32}$/;

/** SLA runs, for other systems. A breach is one once it has been published. */
@Injectable()
@ProvidesRecords({ entity: 'sla_run' })
export class SlaRunRecords implements RecordSource {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** A run that a late event has undone counts as cancelled: who has heard of it should hear that too. */
  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    const known = ids.filter((id) => RECORD_ID.test(id));
    const rows = await this.database.within({ tenantId }, (tx) =>
      tx.query<RunRow>(
        `SELECT run.*, v.definition -> 'timers' AS timers FROM (
           SELECT ${RUN_RECORD_ID} AS id, deal_id, timer, opened_at, due_at, closed_at, acknowledged_at,
             CASE WHEN breach_published OR closed_at > due_at THEN 'breached' ELSE coalesce(closed_as, 'running') END AS status
           FROM sla_run WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[])) AS run
         JOIN deal d ON d.id = run.deal_id
         JOIN pipeline_version v ON v.pipeline_id = d.pipeline_id AND v.version = d.pipeline_version
         WHERE run.id = ANY ($3::text[])`,
        [tenantId, [...new Set(known.map(dealOf))], known],
      ),
    );
    const found = new Map(rows.map((row) => [row.id, recordOf(row)]));
    return new Map(known.map((id) => [id, found.get(id) ?? undone(id)]));
  }

  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    const rows = await this.database.within({ tenantId }, (tx) =>
      tx.query<{ id: string }>(
        `SELECT id FROM (
           SELECT ${RUN_RECORD_ID} AS id FROM sla_run
           WHERE tenant_id = $1 AND ($2::uuid IS NULL OR deal_id >= $2)) AS run
         WHERE $3::text IS NULL OR id > $3 COLLATE "C" ORDER BY id COLLATE "C" LIMIT $4`,
        [tenantId, after === null ? null : dealOf(after), after, limit],
      ),
    );
    return rows.map(({ id }) => id);
  }
}

function dealOf(id: string): string {
  return id.slice(0, id.indexOf(':'));
}

function recordOf(row: RunRow): MakRecord {
  const timer = row.timers?.find(({ key }) => key === row.timer);
  const instant = (value: number | null): string | null =>
    value === null ? null : formatInstant(value);
  return {
    values: {
      name: timer?.title ?? row.timer,
      deal: row.deal_id,
      status: row.status,
      opened_at: instant(row.opened_at),
      due_at: instant(row.due_at),
      closed_at: instant(row.closed_at),
      acknowledged_at: instant(row.acknowledged_at),
      accountable: timer?.accountable?.join(', ') ?? null,
    },
    version: 0,
  };
}

function undone(id: string): MakRecord {
  return { values: { deal: dealOf(id), status: 'cancelled' }, version: 0 };
}
