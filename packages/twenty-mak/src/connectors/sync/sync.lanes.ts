import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import { SyncDoorbell } from './sync.doorbell.ts';
import type { SyncPlace } from './sync.doorbell.ts';
import { sync, syncPeople } from './sync.jobs.ts';
import { SyncMetrics } from './sync.metrics.ts';
import { SyncRunner } from './sync.runner.ts';
import { FIND_CONNECTORS, FIND_PEOPLE, FIND_WAITING } from './sync.scan.ts';
import type { FoundConnector, FoundWaiting } from './sync.scan.ts';

/** How often the figures of what waits are counted, in milliseconds. */
const FIGURES_EVERY = 10_000;

/** What people wait for. */
@Injectable()
@HandlesJob(syncPeople)
export class PeopleLane implements JobHandler<SyncPlace> {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
    @Inject(SyncRunner) private readonly runner: SyncRunner,
  ) {}

  find(): Promise<readonly SyncPlace[]> {
    return this.database.scan<SyncPlace>(FIND_PEOPLE, [this.registry.keys]);
  }

  handle(place: SyncPlace, signal: AbortSignal): Promise<void> {
    return this.runner.work(place, 'people', signal);
  }
}

/** What systems and resyncs make wait, and what is found by asking the other system. */
@Injectable()
@HandlesJob(sync)
export class RestLane implements JobHandler<SyncPlace> {
  private nextFigures = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
    @Inject(SyncDoorbell) private readonly doorbell: SyncDoorbell,
    @Inject(SyncMetrics) private readonly metrics: SyncMetrics,
    @Inject(SyncRunner) private readonly runner: SyncRunner,
  ) {}

  async find(): Promise<readonly SyncPlace[]> {
    const found = await this.database.scan<FoundConnector>(FIND_CONNECTORS, [this.registry.keys]);
    this.doorbell.know(found);
    await this.tellFigures();
    return found
      .filter(({ due }) => due)
      .map(({ tenantId, connector }) => ({ tenantId, connector }));
  }

  handle(place: SyncPlace, signal: AbortSignal): Promise<void> {
    return this.runner.work(place, 'rest', signal);
  }

  /** Counting takes longer than looking, and nobody reads the figures every second. */
  private async tellFigures(): Promise<void> {
    if (performance.now() < this.nextFigures) return;
    this.nextFigures = performance.now() + FIGURES_EVERY;
    this.metrics.waiting(
      await this.database.scan<FoundWaiting>(FIND_WAITING, [this.registry.keys]),
    );
  }
}
