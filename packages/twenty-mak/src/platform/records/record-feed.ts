import { Inject, Injectable } from '@nestjs/common';
import { ANY_FIELD, URGENCIES } from 'twenty-mak-domain';
import type { Urgency } from 'twenty-mak-domain';
import { plainArray, textArray } from '../database/array-literal.ts';
import type { Transaction } from '../database/index.ts';
import { Bus } from '../outbox/index.ts';

/** Rung with a tenant's id after each commit that changed records of the kinds that other systems may keep equal. */
export const RECORDS_CHANNEL = 'mak:records';

export interface ChangedRecord {
  readonly id: string;
  readonly urgency: Urgency;
  /** Fields that changed; none means that any may have. */
  readonly fields: readonly string[];
}

/**
 * Tells connectors of changes here, in the transaction of the change: a record that changed and a record that waits to be
 * sent are one commit. For a tenant without connectors it is a look at an empty index.
 */
@Injectable()
export class RecordFeed {
  constructor(@Inject(Bus) private readonly bus: Bus) {}

  changed(
    tx: Transaction,
    tenantId: string,
    entity: string,
    records: readonly ChangedRecord[],
  ): void {
    if (records.length === 0) return;
    markChanged(tx, tenantId, entity, records);
    this.ring(tenantId);
  }

  /**
   * The same for connectors that know the record already, or want all of the kind: those of a kind that else goes out only when
   * another record names it.
   */
  changedWhereKnown(
    tx: Transaction,
    tenantId: string,
    entity: string,
    records: readonly ChangedRecord[],
  ): void {
    if (records.length === 0) return;
    tx.send(feedSql(KNOWN_ROWS), [tenantId, ...valuesOf(entity, records)], 'sync_pending.known');
    this.ring(tenantId);
  }

  /** The same for one connector. */
  changedFor(
    tx: Transaction,
    tenantId: string,
    connector: string,
    entity: string,
    records: readonly ChangedRecord[],
  ): void {
    if (records.length === 0) return;
    this.changedRows(tx, tenantId, `${ROWS} WHERE c.connector = $6`, [
      ...valuesOf(entity, records),
      connector,
    ]);
  }

  /** The same for rows of a query as `feedSql` wants them; `$1` is the tenant. */
  changedRows(tx: Transaction, tenantId: string, rows: string, values: readonly unknown[]): void {
    tx.send(feedSql(rows), [tenantId, ...values]);
    this.ring(tenantId);
  }

  /** For a statement that feeds along with what it does; rings after its commit. */
  ring(tenantId: string): void {
    this.bus.ring(RECORDS_CHANNEL, tenantId);
  }
}

/** The one statement of the feed. A `present` of its own is for tests on virtual time. */
export function markChanged(
  tx: Transaction,
  tenantId: string,
  entity: string,
  records: readonly ChangedRecord[],
  present = 'now()',
): void {
  tx.send(
    feedSql(ROWS, present),
    [tenantId, ...valuesOf(entity, records)],
    present === 'now()' ? 'sync_pending.changed' : undefined,
  );
}

const ROWS = `SELECT $2 AS entity, row.* FROM unnest($3::text[], $4::smallint[], $5::text[]) AS row (id, urgency, fields)`;
/** A record that waits is known too: its link may be on its way. `c` is the connector, which may want all of the kind. */
const KNOWN_ROWS = `${ROWS} WHERE $2 = ANY (c.whole) OR EXISTS (
  SELECT FROM sync_link l
  WHERE l.tenant_id = $1 AND l.connector = c.connector AND l.entity = $2 AND l.local_id = row.id
  UNION ALL SELECT FROM sync_pending waiting
  WHERE waiting.tenant_id = $1 AND waiting.connector = c.connector AND waiting.entity = $2 AND waiting.key = row.id)`;

function valuesOf(entity: string, records: readonly ChangedRecord[]): readonly string[] {
  return [
    entity,
    textArray(records.map(({ id }) => id)),
    plainArray(records.map(({ urgency }) => URGENCIES.indexOf(urgency))),
    textArray(records.map(({ fields }) => (fields.length === 0 ? ANY_FIELD : fields.join(',')))),
  ];
}

/**
 * Makes waiting records of rows `entity, id, urgency, fields` (names with commas between), each record once, for every
 * connector of the tenant `$1` that syncs them. Without connectors the rows are not even read.
 *
 * Everybody locks what waits by kind, record and connector, so that nobody waits for ever: one statement does so by itself, and
 * a transaction with several tells of the kinds in their order and of all records of a kind at once.
 */
export function feedSql(rows: string, present = 'now()'): string {
  return `INSERT INTO sync_pending AS p (tenant_id, connector, entity, key, local_id, urgency, mak_heard_at, remote_heard_at,
     remote_touched, due_at, since)
   SELECT $1, c.connector, changed.entity, changed.id, changed.id, changed.urgency,
     (SELECT jsonb_object_agg(field, (extract(epoch FROM ${present}) * 1000)::bigint)
      FROM unnest(string_to_array(changed.fields, ',')) AS field),
     '{}', false, ${present}, ${present}
   FROM sync_connector c
   CROSS JOIN LATERAL (SELECT * FROM (${rows}) AS row WHERE row.entity = ANY (c.entities)) AS changed
   WHERE c.tenant_id = $1
   ORDER BY changed.entity, changed.id, c.connector
   ${ONE_MORE_REASON}`;
}

/**
 * `markPending` of the domain, as a statement. A pause after failures stays, so that edits do not hammer a system that is
 * away; a dead letter lives again, and if its attempts ended without a word it counts as begun.
 */
export const ONE_MORE_REASON = `ON CONFLICT (tenant_id, connector, entity, key) DO UPDATE SET
  local_id = coalesce(excluded.local_id, p.local_id), remote_id = coalesce(excluded.remote_id, p.remote_id),
  urgency = least(p.urgency, excluded.urgency),
  mak_heard_at = p.mak_heard_at || excluded.mak_heard_at, remote_heard_at = p.remote_heard_at || excluded.remote_heard_at,
  remote_touched = p.remote_touched OR excluded.remote_touched, generation = p.generation + 1,
  attempts = CASE WHEN p.dead_at IS NULL THEN p.attempts ELSE least(p.deaths, 1) END,
  deaths = CASE WHEN p.dead_at IS NULL THEN p.deaths ELSE 0 END,
  due_at = CASE WHEN p.dead_at IS NULL AND p.due_at < 'infinity' THEN p.due_at ELSE excluded.due_at END, dead_at = NULL, refusal = NULL`;
