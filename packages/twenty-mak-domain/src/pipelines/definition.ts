import type { Calendar, Target } from '../sla/index.ts';

/** A pipeline as an admin writes it: one version of gates, event mapping, stages, rules and timers. */
export interface PipelineDefinition {
  /** Lower snake or kebab case, unique in a tenant. */
  readonly key: string;
  readonly title: string;
  /** Order matters for the warning about missing gates. */
  readonly gates: readonly GateDefinition[];
  /** Known stages of each domain system, e.g. `docflow: [contract_in_sign, signed]`. A system that is not listed may take any stage. */
  readonly domains?: Readonly<Record<string, readonly string[]>>;
  readonly events: readonly EventMapping[];
  /** Event types that the pipeline expects although they change no fact, e.g. `kpi.reported`. */
  readonly knownTypes?: readonly string[];
  /** Rank is the position; the first is the initial stage. */
  readonly stages: readonly StageDefinition[];
  /** Stages that only an ending event reaches; they have no rank. */
  readonly endings?: readonly EndingDefinition[];
  /** The first rule that holds gives the stage; when none holds, the initial stage. */
  readonly rules: readonly RuleDefinition[];
  readonly timers?: readonly TimerDefinition[];
  readonly calendars?: Readonly<Record<string, Calendar>>;
  /** Regressions that an admin has accepted one by one. */
  readonly confirmedRegressions?: readonly ConfirmedRegression[];
}

export interface GateDefinition {
  readonly key: string;
  readonly title: string;
  /** Short label for boards, e.g. `G4`. */
  readonly code?: string;
  /** Canonical event that tells the world when this gate opens. */
  readonly announces?: 'offer.approved' | 'billing.ready';
}

/** What one event type does. All effects apply at once. */
export interface EventMapping {
  readonly type: string;
  /** Other spellings of the same type. */
  readonly aliases?: readonly string[];
  /** The event is meant only if each of these fields of its data has this value. */
  readonly where?: Readonly<Record<string, string>>;
  readonly creates?: boolean;
  readonly sets?: readonly string[];
  readonly clears?: readonly string[];
  readonly domain?: { readonly system: string; readonly stage: string };
  /** Key of an ending. */
  readonly ends?: string;
  readonly reopens?: boolean;
}

export interface StageDefinition {
  readonly key: string;
  readonly title: string;
  /** `won` sets the outcome but does not end the deal. */
  readonly kind?: 'open' | 'won';
  readonly businessStage?: string;
  /** Finer business stages within this stage; the first whose condition holds replaces `businessStage`. */
  readonly businessStageWhen?: readonly BusinessStageCase[];
  /** One of twenty's theme colours, e.g. `blue`. */
  readonly color?: string;
  /** Role that answers for a deal in this stage; breaches escalate to it first. */
  readonly responsible?: string;
  /** All roles that work on a deal in this stage, the responsible one among them. */
  readonly roles?: readonly string[];
  /** Domain systems in which the work of this stage is done. */
  readonly systems?: readonly string[];
}

export interface BusinessStageCase {
  /** CEL as in rules. */
  readonly when: string;
  readonly businessStage: string;
  /** Replaces the stage's role. */
  readonly responsible?: string;
}

export interface EndingDefinition {
  readonly key: string;
  readonly title: string;
  readonly outcome: 'won' | 'lost';
  readonly color?: string;
}

export interface RuleDefinition {
  readonly stage: string;
  /** CEL over `gates.<key>` and `domains.<system>`. */
  readonly when: string;
}

export interface TimerDefinition {
  readonly key: string;
  readonly title?: string;
  /** CEL as in rules; also `created`, which holds once the deal was created. */
  readonly start: string;
  readonly stop: string;
  readonly target: Target;
  /** Key of a calendar; without one the target is elapsed time. */
  readonly calendar?: string;
  /** Domain systems that are accountable, the first to hear of a breach. */
  readonly accountable?: readonly string[];
}

/** Setting `gate` in a state of this `from` stage may lower the stage to `to`. */
export interface ConfirmedRegression {
  readonly gate: string;
  readonly from: string;
  readonly to: string;
}
