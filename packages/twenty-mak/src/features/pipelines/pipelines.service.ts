import { Inject, Injectable } from '@nestjs/common';
import type { ConfirmedRegression, PipelineDefinition } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import type { Actor } from '../audit/index.ts';
import { readDefinition } from './definition.ts';
import { record } from './pipelines.audit.ts';
import { newest, PipelineLoader, unpublished } from './pipelines.loader.ts';
import type { PipelineWithDefinition } from './pipelines.loader.ts';
import { PipelinesRepository } from './pipelines.repository.ts';
import type { PipelineRow, VersionRow } from './pipelines.repository.ts';
import { refuseUnpublishable, withConfirmations, withDeclaredTypes } from './publication.ts';

export interface CreateOptions {
  readonly actor: Actor;
  /** Publishes at once; refused when the definition may not be published. */
  readonly publish?: boolean;
  /** Left out: the first published pipeline of a tenant becomes its default. */
  readonly isDefault?: boolean | undefined;
  /** Takes every mapped type as known: whoever sends the definition knows what its sources send. */
  readonly declareTypes?: boolean;
}

export interface PublishCommand {
  /** Version of the record, against two editors at once. */
  readonly version: number;
  /** Regressions that the admin accepts, one by one. */
  readonly confirm?: readonly ConfirmedRegression[] | undefined;
}

/** Pipelines of a tenant: drafts and publication. Published versions never change. */
@Injectable()
export class PipelineService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PipelinesRepository) private readonly repository: PipelinesRepository,
    @Inject(PipelineLoader) private readonly loader: PipelineLoader,
  ) {}

  /** Makes a pipeline from untrusted JSON. Throws refusals: those of the definition, `pipeline_exists`, `not_publishable`. */
  async createFromDefinition(
    tenantId: string,
    raw: unknown,
    options: CreateOptions,
  ): Promise<PipelineWithDefinition> {
    return this.database.within({ tenantId }, (tx) =>
      this.createWithin(tx, tenantId, raw, options),
    );
  }

  /** `createFromDefinition` as part of a larger change, e.g. a new tenant with its first pipeline. */
  async createWithin(
    tx: Transaction,
    tenantId: string,
    raw: unknown,
    { actor, publish = false, isDefault, declareTypes = false }: CreateOptions,
  ): Promise<PipelineWithDefinition> {
    const read = readDefinition(raw).definition;
    const definition = declareTypes ? withDeclaredTypes(read) : read;
    const { key, title } = definition;
    const id = uuidv7();
    if (!(await this.repository.insert(tx, tenantId, { id, key, title, draft: definition }))) {
      throw new RefusalError(
        {
          code: 'pipeline_exists',
          reason: `There already is a pipeline \`${key}\`. Edit its draft, or choose another key.`,
          field: 'definition.key',
        },
        409,
      );
    }
    if (!publish && isDefault === true) throw unpublished(key);
    await record(tx, tenantId, actor, 'pipeline.created', { id, key });
    if (publish) {
      refuseUnpublishable(definition);
      const number = await this.repository.publish(tx, tenantId, id, definition, nameOf(actor));
      await record(tx, tenantId, actor, 'pipeline.published', { id, key }, { number });
      if (isDefault ?? !(await this.repository.hasDefault(tx, tenantId)))
        await this.repository.setDefault(tx, tenantId, id);
    }
    return this.loader.load(tx, tenantId, key);
  }

  async list(tenantId: string): Promise<PipelineRow[]> {
    return this.database.within({ tenantId }, (tx) => this.repository.list(tx, tenantId));
  }

  async one(tenantId: string, key: string): Promise<PipelineWithDefinition> {
    return this.database.within({ tenantId }, (tx) => this.loader.load(tx, tenantId, key));
  }

  async versions(tenantId: string, key: string): Promise<VersionRow[]> {
    return this.database.within({ tenantId }, async (tx) => {
      const { id } = await this.loader.load(tx, tenantId, key);
      return this.repository.versions(tx, tenantId, id);
    });
  }

  async version(
    tenantId: string,
    key: string,
    version: number,
  ): Promise<VersionRow & { readonly definition: PipelineDefinition }> {
    return this.database.within({ tenantId }, async (tx) => {
      const { id } = await this.loader.load(tx, tenantId, key);
      const found = await this.repository.definition(tx, tenantId, id, version);
      if (found === null) throw notFound('version of the pipeline');
      return found;
    });
  }

  /** Saves a draft. What cannot be read is refused; what may not be published can still be saved. */
  async saveDraft(
    tenantId: string,
    key: string,
    version: number,
    raw: unknown,
    actor: Actor,
  ): Promise<PipelineWithDefinition> {
    return this.editDraft(tenantId, key, version, () => raw, actor);
  }

  /** Changes the draft, or the current version when there is no draft, by a function that may refuse. */
  async editDraft(
    tenantId: string,
    key: string,
    version: number,
    edit: (definition: PipelineDefinition) => unknown,
    actor: Actor,
  ): Promise<PipelineWithDefinition> {
    return this.database.within({ tenantId }, async (tx) => {
      const pipeline = await this.loader.lockForEdit(tx, tenantId, key, version);
      const { definition } = readDefinition(edit(newest(pipeline)));
      if (definition.key !== key) {
        throw new RefusalError({
          code: 'key_fixed',
          reason: `The key of a pipeline never changes; it is \`${key}\`.`,
          field: 'definition.key',
        });
      }
      await this.repository.saveDraft(tx, pipeline.id, {
        title: definition.title,
        draft: definition,
      });
      await record(tx, tenantId, actor, 'pipeline.draft_saved', pipeline);
      return this.loader.load(tx, tenantId, key);
    });
  }

  /** Drops the draft; the current version stays. */
  async dropDraft(
    tenantId: string,
    key: string,
    version: number,
    actor: Actor,
  ): Promise<PipelineWithDefinition> {
    return this.database.within({ tenantId }, async (tx) => {
      const pipeline = await this.loader.lockForEdit(tx, tenantId, key, version);
      if (pipeline.definition === null) throw unpublished(key);
      await this.repository.saveDraft(tx, pipeline.id, {
        title: pipeline.definition.title,
        draft: null,
      });
      await record(tx, tenantId, actor, 'pipeline.draft_dropped', pipeline);
      return this.loader.load(tx, tenantId, key);
    });
  }

  /** Publishes the draft as the next version. Deals keep theirs until they are migrated. */
  async publish(
    tenantId: string,
    key: string,
    { version, confirm = [] }: PublishCommand,
    actor: Actor,
  ): Promise<PipelineWithDefinition> {
    return this.database.within({ tenantId }, async (tx) => {
      const pipeline = await this.loader.lockForEdit(tx, tenantId, key, version);
      if (pipeline.draft === null) {
        throw new RefusalError(
          {
            code: 'nothing_to_publish',
            reason: 'The pipeline has no draft; what is published is up to date.',
          },
          409,
        );
      }
      const definition = withConfirmations(pipeline.draft, confirm);
      refuseUnpublishable(definition);
      const published = nameOf(actor);
      const number = await this.repository.publish(
        tx,
        tenantId,
        pipeline.id,
        definition,
        published,
      );
      await record(tx, tenantId, actor, 'pipeline.published', pipeline, { number });
      if (!(await this.repository.hasDefault(tx, tenantId)))
        await this.repository.setDefault(tx, tenantId, pipeline.id);
      return this.loader.load(tx, tenantId, key);
    });
  }
}

function nameOf({ kind, id }: Actor): string {
  return `${kind}:${id}`;
}
