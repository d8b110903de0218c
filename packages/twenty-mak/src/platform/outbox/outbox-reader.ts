import type { JsonObject } from 'twenty-mak-domain';
import type { Transaction } from '../database/index.ts';
import type { EventType } from './envelope.ts';

/** A place in a tenant's outbox: after the row of this transaction and position. */
export interface OutboxPosition {
  readonly tx: number;
  readonly position: number;
}

/** The end of an outbox at some moment, from which on somebody listens. */
export interface OutboxEnd extends OutboxPosition {
  /** The snapshot of that moment, as PostgreSQL writes one. Behind the position there may be rows that it shows already. */
  readonly snapshot: string;
}

export const OUTBOX_START: OutboxPosition = { tx: 0, position: 0 };

export interface OutboxRow extends OutboxPosition {
  readonly event_id: string;
  readonly type: EventType;
  /** The deal, or whatever else the type speaks of. */
  readonly deal_id: string;
  readonly deal_version: number;
  /** Milliseconds. */
  readonly occurred_at: number;
  readonly correlation_id: string | null;
  readonly causation_id: string | null;
  readonly data: JsonObject;
}

export interface OutboxFilter {
  readonly types?: readonly string[] | undefined;
  readonly dealId?: string | undefined;
  /** Only what this snapshot of PostgreSQL does not show. */
  readonly notIn?: string | undefined;
}

export interface OutboxPage {
  readonly rows: readonly OutboxRow[];
  /** From where to read on. Nothing before it will ever appear. */
  readonly next: OutboxPosition;
  /** Whether rows were left for the next page. */
  readonly more: boolean;
}

/**
 * The oldest transaction that still runs. Rows of transactions before it are all visible and final; a reader that went
 * beyond it could pass a row that commits later.
 */
const OLDEST_RUNNING = 'pg_snapshot_xmin(pg_current_snapshot())::text::bigint';

/** The present end of what may be read. */
export async function outboxEnd(transaction: Transaction): Promise<OutboxEnd> {
  const [row] = await transaction.query<{ tx: number; snapshot: string }>(
    `SELECT ${OLDEST_RUNNING} AS tx, pg_current_snapshot()::text AS snapshot`,
    [],
    'outbox.end',
  );
  if (row === undefined) throw new Error('PostgreSQL did not tell its snapshot');
  return { tx: row.tx, position: 0, snapshot: row.snapshot };
}

/** Up to `limit` rows after a position in the order (tx, position), only below the oldest running transaction. */
export async function readOutbox(
  transaction: Transaction,
  tenantId: string,
  after: OutboxPosition,
  limit: number,
  { types, dealId, notIn }: OutboxFilter = {},
): Promise<OutboxPage> {
  // The end is read with the rows, in one snapshot: a page that is not full has seen everything before the end.
  const found = await transaction.query<OutboxRow & { end: number }>(
    `SELECT running.tx AS end, o.*
     FROM (SELECT ${OLDEST_RUNNING} AS tx) AS running
     LEFT JOIN LATERAL (
       SELECT tx, position, event_id, type, deal_id, deal_version, occurred_at, correlation_id, causation_id, data
       FROM outbox
       WHERE tenant_id = $1 AND (tx, position) > ($2, $3) AND tx < running.tx
         AND ($5::text[] IS NULL OR type = ANY ($5)) AND ($6::uuid IS NULL OR deal_id = $6)
         AND ($7::pg_snapshot IS NULL OR NOT pg_visible_in_snapshot(tx::text::xid8, $7))
       ORDER BY tx, position
       LIMIT $4
     ) AS o ON true`,
    [tenantId, after.tx, after.position, limit, types ?? null, dealId ?? null, notIn ?? null],
  );
  const end = found[0]?.end ?? after.tx;
  const rows = found.filter(({ event_id: eventId }) => eventId !== null);
  const last = rows.at(-1);
  const more = rows.length === limit;
  if (more && last !== undefined) {
    return { rows, next: { tx: last.tx, position: last.position }, more };
  }
  return { rows, next: end > after.tx ? { tx: end, position: 0 } : after, more: false };
}

const POSITION = /^(\d{1,16})\.(\d{1,16})$/;

/** An opaque text for a position, which clients send back to resume. */
export function writePosition({ tx, position }: OutboxPosition): string {
  return Buffer.from(`${tx}.${position}`).toString('base64url');
}

/** Reads such a text; null if it is none. */
export function readPosition(text: string): OutboxPosition | null {
  const parts = POSITION.exec(Buffer.from(text, 'base64url').toString());
  if (parts === null) return null;
  const position = { tx: Number(parts[1]), position: Number(parts[2]) };
  return Number.isSafeInteger(position.tx) && Number.isSafeInteger(position.position)
    ? position
    : null;
}
