import { Inject, Injectable } from '@nestjs/common';
import type { Budget, MatrixChanges } from 'twenty-mak-domain';
import { z } from 'zod';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { SecretBox } from '../../platform/secrets/index.ts';
import type { Choices } from './chosen.ts';
import { tellOfStop } from './notices.ts';
import type { StopCode } from './ports.ts';
import type { StageTables } from './stage-tables.ts';
import type { SyncPlace } from './sync.doorbell.ts';

export const CONNECTOR_STATES = ['running', 'paused', 'stopped'] as const;
export type ConnectorState = (typeof CONNECTOR_STATES)[number];

/** How far a full resync has come. */
export interface Resync {
  /** Milliseconds. */
  readonly startedAt: number;
  /** The kind that is being listed, and the last id of it that waits. */
  readonly entity: string;
  readonly after: string | null;
  readonly marked: number;
  /** Whether every record of MaK's waits or is done. */
  readonly listed: boolean;
  /** Records of the other system that were found meanwhile and did not wait already. */
  readonly found?: number;
  /** Whether it has been asked for all of them; left out by earlier versions. */
  readonly foundAll?: boolean;
}

/** A turn to ask the other system what changed. */
export interface PollTurn {
  /** The kind to go on with; null begins with the first one. */
  readonly from: string | null;
  /** Which resync was under way, if one was ever. */
  readonly resync: string | null;
  /** The resync asks for everything that there is. */
  readonly isFindingAll: boolean;
}

/** How far a turn has come. */
export interface PollProgress {
  /** The kind of which there is more, to go on with at once; null begins with the first one when it is time. */
  readonly next: string | null;
  /** Whether all kinds were asked for to the end. */
  readonly isOver: boolean;
  readonly found: number;
}

export interface ConnectorRow {
  readonly connector: string;
  readonly state: ConnectorState;
  readonly reason: string | null;
  readonly reason_code: StopCode | null;
  /** Why the other system tells of no changes by itself; null when it does, or nobody knows. */
  readonly silence: string | null;
  /** By kind: why the other system has no such records for now. */
  readonly absent: Readonly<Record<string, string>>;
  readonly settings: unknown;
  readonly entities: readonly string[];
  /** Kinds whose records go over whether others name them or not. */
  readonly whole: readonly string[];
  /** By entity. */
  readonly matrix: Readonly<Record<string, MatrixChanges>>;
  /** Null is the connector's default. */
  readonly budget: Budget | null;
  readonly stage_tables: StageTables;
  readonly chosen: Choices;
  /** Nothing is written on either side; the journal tells what would be. */
  readonly dry_run: boolean;
  readonly poll_seconds: number;
  readonly poll_at: number;
  readonly resync: Resync | null;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
}

/** What a tenant has set, with its secrets opened. */
export interface OpenedConnector extends ConnectorRow {
  readonly secrets: Readonly<Record<string, string>>;
}

export const CONNECTOR_COLUMNS = `connector, state, reason, reason_code, silence, absent, settings, entities, whole, matrix, budget, stage_tables, chosen, dry_run, poll_seconds, poll_at, resync,
  version, created_at, updated_at`;

/**
 * While so many records wait for calls, the other system is asked that much more rarely what changed; its messages come as ever.
 * What is parked, and what waits for a kind that is absent, waits for no call.
 */
const MANY = 2_000;
const SELDOM = 5;

const IS_FINDING_ALL = "coalesce(resync ->> 'foundAll' = 'false', false)";

const PURPOSE = 'connector secrets';
const secretsSchema = z.record(z.string(), z.string());

