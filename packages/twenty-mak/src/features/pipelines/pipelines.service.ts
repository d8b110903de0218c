import { Inject, Injectable } from '@nestjs/common';
import { verifyPipeline } from 'twenty-mak-domain';
import type { ConfirmedRegression, PipelineDefinition } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import type { Actor, AuditDetail } from '../audit/index.ts';
import { readDefinition } from './definition.ts';
import { KNOWN_TYPES } from './known-types.ts';
import { PipelinesRepository } from './pipelines.repository.ts';
import type { PipelineRow, PipelineWithDraft, VersionRow } from './pipelines.repository.ts';

export interface CreateOptions {
  readonly actor: Actor;
  /** Publishes at once; refused when the definition may not be published. */
  readonly publish?: boolean;
  /** Left out: the first published pipeline of a tenant becomes its default. */
  readonly isDefault?: boolean | undefined;
  /** Takes every mapped type as known: whoever sends the definition knows what its sources send. */
  readonly declareTypes?: boolean;
}

export interface PipelineWithDefinition extends PipelineWithDraft {
  /** The current version; null before the first publication. */
  readonly definition: PipelineDefinition | null;
}

export interface PublishCommand {
  /** Version of the record, against two editors at once. */
  readonly version: number;
  /** Regressions that the admin accepts, one by one. */
  readonly confirm?: readonly ConfirmedRegression[] | undefined;
}

