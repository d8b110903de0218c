import { Inject, Injectable } from '@nestjs/common';
import type { CompiledPipeline } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { PipelineRegistry } from '../pipelines/index.ts';
import type { PipelineVersionKey } from '../pipelines/index.ts';

/** Names of a tenant's pipelines, archived ones too: old deals still are in them. */
export interface PipelineKeys {
  keyOf(id: string): string;
  /** Throws 422 `unknown_pipeline`. */
  idOf(key: string): string;
  currentVersion(key: string): number | null;
}

interface KeyRow {
  readonly id: string;
  readonly key: string;
  readonly current_version: number | null;
}

/** What lists of deals need to know of pipelines. */
@Injectable()
export class DealPipelines {
  constructor(@Inject(PipelineRegistry) private readonly registry: PipelineRegistry) {}

  async keys(tx: Transaction, tenantId: string): Promise<PipelineKeys> {
    const rows = await tx.query<KeyRow>(
      'SELECT id, key, current_version FROM pipeline WHERE tenant_id = $1',
      [tenantId],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return {
      keyOf: (id) => byId.get(id)?.key ?? '',
      idOf: (key) => byKey.get(key)?.id ?? unknown(key),
      currentVersion: (key) => byKey.get(key)?.current_version ?? null,
    };
  }

  async compiled(
    tx: Transaction,
    tenantId: string,
    versions: readonly PipelineVersionKey[],
  ): Promise<(pipelineId: string, version: number) => CompiledPipeline> {
    return this.registry.compiledMany(tx, tenantId, versions);
  }
}

function unknown(key: string): never {
  throw new RefusalError({
    code: 'unknown_pipeline',
    reason: `There is no pipeline \`${key}\`.`,
    field: 'pipeline',
  });
}
