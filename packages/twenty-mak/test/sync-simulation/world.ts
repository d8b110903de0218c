import type { Json, Values } from 'twenty-mak-domain';
import type { Random } from '../../src/simulator/random.ts';
import { RemoteFailure } from '../../src/connectors/sync/ports.ts';
import type { SyncedEntity } from '../../src/connectors/sync/ports.ts';

/** The process dies: what it did so far stands, what it was about to do never happens. */
export class Crash extends Error {}

/** Mistakes to plant; each breaks a promise that the simulation must notice. */
export const BUGS = {
  'writes over a person': 'the remote system ignores the version that was read',
  'overtakes a person': 'MaK ignores the version that was read',
  'forgets new reasons': 'work is finished although there were new reasons meanwhile',
  'polls without overlap': 'what is committed late is never polled',
  'makes twice': 'a record that was perhaps made already is not looked for',
  'links later': 'what MaK took over and what is agreed on are kept apart',
  'forgets what it sent':
    'a value that was sent without an answer is taken for the change of a person',
  'takes over what is not ours': "a record that carries another MaK's id becomes a deal",
  'forgets what people moved': 'a move of people is put right and nothing is recorded of it',
  'writes blindly after a crash': 'an attempt that never ended is taken for the first',
} as const;
/** Mistakes of a connector whose system tells what a write has left only when it is asked once more. */
export const CONNECTOR_BUGS = {
  'takes a person for the answer':
    'what somebody has written since a write is taken for what the write has left',
} as const;
export type Bug = keyof typeof BUGS | keyof typeof CONNECTOR_BUGS;

export const ENTITY: SyncedEntity = {
  name: 'deal',
  batch: 4,
  createsInMak: true,
  asStored: trimmed,
  matrix: [
    { field: 'name', direction: 'both', priority: 'newest', critical: false },
    { field: 'amount', direction: 'both', priority: 'mak', critical: true },
    { field: 'phone', direction: 'both', priority: 'remote', critical: false },
    { field: 'stage', direction: 'out', priority: 'mak', critical: false },
    { field: 'campaign', direction: 'in', priority: 'remote', critical: false },
    { field: 'status', direction: 'out', priority: 'mak', critical: false },
  ],
  moved: 'status',
};

/** An outer system as people see it, and what MaK shows it. */
export interface Profile {
  readonly key: string;
  readonly entity: SyncedEntity;
  /** Fields that people change, there and in MaK. */
  readonly people: Readonly<Record<'mak' | 'remote', readonly string[]>>;
  /** Values with which a record is made, beside those that every one has. */
  readonly fresh?: (edit: number, random: Random) => Values;
  /** It has no place for MaK's id. */
  readonly isUnmarked?: boolean;
  /** A value of a field that takes no text; undefined for one that does. */
  readonly typed?: (field: string, edit: number, random: Random) => Json | undefined;
  /** Statuses that people move records to; some that MaK shows, and some that it never does. */
  readonly statuses: (edit: number) => readonly string[];
  readonly isForeign: (status: string) => boolean;
  readonly statusOf: (stage: Json) => Json;
  /** The stage that follows from the fact which a move records; null when the move means nothing. */
  readonly stageAfter: (status: Json) => string | null;
}

/** What MaK shows of a record to a system: with the status there, where MaK computes one. */
export function shownTo({ entity, statusOf: statusIn }: Profile, values: Values): Values {
  return entity.moved === undefined
    ? values
    : { ...values, [entity.moved]: statusIn(values['stage'] ?? null) };
}

/** Statuses of the remote system: two stages share one, one shows nothing. */
export function statusOf(stage: Json): Json {
  return ['A', 'B', 'A', null][Number(String(stage).replaceAll(/\D/g, '')) % 4] ?? null;
}

/** The stage that follows from the fact which a move records; null when the move means nothing. */
export function stageAfter(status: Json): string | null {
  if (status === 'B') return 'won1';
  // This fact leads to a stage that is shown otherwise.
  return status === 'C' ? 'won2' : null;
}

/** The remote system cuts off blanks at both ends. */
export function trimmed(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      typeof value === 'string' ? value.trim() : value,
    ]),
  );
}

