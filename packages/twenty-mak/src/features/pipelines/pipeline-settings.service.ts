import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import type { Actor } from '../audit/index.ts';
import { PipelineLoader } from './pipelines.loader.ts';
import type { PipelineWithDefinition } from './pipelines.loader.ts';
import { record } from './pipelines.audit.ts';
import { PipelinesRepository } from './pipelines.repository.ts';

/** Which pipeline new deals get, and which take none any more. */
@Injectable()
export class PipelineSettingsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PipelinesRepository) private readonly repository: PipelinesRepository,
    @Inject(PipelineLoader) private readonly loader: PipelineLoader,
  ) {}

  async setDefault(tenantId: string, key: string, actor: Actor): Promise<PipelineWithDefinition> {
    return this.database.within({ tenantId }, async (tx) => {
      const pipeline = await this.loader.lockPublished(tx, tenantId, key);
      await this.repository.setDefault(tx, tenantId, pipeline.id);
      await record(tx, tenantId, actor, 'pipeline.default_set', pipeline);
      return this.loader.load(tx, tenantId, key);
    });
  }

  /** Archived pipelines take no new deals; deals that are in them go on. */
  async setArchived(
    tenantId: string,
    key: string,
    version: number,
    archived: boolean,
    actor: Actor,
  ): Promise<PipelineWithDefinition> {
    return this.database.within({ tenantId }, async (tx) => {
      const pipeline = await this.loader.lock(tx, tenantId, key, version);
      if (archived && (pipeline.is_default || pipeline.sources.length > 0)) {
        throw new RefusalError(
          {
            code: 'pipeline_is_default',
            reason:
              'New deals get this pipeline by default. Choose another default for the tenant and the sources first.',
          },
          409,
        );
      }
      await this.repository.setArchived(tx, tenantId, pipeline.id, archived);
      const action = archived ? 'pipeline.archived' : 'pipeline.restored';
      await record(tx, tenantId, actor, action, pipeline);
      return this.loader.load(tx, tenantId, key);
    });
  }

  async sourceDefaults(tenantId: string): Promise<{ source: string; pipeline: string }[]> {
    return this.database.within({ tenantId }, (tx) => this.repository.sourceDefaults(tx, tenantId));
  }

  /** Deals that a source makes get this pipeline when their events name none; null: the tenant's default again. */
  async setSourceDefault(
    tenantId: string,
    source: string,
    key: string | null,
    actor: Actor,
  ): Promise<void> {
    await this.database.within({ tenantId }, async (tx) => {
      if (key !== null) {
        const { id } = await this.loader.lockPublished(tx, tenantId, key);
        await this.repository.setSourceDefault(tx, tenantId, source, id);
      } else if (!(await this.repository.removeSourceDefault(tx, tenantId, source))) {
        throw notFound('default of a source');
      }
      const detail = { source, pipeline: key };
      await Audit.recordFor(tx, tenantId, actor, 'source_default.set', 'tenant', tenantId, detail);
    });
  }
}
