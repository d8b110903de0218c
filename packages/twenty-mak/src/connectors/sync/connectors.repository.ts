import { textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { LINKED, OPEN } from './conflicts.repository.ts';
import { CONNECTOR_COLUMNS } from './connector-settings.ts';
import type { ConnectorRow } from './connector-settings.ts';
import type { JournalKind } from './journal.ts';
import { lockWaiting, unpark } from './keeping.ts';
import type { Place } from './place.ts';
import type { SyncPlace } from './sync.doorbell.ts';

export type StoredConnector = ConnectorRow & { readonly has_secrets: boolean };

const COLUMNS = `${CONNECTOR_COLUMNS}, secrets IS NOT NULL AS has_secrets`;

export async function listConnectors(
  tx: Transaction,
  tenantId: string,
): Promise<StoredConnector[]> {
  return tx.query<StoredConnector>(`SELECT ${COLUMNS} FROM sync_connector WHERE tenant_id = $1`, [
    tenantId,
  ]);
}

export async function findConnector(
  tx: Transaction,
  place: SyncPlace,
): Promise<StoredConnector | undefined> {
  return connectorOf(tx, place, '');
}

/**
 * Who also changes what waits or is linked locks that afterwards, first what waits. Who also takes the tenant's turn does so
 * before, by `lockConnectorInTurn`.
 */
export async function lockConnector(
  tx: Transaction,
  place: SyncPlace,
): Promise<StoredConnector | undefined> {
  return connectorOf(tx, place, 'FOR UPDATE');
}

/**
 * Takes the tenant's turn, then locks the connector. Not the other way round: a lock on a row gives the transaction its
 * number, and by these the outbox is read.
 */
export async function lockConnectorInTurn(
  tx: Transaction,
  place: SyncPlace,
): Promise<StoredConnector | undefined> {
  await lockTenant(tx, place.tenantId);
  return lockConnector(tx, place);
}

async function connectorOf(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  lock: '' | 'FOR UPDATE',
): Promise<StoredConnector | undefined> {
  const [row] = await tx.query<StoredConnector>(
    `SELECT ${COLUMNS} FROM sync_connector WHERE tenant_id = $1 AND connector = $2 ${lock}`,
    [tenantId, connector],
  );
  return row;
}

export interface SavedConnector {
  readonly settings: unknown;
  /** Null keeps those that are stored. */
  readonly secrets: Buffer | null;
  readonly entities: readonly string[];
  readonly whole: readonly string[];
  readonly matrix: object;
  readonly budget: object | null;
  readonly pollSeconds: number;
  readonly stageTables: object;
  readonly chosen: object;
  readonly dryRun: boolean;
}

/** Sets everything; a new one runs at once. What waits of kinds that are not synced any more is forgotten. */
export async function saveConnector(
  tx: Transaction,
  place: SyncPlace,
  saved: SavedConnector,
): Promise<void> {
  const { tenantId, connector } = place;
  const { settings, secrets, entities, matrix, budget, pollSeconds } = saved;
  await tx.execute(
    `INSERT INTO sync_connector AS c (tenant_id, connector, state, settings, secrets, entities, matrix, budget, poll_seconds,
       stage_tables, chosen, dry_run, whole)
     VALUES ($1, $2, 'running', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (tenant_id, connector) DO UPDATE SET settings = excluded.settings, secrets = coalesce(excluded.secrets, c.secrets),
       entities = excluded.entities, matrix = excluded.matrix, budget = excluded.budget, poll_seconds = excluded.poll_seconds,
       stage_tables = excluded.stage_tables, chosen = excluded.chosen, dry_run = excluded.dry_run, whole = excluded.whole,
       absent = '{}',
       version = c.version + 1, updated_at = now()`,
    [
      tenantId,
      connector,
      JSON.stringify(settings),
      secrets,
      entities,
      JSON.stringify(matrix),
      budget === null ? null : JSON.stringify(budget),
      pollSeconds,
      JSON.stringify(saved.stageTables),
      JSON.stringify(saved.chosen),
      saved.dryRun,
      saved.whole,
    ],
  );
  if (!saved.dryRun) unpark(tx, place);
  const unsynced = 'tenant_id = $1 AND connector = $2 AND entity <> ALL ($3::text[])';
  lockWaiting(tx, unsynced, [tenantId, connector, entities]);
  await tx.execute(`DELETE FROM sync_pending WHERE ${unsynced}`, [tenantId, connector, entities]);
}

/**
 * What was agreed on of fields says nothing of another place for them. A batch that is under way keeps what it knows before, or
 * learns of it when it looks (`StoreOptions.replaced`): it locks what it works on first.
 */
export async function forgetAgreed(
  tx: Transaction,
  { tenantId, connector, entity }: Place,
  fields: readonly string[],
): Promise<void> {
  if (fields.length === 0) return;
  const kind = [tenantId, connector, entity];
  lockWaiting(tx, 'tenant_id = $1 AND connector = $2 AND entity = $3 AND lease IS NOT NULL', kind);
  const known = 'tenant_id = $1 AND connector = $2 AND entity = $3 AND agreed ?| $4::text[]';
  const values = [...kind, fields];
  // In the order in which batches keep their links.
  await tx.query(`SELECT FROM sync_link WHERE ${known} ORDER BY local_id FOR UPDATE`, values);
  await tx.execute(`UPDATE sync_link SET agreed = agreed - $4::text[] WHERE ${known}`, values);
}

/** Another access to the other system, with which the connector runs. */
export async function saveAccess(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  settings: unknown,
  secrets: Buffer,
): Promise<void> {
  await tx.execute(
    `UPDATE sync_connector SET settings = $3, secrets = $4, state = 'running', reason = NULL, reason_code = NULL, version = version + 1,
       updated_at = now()
     WHERE tenant_id = $1 AND connector = $2`,
    [tenantId, connector, JSON.stringify(settings), secrets],
  );
}

export async function setState(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  state: 'running' | 'paused',
  forgetsAccount: boolean,
): Promise<void> {
  await tx.execute(
    `UPDATE sync_connector SET state = $3, reason = NULL, reason_code = NULL, version = version + 1, updated_at = now(),
       account = CASE WHEN $4 THEN NULL ELSE account END
     WHERE tenant_id = $1 AND connector = $2`,
    [tenantId, connector, state, forgetsAccount],
  );
}

/** Forgets the connector, what is linked and what waits. The journal stays, and so do the records of both sides. */
export async function deleteConnector(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
): Promise<void> {
  const own = 'tenant_id = $1 AND connector = $2';
  lockWaiting(tx, own, [tenantId, connector]);
  for (const table of ['sync_connector', 'sync_pending', 'sync_link', 'sync_cursor'])
    await tx.execute(`DELETE FROM ${table} WHERE ${own}`, [tenantId, connector]);
}

export interface HealthRow {
  readonly pending: number;
  readonly pending_people: number;
  readonly pending_backfill: number;
  readonly dead_letters: number;
  readonly lag_seconds: number;
  readonly linked: number;
  readonly divergent: number;
  readonly conflicts: number;
  readonly last_synced_at: number | null;
  readonly polled_at: number | null;
  readonly written_day: number;
  readonly refused_day: number;
  /** Oldest first. */
  readonly hours: readonly {
    readonly at: number;
    readonly written: number;
    readonly refused: number;
  }[];
}

export async function readHealth(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
): Promise<HealthRow> {
  const [row] = await tx.query<HealthRow>(
    `SELECT waiting.*, linked.*, written.*,
       (SELECT count(*) FROM ${LINKED} WHERE c.tenant_id = $1 AND c.connector = $2 AND ${OPEN}) AS conflicts,
       (SELECT max(moved_at) FROM sync_cursor WHERE tenant_id = $1 AND connector = $2) AS polled_at
     FROM (
       SELECT count(*) FILTER (WHERE dead_at IS NULL) AS pending,
         count(*) FILTER (WHERE dead_at IS NULL AND urgency = 0) AS pending_people,
         count(*) FILTER (WHERE dead_at IS NULL AND urgency = 2) AS pending_backfill,
         count(dead_at) AS dead_letters,
         coalesce(extract(epoch FROM now() - min(since) FILTER (WHERE dead_at IS NULL AND due_at < 'infinity' AND NOT coalesce(
          (SELECT absent FROM sync_connector WHERE tenant_id = $1 AND connector = $2), '{}') ? entity)), 0)::float8 AS lag_seconds
       FROM sync_pending WHERE tenant_id = $1 AND connector = $2) AS waiting,
     (SELECT count(*) AS linked, count(*) FILTER (WHERE status = 'error') AS divergent, max(last_synced_at) AS last_synced_at
      FROM sync_link WHERE tenant_id = $1 AND connector = $2) AS linked,
     (SELECT coalesce(sum(written), 0)::bigint AS written_day, coalesce(sum(refused), 0)::bigint AS refused_day,
        coalesce(jsonb_agg(jsonb_build_object('at', extract(epoch FROM hour) * 1000, 'written', written, 'refused', refused)
          ORDER BY hour), '[]') AS hours
      FROM (
        SELECT date_trunc('hour', at) AS hour, count(*) FILTER (WHERE kind IN ('to_mak', 'to_remote')) AS written,
          count(*) FILTER (WHERE kind IN ('refused', 'dead')) AS refused
        FROM sync_journal WHERE tenant_id = $1 AND connector = $2 AND at > now() - interval '1 day'
        GROUP BY 1 HAVING count(*) FILTER (WHERE kind <> 'conflict') > 0) AS by_hour) AS written`,
    [tenantId, connector],
  );
  if (row === undefined) throw new Error('an aggregate has one row');
  return row;
}

export interface DeadLetterRow {
  readonly entity: string;
  readonly key: string;
  readonly local_id: string | null;
  readonly remote_id: string | null;
  readonly refusal: WriteRefusal | null;
  readonly dead_at: number;
}

export async function listDeadLetters(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  after: readonly [entity: string, key: string] | null,
  limit: number,
): Promise<DeadLetterRow[]> {
  return tx.query<DeadLetterRow>(
    `SELECT entity, key, local_id, remote_id, refusal, dead_at FROM sync_pending
     WHERE tenant_id = $1 AND connector = $2 AND dead_at IS NOT NULL AND ($3::text IS NULL OR (entity, key) > ($3, $4))
     ORDER BY entity, key LIMIT $5`,
    [tenantId, connector, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
}

export interface ChosenRecord {
  readonly entity: string;
  readonly key: string;
}

const CHOSEN = `tenant_id = $1 AND connector = $2 AND dead_at IS NOT NULL AND ($3::text[] IS NULL OR (entity, key) IN
  (SELECT * FROM unnest($3::text[], $4::text[])))`;

/**
 * Tries dead letters again, all of them with null; gives how many. Both sides are read anew, and what an attempt that ended
 * without a word may have made is looked for, from when it began to wait on.
 */
export async function replayDeadLetters(
  tx: Transaction,
  place: SyncPlace,
  chosen: readonly ChosenRecord[] | null,
): Promise<number> {
  lockWaiting(tx, CHOSEN, chosenValues(place, chosen));
  return tx.execute(
    `UPDATE sync_pending SET dead_at = NULL, refusal = NULL, attempts = least(deaths, 1), deaths = 0, remote_touched = true, due_at = now(),
       since = CASE WHEN sent = '{}' THEN now() ELSE since END
     WHERE ${CHOSEN}`,
    chosenValues(place, chosen),
  );
}

/** Forgets dead letters until their records change; gives how many. */
export async function dropDeadLetters(
  tx: Transaction,
  place: SyncPlace,
  chosen: readonly ChosenRecord[] | null,
): Promise<number> {
  lockWaiting(tx, CHOSEN, chosenValues(place, chosen));
  return tx.execute(`DELETE FROM sync_pending WHERE ${CHOSEN}`, chosenValues(place, chosen));
}

function chosenValues(
  { tenantId, connector }: SyncPlace,
  chosen: readonly ChosenRecord[] | null,
): readonly unknown[] {
  return [
    tenantId,
    connector,
    chosen === null ? null : textArray(chosen.map(({ entity }) => entity)),
    chosen === null ? null : textArray(chosen.map(({ key }) => key)),
  ];
}

export interface JournalRow {
  readonly id: string;
  readonly entity: string;
  readonly local_id: string | null;
  readonly remote_id: string | null;
  readonly kind: JournalKind;
  readonly detail: unknown;
  readonly at: number;
}

export interface JournalFilter {
  readonly entity?: string | undefined;
  readonly local_id?: string | undefined;
  readonly kind?: JournalKind | undefined;
}

/** Newest first. */
export async function listJournal(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  { entity, local_id: localId, kind }: JournalFilter,
  before: string | null,
  limit: number,
): Promise<JournalRow[]> {
  return tx.query<JournalRow>(
    `SELECT id, entity, local_id, remote_id, kind, detail, at FROM sync_journal
     WHERE tenant_id = $1 AND connector = $2 AND ($3::text IS NULL OR entity = $3) AND ($4::text IS NULL OR local_id = $4)
       AND ($5::text IS NULL OR kind = $5) AND ($6::uuid IS NULL OR id < $6)
     ORDER BY id DESC LIMIT $7`,
    [tenantId, connector, entity ?? null, localId ?? null, kind ?? null, before, limit],
  );
}

export interface DivergenceRow {
  readonly entity: string;
  readonly local_id: string;
  readonly remote_id: string;
  readonly refusal: WriteRefusal | null;
  readonly last_synced_at: number | null;
}

/** Linked records with a difference that stays, because a side refused a value. */
export async function listDivergences(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  after: readonly [entity: string, localId: string] | null,
  limit: number,
): Promise<DivergenceRow[]> {
  return tx.query<DivergenceRow>(
    `SELECT entity, local_id, remote_id, refusal, last_synced_at FROM sync_link
     WHERE tenant_id = $1 AND connector = $2 AND status = 'error' AND ($3::text IS NULL OR (entity, local_id) > ($3, $4))
     ORDER BY entity, local_id LIMIT $5`,
    [tenantId, connector, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
}
