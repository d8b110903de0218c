import type {
  Agreement,
  Conflict,
  FieldMatrix,
  Instant,
  Pending,
  Sent,
  Side,
  Urgency,
  Values,
} from 'twenty-mak-domain';
import type { MakChange, MakRecord, WriteRefusal, Written } from '../../platform/records/index.ts';

export type { MakChange, MakRecord, Written } from '../../platform/records/index.ts';

/**
 * What is worked on at the same time: what people wait for, and all the rest. Neither waits for the other's calls, and the
 * rest leaves some of the budget to people.
 */
export const LANES = { people: ['person'], rest: ['system', 'backfill'] } as const satisfies Record<
  string,
  readonly Urgency[]
>;
export type Lane = keyof typeof LANES;

/** How urgent is what was found by asking: a change, or all that there is. */
export type FoundUrgency = Exclude<Urgency, 'person'>;

/** What a record is a part of: a record of another kind, which a field names. */
export interface Whole {
  readonly field: string;
  readonly entity: string;
  readonly chooses: (localId: string, values: Values) => boolean;
}

/** One kind of record that is kept equal, e.g. deals and the MasterDeal records of twenty. */
export interface SyncedEntity {
  readonly name: string;
  readonly matrix: FieldMatrix;
  /** Records that the remote system takes in one call. */
  readonly batch: number;
  /** Whether a record that only the remote system has becomes one of MaK's. */
  readonly createsInMak: boolean;
  /** What such a record becomes with, beside its values there. */
  readonly becomesWith?: Values;
  /** By field: what such a record is made with when MaK does not take the value there, which stays there as it is. */
  readonly standIns?: Values;
  /** Records of the remote system become MaK's only when one that is synced refers to them; the rest of its address book stays there. */
  readonly whenNamed?: boolean;
  /** What somebody deleted there stays deleted: it is listed, and not made again. */
  readonly staysDeleted?: boolean;
  /** What MaK makes may turn out to be there already. */
  readonly isMet?: boolean;
  /** Whether a record with these values that only MaK has is made there. */
  readonly isMadeThere?: (values: Values) => boolean;
  /** The remote system is not asked for changes of such records. */
  readonly unasked?: boolean;
  /** Fields whose values say who a person is: the journal hides them. */
  readonly personal?: readonly string[];
  /** Fields of which MaK takes nothing away there before it has once said something. */
  readonly fillsOnly?: readonly string[];
  /** Kinds of records that have to be there before: what waits for as long of them comes first. */
  readonly after?: readonly string[];
  /** Values as the remote system gives them back once it has taken them: cut, trimmed, rounded. */
  readonly asStored: (values: Values) => Values;
  /** A field that only goes out, whose moves by people there MaK hears of all the same. */
  readonly moved?: string;
  /** Of which records alone anything goes out or comes in; left out: of all. */
  readonly chooses?: (localId: string, values: Values) => boolean;
  /** The records of another kind with which these go over, and which of them do; left out: all. */
  readonly partOf?: Whole;
  /** Nothing is written on either side; it is only told what would be. */
  readonly isDry?: boolean;
}

/** A record that waits, with all that is known of it before anything is read. At least one id is there. */
export interface Work {
  /** Names this attempt; who has lost the record to another process keeps nothing of what was done. */
  readonly lease: string;
  /** Names the record among all that wait, also while one side does not have it. */
  readonly key: string;
  readonly localId: string | null;
  readonly remoteId: string | null;
  readonly agreed: Agreement;
  /** What an attempt that never ended may have written there. */
  readonly sent: Sent;
  /** Counts this attempt already, so that one which never ended is known to have begun. */
  readonly pending: Pending;
}

export interface WorkDone {
  readonly work: Work;
  readonly localId: string | null;
  readonly remoteId: string | null;
  /** The last version of which everything is known; null when that did not change. */
  readonly remoteVersion: string | null;
  readonly agreed: Agreement;
  readonly conflicts: readonly Conflict[];
  /** What each side has taken over. */
  readonly wrote: Readonly<Record<Side, Values>>;
  /**
   * `again`: there is more to do, e.g. somebody changed the record meanwhile; both sides have to be read. `dead`: the record
   * cannot be made on the other side. `parked`: nothing was written, `wrote` says what would be; it waits until it changes or
   * may be written. `later`: it was not looked at, because it waits under another name too; what an attempt that never ended may
   * have written stays known.
   */
  readonly outcome: 'synced' | 'again' | 'dead' | 'parked' | 'later';
  /** Milliseconds until what is done `later` is looked at; left out: at once. */
  readonly pause?: number;
  /** A side does not take a value; the difference stays until one of them changes it. */
  readonly refusal: WriteRefusal | null;
}

/** What one record is about to get in the remote system. */
export interface Intent {
  readonly done: WorkDone;
  readonly sent: Sent;
}

