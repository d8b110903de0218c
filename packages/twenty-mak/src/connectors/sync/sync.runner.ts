import { Inject, Injectable, Logger } from '@nestjs/common';
import { fieldMatrix } from 'twenty-mak-domain';
import type { FieldRule, Instant, Values } from 'twenty-mak-domain';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { RecordSources } from '../../platform/records/index.ts';
import { bringOver } from './bring.ts';
import { chooserOf, wholeOf } from './chosen.ts';
import { connectorContext } from './connector-context.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import { ConnectorSettings } from './connector-settings.ts';
import type { OpenedConnector, PollProgress, PollTurn } from './connector-settings.ts';
import type { ConnectorContext, ConnectorEntity } from './connector.ts';
import { findConnector } from './connectors.repository.ts';
import { SyncEngine } from './engine.ts';
import { secretFingerprint } from './fingerprint.ts';
import { linkedAs } from './linked-as.ts';
import { withoutAddresses } from './notices.ts';
import { listened, Outages } from './outages.ts';
import { replacedFields } from './places.ts';
import { RemoteFailure } from './ports.ts';
import type { Lane, SyncedEntity } from './ports.ts';
import { continueResync } from './resync.ts';
import { PostgresStore } from './store.ts';
import type { SyncPlace } from './sync.doorbell.ts';
import { SyncMetrics } from './sync.metrics.ts';
import { TenantRecords } from './tenant-records.ts';

/** Pages of changes of a kind that are read before what waits has its turn again. */
const PAGES = 5;

