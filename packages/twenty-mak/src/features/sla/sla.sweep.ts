import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { feedSql } from '../../platform/records/index.ts';
import { countBreachesSql } from '../analytics/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { RUN_RECORD_ID } from './run-record-id.ts';
import type { EscalatedRun } from './sla.escalations.ts';

/** Runs that one statement marks: enough that the commit does not count, few enough that ingestion hardly waits. */
export const SWEEP_BATCH = 2_000;

interface TenantTime {
  /** The tenant's present in milliseconds. */
  readonly present: number;
  readonly escalation: boolean;
}

/** Tenants with an open run that is overdue in their own present: one look at the index for each tenant. */
export const FIND_DUE = `
SELECT t.id AS "tenantId"
FROM tenant t
CROSS JOIN LATERAL (
  SELECT FROM sla_run r
  WHERE r.tenant_id = t.id AND r.closed_at IS NULL AND NOT r.breach_published
    AND r.due_at < coalesce(t.clock_frozen_at, now())
  ORDER BY r.due_at LIMIT 1
) AS due`;

/**
 * Marks runs as breached and writes their events, in one statement. The tenant's turn is held, so no other writer
 * moves the rows and they can be addressed by their place.
 */
const SWEEP = `
WITH breached AS (
  UPDATE sla_run SET breach_published = true
  WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM sla_run
      WHERE tenant_id = $1 AND closed_at IS NULL AND NOT breach_published
        AND due_at < to_timestamp($2::float8 / 1000)
      ORDER BY due_at LIMIT $3))
    AND tenant_id = $1 AND closed_at IS NULL AND NOT breach_published
  RETURNING deal_id, timer, opened_source, opened_event_id, due_at
), marked AS MATERIALIZED (
  SELECT b.*, d.version, d.pipeline_id, d.owner_id, d.created_at, d.archived_at
  FROM breached b JOIN deal d ON d.id = b.deal_id
), published AS (
  INSERT INTO outbox (tenant_id, event_id, type, deal_id, deal_version, occurred_at, data)
  SELECT $1, ($4 || right(gen_random_uuid()::text, 21))::uuid, 'masterdeal.sla.breached', deal_id, version, due_at,
    jsonb_build_object('timer', timer, 'opened_by', opened_event_id,
      'due_at', to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  FROM marked
), counted AS (
  ${countBreachesSql('marked')}
), fed AS (
  ${feedSql(`SELECT 'sla_run' AS entity, ${RUN_RECORD_ID} AS id, 1::smallint AS urgency, '*' AS fields FROM marked
    UNION SELECT 'deal', deal_id::text, 1::smallint, 'stage' FROM marked`)}
)`;

interface BreachedRow {
  readonly deal_id: string;
  readonly timer: string;
  readonly opened_source: string;
  readonly opened_event_id: string;
  readonly due_at: number;
}

/** What to do with breaches in the transaction that publishes them. */
export type Escalate = (runs: readonly EscalatedRun[]) => Promise<void>;

/**
 * Publishes the breaches of the longest overdue runs, at most `SWEEP_BATCH`, and gives their number. The transaction
 * must be a new one of this tenant. Throws 404 when there is no such tenant.
 */
export async function sweepBatch(
  transaction: Transaction,
  tenantId: string,
  escalate: Escalate,
): Promise<number> {
  // Time is read after waiting for the turn, so that the writer before is in the past.
  await lockTenant(transaction, tenantId);
  const time = await tenantTime(transaction, tenantId);
  if (time === undefined) throw notFound('tenant');
  if (!time.escalation) return publishQuietly(transaction, tenantId, time.present);
  const runs = await publish(transaction, tenantId, time.present);
  await escalate(runs);
  return runs.length;
}

async function tenantTime(
  transaction: Transaction,
  tenantId: string,
): Promise<TenantTime | undefined> {
  const [row] = await transaction.query<TenantTime>(
    `SELECT coalesce(clock_frozen_at, clock_timestamp())::timestamptz(3) AS present, escalation
     FROM tenant WHERE id = $1`,
    [tenantId],
  );
  return row;
}

async function publish(
  transaction: Transaction,
  tenantId: string,
  present: number,
): Promise<readonly EscalatedRun[]> {
  const rows = await transaction.query<BreachedRow>(
    `${SWEEP} SELECT deal_id, timer, opened_source, opened_event_id, due_at FROM breached`,
    parameters(tenantId, present),
  );
  return rows.map((row) => ({
    dealId: row.deal_id,
    timer: row.timer,
    openedBy: { source: row.opened_source, eventId: row.opened_event_id },
    dueAt: row.due_at,
  }));
}

/** The same for a tenant without escalation, where nobody needs to know which runs they were. Gives their number. */
async function publishQuietly(
  transaction: Transaction,
  tenantId: string,
  present: number,
): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    `${SWEEP} SELECT count(*) FROM breached`,
    parameters(tenantId, present),
  );
  return row?.count ?? 0;
}

/** The last one is the time and version of a UUIDv7, which the statement completes with random bits row by row. */
function parameters(tenantId: string, present: number): readonly unknown[] {
  return [tenantId, present, SWEEP_BATCH, uuidv7().slice(0, 15)];
}
