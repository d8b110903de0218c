import { Injectable } from '@nestjs/common';
import type {
  DomainEvent,
  EventKey,
  ExternalRef,
  GateChange,
  Instant,
  Transition,
} from 'twenty-mak-domain';
import {
  jsonArray,
  plainArray,
  textArray,
  timeArray,
} from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { countStoredMeasures } from '../analytics/index.ts';
import { refKey } from './assignment.ts';
import type { Union } from './assignment.ts';
import { DEAL_COLUMNS } from './deal-record.ts';
import type { DealRow, RunRecord } from './deal-record.ts';
import { groupBy } from './group-by.ts';

/** A reference, and the deal or deal-to-be that it belongs to. */
export interface KnownRef extends ExternalRef {
  readonly dealId: string;
  /** Null for a deal-to-be. */
  readonly row: DealRow | null;
}

export interface StoredIdentity {
  readonly source: string;
  readonly event_id: string;
  /** Null while the event waits for a deal that nobody has made yet. */
  readonly deal_id: string | null;
  readonly content_hash: string;
}

/** An event on its way into the log. */
export interface EventRecord {
  readonly event: DomainEvent;
  readonly dealId: string;
  readonly data: string;
  readonly hash: string;
}

export interface RejectionRecord {
  readonly id: string;
  readonly eventId: string | null;
  readonly source: string | null;
  readonly code: string;
  readonly reason: string;
  readonly field: string | null;
  readonly payload: string;
}

interface EventRow {
  readonly deal_id: string;
  readonly source: string;
  readonly event_id: string;
  readonly type: string;
  readonly version: number;
  readonly occurred_at: number;
  readonly correlation_id: string | null;
  readonly refs: ExternalRef[];
  readonly data: DomainEvent['data'];
}

/** What the log and the derived tables hold of one deal. */
export interface History {
  readonly events: DomainEvent[];
  readonly transitions: Transition[];
  readonly gateChanges: GateChange[];
  readonly runs: RunRecord[];
}

/** What a batch knows of time: only the database's clock counts. */
export interface BatchClock {
  readonly receivedAt: Instant;
  /** The tenant's present: the database's clock, or the instant at which the tenant is frozen. */
  readonly present: Instant;
}

/**
 * Set-based statements around the event log; each is one round trip, whatever the size of the batch. Look-ups go by
 * index alone, for the planner may not yet know how many rows a tenant has: those of references are lateral with a
 * limit, so that each is one descent; with a join it may read the whole tenant.
 */
@Injectable()
export class EventsRepository {
  /**
   * For all of the transaction: a plan that is kept for longer must not read whole tables, even if it was made when
   * they were empty.
   */
  useIndexes(tx: Transaction): void {
    tx.send('SET LOCAL enable_seqscan = off');
  }

  /** Throws when there is no such tenant. */
  async clock(tx: Transaction, tenantId: string): Promise<BatchClock> {
    const [row] = await tx.query<BatchClock>(
      `SELECT clock_timestamp()::timestamptz(3) AS "receivedAt", coalesce(clock_frozen_at, clock_timestamp())::timestamptz(3) AS present
       FROM tenant WHERE id = $1`,
      [tenantId],
      'tenant.clock',
    );
    if (row === undefined) throw notFound('tenant');
    return row;
  }

  /** Events of these identities that are stored already. */
  async identities(
    tx: Transaction,
    tenantId: string,
    events: readonly EventKey[],
  ): Promise<StoredIdentity[]> {
    const idsOf = groupBy(
      events,
      ({ source }) => source,
      ({ eventId }) => eventId,
    );
    // One walk along the index for a source; its ids mostly lie close together.
    const found = await Promise.all(
      [...idsOf].map(([source, ids]) =>
        tx.query<StoredIdentity>(
          `SELECT source, event_id, encode(content_hash, 'hex') AS content_hash,
             (SELECT id FROM deal WHERE id = event.deal_id) AS deal_id
           FROM event WHERE tenant_id = $1 AND source = $2 AND event_id = ANY ($3::text[])`,
          [tenantId, source, textArray(ids)],
          'event.identities',
        ),
      ),
    );
    return found.flat();
  }

  /** The known ones among the references of these events, with their deals. */
  async refs(
    tx: Transaction,
    tenantId: string,
    events: readonly DomainEvent[],
  ): Promise<KnownRef[]> {
    const wanted = new Map<string, ExternalRef>();
    for (const { externalRefs } of events)
      for (const ref of externalRefs) wanted.set(refKey(ref), ref);
    if (wanted.size === 0) return [];
    const refs = [...wanted.values()];
    const rows = await tx.query<
      { ref_system: string; ref_id: string; ref_deal: string } & (DealRow | { id: null })
    >(
      `SELECT ref.*, found.* FROM unnest($2::text[], $3::text[]) AS wanted (system, id)
       CROSS JOIN LATERAL (
         SELECT system AS ref_system, external_id AS ref_id, deal_id AS ref_deal FROM deal_ref
         WHERE tenant_id = $1 AND system = wanted.system AND external_id = wanted.id LIMIT 1
       ) AS ref
       LEFT JOIN LATERAL (
         SELECT ${DEAL_COLUMNS} FROM deal WHERE tenant_id = $1 AND id = ref_deal LIMIT 1
       ) AS found ON true`,
      [tenantId, textArray(refs.map(({ system }) => system)), textArray(refs.map(({ id }) => id))],
      'deal_ref.known',
    );
    return rows.map((row) => ({
      system: row.ref_system,
      id: row.ref_id,
      dealId: row.ref_deal,
      row: row.id === null ? null : row,
    }));
  }

