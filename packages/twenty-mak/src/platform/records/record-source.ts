import { DiscoveryService } from '@nestjs/core';
import type { RemoteMove, Values } from 'twenty-mak-domain';
import type { Transaction } from '../database/index.ts';

/** A record of MaK as others may know it. */
export interface MakRecord {
  readonly values: Values;
  readonly version: number;
}

/** What another system changed, or made. */
export interface MakChange {
  /** Null makes a record. */
  readonly localId: string | null;
  /** What the other system calls it; null when it does not have it. */
  readonly remoteId: string | null;
  readonly values: Values;
  /** The version that was read; a record that went on since is left alone. */
  readonly version: number | null;
  /** People of the other system have moved the record there. */
  readonly move?: MakMove;
}

export interface MakMove {
  /** The field of the other system's status; names it in a refusal. */
  readonly field: string;
  readonly to: Exclude<RemoteMove, { readonly kind: 'none' }>;
}

/** A side does not take a value. */
export interface WriteRefusal {
  readonly code: string;
  readonly reason: string;
  /** Null when the record as a whole is refused. */
  readonly field: string | null;
}

export type Written<Id, Version> =
  | {
      readonly kind: 'written';
      readonly id: Id;
      readonly values: Values;
      readonly version: Version;
    }
  /** Nothing was written, because the record went on. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'refused'; readonly refusal: WriteRefusal };

/** Records of one kind, for whoever keeps them equal with those of another system. */
export interface RecordSource {
  /** For one system, if it is named: some values are of each system its own. */
  read(
    tenantId: string,
    ids: readonly string[],
    system?: string,
  ): Promise<ReadonlyMap<string, MakRecord>>;
  /** Ids in their order, after one of them; `isWhole` also of records that none names. */
  list(
    tenantId: string,
    after: string | null,
    limit: number,
    isWhole?: boolean,
  ): Promise<readonly string[]>;
  /** Why records that others still know are not there, of those about which there is something to say. */
  gone?(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, WriteRefusal>>;
}

/** Records that another system may change. */
export interface WritableRecordSource extends RecordSource {
  /** Takes what `write` needs besides the tenant's turn. Call it before that turn is taken and before any row is locked. */
  takeTurns?(tx: Transaction, tenantId: string): Promise<void>;
  /**
   * Writes in the caller's transaction, as the system `author`, and answers in the order of the changes. The caller has called
   * `takeTurns` and holds the tenant's turn.
   */
  write(
    tenantId: string,
    author: string,
    changes: readonly MakChange[],
  ): Promise<readonly Written<string, number>[]>;
}

/** Marks a provider as the source of a kind of records. Every kind has one at most. */
export const ProvidesRecords = DiscoveryService.createDecorator<{ readonly entity: string }>();
