import type { AgreedValue, Agreement, Json, Side } from 'twenty-mak-domain';
import { textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { placeValues } from './place.ts';
import type { Place } from './place.ts';
import type { SyncPlace } from './sync.doorbell.ts';

export interface ConflictRow {
  readonly id: string;
  readonly entity: string;
  readonly local_id: string;
  readonly remote_id: string;
  readonly field: string;
  readonly mak: Json;
  readonly remote: Json;
  readonly winner: Side;
  readonly at: number;
  readonly decision: Side | null;
  readonly decided_at: number | null;
  readonly decided_by: string | null;
  /** What both sides agree on is no longer what it was after the conflict. */
  readonly outdated: boolean;
}

export interface LinkedConflictRow extends ConflictRow {
  /** What both sides agree on now; null when they are not linked any more. */
  readonly agreed: AgreedValue | null;
}

const COLUMNS = `c.id, c.entity, c.local_id, c.remote_id, c.field, c.mak, c.remote, c.winner, c.at, c.decision, c.decided_at, c.decided_by,
  (l.agreed -> c.field) IS DISTINCT FROM c.agreed AS outdated`;
/** Conflicts `c` with what is linked now, `l`. */
export const LINKED = `sync_conflict c LEFT JOIN sync_link l
  ON l.tenant_id = c.tenant_id AND l.connector = c.connector AND l.entity = c.entity AND l.local_id = c.local_id AND l.remote_id = c.remote_id`;

/** A conflict `c` with its link `l` that nobody has decided, and whose field is as it was afterwards. */
export const OPEN = 'c.decided_at IS NULL AND l.agreed -> c.field = c.agreed';

/** Newest first. */
export async function listConflicts(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  open: boolean,
  before: string | null,
  limit: number,
): Promise<ConflictRow[]> {
  return tx.query<ConflictRow>(
    `SELECT ${COLUMNS} FROM ${LINKED}
     WHERE c.tenant_id = $1 AND c.connector = $2 AND (NOT $3 OR (${OPEN})) AND ($4::uuid IS NULL OR c.id < $4)
     ORDER BY c.id DESC LIMIT $5`,
    [tenantId, connector, open, before, limit],
  );
}

/** Of which kind the records of a conflict are; undefined when there is no such conflict. */
export async function kindOfConflict(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  id: string,
): Promise<string | undefined> {
  const [row] = await tx.query<{ entity: string }>(
    'SELECT entity FROM sync_conflict WHERE tenant_id = $1 AND connector = $2 AND id = $3',
    [tenantId, connector, id],
  );
  return row?.entity;
}

/** Locks the conflict for who decides it. */
export async function lockConflict(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  id: string,
): Promise<LinkedConflictRow | undefined> {
  const [row] = await tx.query<LinkedConflictRow>(
    `SELECT ${COLUMNS}, l.agreed -> c.field AS agreed FROM ${LINKED}
     WHERE c.tenant_id = $1 AND c.connector = $2 AND c.id = $3 FOR UPDATE OF c`,
    [tenantId, connector, id],
  );
  return row;
}

export async function saveDecision(
  tx: Transaction,
  { tenantId }: SyncPlace,
  id: string,
  decision: Side,
  decidedBy: string,
): Promise<void> {
  await tx.execute(
    `UPDATE sync_conflict SET decision = $3, decided_by = $4, decided_at = now() WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id, decision, decidedBy],
  );
}

/**
 * What MaK has of the field counts from now on as its change, which the other system did not see. It is a mark and takes effect
 * when the record is taken next: who works on it now keeps what was agreed on when it was taken.
 */
export async function markDecided(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  { entity, local_id, field }: Pick<ConflictRow, 'entity' | 'local_id' | 'field'>,
): Promise<void> {
  await tx.execute(
    `UPDATE sync_link SET decided = array_append(array_remove(decided, $5), $5)
     WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND local_id = $4`,
    [tenantId, connector, entity, local_id, field],
  );
}

/** Lets the marks of `markDecided` take effect; gives what is agreed on now, by MaK's id, of records that had one. */
export async function takeDecisions(
  tx: Transaction,
  place: Place,
  localIds: readonly string[],
): Promise<ReadonlyMap<string, Agreement>> {
  if (localIds.length === 0) return new Map();
  const rows = await tx.query<{ local_id: string; agreed: Agreement }>(
    `UPDATE sync_link l SET decided = '{}', agreed = agreed || coalesce((
       SELECT jsonb_object_agg(field, agreed -> field || '{"mak": ""}') FROM unnest(decided) AS field WHERE agreed ? field), '{}')
     WHERE ${MARKED} RETURNING local_id, agreed`,
    [...placeValues(place), textArray(localIds)],
  );
  return new Map(rows.map(({ local_id: id, agreed }) => [id, agreed]));
}

/** MaK's ids of records with a mark that has not taken effect. */
export async function decidedAmong(
  tx: Transaction,
  place: Place,
  localIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ local_id: string }>(
    `SELECT local_id FROM sync_link WHERE ${MARKED}`,
    [...placeValues(place), textArray(localIds)],
  );
  return new Set(rows.map(({ local_id: id }) => id));
}

const MARKED = `tenant_id = $1 AND connector = $2 AND entity = $3 AND local_id = ANY ($4::text[]) AND decided <> '{}'`;
