import { Inject, Injectable } from '@nestjs/common';
import type { PipelineDefinition, Values } from 'twenty-mak-domain';
import { Database } from '../../platform/database/index.ts';
import { ProvidesRecords } from '../../platform/records/index.ts';
import type { MakRecord, RecordSource } from '../../platform/records/index.ts';
import { stageRecordId, stageRecordIds } from './stage-record-id.ts';

interface DefinitionRow {
  readonly id: string;
  readonly version: number;
  readonly definition: PipelineDefinition;
}

/** Stages and endings of the pipelines as they are published now, for other systems. */
@Injectable()
@ProvidesRecords({ entity: 'stage' })
export class StageRecords implements RecordSource {
  constructor(@Inject(Database) private readonly database: Database) {}

  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    const pipelines = new Set(ids.map((id) => id.slice(0, id.indexOf(':'))));
    const rows = await this.definitions(tenantId, [...pipelines]);
    const wanted = new Set(ids);
    return new Map(rows.flatMap(recordsOf).filter(([id]) => wanted.has(id)));
  }

  /** Pipelines are few, and so are their stages. */
  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    const rows = await this.definitions(tenantId, null);
    const ids = rows.flatMap(({ id, definition }) => stageRecordIds(id, definition)).toSorted();
    return ids.filter((id) => after === null || id > after).slice(0, limit);
  }

  private definitions(tenantId: string, ids: readonly string[] | null): Promise<DefinitionRow[]> {
    return this.database.within({ tenantId }, (tx) =>
      tx.query<DefinitionRow>(
        `SELECT p.id, v.version, v.definition
         FROM pipeline p JOIN pipeline_version v ON v.pipeline_id = p.id AND v.version = p.current_version
         WHERE p.tenant_id = $1 AND ($2::text[] IS NULL OR p.id::text = ANY ($2))`,
        [tenantId, ids],
      ),
    );
  }
}

function recordsOf({ id, version, definition }: DefinitionRow): [string, MakRecord][] {
  const { stages, endings = [] } = definition;
  const named = (key: string, values: Values): [string, MakRecord] => [
    stageRecordId(id, key),
    { values: { ...values, pipeline: id }, version },
  ];
  return [
    ...stages.map(({ key, title, kind = 'open' }, rank) => named(key, { name: title, rank, kind })),
    ...endings.map(({ key, title, outcome }) =>
      named(key, { name: title, rank: null, kind: outcome }),
    ),
  ];
}
