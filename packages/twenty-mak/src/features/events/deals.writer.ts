import { Inject, Injectable } from '@nestjs/common';
import { factsOf, missingGates, nearestDue } from 'twenty-mak-domain';
import type { GateChange, Transition } from 'twenty-mak-domain';
import {
  jsonArray,
  plainArray,
  textArray,
  timeArray,
} from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import { runRecordId } from '../sla/index.ts';
import { changedFields } from './deal-changed-fields.ts';
import { remainderOf } from './deal-record.ts';
import type { DealRecord, RunRecord } from './deal-record.ts';
import { DEALS_CHANNEL, dealsRing } from './deals-ring.ts';
import type { RungDeal } from './deals-ring.ts';
import { moveCounters } from './stage-counters.ts';

export type Of<Item> = Item & { readonly dealId: string };

/** From which record on the history of a deal is written again. */
export interface Truncation {
  readonly dealId: string;
  readonly afterSeq: number;
}

export interface RunIdentity {
  readonly dealId: string;
  readonly timer: string;
  readonly source: string;
  readonly eventId: string;
}

/** Set-based writes of deals and of what is derived with them: one statement a table, whatever the size of the batch. */
@Injectable()
export class DealsWriter {
  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  saveDeals(tx: Transaction, tenantId: string, deals: readonly DealRecord[]): void {
    if (deals.length === 0) return;
    const businessStages = deals.map(
      ({ pipeline, state }) =>
        pipeline.businessStageOf(state.stage, factsOf(pipeline, state))?.title ?? null,
    );
    this.saveRows(tx, tenantId, deals, businessStages);
    this.saveSearchTexts(tx, tenantId, deals);
    moveCounters(tx, tenantId, deals, businessStages);
    const changed = deals
      .filter(({ before, version }) => before?.version !== version)
      .map((deal) => ({ id: deal.id, urgency: deal.urgency, fields: changedFields(deal) }));
    this.feed.changed(tx, tenantId, 'deal', changed);
    this.feed.changedWhereKnown(tx, tenantId, 'opportunity', changed);
    this.bus.ring(DEALS_CHANNEL, dealsRing(tenantId, deals.map(rungDeal)));
  }

  /** Marks deals that cannot be folded, and leaves all else of them as it is. */
  parkDeals(
    tx: Transaction,
    tenantId: string,
    deals: readonly { readonly id: string; readonly reason: string }[],
  ): void {
    if (deals.length === 0) return;
    tx.send(
      `UPDATE deal SET parked_reason = parked.reason, version = version + 1, updated_at = now()
       FROM unnest($2::uuid[], $3::text[]) AS parked (deal_id, reason)
       WHERE tenant_id = $1 AND id = parked.deal_id`,
      [
        tenantId,
        plainArray(deals.map(({ id }) => id)),
        textArray(deals.map(({ reason }) => reason)),
      ],
    );
    this.feed.changed(
      tx,
      tenantId,
      'deal',
      deals.map(({ id }) => ({ id, urgency: 'system', fields: [] })),
    );
  }

