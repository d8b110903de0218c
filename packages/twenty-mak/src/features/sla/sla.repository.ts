import type { RunStatus } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';

export const RUN_STATUSES = ['running', 'met', 'breached', 'cancelled'] as const;

/** A run as it is judged at the tenant's present. Instants are milliseconds. */
export interface RunRow {
  readonly deal_id: string;
  readonly timer: string;
  readonly opened_source: string;
  readonly opened_event_id: string;
  readonly opened_at: number;
  readonly due_at: number;
  readonly closed_at: number | null;
  readonly status: RunStatus;
  readonly acknowledged_at: number | null;
  readonly acknowledged_by: string | null;
}

export interface RunIdentity {
  readonly dealId: string;
  readonly timer: string;
  readonly source: string;
  readonly eventId: string;
}

export interface RunFilter {
  readonly status?: RunStatus | undefined;
  readonly timer?: string | undefined;
  /** Still open although its time has passed. */
  readonly overdue?: boolean | undefined;
  /** Milliseconds. */
  readonly dueBefore?: number | undefined;
  readonly dealId?: string | undefined;
  readonly pipeline?: string | undefined;
}

/** Sort keys of a run: due time, then its identity. */
export type RunKeys = readonly [number, string, string, string, string];

export interface TimerCounts {
  readonly timer: string;
  readonly runs: number;
  readonly met: number;
  readonly breached: number;
  readonly cancelled: number;
  readonly running: number;
}

/** The rule of `runStatus` in the domain, where `present` is the tenant's. */
const STATUS = `CASE WHEN coalesce(r.closed_at, present) > r.due_at THEN 'breached'
  WHEN r.closed_at IS NULL THEN 'running' ELSE r.closed_as END`;
const PRESENT = `(SELECT coalesce(clock_frozen_at, now()) AS present FROM tenant WHERE id = $1) AS clock`;
const COLUMNS = `r.deal_id, r.timer, r.opened_source, r.opened_event_id, r.opened_at, r.due_at, r.closed_at,
  ${STATUS} AS status, r.acknowledged_at, r.acknowledged_by`;

/** Nearest due time first, after the keys. */
export async function listRuns(
  transaction: Transaction,
  tenantId: string,
  filter: RunFilter,
  after: RunKeys | null,
  limit: number,
): Promise<RunRow[]> {
  return transaction.query<RunRow>(
    `SELECT ${COLUMNS} FROM ${PRESENT}, sla_run r
     WHERE r.tenant_id = $1
       AND ($2::text IS NULL OR ${STATUS} = $2)
       AND ($3::text IS NULL OR r.timer = $3)
       AND ($4::boolean IS NULL OR (r.closed_at IS NULL AND r.due_at < present) = $4)
       AND ($5::float8 IS NULL OR r.due_at < to_timestamp($5 / 1000))
       AND ($6::uuid IS NULL OR r.deal_id = $6)
       AND ($7::text IS NULL OR r.deal_id IN (
         SELECT d.id FROM deal d JOIN pipeline p ON p.id = d.pipeline_id WHERE d.tenant_id = $1 AND p.key = $7))
       AND ($8::float8 IS NULL OR (r.due_at, r.deal_id, r.timer, r.opened_source, r.opened_event_id)
         > (to_timestamp($8 / 1000), $9::uuid, $10::text, $11::text, $12::text))
     ORDER BY r.due_at, r.deal_id, r.timer, r.opened_source, r.opened_event_id
     LIMIT $13`,
    [
      tenantId,
      filter.status ?? null,
      filter.timer ?? null,
      filter.overdue ?? null,
      filter.dueBefore ?? null,
      filter.dealId ?? null,
      filter.pipeline ?? null,
      ...(after ?? [null, null, null, null, null]),
      limit,
    ],
  );
}

/** Runs by timer and status. All deals without a pipeline's key. */
export async function countRuns(
  transaction: Transaction,
  tenantId: string,
  pipeline: string | undefined,
): Promise<TimerCounts[]> {
  return transaction.query<TimerCounts>(
    `SELECT timer, count(*) AS runs,
       count(*) FILTER (WHERE status = 'met') AS met,
       count(*) FILTER (WHERE status = 'breached') AS breached,
       count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
       count(*) FILTER (WHERE status = 'running') AS running
     FROM (
       SELECT r.timer, ${STATUS} AS status FROM ${PRESENT}, sla_run r
       WHERE r.tenant_id = $1 AND ($2::text IS NULL OR r.deal_id IN (
         SELECT d.id FROM deal d JOIN pipeline p ON p.id = d.pipeline_id WHERE d.tenant_id = $1 AND p.key = $2))
     ) AS judged
     GROUP BY timer ORDER BY timer`,
    [tenantId, pipeline ?? null],
  );
}

const ONE = `r.tenant_id = $1 AND r.deal_id = $2 AND r.timer = $3 AND r.opened_source = $4 AND r.opened_event_id = $5`;

export async function findRun(
  transaction: Transaction,
  tenantId: string,
  run: RunIdentity,
): Promise<RunRow | undefined> {
  const [row] = await transaction.query<RunRow>(
    `SELECT ${COLUMNS} FROM ${PRESENT}, sla_run r WHERE ${ONE}`,
    [tenantId, run.dealId, run.timer, run.source, run.eventId],
  );
  return row;
}

/** The first acknowledgement stays. */
export async function acknowledgeRun(
  transaction: Transaction,
  tenantId: string,
  run: RunIdentity,
  by: string,
): Promise<void> {
  await transaction.execute(
    `UPDATE sla_run r SET acknowledged_at = now(), acknowledged_by = $6 WHERE ${ONE} AND acknowledged_at IS NULL`,
    [tenantId, run.dealId, run.timer, run.source, run.eventId, by],
  );
}

/** Only the person who said it takes it back; gives whether it was so. */
export async function withdrawAcknowledgement(
  transaction: Transaction,
  tenantId: string,
  run: RunIdentity,
  by: string,
): Promise<boolean> {
  const withdrawn = await transaction.execute(
    `UPDATE sla_run r SET acknowledged_at = NULL, acknowledged_by = NULL WHERE ${ONE} AND acknowledged_by = $6`,
    [tenantId, run.dealId, run.timer, run.source, run.eventId, by],
  );
  return withdrawn > 0;
}

/** The tenant's present in milliseconds. */
export async function presentOf(transaction: Transaction, tenantId: string): Promise<number> {
  const [row] = await transaction.query<{ present: number }>(
    `SELECT date_trunc('milliseconds', present) AS present FROM ${PRESENT}`,
    [tenantId],
  );
  return row?.present ?? 0;
}
