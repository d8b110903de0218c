import { DiscoveryService } from '@nestjs/core';
import type { Budget, FieldAbility, StageTable, Values } from 'twenty-mak-domain';
import type { z } from 'zod';
import type { Transaction } from '../../platform/database/index.ts';
import type { Budget as RateBudget } from '../../platform/rate-limit/index.ts';
import type { MessageLog } from './messages.repository.ts';
import type { Lane, RemoteRecords } from './ports.ts';

/** What a connector can do with one kind of records. */
export interface ConnectorEntity {
  readonly name: string;
  /** Directions and the default rule of each field. */
  readonly abilities: readonly FieldAbility[];
  /** Records that the system takes in one call. */
  readonly batch: number;
  /** Whether a record that only the other system has becomes one of MaK's. */
  readonly createsInMak: boolean;
  /** Records of the other system become MaK's only when one that is synced refers to them. */
  readonly whenNamed?: boolean;
  /** What somebody deleted there stays deleted. */
  readonly staysDeleted?: boolean;
  /** Kinds whose records are of the same list there: one of theirs never becomes one of these. */
  readonly apartFrom?: readonly string[];
  /** The system itself may find that what MaK makes is there already: then that is looked for by MaK's id, and both are compared. */
  readonly isMet?: boolean;
  /** Whether a record with these values that only MaK has is made there; left out: each is. */
  readonly isMadeThere?: (values: Values) => boolean;
  /**
   * Nobody but MaK changes such records there: the system is not asked for changes of them. What a program wrote all the same
   * is put right at night.
   */
  readonly unasked?: boolean;
  /** Fields whose values say who a person is. */
  readonly personal?: readonly string[];
  /** Fields of which MaK takes nothing away there before it has once said something: an empty value stays here until then. */
  readonly fillsOnly?: readonly string[];
  /** The kind of records that a field refers to; without that kind the field is not synced. */
  readonly references?: Readonly<Record<string, string>>;
  /** They go over with the record of another kind that a field names, and not where that one does not. */
  readonly partOf?: { readonly field: string; readonly entity: string };
  /** Kinds of records that have to be there before: what waits for as long of them comes first. */
  readonly after?: readonly string[];
  /** Values as the system gives them back once it has taken them: cut, trimmed, rounded. */
  readonly asStored: (values: Values) => Values;
  /**
   * The field with the system's own status, if there is one: it goes out only, MaK computes it from `pipeline` and `stage` by
   * the tenant's tables, and moves by people there become facts.
   */
  readonly moved?: string;
}

/** What the settings of a connector say of what goes over. */
export interface Reach {
  /** Kinds with `whenNamed` whose records go over also when no other names them. */
  readonly whole: readonly string[];
  /** By kind: fields that have no place of their own there, with that which the settings name; null: they stay here. */
  readonly places: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  /** What else decides which records go over, and what they become; left out: nothing does. */
  readonly rest?: unknown;
}

export type NamedRecords =
  | { readonly localIds: readonly string[] }
  | { readonly remoteIds: readonly string[] };