/** Pipelines of a tenant: drafts, publication, defaults. Published versions never change. */
@Injectable()
export class PipelineService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PipelinesRepository) private readonly repository: PipelinesRepository,
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
      verified(definition);
      const number = await this.repository.publish(tx, tenantId, id, definition, nameOf(actor));
      await record(tx, tenantId, actor, 'pipeline.published', { id, key }, { number });
      if (isDefault ?? !(await this.repository.hasDefault(tx, tenantId)))
        await this.repository.setDefault(tx, tenantId, id);
    }
    return this.load(tx, tenantId, key);
  }

  async list(tenantId: string): Promise<PipelineRow[]> {
    return this.database.within({ tenantId }, (tx) => this.repository.list(tx, tenantId));
  }

  async one(tenantId: string, key: string): Promise<PipelineWithDefinition> {
    return this.database.within({ tenantId }, (tx) => this.load(tx, tenantId, key));
  }

  async versions(tenantId: string, key: string): Promise<VersionRow[]> {
    return this.database.within({ tenantId }, async (tx) => {
      const { id } = await this.load(tx, tenantId, key);
      return this.repository.versions(tx, tenantId, id);
    });
  }

  async version(
    tenantId: string,
    key: string,
    version: number,
  ): Promise<VersionRow & { readonly definition: PipelineDefinition }> {
    return this.database.within({ tenantId }, async (tx) => {
      const { id } = await this.load(tx, tenantId, key);
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
      const pipeline = await this.loadForEdit(tx, tenantId, key, version);
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
      return this.load(tx, tenantId, key);
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
      const pipeline = await this.loadForEdit(tx, tenantId, key, version);
      if (pipeline.definition === null) throw unpublished(key);
      await this.repository.saveDraft(tx, pipeline.id, {
        title: pipeline.definition.title,
        draft: null,
      });
      await record(tx, tenantId, actor, 'pipeline.draft_dropped', pipeline);
      return this.load(tx, tenantId, key);
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
      const pipeline = await this.loadForEdit(tx, tenantId, key, version);
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
      verified(definition);
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
      return this.load(tx, tenantId, key);
    });
  }

  async setDefault(tenantId: string, key: string, actor: Actor): Promise<PipelineWithDefinition> {
    return this.database.within({ tenantId }, async (tx) => {
      const pipeline = await this.loadPublished(tx, tenantId, key);
      await this.repository.setDefault(tx, tenantId, pipeline.id);
      await record(tx, tenantId, actor, 'pipeline.default_set', pipeline);
      return this.load(tx, tenantId, key);
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
      const pipeline = await this.locked(tx, tenantId, key);
      if (pipeline.version !== version) throw staleVersion(pipeline.version, version);
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
      await this.repository.setArchived(tx, pipeline.id, archived);
      const action = archived ? 'pipeline.archived' : 'pipeline.restored';
      await record(tx, tenantId, actor, action, pipeline);
      return this.load(tx, tenantId, key);
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
        const { id } = await this.loadPublished(tx, tenantId, key);
        await this.repository.setSourceDefault(tx, tenantId, source, id);
      } else if (!(await this.repository.removeSourceDefault(tx, tenantId, source))) {
        throw notFound('default of a source');
      }
      const detail = { source, pipeline: key };
      await Audit.recordFor(tx, tenantId, actor, 'source_default.set', 'tenant', tenantId, detail);
    });
  }

  private async load(
    tx: Transaction,
    tenantId: string,
    key: string,
  ): Promise<PipelineWithDefinition> {
    const pipeline = await this.repository.find(tx, tenantId, key);
    if (pipeline === null) throw notFound('pipeline');
    return this.withDefinition(tx, tenantId, pipeline);
  }

  private async locked(tx: Transaction, tenantId: string, key: string): Promise<PipelineWithDraft> {
    const pipeline = await this.repository.lock(tx, tenantId, key);
    if (pipeline === null) throw notFound('pipeline');
    return pipeline;
  }

  private async loadForEdit(
    tx: Transaction,
    tenantId: string,
    key: string,
    version: number,
  ): Promise<PipelineWithDefinition> {
    const pipeline = await this.locked(tx, tenantId, key);
    refuseArchived(pipeline);
    if (pipeline.version !== version) throw staleVersion(pipeline.version, version);
    return this.withDefinition(tx, tenantId, pipeline);
  }

  private async loadPublished(
    tx: Transaction,
    tenantId: string,
    key: string,
  ): Promise<PipelineWithDraft> {
    const pipeline = await this.locked(tx, tenantId, key);
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

async function record(
  tx: Transaction,
  tenantId: string,
  actor: Actor,
  action: string,
  { id, key }: Pick<PipelineRow, 'id' | 'key'>,
  detail: AuditDetail = {},
): Promise<void> {
  await Audit.recordFor(tx, tenantId, actor, action, 'pipeline', id, { key, ...detail });
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

/** Throws `not_publishable` (422) with every finding when the definition may not be published. */
function verified(definition: PipelineDefinition): void {
  const { publishable, findings } = verifyPipeline(readDefinition(definition).compiled, {
    knownTypes: KNOWN_TYPES,
  });
  if (publishable) return;
  const [first] = findings;
  throw new RefusalError(
    {
      code: 'not_publishable',
      reason: `The pipeline may not be published: ${first?.reason ?? ''}`,
      ...(first?.field === undefined ? {} : { field: first.field }),
    },
    422,
    { findings },
  );
}

function withConfirmations(
  definition: PipelineDefinition,
  confirm: readonly ConfirmedRegression[],
): PipelineDefinition {
  if (confirm.length === 0) return definition;
  const before = definition.confirmedRegressions ?? [];
  const added = confirm.filter(
    ({ gate, from, to }) =>
      !before.some((one) => one.gate === gate && one.from === from && one.to === to),
  );
  return { ...definition, confirmedRegressions: [...before, ...added] };
}

function withDeclaredTypes(definition: PipelineDefinition): PipelineDefinition {
  const known = new Set([
    ...(definition.knownTypes ?? []),
    ...definition.events.map(({ type }) => type).filter((type) => !KNOWN_TYPES.has(type)),
  ]);
  return { ...definition, knownTypes: [...known] };
}

function nameOf({ kind, id }: Actor): string {
  return `${kind}:${id}`;
}

function refuseArchived({ archived_at: archivedAt }: PipelineRow): void {
  if (archivedAt === null) return;
  throw new RefusalError(
    { code: 'pipeline_archived', reason: 'The pipeline is archived. Restore it first.' },
    409,
  );
}

function unpublished(key: string): RefusalError {
  return new RefusalError(
    {
      code: 'pipeline_unpublished',
      reason: `\`${key}\` has no published version yet. Publish it first.`,
    },
    409,
  );
}