/** What tenants have set for their connectors. */
@Injectable()
export class ConnectorSettings {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SecretBox) private readonly box: SecretBox,
  ) {}

  /** Null when the tenant has no such connector. */
  async find(tenantId: string, connector: string): Promise<OpenedConnector | null> {
    return this.database.within({ tenantId }, async (tx) => {
      const [row] = await tx.query<ConnectorRow & { sealed: Buffer | null }>(
        `SELECT ${CONNECTOR_COLUMNS}, secrets AS sealed FROM sync_connector WHERE tenant_id = $1 AND connector = $2`,
        [tenantId, connector],
      );
      if (row === undefined) return null;
      const { sealed, ...rest } = row;
      return { ...rest, secrets: sealed === null ? {} : this.open(tenantId, connector, sealed) };
    });
  }

  seal(tenantId: string, connector: string, secrets: Readonly<Record<string, string>>): Buffer {
    return this.box.seal(PURPOSE, `${tenantId} ${connector}`, JSON.stringify(secrets));
  }

  /**
   * Stops a running connector because the other system turns us away, and tells the admins: a person has to look. One that
   * somebody has set otherwise since that version was tried goes on.
   */
  async stop(
    place: SyncPlace,
    version: number,
    reason: string,
    code: StopCode | null = null,
  ): Promise<void> {
    const { tenantId, connector } = place;
    await this.database.within({ tenantId }, async (tx) => {
      const stopped = await tx.execute(
        `UPDATE sync_connector SET state = 'stopped', reason = $3, reason_code = $5, updated_at = now(), version = version + 1
         WHERE tenant_id = $1 AND connector = $2 AND state = 'running' AND version = $4`,
        [tenantId, connector, reason.slice(0, 1_000), version, code],
      );
      if (stopped > 0) await tellOfStop(tx, place, reason);
    });
  }

  /** Keeps why the other system tells of no changes by itself; null when it does. */
  async keepSilence(tenantId: string, connector: string, reason: string | null): Promise<void> {
    await this.database.within({ tenantId }, async (tx) => {
      tx.send(
        `UPDATE sync_connector SET silence = $3
         WHERE tenant_id = $1 AND connector = $2 AND silence IS DISTINCT FROM $3`,
        [tenantId, connector, reason?.slice(0, 1_000) ?? null],
      );
    });
  }

  /** Keeps why the other system has no records of a kind for now; null when it has. */
  async keepAbsence(
    tenantId: string,
    connector: string,
    entity: string,
    reason: string | null,
  ): Promise<void> {
    await this.database.within({ tenantId }, async (tx) => {
      tx.send(
        `UPDATE sync_connector SET absent = CASE WHEN $4::text IS NULL THEN absent - $3::text
           ELSE absent || jsonb_build_object($3::text, $4::text) END
         WHERE tenant_id = $1 AND connector = $2 AND absent ->> $3::text IS DISTINCT FROM $4::text`,
        [tenantId, connector, entity, reason?.slice(0, 1_000) ?? null],
      );
    });
  }

  /** The turn of this process to ask the other system what changed; null when it is not time, or another one does. */
  async claimPoll({ tenantId, connector }: SyncPlace): Promise<PollTurn | null> {
    const [claimed] = await this.database.within({ tenantId }, (tx) =>
      tx.query<PollTurn>(
        `UPDATE sync_connector c SET poll_at = now() + poll_seconds * interval '1 second'
           * CASE WHEN (SELECT count(*) FROM (SELECT FROM sync_pending p WHERE p.tenant_id = $1 AND p.connector = $2
               AND p.dead_at IS NULL AND p.due_at < 'infinity'
               AND p.entity = ANY (ARRAY(SELECT kind FROM unnest(c.entities) AS kind WHERE NOT c.absent ? kind))
               LIMIT $3) AS waiting) = $3 THEN $4 ELSE 1 END
         WHERE tenant_id = $1 AND connector = $2 AND state = 'running' AND poll_at <= now()
         RETURNING poll_from AS "from", resync ->> 'startedAt' AS resync, ${IS_FINDING_ALL} AS "isFindingAll"`,
        [tenantId, connector, MANY, SELDOM],
      ),
    );
    return claimed ?? null;
  }

  /** Keeps how far a turn has come; nothing when a resync has begun since, for that begins anew. */
  async keepPoll(
    { tenantId, connector }: SyncPlace,
    turn: PollTurn,
    { next, isOver, found }: PollProgress,
  ): Promise<void> {
    if (next === null && turn.from === null && !turn.isFindingAll) return;
    await this.database.within({ tenantId }, async (tx) => {
      tx.send(
        `UPDATE sync_connector SET poll_from = $3,
           poll_at = CASE WHEN $3::text IS NOT NULL THEN least(poll_at, now())
             WHEN ${IS_FINDING_ALL} AND NOT $5::boolean THEN least(poll_at, now() + interval '10 seconds')
             ELSE poll_at END,
           resync = CASE WHEN ${IS_FINDING_ALL}
             THEN resync || jsonb_build_object('found', (resync ->> 'found')::integer + $4::integer, 'foundAll', $5::boolean)
             ELSE resync END
         WHERE tenant_id = $1 AND connector = $2 AND resync ->> 'startedAt' IS NOT DISTINCT FROM $6::text`,
        [tenantId, connector, next, found, isOver, turn.resync],
      );
    });
  }

  private open(tenantId: string, connector: string, sealed: Buffer): Record<string, string> {
    const opened = this.box.open(PURPOSE, `${tenantId} ${connector}`, sealed);
    return secretsSchema.parse(JSON.parse(opened));
  }
}

/** Ids of linked records of a kind, from one side to the other. */
export async function linkedIds(
  tx: Transaction,
  { tenantId, connector }: { readonly tenantId: string; readonly connector: string },
  entity: string,
  ids: readonly string[],
  to: 'local' | 'remote',
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const from = to === 'local' ? 'remote' : 'local';
  const rows = await tx.query<{ known: string; sought: string }>(
    `SELECT ${from}_id AS known, ${to}_id AS sought FROM sync_link
     WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND ${from}_id = ANY ($4::text[])`,
    [tenantId, connector, entity, ids],
  );
  return new Map(rows.map(({ known, sought }) => [known, sought]));
}
