import { Inject, Injectable } from '@nestjs/common';
import type { PipelineDefinition } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { PipelinesRepository } from './pipelines.repository.ts';
import type { PipelineRow, PipelineWithDraft } from './pipelines.repository.ts';

export interface PipelineWithDefinition extends PipelineWithDraft {
  /** The current version; null before the first publication. */
  readonly definition: PipelineDefinition | null;
}

/** Loads a pipeline as a use case needs it, or refuses. Locked ones stay as they are until the transaction ends. */
@Injectable()
export class PipelineLoader {
  constructor(@Inject(PipelinesRepository) private readonly repository: PipelinesRepository) {}

  /** Throws `not_found`. */
  async load(tx: Transaction, tenantId: string, key: string): Promise<PipelineWithDefinition> {
    const pipeline = await this.repository.find(tx, tenantId, key);
    if (pipeline === null) throw notFound('pipeline');
    return this.withDefinition(tx, tenantId, pipeline);
  }

  /** Throws `not_found` or `stale_version`. */
  async lock(
    tx: Transaction,
    tenantId: string,
    key: string,
    version?: number,
  ): Promise<PipelineWithDraft> {
    const pipeline = await this.repository.lock(tx, tenantId, key);
    if (pipeline === null) throw notFound('pipeline');
    if (version !== undefined && version !== pipeline.version)
      throw staleVersion(pipeline.version, version);
    return pipeline;
  }

  /** Throws also `pipeline_archived`. */
  async lockForEdit(
    tx: Transaction,
    tenantId: string,
    key: string,
    version: number,
  ): Promise<PipelineWithDefinition> {
    const pipeline = await this.lock(tx, tenantId, key, version);
    refuseArchived(pipeline);
    return this.withDefinition(tx, tenantId, pipeline);
  }

  /** Throws `not_found`, `pipeline_archived` or `pipeline_unpublished`. */
  async lockPublished(tx: Transaction, tenantId: string, key: string): Promise<PipelineWithDraft> {
    const pipeline = await this.lock(tx, tenantId, key);
    refuseArchived(pipeline);
    if (pipeline.current_version === null) throw unpublished(key);
    return pipeline;
  }

  private async withDefinition(
    tx: Transaction,
    tenantId: string,
    pipeline: PipelineWithDraft,
  ): Promise<PipelineWithDefinition> {
    const { id, current_version: version } = pipeline;
    const current =
      version === null ? null : await this.repository.definition(tx, tenantId, id, version);
    return { ...pipeline, definition: current?.definition ?? null };
  }
}

/** What an editor goes on from: the draft, else the current version. */
export function newest({
  draft,
  definition,
}: Pick<PipelineWithDefinition, 'draft' | 'definition'>): PipelineDefinition {
  const found = draft ?? definition;
  if (found === null) throw new Error('a pipeline has a draft or a version');
  return found;
}

function refuseArchived({ archived_at: archivedAt }: PipelineRow): void {
  if (archivedAt === null) return;
  throw new RefusalError(
    { code: 'pipeline_archived', reason: 'The pipeline is archived. Restore it first.' },
    409,
  );
}

/** 409 `pipeline_unpublished`. */
export function unpublished(key: string): RefusalError {
  return new RefusalError(
    {
      code: 'pipeline_unpublished',
      reason: `\`${key}\` has no published version yet. Publish it first.`,
    },
    409,
  );
}
