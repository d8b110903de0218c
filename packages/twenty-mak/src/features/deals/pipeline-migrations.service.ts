import { Inject, Injectable } from '@nestjs/common';
import { fold } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden, notFound, RefusalError } from '../../platform/errors/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { Audit } from '../audit/index.ts';
import { DealsRefolder, EventsRepository } from '../events/index.ts';
import { DealPipelines } from './deal-pipelines.ts';
import { dealRefold } from './deals.jobs.ts';
import { PipelineMigrationsRepository } from './pipeline-migrations.repository.ts';
import type { MigrationRow, MigrationScope } from './pipeline-migrations.repository.ts';

/** Deals that one transaction folds; others wait for their turn as long. */
const CHUNK = 200;
/** Deals that a preview looks at, at most; it answers within a request. */
const PREVIEW_LIMIT = 20_000;
/** Changes that a preview spells out. */
const SHOWN = 100;

export interface Preview {
  readonly toVersion: number;
  /** Deals of older versions. */
  readonly deals: number;
  /** How many of them were folded for this preview. */
  readonly examined: number;
  readonly changes: readonly { from: string; to: string; deals: number }[];
  readonly examples: readonly { id: string; name: string | null; from: string; to: string }[];
}

/** Moves deals to the current version of their pipeline. */
@Injectable()
export class PipelineMigrationsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PipelineMigrationsRepository) private readonly repository: PipelineMigrationsRepository,
    @Inject(EventsRepository) private readonly events: EventsRepository,
    @Inject(DealsRefolder) private readonly refolder: DealsRefolder,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
    @Inject(JobBell) private readonly bell: JobBell,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /** Which deals would change their stage. Nothing is saved. */
  async preview(principal: Principal, key: string, fromVersion: number | null): Promise<Preview> {
    const { tenantId } = office(principal);
    const scope = await this.scope(tenantId, key, fromVersion);
    const deals = await this.database.within({ tenantId }, (tx) =>
      this.repository.count(tx, tenantId, scope),
    );
    const counts = new Map<string, { from: string; to: string; deals: number }>();
    const examples: Preview['examples'][number][] = [];
    let examined = 0;
    for (let after: string | null = null; examined < PREVIEW_LIMIT;) {
      const stages = await this.database.within({ tenantId }, (tx) =>
        this.stagesAfter(tx, tenantId, scope, after),
      );
      for (const { id, name, from, to } of stages) {
        if (from === to) continue;
        const count = counts.get(`${from}\n${to}`) ?? { from, to, deals: 0 };
        counts.set(`${from}\n${to}`, { ...count, deals: count.deals + 1 });
        if (examples.length < SHOWN) examples.push({ id, name, from, to });
      }
      examined += stages.length;
      const last = stages.at(-1);
      if (last === undefined) break;
      after = last.id;
    }
    const changes = [...counts.values()].toSorted((left, right) => right.deals - left.deals);
    return { toVersion: scope.toVersion, deals, examined, changes, examples };
  }

  /** Begins a migration; a worker carries it out. Refuses with `migration_running`. */
  async start(
    principal: Principal,
    key: string,
    fromVersion: number | null,
  ): Promise<MigrationRow> {
    const { tenantId } = office(principal);
    const scope = await this.scope(tenantId, key, fromVersion);
    const id = uuidv7();
    const row = await this.database.within({ tenantId }, async (tx) => {
      const deals = await this.repository.count(tx, tenantId, scope);
      const createdBy = `${principal.kind}:${principal.id}`;
      const begun = await this.repository.insert(tx, tenantId, { ...scope, id, deals, createdBy });
      if (!begun) {
        throw new RefusalError(
          {
            code: 'migration_running',
            reason: 'A migration of this pipeline is running. Wait until it is done.',
          },
          409,
        );
      }
      const detail = { key, to_version: scope.toVersion, deals };
      await Audit.record(tx, principal, 'pipeline.migrated', 'pipeline', scope.pipelineId, detail);
      return this.repository.find(tx, tenantId, id);
    });
    this.bell.ring(dealRefold, { tenantId, migrationId: id });
    return row as MigrationRow;
  }

  async list(principal: Principal, key: string): Promise<MigrationRow[]> {
    const { tenantId } = office(principal);
    return this.database.within({ tenantId }, async (tx) => {
      const keys = await this.pipelines.keys(tx, tenantId);
      return this.repository.list(tx, tenantId, keys.idOf(key));
    });
  }

  async one(principal: Principal, key: string, id: string): Promise<MigrationRow> {
    const { tenantId } = office(principal);
    return this.database.within({ tenantId }, async (tx) => {
      const keys = await this.pipelines.keys(tx, tenantId);
      const row = await this.repository.find(tx, tenantId, id);
      if (row === null || row.pipeline_id !== keys.idOf(key)) throw notFound('migration');
      return row;
    });
  }

  /** Migrates the next deals in one transaction. False when none are left. */
  async step(tenantId: string, migrationId: string): Promise<boolean> {
    const result = await this.database.within({ tenantId }, async (tx) => {
      await lockTenant(tx, tenantId);
      const migration = await this.repository.find(tx, tenantId, migrationId);
      if (migration?.status !== 'running') return { more: false, announced: false };
      const { pipeline_id: pipelineId, from_version: fromVersion } = migration;
      const scope = { pipelineId, fromVersion, toVersion: migration.to_version };
      const after = migration.after_deal;
      const deals = await this.repository.next(tx, tenantId, scope, after, CHUNK);
      const last = deals.at(-1);
      if (last === undefined) {
        await this.repository.finish(tx, migrationId);
        return { more: false, announced: false };
      }
      const ids = deals.map(({ id }) => id);
      const folded = await this.refolder.refold(tx, tenantId, ids, {
        cause: 'migration',
        pipelineVersion: scope.toVersion,
      });
      const moved = folded.deals.filter(
        ({ record }) => record.before?.stage !== record.state.stage,
      ).length;
      const progress = { done: deals.length, moved, afterDeal: last.id };
      await this.repository.advance(tx, migrationId, progress);
      return { more: true, announced: folded.announced };
    });
    if (result.announced) this.bus.ring(OUTBOX_CHANNEL, tenantId);
    return result.more;
  }

  private async scope(
    tenantId: string,
    key: string,
    fromVersion: number | null,
  ): Promise<MigrationScope> {
    return this.database.within({ tenantId }, async (tx) => {
      const keys = await this.pipelines.keys(tx, tenantId);
      const pipelineId = keys.idOf(key);
      const toVersion = keys.currentVersion(key);
      if (toVersion === null) {
        throw new RefusalError(
          {
            code: 'pipeline_unpublished',
            reason: `\`${key}\` has no published version yet. Publish it first.`,
          },
          409,
        );
      }
      return { pipelineId, fromVersion, toVersion };
    });
  }

  /** Stages of the next deals now and under the new version. */
  private async stagesAfter(
    tx: Transaction,
    tenantId: string,
    scope: MigrationScope,
    after: string | null,
  ): Promise<{ id: string; name: string | null; from: string; to: string }[]> {
    const deals = await this.repository.next(tx, tenantId, scope, after, CHUNK);
    if (deals.length === 0) return [];
    const { pipelineId, toVersion: version } = scope;
    const compiled = await this.pipelines.compiled(tx, tenantId, [{ pipelineId, version }]);
    const pipeline = compiled(pipelineId, version);
    const ids = deals.map(({ id }) => id);
    const events = await this.events.events(tx, tenantId, ids, null);
    return deals.map(({ id, name, stage }) => {
      const { state } = fold(pipeline, events.get(id) ?? []);
      return { id, name, from: stage, to: state.stage };
    });
  }
}

/** A migration concerns all deals, so it is for those who see all. */
function office(principal: Principal): Principal {
  if (principal.restrictedTo !== undefined) throw forbidden('Only the office migrates deals.');
  return principal;
}
