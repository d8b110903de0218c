import type { Instant } from '../basics/index.ts';
import type { EventKey, JsonObject } from './event.ts';

export type Outcome = 'won' | 'lost';

/** What people own of a deal; the last writer in fold order wins, field by field. */
export interface DealFields {
  readonly name: string | null;
  readonly clientId: string | null;
  /** Minor units of `currency`. */
  readonly amount: number | null;
  /** ISO 4217. */
  readonly currency: string | null;
  readonly ownerId: string | null;
  /** Account by role. */
  readonly responsible: Readonly<Record<string, string>>;
  readonly attributes: JsonObject;
  readonly archivedAt: Instant | null;
}

/** One run of a timer, identified within its deal by timer and opening event. */
export interface SlaRun {
  readonly timer: string;
  readonly openedBy: EventKey;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly closedAt: Instant | null;
  /** `met` if the stop predicate closed it, `cancelled` otherwise; null while it is open. */
  readonly closedAs: 'met' | 'cancelled' | null;
}

/** All that a fold needs to go on from where it stopped. */
export interface DealState {
  /** The last event that the pipeline listens to; a later arrival before it means folding again. */
  readonly cursor: EventKey | null;
  readonly createdAt: Instant | null;
  readonly gates: Readonly<Record<string, boolean>>;
  readonly domains: Readonly<Record<string, string>>;
  readonly stage: string;
  readonly stageStartedAt: Instant | null;
  readonly outcome: Outcome | null;
  readonly closedAt: Instant | null;
  /** An ending event happened and the deal was not reopened since. */
  readonly ended: boolean;
  readonly fields: DealFields;
  readonly openRuns: readonly SlaRun[];
  /** How many records of each kind the fold has written so far. */
  readonly transitionCount: number;
  readonly gateChangeCount: number;
}

/** A change of the stage, in fold order. `seq` counts from 1. */
export interface Transition {
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  readonly by: EventKey;
  readonly reason: 'facts' | 'ended' | 'reopened';
}

/** A change of a gate, in fold order. `seq` counts from 1. */
export interface GateChange {
  readonly seq: number;
  readonly gate: string;
  readonly status: boolean;
  readonly by: EventKey;
}

export type Effect = 'applied' | 'stored';

export interface Folded {
  readonly state: DealState;
  readonly transitions: readonly Transition[];
  readonly gateChanges: readonly GateChange[];
  /** Runs that this fold opened or closed, each as it is now. */
  readonly runs: readonly SlaRun[];
  /** Effect of each event that was given, in fold order. */
  readonly effects: readonly Effect[];
}

/** Identity of a run within its deal, as text. */
export function runKey(run: Pick<SlaRun, 'timer' | 'openedBy'>): string {
  return `${run.timer}\n${run.openedBy.source}\n${run.openedBy.eventId}`;
}
