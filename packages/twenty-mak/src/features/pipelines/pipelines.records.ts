import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { ProvidesRecords } from '../../platform/records/index.ts';
import type { MakRecord, RecordSource } from '../../platform/records/index.ts';

interface PublishedRow {
  readonly id: string;
  readonly title: string;
  readonly current_version: number;
  readonly is_default: boolean;
  readonly is_archived: boolean;
  readonly version: number;
}

/** Published pipelines, for other systems. */
@Injectable()
@ProvidesRecords({ entity: 'pipeline' })
export class PipelineRecords implements RecordSource {
  constructor(@Inject(Database) private readonly database: Database) {}

  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    const rows = await this.database.within({ tenantId }, (tx) =>
      tx.query<PublishedRow>(
        `SELECT p.id, v.definition ->> 'title' AS title, p.current_version, p.is_default,
           p.archived_at IS NOT NULL AS is_archived, p.version
         FROM pipeline p JOIN pipeline_version v ON v.pipeline_id = p.id AND v.version = p.current_version
         WHERE p.tenant_id = $1 AND p.id::text = ANY ($2::text[])`,
        [tenantId, ids],
      ),
    );
    return new Map(rows.map((row) => [row.id, recordOf(row)]));
  }

  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    const rows = await this.database.within({ tenantId }, (tx) =>
      tx.query<{ id: string }>(
        `SELECT id FROM pipeline WHERE tenant_id = $1 AND current_version IS NOT NULL AND ($2::uuid IS NULL OR id > $2)
         ORDER BY id LIMIT $3`,
        [tenantId, after, limit],
      ),
    );
    return rows.map(({ id }) => id);
  }
}

function recordOf({
  title,
  current_version,
  is_default,
  is_archived,
  version,
}: PublishedRow): MakRecord {
  return { values: { name: title, version: current_version, is_default, is_archived }, version };
}
