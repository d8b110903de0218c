import { Inject, Injectable, Logger } from '@nestjs/common';
import { fieldMatrix } from 'twenty-mak-domain';
import type { FieldRule, Instant, Values } from 'twenty-mak-domain';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import { RecordSources } from '../../platform/records/index.ts';
import { bringOver } from './bring.ts';
import { chooserOf, wholeOf } from './chosen.ts';
import { connectorContext } from './connector-context.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import { ConnectorSettings } from './connector-settings.ts';
import type { OpenedConnector } from './connector-settings.ts';
import type { ConnectorContext, ConnectorEntity } from './connector.ts';
import { SyncEngine } from './engine.ts';
import { secretFingerprint } from './fingerprint.ts';
import { listened, Outages } from './outages.ts';
import { RemoteFailure } from './ports.ts';
import type { Lane, SyncedEntity } from './ports.ts';
import { continueResync } from './resync.ts';
import { PostgresStore } from './store.ts';
import type { SyncPlace } from './sync.doorbell.ts';
import { SyncMetrics } from './sync.metrics.ts';
import { TenantRecords } from './tenant-records.ts';

/** One tenant's connector, ready to work. */
interface Session {
  readonly place: SyncPlace;
  readonly lane: Lane;
  readonly opened: OpenedConnector;
  readonly entities: readonly SyncedEntity[];
  readonly engine: SyncEngine;
}

/** Works off what waits for a connector and asks what changed there. Several processes share the records of one. */
@Injectable()
export class SyncRunner {
  private readonly logger = new Logger(SyncRunner.name);
  private readonly outages = new Outages();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
    @Inject(ConnectorSettings) private readonly settings: ConnectorSettings,
    @Inject(RecordSources) private readonly sources: RecordSources,
    @Inject(SyncMetrics) private readonly metrics: SyncMetrics,
  ) {}

  /** Until nothing is due, the connector is paused, or the other system takes no more for now. */
  async work(place: SyncPlace, lane: Lane, signal: AbortSignal): Promise<void> {
    const { tenantId, connector } = place;
    if (!this.outages.mayTry(place)) return;
    try {
      let session: Session | null = null;
      for (let busy = true; busy && !signal.aborted;) {
        const opened = await this.settings.find(tenantId, connector);
        if (opened?.state !== 'running') return;
        // People may change settings while we work.
        if (session?.opened.version !== opened.version)
          session = await this.open(place, lane, opened);
        if (session === null) return;
        busy = await this.round({ ...session, opened });
      }
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      this.metrics.failed(connector, error);
      if (error.kind === 'unavailable') this.outages.failed(place);
      if (error.kind !== 'blocked') return;
      this.logger.error(`${connector} of tenant ${tenantId} was stopped: ${error.message}`);
      await this.settings.stop(tenantId, connector, error.message);
    }
  }

  /** What waits for the end of an outage goes on at once. */
  private async answered(place: SyncPlace, store: PostgresStore): Promise<void> {
    const wasAway = this.outages.isAway(place);
    this.outages.answered(place);
    if (wasAway) await store.wake();
  }

  /** One turn of a lane: a batch of each kind; of the rest also a page of a resync, and a poll when it is time. Gives whether there is more. */
  private async round({ place, lane, opened, entities, engine }: Session): Promise<boolean> {
    let busy = lane === 'rest' && (await this.look(place, opened, entities, engine));
    for (const entity of entities) {
      const wasAway = this.outages.isAway(place);
      if ((await engine.pass(entity, lane, wasAway)) > 0) busy = true;
      // What waited for the end of an outage comes first, in its order: of this kind too.
      if (wasAway && !this.outages.isAway(place)) return true;
    }
    return busy;
  }

  private async look(
    place: SyncPlace,
    { resync, entities: names }: OpenedConnector,
    entities: readonly SyncedEntity[],
    engine: SyncEngine,
  ): Promise<boolean> {
    let busy = false;
    if (resync !== null && !resync.listed)
      busy = await continueResync(this.database, this.sources, place, names, resync);
    if (await this.settings.claimPoll(place.tenantId, place.connector))
      for (const entity of entities) if (entity.unasked !== true) await engine.poll(entity);
    return busy;
  }

  private async open(
    place: SyncPlace,
    lane: Lane,
    opened: OpenedConnector,
  ): Promise<Session | null> {
    const connector = this.registry.find(place.connector);
    if (connector === undefined) return null;
    const { tenantId } = place;
    const optional = connector.optional?.(opened.settings) ?? {};
    const standIns = connector.standIns?.(opened.settings) ?? {};
    const entities = connector.entities
      .filter(({ name }) => opened.entities.includes(name))
      .map((entity) => ({
        ...syncedEntity(entity, opened, optional[entity.name] ?? {}),
        standIns: standIns[entity.name] ?? {},
      }));
    const bring: ConnectorContext['bring'] = async (name, named) => {
      const entity = entities.find((one) => one.name === name);
      if (entity !== undefined)
        await bringOver({ database: this.database, place, lane, engine }, entity, named);
    };
    const mak = new TenantRecords(this.sources, tenantId, place.connector, {
      fields: new Map(
        connector.entities.flatMap(({ name, moved }) =>
          moved === undefined ? [] : [[name, moved] as const],
        ),
      ),
      tables: opened.stage_tables,
    });
    const remote = await connector.open({
      ...connectorContext(this.database, tenantId, lane, connector, opened),
      bring,
      ours: async (name, ids) => new Set((await mak.read(name, ids)).keys()),
    });
    const store = new PostgresStore(this.database, place, {
      turns: (tx, entity) => this.sources.takeTurns(tx, tenantId, entity),
      finished: (done) => this.metrics.finished(place.connector, done),
    });
    const engine: SyncEngine = new SyncEngine({
      store,
      mak,
      remote: listened(remote, () => this.answered(place, store)),
      fingerprint: secretFingerprint(this.config.MAK_SECRET_KEY, tenantId),
      now: () => this.now(tenantId),
    });
    return { place, lane, opened, entities, engine };
  }

  private async now(tenantId: string): Promise<Instant> {
    const [clock] = await this.database.within({ tenantId }, (tx) =>
      tx.query<{ now: Instant }>('SELECT now()::timestamptz(3) AS now'),
    );
    return clock?.now ?? 0;
  }
}

/**
 * Rules that a newer version does not know any more are left out: its defaults hold. So are fields that refer to records which
 * are not synced.
 */
function syncedEntity(
  entity: ConnectorEntity,
  { matrix, entities, chosen, dry_run: isDry }: OpenedConnector,
  becomesWith: Values,
): SyncedEntity {
  const changed = fieldMatrix(entity.abilities, matrix[entity.name] ?? []);
  const rules = changed.ok ? changed : fieldMatrix(entity.abilities, []);
  const { references = {} } = entity;
  const isSynced = ({ field }: FieldRule): boolean => {
    const kind = references[field];
    return kind === undefined || entities.includes(kind);
  };
  const choice = chosen[entity.name];
  const chooses = chooserOf(choice);
  const { partOf, ...kind } = entity;
  const whole = wholeOf(partOf, entities, chosen);
  return {
    ...kind,
    ...(whole === undefined ? {} : { partOf: whole }),
    matrix: rules.ok ? rules.value.filter(isSynced) : [],
    after: entity.after?.filter((kind) => entities.includes(kind)) ?? [],
    createsInMak: entity.createsInMak && choice?.created_there !== false,
    becomesWith,
    ...(chooses === undefined ? {} : { chooses }),
    isDry,
  };
}