/** One tenant's connector, ready to work. */
interface Session {
  readonly place: SyncPlace;
  readonly lane: Lane;
  readonly opened: OpenedConnector;
  readonly entities: readonly SyncedEntity[];
  readonly engine: SyncEngine;
  readonly store: PostgresStore;
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
    let version = 0;
    try {
      let session: Session | null = null;
      for (let busy = true; busy && !signal.aborted;) {
        const opened = await this.settings.find(tenantId, connector);
        if (opened?.state !== 'running') return;
        ({ version } = opened);
        // People may change settings while we work.
        if (session?.opened.version !== opened.version)
          session = await this.open(place, lane, opened);
        if (session === null) return;
        busy = await this.round({ ...session, opened }, signal);
      }
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      this.metrics.failed(connector, error);
      if (error.kind === 'unavailable') this.outages.failed(place);
      if (error.kind !== 'blocked') return;
      this.logger.error(
        `${connector} of tenant ${tenantId} was stopped: ${withoutAddresses(error.message)}`,
      );
      await this.settings.stop(place, version, error.message, error.code);
    }
  }

  /** What waits for the end of an outage goes on at once. */
  private async answered(place: SyncPlace, store: PostgresStore): Promise<void> {
    const wasAway = this.outages.isAway(place);
    this.outages.answered(place);
    if (wasAway) await store.wake();
  }

  /** One turn of a lane: a batch of each kind; of the rest also a page of a resync, and some of a poll when it is time. Gives whether there is more. */
  private async round(session: Session, signal: AbortSignal): Promise<boolean> {
    const { place, lane, opened, entities, engine } = session;
    let busy = lane === 'rest' && (await this.look(session, signal));
    for (const entity of entities) {
      // Whether they are there again is for the next poll to find.
      if (entity.name in opened.absent) continue;
      const wasAway = this.outages.isAway(place);
      const worked = await this.unlessAbsent(place, entity, () =>
        engine.pass(entity, lane, wasAway),
      );
      if (worked !== null && worked > 0) busy = true;
      // What waited for the end of an outage comes first, in its order: of this kind too.
      if (wasAway && !this.outages.isAway(place)) return true;
    }
    return busy;
  }

  private async look(session: Session, signal: AbortSignal): Promise<boolean> {
    const { place, opened } = session;
    const { resync } = opened;
    let busy = false;
    if (resync !== null && !resync.listed)
      busy = await continueResync(this.database, this.sources, place, opened, resync);
    const turn = await this.settings.claimPoll(place);
    if (turn === null) return busy;
    return (await this.ask(session, turn, signal)) || busy;
  }

  /**
   * Asks the other system what changed, one kind after the other. Of a kind with many pages some are read, and what waits has
   * its turn before the next ones: so whoever pauses the connector or ends the process does not wait for all of them. Gives
   * whether there is more to ask for.
   */
  private async ask(
    { place, opened, entities, engine, store }: Session,
    turn: PollTurn,
    signal: AbortSignal,
  ): Promise<boolean> {
    const kinds = entities.filter(({ unasked }) => unasked !== true);
    const first = Math.max(
      0,
      kinds.findIndex(({ name }) => name === turn.from),
    );
    const urgency = turn.isFindingAll ? 'backfill' : 'system';
    // Where a call fails, the next time begins with the first kind: one that is refused must not keep the others from being asked for.
    let progress: PollProgress = { next: null, isOver: false, found: 0 };
    let isBack = false;
    try {
      for (const entity of kinds.slice(first)) {
        let more = true;
        for (let read = 0; more && read < PAGES && !signal.aborted; read += 1) {
          const page = await this.unlessAbsent(place, entity, () =>
            engine.poll(entity, 1, urgency),
          );
          more = page?.more === true;
          progress = { ...progress, found: progress.found + (page?.found ?? 0) };
          if (page === null || read > 0 || !(entity.name in opened.absent)) continue;
          await this.settings.keepAbsence(place.tenantId, place.connector, entity.name, null);
          await store.wake(entity.name);
          isBack = true;
        }
        if (more) {
          progress = { ...progress, next: entity.name };
          return true;
        }
        // What waited until all of the kind was listed.
        if (turn.isFindingAll && !signal.aborted) await store.wake(entity.name);
      }
      progress = { ...progress, isOver: true };
      return isBack;
    } finally {
      await this.settings.keepPoll(place, turn, progress);
    }
  }

  /**
   * Null while the other system has no records of the kind: admins see why, the records wait, and all other kinds go on. Of a
   * kind that is not asked for no poll finds that they are there again: its records try when their time comes.
   */
  private async unlessAbsent<T>(
    { tenantId, connector }: SyncPlace,
    { name, unasked }: SyncedEntity,
    work: () => Promise<T>,
  ): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RemoteFailure) || error.kind !== 'absent') throw error;
      if (unasked !== true)
        await this.settings.keepAbsence(tenantId, connector, name, error.message);
      return null;
    }
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
    const places = connector.reach?.(opened.settings).places ?? {};
    const replaced = async (tx: Transaction, name: string): Promise<readonly string[]> => {
      if (places[name] === undefined) return [];
      const now = await findConnector(tx, place);
      return replacedFields(places, connector.reach?.(now?.settings).places)[name] ?? [];
    };
    const standIns = connector.standIns?.(opened.settings) ?? {};
    const entities = connector.entities
      .filter(({ name }) => opened.entities.includes(name))
      .map((entity) => ({
        ...syncedEntity(entity, opened, optional[entity.name] ?? {}, places[entity.name] ?? {}),
        standIns: standIns[entity.name] ?? {},
      }));
    const bring: ConnectorContext['bring'] = async (name, named) => {
      const entity = entities.find((one) => one.name === name);
      if (entity !== undefined)
        await bringOver({ database: this.database, place, lane, engine }, entity, named);
    };
    const statuses = {
      fields: new Map(
        connector.entities.flatMap(({ name, moved }) =>
          moved === undefined ? [] : [[name, moved] as const],
        ),
      ),
      tables: { ...opened.stage_tables, ...connector.tables?.(opened.settings) },
    };
    const others = new Map(connector.entities.map((entity) => [entity.name, entity.apartFrom]));
    const mak = new TenantRecords(
      this.sources,
      tenantId,
      place.connector,
      statuses,
      async (name, remoteIds) => linkedAs(this.database, place, others.get(name) ?? [], remoteIds),
    );
    const remote = await connector.open({
      ...connectorContext(this.database, tenantId, lane, connector, opened),
      stageTables: opened.stage_tables,
      bring,
      ours: async (name, ids) => new Set((await mak.read(name, ids)).keys()),
      takesOver: (name) =>
        entities.some((one) => one.name === name && one.createsInMak && one.isDry !== true),
    });
    const store = new PostgresStore(this.database, place, {
      turns: (tx, entity) => this.sources.takeTurns(tx, tenantId, entity),
      replaced,
      finished: (done) => this.metrics.finished(place.connector, done),
    });
    const engine: SyncEngine = new SyncEngine({
      store,
      mak,
      remote: listened(remote, () => this.answered(place, store)),
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

/**
 * Rules that a newer version does not know any more are left out: its defaults hold. So are fields that refer to records which
 * are not synced, and those that the settings name no place for.
 */
function syncedEntity(
  entity: ConnectorEntity,
  { matrix, entities, chosen, dry_run: isDry }: OpenedConnector,
  becomesWith: Values,
  places: Readonly<Record<string, string | null>>,
): SyncedEntity {
  const changed = fieldMatrix(entity.abilities, matrix[entity.name] ?? []);
  const rules = changed.ok ? changed : fieldMatrix(entity.abilities, []);
  const { references = {} } = entity;
  const isSynced = ({ field }: FieldRule): boolean => {
    const kind = references[field];
    if (places[field] === null) return false;
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