  async deals(tx: Transaction, tenantId: string, ids: readonly string[]): Promise<DealRow[]> {
    if (ids.length === 0) return [];
    return tx.query<DealRow>(
      `SELECT ${DEAL_COLUMNS} FROM deal WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`,
      [tenantId, plainArray(ids)],
      'deal.load',
    );
  }

  /** All stored events of these deals that are of one of the types, by deal; without types all of them. */
  async events(
    tx: Transaction,
    tenantId: string,
    dealIds: readonly string[],
    types: readonly string[] | null,
  ): Promise<Map<string, DomainEvent[]>> {
    const rows = await tx.query<EventRow>(
      `SELECT deal_id, source, event_id, type, version, occurred_at, correlation_id, refs, data FROM event
       WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[]) AND ($3::text[] IS NULL OR type = ANY ($3::text[]))`,
      [tenantId, plainArray(dealIds), types === null ? null : textArray(types)],
    );
    return groupBy(rows, ({ deal_id }) => deal_id, eventOf);
  }

  insertEvents(
    tx: Transaction,
    tenantId: string,
    receivedAt: number,
    records: readonly EventRecord[],
  ): void {
    if (records.length === 0) return;
    tx.send(
      `INSERT INTO event (tenant_id, received_at, source, event_id, deal_id, type, version, occurred_at, correlation_id, refs, data, content_hash)
       SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::uuid[], $6::text[], $7::int2[], $8::timestamptz[], $9::text[], $10::jsonb[], $11::jsonb[], $12::bytea[])`,
      [
        tenantId,
        new Date(receivedAt),
        textArray(records.map(({ event }) => event.source)),
        textArray(records.map(({ event }) => event.eventId)),
        plainArray(records.map(({ dealId }) => dealId)),
        textArray(records.map(({ event }) => event.type)),
        plainArray(records.map(({ event }) => event.version)),
        timeArray(records.map(({ event }) => event.occurredAt)),
        textArray(records.map(({ event }) => event.correlationId)),
        jsonArray(records.map(({ event }) => JSON.stringify(event.externalRefs))),
        jsonArray(records.map(({ data }) => data)),
        textArray(records.map(({ hash }) => `\\x${hash}`)),
      ],
      'event.insert',
    );
  }

  insertRefs(
    tx: Transaction,
    tenantId: string,
    refs: readonly (ExternalRef & { dealId: string })[],
  ): void {
    if (refs.length === 0) return;
    tx.send(
      `INSERT INTO deal_ref (tenant_id, system, external_id, deal_id) SELECT $1, * FROM unnest($2::text[], $3::text[], $4::uuid[])`,
      [
        tenantId,
        textArray(refs.map(({ system }) => system)),
        textArray(refs.map(({ id }) => id)),
        plainArray(refs.map(({ dealId }) => dealId)),
      ],
      'deal_ref.insert',
    );
  }

  /** Moves the events and references of deals, or deals-to-be, to those that they become part of. */
  repoint(tx: Transaction, tenantId: string, unions: readonly Union[]): void {
    if (unions.length === 0) return;
    const values = [
      tenantId,
      plainArray(unions.map(({ from }) => from)),
      plainArray(unions.map(({ to }) => to)),
    ];
    const survivors = [...new Set(unions.map(({ to }) => to))];
    countStoredMeasures(tx, tenantId, survivors, -1);
    for (const table of ['event', 'deal_ref'])
      tx.send(
        `UPDATE ${table} SET deal_id = moved.survivor FROM unnest($2::uuid[], $3::uuid[]) AS moved (deal_id, survivor)
         WHERE tenant_id = $1 AND ${table}.deal_id = moved.deal_id`,
        values,
        `${table}.repoint`,
      );
    countStoredMeasures(tx, tenantId, survivors, 1);
  }

  insertRejections(
    tx: Transaction,
    tenantId: string,
    rejections: readonly RejectionRecord[],
  ): void {
    if (rejections.length === 0) return;
    tx.send(
      `INSERT INTO event_rejection (tenant_id, id, source, event_id, code, reason, field, payload)
       SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[])`,
      [
        tenantId,
        plainArray(rejections.map(({ id }) => id)),
        textArray(rejections.map(({ source }) => source)),
        textArray(rejections.map(({ eventId }) => eventId)),
        textArray(rejections.map(({ code }) => code)),
        textArray(rejections.map(({ reason }) => reason)),
        textArray(rejections.map(({ field }) => field)),
        textArray(rejections.map(({ payload }) => payload)),
      ],
    );
  }
}

function eventOf(row: EventRow): DomainEvent {
  return {
    eventId: row.event_id,
    source: row.source,
    type: row.type,
    version: row.version,
    occurredAt: row.occurred_at,
    masterDealId: null,
    externalRefs: row.refs,
    correlationId: row.correlation_id,
    data: row.data,
  };
}
