import type { EventKey, GateChange, PublishedBreach, Transition } from 'twenty-mak-domain';
import { plainArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { RunRecord } from './deal-record.ts';
import { groupBy } from './group-by.ts';

/** Changes of stage of these deals, by deal, in their order. */
export async function readTransitions(
  tx: Transaction,
  tenantId: string,
  dealIds: readonly string[],
): Promise<Map<string, Transition[]>> {
  const rows = await tx.query<
    {
      deal_id: string;
      seq: number;
      from_stage: string;
      to_stage: string;
      reason: Transition['reason'];
    } & KeyColumns
  >(
    `SELECT deal_id, seq, from_stage, to_stage, reason, occurred_at, source, event_id FROM stage_change
     WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[]) ORDER BY deal_id, seq`,
    [tenantId, plainArray(dealIds)],
  );
  return groupBy(
    rows,
    ({ deal_id }) => deal_id,
    (row) => ({
      seq: row.seq,
      from: row.from_stage,
      to: row.to_stage,
      reason: row.reason,
      by: keyOf(row),
    }),
  );
}

/** Changes of gates of these deals, by deal, in their order. */
export async function readGateChanges(
  tx: Transaction,
  tenantId: string,
  dealIds: readonly string[],
): Promise<Map<string, GateChange[]>> {
  const rows = await tx.query<
    { deal_id: string; seq: number; gate: string; status: boolean } & KeyColumns
  >(
    `SELECT deal_id, seq, gate, status, occurred_at, source, event_id FROM gate_change
     WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[]) ORDER BY deal_id, seq`,
    [tenantId, plainArray(dealIds)],
  );
  return groupBy(
    rows,
    ({ deal_id }) => deal_id,
    (row) => ({ seq: row.seq, gate: row.gate, status: row.status, by: keyOf(row) }),
  );
}

/** Runs of timers of these deals, by deal. */
export async function readRuns(
  tx: Transaction,
  tenantId: string,
  dealIds: readonly string[],
): Promise<Map<string, RunRecord[]>> {
  const condition = 'tenant_id = $1 AND deal_id = ANY ($2::uuid[])';
  return runsWhere(tx, 'sla_run.of_deals', condition, tenantId, dealIds);
}

/** Runs whose breach was published and not taken back. */
export async function readPublishedBreaches(
  tx: Transaction,
  tenantId: string,
  dealIds: readonly string[],
): Promise<Map<string, PublishedBreach[]>> {
  if (dealIds.length === 0) return new Map();
  return runsWhere(
    tx,
    'sla_run.breached',
    'tenant_id = $1 AND deal_id = ANY ($2::uuid[]) AND breach_published',
    tenantId,
    dealIds,
  );
}

async function runsWhere(
  tx: Transaction,
  name: string,
  condition: string,
  tenantId: string,
  dealIds: readonly string[],
): Promise<Map<string, RunRecord[]>> {
  const rows = await tx.query<
    {
      deal_id: string;
      timer: string;
      opened_at: number;
      due_at: number;
      closed_at: number | null;
      closed_as: RunRecord['closedAs'];
      breach_published: boolean;
      worked_ms: number | null;
    } & KeyColumns
  >(
    `SELECT deal_id, timer, opened_source AS source, opened_event_id AS event_id, opened_at AS occurred_at, opened_at, due_at, closed_at, closed_as,
       breach_published, worked_ms
     FROM sla_run WHERE ${condition}`,
    [tenantId, plainArray(dealIds)],
    name,
  );
  return groupBy(
    rows,
    ({ deal_id }) => deal_id,
    (row) => ({
      timer: row.timer,
      openedBy: keyOf(row),
      openedAt: row.opened_at,
      dueAt: row.due_at,
      closedAt: row.closed_at,
      closedAs: row.closed_as,
      breachPublished: row.breach_published,
      workedMs: row.worked_ms,
    }),
  );
}

interface KeyColumns {
  readonly occurred_at: number;
  readonly source: string;
  readonly event_id: string;
}

function keyOf(row: KeyColumns): EventKey {
  return { occurredAt: row.occurred_at, source: row.source, eventId: row.event_id };
}