/** Links, waiting records and the journal. Every method is one transaction, or part of that of `together`. */
export interface SyncStore {
  /**
   * The most urgent records of a lane that are due, each once, for this process alone until they are finished or given up; none
   * that is due later than one of the kinds in `after`. A remote record that was linked since it began to wait is taken as what
   * it is linked with.
   */
  take(
    entity: string,
    limit: number,
    lane: Lane,
    after?: readonly string[],
  ): Promise<readonly Work[]>;
  /** Runs in one transaction what changes MaK's records of a kind and what links them: never one without the other. */
  together<T>(entity: string, run: () => Promise<T>): Promise<T>;
  /** MaK's ids of records that a person has decided about since they were taken; they have to be taken again. For use in `together`. */
  decided(entity: string, works: readonly Work[]): Promise<ReadonlySet<string>>;
  /** Keeps what is agreed on so far, and forgets what was sent before; the records go on waiting. Rejects when another process has taken one over. */
  link(entity: string, done: readonly WorkDone[]): Promise<void>;
  /** Keeps what is agreed on so far and what is about to be written to the remote system, until the record is finished. Rejects as `link` does. */
  sending(entity: string, intents: readonly Intent[]): Promise<void>;
  /** Keeps what was done; a record stays among the waiting when there were new reasons since it was taken. */
  finish(entity: string, done: readonly WorkDone[]): Promise<void>;
  /** Gives records back that could not be worked on, for as long as the failure says. */
  giveBack(entity: string, works: readonly Work[], failure: RemoteFailure): Promise<void>;
  /**
   * Marks remote records that may have changed; gives how many did not wait before. Records that are linked in that version
   * already are left out.
   */
  heardOf(entity: string, seen: readonly SeenRecord[], urgency: FoundUrgency): Promise<number>;
  cursor(entity: string): Promise<string | null>;
  /** Unless somebody has moved it since it was `from`, or begun anew. */
  moveCursor(entity: string, cursor: string, from: string | null): Promise<void>;
}

export interface SeenRecord {
  readonly remoteId: string;
  /** MaK's id that the remote record carries; null when it carries none. */
  readonly localId: string | null;
  readonly version: string;
}

/** MaK's own records of a kind. */
export interface MakRecords {
  read(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>>;
  /** Why records are not there, of those about which there is something to say. */
  gone?(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, WriteRefusal>>;
  /** Answers in the order of the changes. */
  write(entity: string, changes: readonly MakChange[]): Promise<readonly Written<string, number>[]>;
}

export interface RemoteRecord {
  readonly remoteId: string;
  /** MaK's id that the record carries; null when it carries none. */
  readonly localId: string | null;
  readonly values: Values;
  /** Opaque; differs after every change. */
  readonly version: string;
}

export interface RemoteChange {
  /** Null makes a record which carries `localId`. */
  readonly remoteId: string | null;
  readonly localId: string;
  readonly values: Values;
  /** The version that was read; a record that went on since is left alone. Null writes in any case. */
  readonly version: string | null;
}

/**
 * What became of a change there. `left`: where another call has to read what a record is now, what the write itself has left, as
 * far as that is known: what stands there instead was written by somebody since. `spared`: why a value of one that was made all
 * the same was not taken.
 */
export type WrittenThere =
  | Exclude<Written<string, string>, { kind: 'written' }>
  | (Extract<Written<string, string>, { kind: 'written' }> & {
      readonly left?: Values;
      readonly spared?: WriteRefusal | null;
    });

export interface RemotePage {
  readonly seen: readonly SeenRecord[];
  /** From where to go on; the next poll begins a little before it. */
  readonly cursor: string;
  readonly more: boolean;
}

/** Records of a kind in the remote system. Rejects with a `RemoteFailure` when a call as a whole does not succeed. */
export interface RemoteRecords {
  read(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>>;
  /** By MaK's id, which each of our records carries there. */
  find(entity: string, localIds: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>>;
  /** Answers in the order of the changes. */
  write(entity: string, changes: readonly RemoteChange[]): Promise<readonly WrittenThere[]>;
  /**
   * Of a change that takes several calls: values that the record may have when only some of them were made. `before` is the record
   * as it was read; null makes one.
   */
  between?(entity: string, change: RemoteChange, before: RemoteRecord | null): readonly Values[];
  /** What changed after a cursor, and a little before it; null begins at the beginning. */
  changedSince(entity: string, cursor: string | null): Promise<RemotePage>;
  /**
   * Which of MaK's records that are not linked may be there all the same, because not all that is there has been listed yet; left
   * out: `find` and `write` find that out. They are not made meanwhile.
   */
  unmet?(entity: string, localIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Which of these records, that `read` did not give, are there all the same but kept from us; left out: none, they are gone. */
  withheld?(entity: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Of kinds whose records stay deleted. */
export const DELETED_THERE: WriteRefusal = {
  code: 'deleted_there',
  reason:
    'Somebody deleted the record in the other system. Restore it there, or remove it in MaK too.',
  field: null,
};

/** Of records that are there. */
export const WITHHELD_THERE: WriteRefusal = {
  code: 'withheld_there',
  reason:
    'The other system does not let MaK see the record. Give whose access it is the right to it there; it is looked at again with its next change, and at night.',
  field: null,
};

/** Why a connector was stopped, where an admin has more to do than to mend the access and resume. */
export const STOP_CODES = ['other_account'] as const;
export type StopCode = (typeof STOP_CODES)[number];

/** Why a call to the remote system did not succeed. */
export class RemoteFailure extends Error {
  /** `absent`: the system has no records of this kind for now, or not those that are wanted; all other kinds go on. */
  readonly kind: 'rate_limited' | 'unavailable' | 'blocked' | 'absent';
  /** Milliseconds that the system asked to wait; null when it said nothing. */
  readonly wait: number | null;
  /** Of one that stops the connector. */
  readonly code: StopCode | null;

  constructor(
    kind: RemoteFailure['kind'],
    message: string,
    wait: number | null = null,
    code: StopCode | null = null,
  ) {
    super(message);
    this.kind = kind;
    this.wait = wait;
    this.code = code;
  }
}

export interface SyncPorts {
  readonly store: SyncStore;
  readonly mak: MakRecords;
  readonly remote: RemoteRecords;
  readonly fingerprint: (value: Values[string]) => string;
  readonly now: () => Promise<Instant>;
}
