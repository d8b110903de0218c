import { Inject, Injectable } from '@nestjs/common';
import type { Budget, MatrixChanges } from 'twenty-mak-domain';
import { z } from 'zod';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { SecretBox } from '../../platform/secrets/index.ts';
import type { Choices } from './chosen.ts';
import type { StageTables } from './stage-tables.ts';

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
}

export interface ConnectorRow {
  readonly connector: string;
  readonly state: ConnectorState;
  readonly reason: string | null;
  /** Why the other system tells of no changes by itself; null when it does, or nobody knows. */
  readonly silence: string | null;
  readonly settings: unknown;
  readonly entities: readonly string[];
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

export const CONNECTOR_COLUMNS = `connector, state, reason, silence, settings, entities, matrix, budget, stage_tables, chosen, dry_run, poll_seconds, poll_at, resync,
  version, created_at, updated_at`;

/** While so many records wait, the other system is asked that much more rarely what changed; its messages come as ever. */
const MANY = 2_000;
const SELDOM = 5;

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

  /** Stops a running connector because the other system turns us away; a person has to look. */
  async stop(tenantId: string, connector: string, reason: string): Promise<void> {
    await this.database.within({ tenantId }, async (tx) => {
      tx.send(
        `UPDATE sync_connector SET state = 'stopped', reason = $3, updated_at = now(), version = version + 1
         WHERE tenant_id = $1 AND connector = $2 AND state = 'running'`,
        [tenantId, connector, reason.slice(0, 1_000)],
      );
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

  /** Whether it is this process that asks the other system now what changed. */
  async claimPoll(tenantId: string, connector: string): Promise<boolean> {
    const claimed = await this.database.within({ tenantId }, (tx) =>
      tx.execute(
        `UPDATE sync_connector SET poll_at = now() + poll_seconds * interval '1 second'
           * CASE WHEN (SELECT count(*) FROM (SELECT FROM sync_pending WHERE tenant_id = $1 AND connector = $2
               AND dead_at IS NULL LIMIT $3) AS waiting) = $3 THEN $4 ELSE 1 END
         WHERE tenant_id = $1 AND connector = $2 AND state = 'running' AND poll_at <= now()`,
        [tenantId, connector, MANY, SELDOM],
      ),
    );
    return claimed > 0;
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
