import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '../../platform/observability/index.ts';
import { criticalConflicts } from './critical-conflicts.ts';
import { CONNECTOR_STATES } from './connector-settings.ts';
import type { RemoteFailure, WorkDone } from './ports.ts';

/** How many records of a connector wait, over all tenants. */
export interface Waiting {
  readonly connector: string;
  readonly pending: number;
  readonly dead: number;
  /** Seconds that the longest waits for; 0 when none does. */
  readonly lag: number;
  /** Linked records with a difference that stays. */
  readonly divergent: number;
  /** Tenants, by the state of their connector. */
  readonly running: number;
  readonly paused: number;
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
  private readonly divergences;
  private readonly connectors;
  private readonly putRight;
  private readonly unread;

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
    this.divergences = metrics.gauge(
      'mak_sync_divergences',
      'Linked records with a difference that stays, because a side refused a value.',
      ['connector'],
    );
    this.connectors = metrics.gauge(
      'mak_sync_connectors',
      'Connectors of tenants: running, paused by people, or stopped because the other system turned us away.',
      ['connector', 'state'],
    );
    this.putRight = metrics.counter(
      'mak_sync_put_right_total',
      'Linked records that a comparison of everything found different: neither a message nor a poll had told of them.',
      ['connector'],
    );
    this.unread = metrics.gauge(
      'mak_sync_messages_lag_seconds',
      'Age of the oldest message of another system that was not read yet.',
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
      if (isPutRight(one)) this.putRight.inc({ connector });
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
    for (const figure of figures) {
      const { connector } = figure;
      this.pending.set({ connector }, figure.pending);
      this.dead.set({ connector }, figure.dead);
      this.lag.set({ connector }, figure.lag);
      this.divergences.set({ connector }, figure.divergent);
      for (const state of CONNECTOR_STATES)
        this.connectors.set({ connector, state }, figure[state]);
    }
  }

  /** Seconds for which messages of a connector have waited, over all tenants; none for one that has none. */
  messagesWait(connector: string, seconds: readonly number[]): void {
    this.unread.set({ connector }, Math.max(0, ...seconds));
  }
}

/** Only what was linked before can have come apart; what a comparison makes is new. */
function isPutRight({ work, wrote }: WorkDone): boolean {
  return (
    work.pending.urgency === 'backfill' &&
    work.localId !== null &&
    work.remoteId !== null &&
    Object.keys({ ...wrote.mak, ...wrote.remote }).length > 0
  );
}
