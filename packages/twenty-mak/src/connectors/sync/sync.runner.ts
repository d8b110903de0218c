import { Inject, Injectable, Logger } from '@nestjs/common';
import { fieldMatrix } from 'twenty-mak-domain';
import type { FieldRule, Instant, Values } from 'twenty-mak-domain';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import { RecordSources } from '../../platform/records/index.ts';
import { bringOver } from './bring.ts';
import { chooserOf } from './chosen.ts';
import { connectorContext } from './connector-context.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import { ConnectorSettings } from './connector-settings.ts';
import type { OpenedConnector } from './connector-settings.ts';
import type { ConnectorContext, ConnectorEntity } from './connector.ts';
import { SyncEngine } from './engine.ts';
import { secretFingerprint } from './fingerprint.ts';
import { RemoteFailure } from './ports.ts';
import type { Lane, SyncedEntity } from './ports.ts';
import { continueResync } from './resync.ts';
import { PostgresStore } from './store.ts';
import type { SyncPlace } from './sync.doorbell.ts';
import { SyncMetrics } from './sync.metrics.ts';
import { TenantRecords } from './tenant-records.ts';

/**
 * So many calls in a row without an answer are an outage. Then one record at a time is tried, for each has to be looked for
 * before it is tried again: its answer may have been lost. What waits goes on at once when the first call succeeds.
 */
const OUTAGE = 3;
/** Between two tries during an outage, in milliseconds: doubled with each failure, and the longest. */
const PAUSE = 500;
const LONGEST_PAUSE = 5_000;

/** One tenant's connector, ready to work. */
interface Session {
  readonly place: SyncPlace;
  readonly lane: Lane;
  readonly opened: OpenedConnector;
  readonly entities: readonly SyncedEntity[];
  readonly engine: SyncEngine;
  readonly store: PostgresStore;
}

/** Of a place that does not answer. */
interface Failures {
  /** In a row. */
  readonly count: number;
  /** When it is asked again, on the monotonic clock. */
  readonly nextTry: number;
}

/** Works off what waits for a connector and asks what changed there. Several processes share the records of one. */
@Injectable()
export class SyncRunner {
  private readonly logger = new Logger(SyncRunner.name);
  private readonly failures = new Map<string, Failures>();

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
    if (performance.now() < (this.failures.get(nameOf(place))?.nextTry ?? 0)) return;
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
        if (busy) await this.answered(session);
      }
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      this.metrics.failed(connector, error);
      if (error.kind === 'unavailable') this.failed(place);
      if (error.kind !== 'blocked') return;
      this.logger.error(`${connector} of tenant ${tenantId} was stopped: ${error.message}`);
      await this.settings.stop(tenantId, connector, error.message);
    }
  }

  private failed(place: SyncPlace): void {
    const count = (this.failures.get(nameOf(place))?.count ?? 0) + 1;
    const pause =
      count < OUTAGE ? 0 : Math.min(PAUSE * 2 ** Math.min(count - OUTAGE, 10), LONGEST_PAUSE);
    this.failures.set(nameOf(place), { count, nextTry: performance.now() + pause });
  }

  private isAway(place: SyncPlace): boolean {
    return (this.failures.get(nameOf(place))?.count ?? 0) >= OUTAGE;
  }

  private async answered({ place, store }: Session): Promise<void> {
    if (this.isAway(place)) await store.wake();
    this.failures.delete(nameOf(place));
  }

  /** One turn of a lane: a batch of each kind; of the rest also a page of a resync, and a poll when it is time. Gives whether there is more. */
  private async round({ place, lane, opened, entities, engine }: Session): Promise<boolean> {
    let busy = lane === 'rest' && (await this.look(place, opened, entities, engine));
    for (const entity of entities) {
      const done = this.isAway(place) ? engine.pass(entity, lane, 1) : engine.pass(entity, lane);
      if ((await done) > 0) busy = true;
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
      for (const entity of entities) await engine.poll(entity);
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
    const entities = connector.entities
      .filter(({ name }) => opened.entities.includes(name))
      .map((entity) => syncedEntity(entity, opened, optional[entity.name] ?? {}));
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
      finished: (done) => this.metrics.finished(place.connector, done),
    });
    const engine: SyncEngine = new SyncEngine({
      store,
      mak,
      remote,
      fingerprint: secretFingerprint(this.config.MAK_SECRET_KEY, tenantId),
      now: () => this.now(tenantId),
    });
    return { place, lane, opened, entities, engine, store };
  }

  private async now(tenantId: string): Promise<Instant> {
    const [clock] = await this.database.within({ tenantId }, (tx) =>
      tx.query<{ now: Instant }>('SELECT now()::timestamptz(3) AS now'),
    );
    return clock?.now ?? 0;
  }
}

function nameOf({ tenantId, connector }: SyncPlace): string {
  return `${tenantId} ${connector}`;
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
  return {
    ...entity,
    matrix: rules.ok ? rules.value.filter(isSynced) : [],
    createsInMak: entity.createsInMak && choice?.created_there !== false,
    becomesWith,
    ...(chooses === undefined ? {} : { chooses }),
    isDry,
  };
}