  private saveRows(
    tx: Transaction,
    tenantId: string,
    deals: readonly DealRecord[],
    businessStages: readonly (string | null)[],
  ): void {
    tx.send(
      `INSERT INTO deal (tenant_id, id, pipeline_id, pipeline_version, name, client_id, stage, stage_started_at, business_stage, gates, missing_gates,
         domain_stages, amount, currency, owner_id, responsible, attributes, sla_due_at, outcome, closed_at, archived_at, parked_reason, state,
         published, version, created_at, reached_stage)
       SELECT $1, id, pipeline_id, pipeline_version, name, client_id, stage, stage_started_at, business_stage, gates,
         CASE missing WHEN '' THEN '{}' ELSE string_to_array(missing, ',') END,
         domain_stages, amount, currency, owner_id, responsible, attributes, sla_due_at, outcome, closed_at, archived_at, parked_reason, state,
         published, version, created_at, reached_stage
       FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::text[], $10::jsonb[], $11::text[],
         $12::jsonb[], $13::bigint[], $14::text[], $15::text[], $16::jsonb[], $17::jsonb[], $18::timestamptz[], $19::text[], $20::timestamptz[],
         $21::timestamptz[], $22::text[], $23::jsonb[], $24::jsonb[], $25::int[], $26::timestamptz[], $27::text[])
         AS row (id, pipeline_id, pipeline_version, name, client_id, stage, stage_started_at, business_stage, gates, missing, domain_stages, amount,
           currency, owner_id, responsible, attributes, sla_due_at, outcome, closed_at, archived_at, parked_reason, state, published, version, created_at, reached_stage)
       ON CONFLICT (id) DO UPDATE SET
         pipeline_version = excluded.pipeline_version, name = excluded.name, client_id = excluded.client_id, stage = excluded.stage,
         stage_started_at = excluded.stage_started_at, business_stage = excluded.business_stage, gates = excluded.gates,
         missing_gates = excluded.missing_gates, domain_stages = excluded.domain_stages, amount = excluded.amount, currency = excluded.currency,
         owner_id = excluded.owner_id, responsible = excluded.responsible, attributes = excluded.attributes, sla_due_at = excluded.sla_due_at,
         outcome = excluded.outcome, closed_at = excluded.closed_at, archived_at = excluded.archived_at, parked_reason = excluded.parked_reason,
         state = excluded.state, published = excluded.published, version = excluded.version, created_at = excluded.created_at,
         reached_stage = excluded.reached_stage, updated_at = now()`,
      [
        tenantId,
        plainArray(deals.map(({ id }) => id)),
        plainArray(deals.map(({ pipelineId }) => pipelineId)),
        plainArray(deals.map(({ pipelineVersion }) => pipelineVersion)),
        textArray(deals.map(({ state }) => state.fields.name)),
        textArray(deals.map(({ state }) => state.fields.clientId)),
        textArray(deals.map(({ state }) => state.stage)),
        timeArray(deals.map(({ state }) => state.stageStartedAt ?? state.createdAt)),
        textArray(businessStages),
        jsonArray(deals.map(({ state }) => JSON.stringify(state.gates))),
        textArray(deals.map(({ pipeline, state }) => missingGates(pipeline, state).join(','))),
        jsonArray(deals.map(({ state }) => JSON.stringify(state.domains))),
        plainArray(deals.map(({ state }) => state.fields.amount)),
        textArray(deals.map(({ state }) => state.fields.currency)),
        textArray(deals.map(({ state }) => state.fields.ownerId)),
        jsonArray(deals.map(({ state }) => JSON.stringify(state.fields.responsible))),
        jsonArray(deals.map(({ state }) => JSON.stringify(state.fields.attributes))),
        timeArray(deals.map(({ state }) => nearestDue(state))),
        textArray(deals.map(({ state }) => state.outcome)),
        timeArray(deals.map(({ state }) => state.closedAt)),
        timeArray(deals.map(({ state }) => state.fields.archivedAt)),
        textArray(deals.map(({ parkedReason }) => parkedReason)),
        jsonArray(deals.map(({ state }) => JSON.stringify(remainderOf(state)))),
        jsonArray(deals.map(({ published }) => JSON.stringify(published))),
        plainArray(deals.map(({ version }) => version)),
        timeArray(deals.map(({ state }) => state.createdAt ?? state.stageStartedAt)),
        textArray(deals.map(({ reached }) => reached)),
      ],
      'deal.save',
    );
  }

  saveTransitions(
    tx: Transaction,
    tenantId: string,
    transitions: readonly Of<Transition>[],
    again: readonly Truncation[],
  ): void {
    this.truncate(tx, tenantId, 'stage_change', again);
    if (transitions.length === 0) return;
    tx.send(
      `INSERT INTO stage_change (tenant_id, deal_id, seq, from_stage, to_stage, reason, occurred_at, source, event_id)
       SELECT $1, * FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[])`,
      [
        tenantId,
        plainArray(transitions.map(({ dealId }) => dealId)),
        plainArray(transitions.map(({ seq }) => seq)),
        textArray(transitions.map(({ from }) => from)),
        textArray(transitions.map(({ to }) => to)),
        textArray(transitions.map(({ reason }) => reason)),
        timeArray(transitions.map(({ by }) => by.occurredAt)),
        textArray(transitions.map(({ by }) => by.source)),
        textArray(transitions.map(({ by }) => by.eventId)),
      ],
      'stage_change.insert',
    );
  }

  saveGateChanges(
    tx: Transaction,
    tenantId: string,
    changes: readonly Of<GateChange>[],
    again: readonly Truncation[],
  ): void {
    this.truncate(tx, tenantId, 'gate_change', again);
    if (changes.length === 0) return;
    tx.send(
      `INSERT INTO gate_change (tenant_id, deal_id, seq, gate, status, occurred_at, source, event_id)
       SELECT $1, * FROM unnest($2::uuid[], $3::int[], $4::text[], $5::bool[], $6::timestamptz[], $7::text[], $8::text[])`,
      [
        tenantId,
        plainArray(changes.map(({ dealId }) => dealId)),
        plainArray(changes.map(({ seq }) => seq)),
        textArray(changes.map(({ gate }) => gate)),
        plainArray(changes.map(({ status }) => status)),
        timeArray(changes.map(({ by }) => by.occurredAt)),
        textArray(changes.map(({ by }) => by.source)),
        textArray(changes.map(({ by }) => by.eventId)),
      ],
      'gate_change.insert',
    );
  }

