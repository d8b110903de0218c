import { Inject, Injectable } from '@nestjs/common';
import type { PipelineDefinition } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import { stageRecordIds } from './stage-record-id.ts';

export interface PipelineRow {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly is_default: boolean;
  readonly current_version: number | null;
  readonly has_draft: boolean;
  readonly version: number;
  readonly sources: string[];
  readonly created_at: number;
  readonly updated_at: number;
  readonly archived_at: number | null;
}

export interface PipelineWithDraft extends PipelineRow {
  readonly draft: PipelineDefinition | null;
}

export interface VersionRow {
  readonly pipeline_id: string;
  readonly version: number;
  readonly published_at: number;
  readonly published_by: string | null;
}

export interface NewPipeline {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly draft: PipelineDefinition;
}

const COLUMNS = `p.id, p.key, p.title, p.is_default, p.current_version, p.draft IS NOT NULL AS has_draft, p.version,
  ARRAY(SELECT s.source FROM source_default s WHERE s.tenant_id = p.tenant_id AND s.pipeline_id = p.id ORDER BY s.source) AS sources,
  p.created_at, p.updated_at, p.archived_at`;

/** SQL of pipelines; every method acts on rows of `tenantId` only. */
@Injectable()
export class PipelinesRepository {
  constructor(@Inject(RecordFeed) private readonly feed: RecordFeed) {}

  async list(tx: Transaction, tenantId: string): Promise<PipelineRow[]> {
    return tx.query<PipelineRow>(
      `SELECT ${COLUMNS} FROM pipeline p WHERE p.tenant_id = $1 ORDER BY p.created_at, p.id`,
      [tenantId],
    );
  }

  async find(tx: Transaction, tenantId: string, key: string): Promise<PipelineWithDraft | null> {
    const [row] = await tx.query<PipelineWithDraft>(
      `SELECT ${COLUMNS}, p.draft FROM pipeline p WHERE p.tenant_id = $1 AND p.key = $2`,
      [tenantId, key],
    );
    return row ?? null;
  }

  /** `find`, and nobody else can change the pipeline until the transaction ends. */
  async lock(tx: Transaction, tenantId: string, key: string): Promise<PipelineWithDraft | null> {
    const [row] = await tx.query<PipelineWithDraft>(
      `SELECT ${COLUMNS}, p.draft FROM pipeline p WHERE p.tenant_id = $1 AND p.key = $2 FOR UPDATE OF p`,
      [tenantId, key],
    );
    return row ?? null;
  }

  /** False when the tenant already has a pipeline of this key. */
  async insert(tx: Transaction, tenantId: string, pipeline: NewPipeline): Promise<boolean> {
    const { id, key, title, draft } = pipeline;
    const inserted = await tx.query<{ id: string }>(
      `INSERT INTO pipeline (id, tenant_id, key, title, draft) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (tenant_id, key) DO NOTHING RETURNING id`,
      [id, tenantId, key, title, JSON.stringify(draft)],
    );
    return inserted.length === 1;
  }

  async saveDraft(
    tx: Transaction,
    id: string,
    { title, draft }: { title: string; draft: PipelineDefinition | null },
  ): Promise<void> {
    await tx.execute(
      'UPDATE pipeline SET title = $2, draft = $3, version = version + 1, updated_at = now() WHERE id = $1',
      [id, title, draft === null ? null : JSON.stringify(draft)],
    );
  }

  /** Keeps the definition as the next version, which new deals get from now on. */
  async publish(
    tx: Transaction,
    tenantId: string,
    id: string,
    definition: PipelineDefinition,
    publishedBy: string,
  ): Promise<number> {
    const [row] = await tx.query<{ version: number }>(
      `INSERT INTO pipeline_version (tenant_id, pipeline_id, version, definition, published_by)
       SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4 FROM pipeline_version WHERE pipeline_id = $2
       RETURNING version`,
      [tenantId, id, JSON.stringify(definition), publishedBy],
    );
    const version = row?.version ?? 1;
    await tx.execute(
      `UPDATE pipeline SET title = $2, draft = NULL, current_version = $3, version = version + 1, updated_at = now()
       WHERE id = $1`,
      [id, definition.title, version],
    );
    this.changed(tx, tenantId, 'pipeline', [id]);
    this.changed(tx, tenantId, 'stage', stageRecordIds(id, definition));
    return version;
  }

  async versions(tx: Transaction, tenantId: string, id: string): Promise<VersionRow[]> {
    return tx.query<VersionRow>(
      `SELECT pipeline_id, version, published_at, published_by FROM pipeline_version
       WHERE tenant_id = $1 AND pipeline_id = $2 ORDER BY version DESC`,
      [tenantId, id],
    );
  }

  async definition(
    tx: Transaction,
    tenantId: string,
    id: string,
    version: number,
  ): Promise<(VersionRow & { readonly definition: PipelineDefinition }) | null> {
    const [row] = await tx.query<VersionRow & { definition: PipelineDefinition }>(
      `SELECT pipeline_id, version, published_at, published_by, definition FROM pipeline_version
       WHERE tenant_id = $1 AND pipeline_id = $2 AND version = $3`,
      [tenantId, id, version],
    );
    return row ?? null;
  }

  async hasDefault(tx: Transaction, tenantId: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM pipeline WHERE tenant_id = $1 AND is_default', [
      tenantId,
    ]);
    return rows.length > 0;
  }

  /** Two statements: the index that allows one default looks at every row as it is written. */
  async setDefault(tx: Transaction, tenantId: string, id: string): Promise<void> {
    const before = await tx.query<{ id: string }>(
      'UPDATE pipeline SET is_default = false WHERE tenant_id = $1 AND is_default AND id <> $2 RETURNING id',
      [tenantId, id],
    );
    await tx.execute('UPDATE pipeline SET is_default = true, updated_at = now() WHERE id = $1', [
      id,
    ]);
    this.changed(tx, tenantId, 'pipeline', [id, ...before.map((one) => one.id)]);
  }

  async setArchived(
    tx: Transaction,
    tenantId: string,
    id: string,
    archived: boolean,
  ): Promise<void> {
    await tx.execute(
      `UPDATE pipeline SET archived_at = CASE WHEN $2 THEN now() END, version = version + 1, updated_at = now()
       WHERE id = $1`,
      [id, archived],
    );
    this.changed(tx, tenantId, 'pipeline', [id]);
  }

  private changed(tx: Transaction, tenantId: string, entity: string, ids: readonly string[]): void {
    const changed = ids.map((id) => ({ id, urgency: 'person', fields: [] }) as const);
    this.feed.changed(tx, tenantId, entity, changed);
  }

  async setSourceDefault(
    tx: Transaction,
    tenantId: string,
    source: string,
    id: string,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO source_default (tenant_id, source, pipeline_id) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id, source) DO UPDATE SET pipeline_id = excluded.pipeline_id`,
      [tenantId, source, id],
    );
  }

  async removeSourceDefault(tx: Transaction, tenantId: string, source: string): Promise<boolean> {
    const removed = await tx.query(
      'DELETE FROM source_default WHERE tenant_id = $1 AND source = $2 RETURNING source',
      [tenantId, source],
    );
    return removed.length > 0;
  }

  async sourceDefaults(
    tx: Transaction,
    tenantId: string,
  ): Promise<{ source: string; pipeline: string }[]> {
    return tx.query(
      `SELECT s.source, p.key AS pipeline FROM source_default s JOIN pipeline p ON p.id = s.pipeline_id
       WHERE s.tenant_id = $1 ORDER BY s.source`,
      [tenantId],
    );
  }
}
