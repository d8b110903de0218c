import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '../../platform/observability/index.ts';
import { criticalConflicts } from './critical-conflicts.ts';
import type { RemoteFailure, WorkDone } from './ports.ts';

/** How many records of a connector wait, over all tenants. */
export interface Waiting {
  readonly connector: string;
  readonly pending: number;
  readonly dead: number;
  /** Seconds that the longest waits for; 0 when none does. */
  readonly lag: number;
  /** Tenants whose connector was stopped. */
  readonly stopped: number;
}

/** What the sync tells those who operate it. */
@Injectable()
export class SyncMetrics {
  private readonly records;
  private readonly writes;
  private readonly conflicts;
  private readonly criticalConflicts;
  private readonly failures;
  private readonly messages;
  private readonly pending;
  private readonly dead;
  private readonly lag;
  private readonly stopped;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.records = metrics.counter('mak_sync_records_total', 'Records that were worked on.', [
      'connector',
      'outcome',
    ]);
    this.writes = metrics.counter('mak_sync_writes_total', 'Records that were written.', [
      'connector',
      'side',
    ]);
    this.conflicts = metrics.counter(
      'mak_sync_conflicts_total',
      'Fields that both sides had changed.',
      ['connector'],
    );
    this.criticalConflicts = metrics.counter(
      'mak_sync_critical_conflicts_total',
      'Of these, fields of which admins want to know.',
      ['connector'],
    );
    this.failures = metrics.counter(
      'mak_sync_failures_total',
      'Calls to another system that did not succeed.',
      ['connector', 'kind'],
    );
    this.messages = metrics.counter(
      'mak_sync_messages_total',
      'Parts of messages that were read: records to look at, and what the connector does not read.',
      ['connector', 'outcome'],
    );
    this.pending = metrics.gauge('mak_sync_pending', 'Records that wait.', ['connector']);
    this.dead = metrics.gauge('mak_sync_dead_letters', 'Records that are not tried again.', [
      'connector',
    ]);
    this.lag = metrics.gauge('mak_sync_lag_seconds', 'Age of the record that waits longest.', [
      'connector',
    ]);
    this.stopped = metrics.gauge(
      'mak_sync_stopped',
      'Connectors that another system has turned away.',
      ['connector'],
    );
  }

  finished(connector: string, done: readonly WorkDone[]): void {
    for (const one of done) {
      const { outcome, refusal, wrote, conflicts } = one;
      if (outcome === 'parked' || outcome === 'later') continue;
      this.criticalConflicts.inc({ connector }, criticalConflicts(one).length);
      const told = refusal === null || outcome === 'dead' ? outcome : 'refused';
      this.records.inc({ connector, outcome: told });
      this.conflicts.inc({ connector }, conflicts.length);
      for (const side of ['mak', 'remote'] as const)
        if (Object.keys(wrote[side]).length > 0) this.writes.inc({ connector, side });
    }
  }

  failed(connector: string, { kind }: Pick<RemoteFailure, 'kind'>): void {
    this.failures.inc({ connector, kind });
  }

  read(connector: string, records: number, unread: number): void {
    this.messages.inc({ connector, outcome: 'record' }, records);
    this.messages.inc({ connector, outcome: 'not_read' }, unread);
  }

  waiting(figures: readonly Waiting[]): void {
    for (const { connector, pending, dead, lag, stopped } of figures) {
      this.pending.set({ connector }, pending);
      this.dead.set({ connector }, dead);
      this.lag.set({ connector }, lag);
      this.stopped.set({ connector }, stopped);
    }
  }
}