  saveRuns(tx: Transaction, tenantId: string, runs: readonly Of<RunRecord>[]): void {
    if (runs.length === 0) return;
    tx.send(
      `INSERT INTO sla_run (tenant_id, deal_id, timer, opened_source, opened_event_id, opened_at, due_at, closed_at, closed_as, breach_published, worked_ms)
       SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::text[], $10::bool[], $11::bigint[])
       ON CONFLICT (tenant_id, deal_id, timer, opened_source, opened_event_id) DO UPDATE SET
         opened_at = excluded.opened_at, due_at = excluded.due_at, closed_at = excluded.closed_at, closed_as = excluded.closed_as,
         breach_published = excluded.breach_published, worked_ms = excluded.worked_ms`,
      [
        tenantId,
        plainArray(runs.map(({ dealId }) => dealId)),
        textArray(runs.map(({ timer }) => timer)),
        textArray(runs.map(({ openedBy }) => openedBy.source)),
        textArray(runs.map(({ openedBy }) => openedBy.eventId)),
        timeArray(runs.map(({ openedAt }) => openedAt)),
        timeArray(runs.map(({ dueAt }) => dueAt)),
        timeArray(runs.map(({ closedAt }) => closedAt)),
        textArray(runs.map(({ closedAs }) => closedAs)),
        plainArray(runs.map(({ breachPublished }) => breachPublished)),
        plainArray(runs.map(({ workedMs }) => workedMs)),
      ],
      'sla_run.save',
    );
    this.runsChanged(
      tx,
      tenantId,
      runs.map(({ dealId, timer, openedBy }) => ({ dealId, timer, ...openedBy })),
    );
  }

  deleteRuns(tx: Transaction, tenantId: string, runs: readonly RunIdentity[]): void {
    if (runs.length === 0) return;
    tx.send(
      `DELETE FROM sla_run USING unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) AS gone (deal_id, timer, source, event_id)
       WHERE tenant_id = $1 AND sla_run.deal_id = gone.deal_id AND sla_run.timer = gone.timer
         AND opened_source = gone.source AND opened_event_id = gone.event_id`,
      [
        tenantId,
        plainArray(runs.map(({ dealId }) => dealId)),
        textArray(runs.map(({ timer }) => timer)),
        textArray(runs.map(({ source }) => source)),
        textArray(runs.map(({ eventId }) => eventId)),
      ],
    );
    this.runsChanged(tx, tenantId, runs);
  }

  private runsChanged(tx: Transaction, tenantId: string, runs: readonly RunIdentity[]): void {
    this.feed.changed(
      tx,
      tenantId,
      'sla_run',
      runs.map((run) => ({ id: runRecordId(run), urgency: 'system', fields: [] })),
    );
  }

  private truncate(
    tx: Transaction,
    tenantId: string,
    table: 'stage_change' | 'gate_change',
    again: readonly Truncation[],
  ): void {
    if (again.length === 0) return;
    tx.send(
      `DELETE FROM ${table} USING unnest($2::uuid[], $3::int[]) AS again (deal_id, seq)
       WHERE tenant_id = $1 AND ${table}.deal_id = again.deal_id AND ${table}.seq > again.seq`,
      [
        tenantId,
        plainArray(again.map(({ dealId }) => dealId)),
        plainArray(again.map(({ afterSeq }) => afterSeq)),
      ],
    );
  }

  private saveSearchTexts(tx: Transaction, tenantId: string, deals: readonly DealRecord[]): void {
    const changed = deals.filter(
      ({ before, state }) => state.fields.name !== null && state.fields.name !== before?.name,
    );
    if (changed.length === 0) return;
    tx.send(
      `INSERT INTO deal_search (tenant_id, deal_id, text) SELECT $1, * FROM unnest($2::uuid[], $3::text[])
       ON CONFLICT (tenant_id, deal_id) DO UPDATE SET text = excluded.text`,
      [
        tenantId,
        plainArray(changed.map(({ id }) => id)),
        textArray(changed.map(({ state }) => state.fields.name)),
      ],
      'deal_search.save',
    );
  }
}

/** Who loses a deal has to be told once more. */
function rungDeal({ id, before, state }: DealRecord): RungDeal {
  const owner = before?.owner_id ?? null;
  return { id, formerOwner: owner === state.fields.ownerId ? null : owner };
}
