import { Injectable } from '@nestjs/common';
import { NOTE_CHANGES } from 'twenty-mak-domain';
import type { Instant, SlaRun } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';

export interface GateChangeRow {
  readonly deal_id: string;
  readonly seq: number;
  readonly gate: string;
  readonly status: boolean;
  readonly occurred_at: number;
  readonly source: string;
  readonly event_id: string;
}

export interface RunRow {
  readonly deal_id: string;
  readonly timer: string;
  readonly opened_source: string;
  readonly opened_event_id: string;
  readonly opened_at: number;
  readonly due_at: number;
  readonly closed_at: number | null;
  readonly closed_as: SlaRun['closedAs'];
  readonly acknowledged_at: number | null;
  readonly acknowledged_by: string | null;
}

export interface RefRow {
  readonly deal_id: string;
  readonly system: string;
  readonly id: string;
}

export interface EventRow {
  readonly source: string;
  readonly event_id: string;
  readonly type: string;
  readonly version: number;
  readonly occurred_at: number;
  readonly received_at: number;
  readonly correlation_id: string | null;
  readonly data: Record<string, unknown>;
}

export const TIMELINE_KINDS = [
  'event',
  'note',
  'stage',
  'gate',
  'sla_opened',
  'sla_closed',
  'sla_breached',
  'migration',
  'merge',
  'canonical',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** One line of a timeline; `key` orders lines of the same instant. */
export interface TimelineRow {
  readonly kind: TimelineKind;
  readonly at: number;
  readonly key: string;
  readonly detail: Record<string, unknown>;
}

export interface TimelinePosition {
  readonly at: Instant;
  readonly kind: string;
  readonly key: string;
}

export interface TimelineRequest {
  readonly after: TimelinePosition | null;
  /** Null: all. */
  readonly kinds: readonly TimelineKind[] | null;
  readonly limit: number;
}

/** Edits of a note show in its line, which says nothing any more once it is removed. */
const IN_NOTES = NOTE_CHANGES.map((type) => `'${type}'`).join(', ');

/** Everything that happened to a deal, each part ordered alike, so that pages can be cut through all of them. */
const TIMELINE = `
  SELECT CASE type WHEN 'deal.note.added' THEN 'note' ELSE 'event' END AS kind, occurred_at AS at, source || ' ' || event_id AS key,
    jsonb_build_object('type', type, 'source', source, 'event_id', event_id, 'received_at', received_at, 'data', data) AS detail
  FROM event WHERE tenant_id = $1 AND deal_id = $2 AND type NOT IN (${IN_NOTES})
  UNION ALL
  SELECT 'gate', occurred_at, lpad(seq::text, 9, '0'),
    jsonb_build_object('gate', gate, 'status', status, 'source', source, 'event_id', event_id)
  FROM gate_change WHERE tenant_id = $1 AND deal_id = $2
  UNION ALL
  SELECT 'stage', occurred_at, lpad(seq::text, 9, '0'),
    jsonb_build_object('from', from_stage, 'to', to_stage, 'reason', reason, 'source', source, 'event_id', event_id)
  FROM stage_change WHERE tenant_id = $1 AND deal_id = $2
  UNION ALL
  SELECT 'sla_opened', opened_at, timer || ' ' || opened_source || ' ' || opened_event_id,
    jsonb_build_object('timer', timer, 'due_at', due_at, 'source', opened_source, 'event_id', opened_event_id)
  FROM sla_run WHERE tenant_id = $1 AND deal_id = $2
  UNION ALL
  SELECT 'sla_closed', closed_at, timer || ' ' || opened_source || ' ' || opened_event_id,
    jsonb_build_object('timer', timer, 'due_at', due_at, 'closed_as', closed_as)
  FROM sla_run WHERE tenant_id = $1 AND deal_id = $2 AND closed_at IS NOT NULL
  UNION ALL
  SELECT 'sla_breached', due_at, timer || ' ' || opened_source || ' ' || opened_event_id, jsonb_build_object('timer', timer)
  FROM sla_run WHERE tenant_id = $1 AND deal_id = $2 AND coalesce(closed_at, $3::timestamptz) > due_at
  UNION ALL
  SELECT reason, archived_at, id::text, jsonb_build_object('pipeline_version', pipeline_version, 'stage', history -> 'stage')
  FROM deal_archive WHERE tenant_id = $1 AND deal_id = $2
  UNION ALL
  SELECT 'canonical', occurred_at, event_id::text, jsonb_build_object('type', type, 'event_id', event_id, 'deal_version', deal_version, 'data', data)
  FROM outbox WHERE tenant_id = $1 AND deal_id = $2`;

/** Reads of what lies behind a deal. Several deals at a time where lists need it. */
@Injectable()
export class DealHistoryRepository {
  /** The last change of each gate: the event that decided it. */
  async decidingChanges(
    tx: Transaction,
    tenantId: string,
    dealIds: readonly string[],
  ): Promise<GateChangeRow[]> {
    return tx.query<GateChangeRow>(
      `SELECT DISTINCT ON (deal_id, gate) deal_id, seq, gate, status, occurred_at, source, event_id FROM gate_change
       WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[]) ORDER BY deal_id, gate, seq DESC`,
      [tenantId, dealIds],
    );
  }

  async gateChanges(tx: Transaction, tenantId: string, dealId: string): Promise<GateChangeRow[]> {
    return tx.query<GateChangeRow>(
      `SELECT deal_id, seq, gate, status, occurred_at, source, event_id FROM gate_change
       WHERE tenant_id = $1 AND deal_id = $2 ORDER BY seq`,
      [tenantId, dealId],
    );
  }

  async runs(tx: Transaction, tenantId: string, dealIds: readonly string[]): Promise<RunRow[]> {
    return tx.query<RunRow>(
      `SELECT deal_id, timer, opened_source, opened_event_id, opened_at, due_at, closed_at, closed_as, acknowledged_at, acknowledged_by
       FROM sla_run WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[])
       ORDER BY deal_id, opened_at, timer, opened_source, opened_event_id`,
      [tenantId, dealIds],
    );
  }

  async refs(tx: Transaction, tenantId: string, dealIds: readonly string[]): Promise<RefRow[]> {
    return tx.query<RefRow>(
      `SELECT deal_id, system, external_id AS id FROM deal_ref WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[])
       ORDER BY deal_id, system, external_id`,
      [tenantId, dealIds],
    );
  }

  /** Raw events in fold order, after a position. */
  async events(
    tx: Transaction,
    tenantId: string,
    dealId: string,
    after: { at: Instant; source: string; eventId: string } | null,
    limit: number,
  ): Promise<EventRow[]> {
    const position =
      after === null
        ? ''
        : 'AND (occurred_at, source, event_id) > ($4::timestamptz, $5::text COLLATE "C", $6::text COLLATE "C")';
    return tx.query<EventRow>(
      `SELECT source, event_id, type, version, occurred_at, received_at, correlation_id, data FROM event
       WHERE tenant_id = $1 AND deal_id = $2 ${position} ORDER BY occurred_at, source, event_id LIMIT $3`,
      [
        tenantId,
        dealId,
        limit,
        ...(after === null ? [] : [new Date(after.at), after.source, after.eventId]),
      ],
    );
  }

  /** The timeline, newest first, after a position. */
  async timeline(
    tx: Transaction,
    tenantId: string,
    dealId: string,
    present: Instant,
    { after, kinds, limit }: TimelineRequest,
  ): Promise<TimelineRow[]> {
    const position =
      after === null
        ? ''
        : 'AND (at, kind COLLATE "C", key COLLATE "C") < ($6::timestamptz, $7::text, $8::text)';
    return tx.query<TimelineRow>(
      `SELECT kind, at, key, detail FROM (${TIMELINE}) line WHERE ($5::text[] IS NULL OR kind = ANY ($5)) ${position}
       ORDER BY at DESC, kind COLLATE "C" DESC, key COLLATE "C" DESC LIMIT $4`,
      [
        tenantId,
        dealId,
        new Date(present),
        limit,
        kinds,
        ...(after === null ? [] : [new Date(after.at), after.kind, after.key]),
      ],
    );
  }
}
