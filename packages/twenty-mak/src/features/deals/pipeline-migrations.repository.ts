import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.ts';

export interface MigrationRow {
  readonly id: string;
  readonly pipeline_id: string;
  readonly from_version: number | null;
  readonly to_version: number;
  readonly status: 'running' | 'done';
  readonly deals: number;
  readonly done: number;
  readonly moved: number;
  readonly after_deal: string | null;
  readonly created_by: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly finished_at: number | null;
}

/** Which deals a migration is about. */
export interface MigrationScope {
  readonly pipelineId: string;
  readonly fromVersion: number | null;
  readonly toVersion: number;
}

const COLUMNS =
  'id, pipeline_id, from_version, to_version, status, deals, done, moved, after_deal, created_by, created_at, updated_at, finished_at';

/** A merged deal has no events any more; it stays as it was. */
const OUTDATED = `tenant_id = $1 AND pipeline_id = $2 AND pipeline_version <> $3
  AND ($4::int IS NULL OR pipeline_version = $4) AND merged_into IS NULL`;

@Injectable()
export class PipelineMigrationsRepository {
  async count(tx: Transaction, tenantId: string, scope: MigrationScope): Promise<number> {
    const [row] = await tx.query<{ deals: number }>(
      `SELECT count(*) AS deals FROM deal WHERE ${OUTDATED}`,
      [tenantId, scope.pipelineId, scope.toVersion, scope.fromVersion],
    );
    return row?.deals ?? 0;
  }

  /** The next deals in the order of their ids. */
  async next(
    tx: Transaction,
    tenantId: string,
    scope: MigrationScope,
    after: string | null,
    limit: number,
  ): Promise<{ id: string; stage: string; name: string | null }[]> {
    return tx.query(
      `SELECT id, stage, name FROM deal WHERE ${OUTDATED} AND ($5::uuid IS NULL OR id > $5) ORDER BY id LIMIT $6`,
      [tenantId, scope.pipelineId, scope.toVersion, scope.fromVersion, after, limit],
    );
  }

  /** False when another migration of the pipeline is running. */
  async insert(
    tx: Transaction,
    tenantId: string,
    migration: MigrationScope & { id: string; deals: number; createdBy: string },
  ): Promise<boolean> {
    const { id, pipelineId, fromVersion, toVersion, deals, createdBy } = migration;
    const rows = await tx.query(
      `INSERT INTO pipeline_migration (id, tenant_id, pipeline_id, from_version, to_version, deals, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (pipeline_id) WHERE status = 'running' DO NOTHING RETURNING id`,
      [id, tenantId, pipelineId, fromVersion, toVersion, deals, createdBy],
    );
    return rows.length === 1;
  }

  async list(tx: Transaction, tenantId: string, pipelineId: string): Promise<MigrationRow[]> {
    return tx.query<MigrationRow>(
      `SELECT ${COLUMNS} FROM pipeline_migration WHERE tenant_id = $1 AND pipeline_id = $2
       ORDER BY created_at DESC, id DESC LIMIT 100`,
      [tenantId, pipelineId],
    );
  }

  async find(tx: Transaction, tenantId: string, id: string): Promise<MigrationRow | null> {
    const [row] = await tx.query<MigrationRow>(
      `SELECT ${COLUMNS} FROM pipeline_migration WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id],
    );
    return row ?? null;
  }

  async advance(
    tx: Transaction,
    id: string,
    { done, moved, afterDeal }: { done: number; moved: number; afterDeal: string },
  ): Promise<void> {
    await tx.execute(
      `UPDATE pipeline_migration SET done = done + $2, moved = moved + $3, after_deal = $4, updated_at = now()
       WHERE id = $1`,
      [id, done, moved, afterDeal],
    );
  }

  async finish(tx: Transaction, id: string): Promise<void> {
    await tx.execute(
      `UPDATE pipeline_migration SET status = 'done', finished_at = now(), updated_at = now() WHERE id = $1`,
      [id],
    );
  }
}
