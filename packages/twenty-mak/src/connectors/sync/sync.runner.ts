import { Inject, Injectable, Logger } from '@nestjs/common';
import { fieldMatrix } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { RecordSources } from '../../platform/records/index.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import { ConnectorSettings, linkedIds } from './connector-settings.ts';
import type { OpenedConnector } from './connector-settings.ts';
import type { Connector, ConnectorEntity } from './connector.ts';
import { SyncEngine } from './engine.ts';
import { fingerprint } from './fingerprint.ts';
import { RemoteFailure } from './ports.ts';
import type { SyncedEntity } from './ports.ts';
import { continueResync } from './resync.ts';
import { PostgresStore } from './store.ts';
import { SyncDoorbell } from './sync.doorbell.ts';
import type { SyncPlace } from './sync.doorbell.ts';
import { sync } from './sync.jobs.ts';
import { SyncMetrics } from './sync.metrics.ts';
import { TenantRecords } from './tenant-records.ts';
import { FIND_CONNECTORS, FIND_WAITING } from './sync.scan.ts';
import type { FoundConnector, FoundWaiting } from './sync.scan.ts';

/** How often the figures of what waits are counted, in milliseconds. */
const FIGURES_EVERY = 10_000;

/** One tenant's connector, ready to work. */
interface Session {
  readonly place: SyncPlace;
  readonly opened: OpenedConnector;
  readonly entities: readonly SyncedEntity[];
  readonly engine: SyncEngine;
}

/** Works off what waits for a connector and asks what changed there. Several processes share the records of one. */
@Injectable()
@HandlesJob(sync)
export class SyncRunner implements JobHandler<SyncPlace> {
  private readonly logger = new Logger(SyncRunner.name);
  private nextFigures = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
    @Inject(ConnectorSettings) private readonly settings: ConnectorSettings,
    @Inject(RecordSources) private readonly sources: RecordSources,
    @Inject(SyncDoorbell) private readonly doorbell: SyncDoorbell,
    @Inject(SyncMetrics) private readonly metrics: SyncMetrics,
  ) {}

  async find(): Promise<readonly SyncPlace[]> {
    const found = await this.database.scan<FoundConnector>(FIND_CONNECTORS, [this.registry.keys]);
    this.doorbell.know(found);
    await this.tellFigures();
    return found
      .filter(({ due }) => due)
      .map(({ tenantId, connector }) => ({ tenantId, connector }));
  }

  /** Until nothing is due, the connector is paused, or the other system takes no more for now. */
  async handle(place: SyncPlace, signal: AbortSignal): Promise<void> {
    const { tenantId, connector } = place;
    try {
      let session: Session | null = null;
      for (let busy = true; busy && !signal.aborted;) {
        const opened = await this.settings.find(tenantId, connector);
        if (opened?.state !== 'running') return;
        // People may change settings while we work.
        if (session?.opened.version !== opened.version) session = await this.open(place, opened);
        if (session === null) return;
        busy = await this.round({ ...session, opened });
      }
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      this.metrics.failed(connector, error);
      if (error.kind !== 'blocked') return;
      this.logger.error(`${connector} of tenant ${tenantId} was stopped: ${error.message}`);
      await this.settings.stop(tenantId, connector, error.message);
    }
  }

  /** Counting takes longer than looking, and nobody reads the figures every second. */
  private async tellFigures(): Promise<void> {
    if (performance.now() < this.nextFigures) return;
    this.nextFigures = performance.now() + FIGURES_EVERY;
    this.metrics.waiting(
      await this.database.scan<FoundWaiting>(FIND_WAITING, [this.registry.keys]),
    );
  }

  /** One turn of everything: a page of a resync, a poll when it is time, a batch of each kind. Gives whether there is more. */
  private async round({ place, opened, entities, engine }: Session): Promise<boolean> {
    const { resync } = opened;
    let busy = false;
    if (resync !== null && !resync.listed)
      busy = await continueResync(this.database, this.sources, place, opened.entities, resync);
    if (await this.settings.claimPoll(place.tenantId, place.connector))
      for (const entity of entities) await engine.poll(entity);
    for (const entity of entities) if ((await engine.pass(entity)) > 0) busy = true;
    return busy;
  }

  private async open(place: SyncPlace, opened: OpenedConnector): Promise<Session | null> {
    const connector = this.registry.find(place.connector);
    if (connector === undefined) return null;
    const { tenantId } = place;
    const remote = await connector.open(this.contextOf(place, connector, opened));
    const engine = new SyncEngine({
      store: new PostgresStore(this.database, place, {
        finished: (done) => this.metrics.finished(place.connector, done),
      }),
      mak: new TenantRecords(this.sources, tenantId, place.connector),
      remote,
      fingerprint,
      now: () => this.now(tenantId),
    });
    const entities = connector.entities
      .filter(({ name }) => opened.entities.includes(name))
      .map((entity) => syncedEntity(entity, opened));
    return { place, opened, entities, engine };
  }

  private contextOf(
    { tenantId, connector: key }: SyncPlace,
    connector: Connector,
    { settings, secrets, budget }: OpenedConnector,
  ): Parameters<Connector['open']>[0] {
    const linked =
      (to: 'local' | 'remote') =>
      (entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
        this.database.within({ tenantId }, (tx) =>
          linkedIds(tx, { tenantId, connector: key }, entity, ids, to),
        );
    return {
      tenantId,
      settings,
      secrets,
      budget: budget ?? connector.budget,
      remoteIds: linked('remote'),
      localIds: linked('local'),
    };
  }

  private async now(tenantId: string): Promise<Instant> {
    const [clock] = await this.database.within({ tenantId }, (tx) =>
      tx.query<{ now: Instant }>('SELECT now()::timestamptz(3) AS now'),
    );
    return clock?.now ?? 0;
  }
}

/** Rules that a newer version does not know any more are left out: its defaults hold. */
function syncedEntity(entity: ConnectorEntity, { matrix }: OpenedConnector): SyncedEntity {
  const changed = fieldMatrix(entity.abilities, matrix[entity.name] ?? []);
  const rules = changed.ok ? changed : fieldMatrix(entity.abilities, []);
  return { ...entity, matrix: rules.ok ? rules.value : [] };
}
