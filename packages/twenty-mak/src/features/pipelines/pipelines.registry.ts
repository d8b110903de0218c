import { Injectable } from '@nestjs/common';
import type { CompiledPipeline, PipelineDefinition } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { compileStored } from './definition.ts';

/** The version of a pipeline that new deals get. */
export interface CurrentPipeline {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly compiled: CompiledPipeline;
}

/** A tenant's published pipelines, without archived ones. */
export interface TenantPipelines {
  readonly byKey: ReadonlyMap<string, CurrentPipeline>;
  readonly bySource: ReadonlyMap<string, CurrentPipeline>;
  readonly default: CurrentPipeline | null;
}

interface CurrentRow {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly is_default: boolean;
  readonly sources: string[];
}

interface DefinitionRow {
  readonly pipeline_id: string;
  readonly version: number;
  readonly definition: PipelineDefinition;
}

export interface PipelineVersionKey {
  readonly pipelineId: string;
  readonly version: number;
}

/** How many compiled versions a process keeps; each is some hundred kilobytes at most. */
const KEPT = 500;

/**
 * Compiled pipelines. A version never changes, so it is compiled once a process; which version is current is asked
 * anew with every load, one small query.
 */
@Injectable()
export class PipelineRegistry {
  private readonly kept = new Map<string, CompiledPipeline>();

  /** All pipelines that deals of the tenant can be made in. */
  async load(transaction: Transaction, tenantId: string): Promise<TenantPipelines> {
    const rows = await transaction.query<CurrentRow>(
      `SELECT p.id, p.key, p.current_version AS version, p.is_default,
              ARRAY(SELECT s.source FROM source_default s WHERE s.tenant_id = $1 AND s.pipeline_id = p.id) AS sources
       FROM pipeline p
       WHERE p.tenant_id = $1 AND p.archived_at IS NULL AND p.current_version IS NOT NULL`,
      [tenantId],
      'pipeline.current',
    );
    const compiled = await this.compiledMany(
      transaction,
      tenantId,
      rows.map(({ id, version }) => ({ pipelineId: id, version })),
    );
    const byKey = new Map<string, CurrentPipeline>();
    const bySource = new Map<string, CurrentPipeline>();
    let byDefault: CurrentPipeline | null = null;
    for (const { id, key, version, is_default: isDefault, sources } of rows) {
      const one = { id, key, version, compiled: compiled(id, version) };
      byKey.set(key, one);
      for (const source of sources) bySource.set(source, one);
      if (isDefault) byDefault = one;
    }
    return { byKey, bySource, default: byDefault };
  }

  /** One version of a pipeline, current or not. Throws when the tenant has no such version. */
  async compiled(
    transaction: Transaction,
    tenantId: string,
    pipelineId: string,
    version: number,
  ): Promise<CompiledPipeline> {
    const compiled = await this.compiledMany(transaction, tenantId, [{ pipelineId, version }]);
    return compiled(pipelineId, version);
  }

  /** Several versions at once, in at most one query; the answer looks one of them up. */
  async compiledMany(
    transaction: Transaction,
    tenantId: string,
    versions: readonly PipelineVersionKey[],
  ): Promise<(pipelineId: string, version: number) => CompiledPipeline> {
    const found = new Map<string, CompiledPipeline>();
    const missing = new Map<string, PipelineVersionKey>();
    for (const one of versions) {
      const key = keyOf(tenantId, one.pipelineId, one.version);
      const known = this.kept.get(key);
      if (known === undefined) missing.set(key, one);
      else found.set(key, known);
    }
    if (missing.size > 0) {
      const wanted = [...missing.values()];
      const rows = await transaction.query<DefinitionRow>(
        `SELECT v.pipeline_id, v.version, v.definition
         FROM unnest($2::uuid[], $3::int[]) AS wanted (pipeline_id, version)
         JOIN pipeline_version v USING (pipeline_id, version)
         WHERE v.tenant_id = $1`,
        [
          tenantId,
          wanted.map(({ pipelineId }) => pipelineId),
          wanted.map(({ version }) => version),
        ],
      );
      for (const { pipeline_id: pipelineId, version, definition } of rows) {
        const key = keyOf(tenantId, pipelineId, version);
        const compiled = compileStored(definition);
        this.keep(key, compiled);
        found.set(key, compiled);
      }
    }
    return (pipelineId, version) => {
      const compiled = found.get(keyOf(tenantId, pipelineId, version));
      if (compiled === undefined)
        throw new Error(`the pipeline ${pipelineId} has no version ${version}`);
      return compiled;
    };
  }

  /** The oldest entry goes first; a tenant that is still at work compiles it again. */
  private keep(key: string, compiled: CompiledPipeline): void {
    const [oldest] = this.kept.keys();
    if (this.kept.size >= KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, compiled);
  }
}

function keyOf(tenantId: string, pipelineId: string, version: number): string {
  return `${tenantId}/${pipelineId}/${version}`;
}

/** The pipeline of a deal to be made: the one it names, else its source's, else the tenant's; null when there is none. */
export function choosePipeline(
  pipelines: TenantPipelines,
  named: string | undefined,
  source: string,
): CurrentPipeline | null {
  if (named !== undefined) return pipelines.byKey.get(named) ?? null;
  return pipelines.bySource.get(source) ?? pipelines.default;
}