/** One tenant's side of a connector. */
export interface ConnectorContext {
  readonly tenantId: string;
  /** What these records are read and written for. */
  readonly lane: Lane;
  /** As it passed the connector's schema when it was saved. */
  readonly settings: unknown;
  readonly secrets: Readonly<Record<string, string>>;
  /** Calls that the tenant allows. */
  readonly budget: Budget;
  /** Tables of stages as they were saved last: who has just chosen a status may have made it a moment ago. */
  readonly stageTables: unknown;
  /** What linked records of a kind are called there. */
  remoteIds(entity: string, localIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What linked records of a kind are called here. */
  localIds(entity: string, remoteIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Brings records over that others refer to, before those are: by their ids here or there. Afterwards they are linked, or the
   * journal says why not.
   */
  bring(entity: string, named: NamedRecords): Promise<void>;
  /** Which of these ids are of records that MaK has. */
  ours(entity: string, localIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Whether records of a kind that only the other system has become MaK's now, and nothing is only tried. */
  takesOver(entity: string): boolean;
}

/** The same for what reads and writes no records. */
export type ConnectorAccess = Omit<
  ConnectorContext,
  'stageTables' | 'bring' | 'ours' | 'takesOver'
>;

/** A bucket that all processes share. */
export interface Pace {
  readonly bucket: string;
  readonly budget: RateBudget;
}

/** A status of the other system that tables of stages may name. */
export interface RemoteStatus {
  /** As records have it. */
  readonly status: string;
  /** As people know it there. */
  readonly title: string;
  /** What it belongs to there, as people know that; null when statuses belong to nothing. */
  readonly pipeline: string | null;
}

/** Something of the other system that a setting may name. */
export interface RemoteOption {
  /** Member of the settings. */
  readonly setting: string;
  /** As settings have it; numbers as text. */
  readonly value: string;
  /** As people know it there. */
  readonly title: string;
}

/** A system whose records are kept equal with MaK's. */
export interface Connector {
  readonly key: string;
  readonly title: string;
  /** In the order of the work: what others refer to comes first. */
  readonly entities: readonly ConnectorEntity[];
  /** What a tenant sets; admins see it, so it holds no secret. */
  readonly settings: z.ZodType;
  /** Names of settings that say whom secrets are given to: when one changes, those that are kept are not given to anybody. */
  readonly secretsAreFor: readonly string[];
  /** What is stored sealed and never shown. */
  readonly secrets: z.ZodType<Readonly<Record<string, string>>>;
  /** Calls that hold until a tenant allows fewer, and the most that it may allow. */
  readonly budget: Budget;
  /**
   * The system's records for one tenant. Rejects with a `RemoteFailure` of the kind `blocked` when settings or secrets cannot
   * work.
   */
  open(context: ConnectorContext): Promise<RemoteRecords>;
  /** The bucket of `platform/rate-limit` that its calls are taken from. */
  pace?(context: Pick<ConnectorAccess, 'tenantId' | 'settings' | 'budget'>): Pace;
  /**
   * Of kinds that are synced only with settings of their own, whatever kinds a tenant names: what a record becomes here with
   * that the other system alone has, beside its values there; null while the kind is off.
   */
  optional?(settings: unknown): Readonly<Record<string, Values | null>>;
  /** Tables like those of stages that settings hold, by what stands for the pipeline. */
  tables?(settings: unknown): Readonly<Record<string, StageTable>>;
  /** When it changes, all records are compared anew. */
  reach?(settings: unknown): Reach;
  /**
   * By kind and field: what a record that only the other system has is made with here when MaK does not take the value there. The
   * difference is told, and stays until one of the sides changes it.
   */
  standIns?(settings: unknown): Readonly<Record<string, Values>>;
  /** Forgets what it keeps of a tenant besides its settings, when an admin disconnects it. */
  forget?(tx: Transaction, tenantId: string): Promise<void>;
  /**
   * What the system told by webhooks, for people to see: `kept` by the engine (`SyncMessages`), or from a log of the connector's
   * own. Left out: none is kept for them.
   */
  readonly messages?: 'kept' | MessageLog;
  /** Statuses that tables of stages may name. Rejects with a `RemoteFailure`. */
  statuses?(context: ConnectorAccess): Promise<readonly RemoteStatus[]>;
  /** What settings may name. Rejects with a `RemoteFailure`. */
  options?(context: ConnectorAccess): Promise<readonly RemoteOption[]>;
  /** Of the settings, what it takes to be asked for options before they are saved; without it, only what is saved can be tried. */
  readonly tried?: z.ZodType;
}

/** Marks a provider as a connector; the key stands in rows and addresses and never changes. */
export const ProvidesConnector = DiscoveryService.createDecorator<{ readonly key: string }>();