export const PEOPLE_MAY = {
  mak: ['name', 'amount', 'phone', 'stage'],
  remote: ['name', 'amount', 'phone', 'campaign', 'stage', 'status'],
} as const;

/** A system that does what the engine may hope of one: it compares versions, and answers with what it has written. */
export const MODEL: Profile = {
  key: 'remote',
  entity: ENTITY,
  people: PEOPLE_MAY,
  statuses: (edit) => ['A', 'B', 'C', `X${edit}`],
  isForeign: (status) => status.startsWith('X'),
  statusOf,
  stageAfter,
};

/** Chances of one story, each from 0 to 1. */
export interface Faults {
  readonly crash: number;
  readonly rateLimit: number;
  readonly unavailable: number;
  readonly lostAnswer: number;
  readonly lostWebhook: number;
  readonly repeatedWebhook: number;
  readonly meanwhile: number;
}

export function randomFaults(random: Random): Faults {
  const some = (most: number): number => (random.next() < 0.4 ? 0 : random.next() * most);
  return {
    crash: some(0.06),
    rateLimit: some(0.15),
    unavailable: some(0.15),
    lostAnswer: some(0.08),
    lostWebhook: random.next() < 0.3 ? 1 : some(0.6),
    repeatedWebhook: some(0.5),
    meanwhile: some(0.4),
  };
}

export const NO_FAULTS: Faults = {
  crash: 0,
  rateLimit: 0,
  unavailable: 0,
  lostAnswer: 0,
  lostWebhook: 0,
  repeatedWebhook: 0,
  meanwhile: 0,
};

/** Time, chance and what goes wrong. */
export class World {
  /** Milliseconds. */
  now = 1_800_000_000_000;
  /** By which the remote system's clock is off, in milliseconds. */
  skew = 0;
  faults: Faults;
  /** Nothing may be written now. */
  isDry = false;
  writtenDry = 0;
  counts = { calls: 0, crashes: 0, rateLimits: 0, outages: 0, lostAnswers: 0, meanwhile: 0 };
  /** What people do while the engine waits for an answer. */
  meanwhile: () => void = () => undefined;
  private inTransaction = false;

  readonly random: Random;
  readonly bugs: ReadonlySet<Bug>;

  constructor(random: Random, bugs: ReadonlySet<Bug>) {
    this.random = random;
    this.bugs = bugs;
    this.faults = randomFaults(random);
  }

  /** Runs effects of this process's own database as one. */
  async together<T>(effects: () => Promise<T>): Promise<T> {
    this.step();
    this.inTransaction = true;
    const result = await effects().finally(() => (this.inTransaction = false));
    this.mayCrash();
    return result;
  }

  /** Runs an effect of this process's own database: whole or not at all, and a crash may follow. */
  own<T>(effect: () => T): T {
    if (this.inTransaction) return effect();
    this.step();
    const result = effect();
    this.mayCrash();
    return result;
  }

  /** `own` of an effect that takes its time. */
  async owned<T>(effect: () => Promise<T>): Promise<T> {
    if (this.inTransaction) return effect();
    this.step();
    const result = await effect();
    this.mayCrash();
    return result;
  }

  /** Runs a call to the remote system, which may be refused, or succeed without anybody learning of it. */
  call<T>(effect: () => T): T {
    this.step();
    this.counts.calls += 1;
    const { random, faults, counts } = this;
    if (random.next() < faults.rateLimit) {
      counts.rateLimits += 1;
      throw new RemoteFailure('rate_limited', 'too many calls', random.int(1, 20) * 1_000);
    }
    if (random.next() < faults.unavailable) {
      counts.outages += 1;
      throw new RemoteFailure('unavailable', 'no answer');
    }
    const result = effect();
    if (random.next() < faults.lostAnswer) {
      counts.lostAnswers += 1;
      throw new RemoteFailure('unavailable', 'the answer was lost');
    }
    this.mayCrash();
    return result;
  }

  private step(): void {
    this.now += this.random.int(1, 300);
    this.mayCrash();
    if (this.random.next() >= this.faults.meanwhile) return;
    this.counts.meanwhile += 1;
    this.meanwhile();
  }

  private mayCrash(): void {
    if (this.random.next() >= this.faults.crash) return;
    this.counts.crashes += 1;
    throw new Crash('killed');
  }
}
