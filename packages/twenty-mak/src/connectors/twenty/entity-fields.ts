import type { Values } from 'twenty-mak-domain';
import { INTO, NEWEST, OUT, REMOTE_WINS } from '../sync/index.ts';
import type { Ability } from '../sync/index.ts';
import type { FieldKind, TwentyRow } from './field-kinds.ts';

/** Records that twenty takes in one call, and gives in one page. */
export const BATCH = 200;

/** One field of MaK and the field of twenty that shows it. */
export interface TwentyField {
  readonly field: string;
  readonly name: string;
  readonly kind: FieldKind;
  readonly ability: Ability;
}

/** An entity of MaK and the object of our app that shows it. */
export interface TwentyEntity {
  readonly name: string;
  /** Names of the object in twenty's API. */
  readonly singular: string;
  readonly plural: string;
  readonly fields: readonly TwentyField[];
  readonly createsInMak: boolean;
  /** Records of twenty become MaK's only when one that is synced refers to them. */
  readonly whenNamed?: true;
  /** Nobody but MaK changes them: twenty is neither asked for changes nor does it tell of them. */
  readonly unasked?: true;
  /** What people delete there stays deleted. */
  readonly staysDeleted?: true;
  /** The field that people of twenty move and that MaK computes, see `ConnectorEntity.moved`. */
  readonly moved?: string;
  /** Fields whose values say who a person is. */
  readonly personal?: readonly string[];
  /** How a record that is there already, unlinked, is known for one that MaK would make. */
  readonly twins?: Twins;
  /**
   * Of records that twenty keeps beside others only those are ours that are attached to a deal, or carry our id; those in
   * the bin say so by a field.
   */
  readonly attached?: Attachment;
  /** Such a record that MaK does not know says nothing yet, and is left alone. */
  readonly isBlank?: (row: TwentyRow) => boolean;
  /** Milliseconds after a message before the record is looked at. */
  readonly pause?: number;
}

/** How twenty keeps to which records one like a task belongs: each of them is a record of another object. */
export interface Attachment {
  readonly singular: string;
  readonly plural: string;
  /** Relation of it to what is attached, e.g. the task. */
  readonly owner: 'task' | 'note';
}

export interface Twins {
  /** Conditions that find it; none when nothing can. */
  readonly filters: (values: Values) => readonly TwentyRow[];
  /** What twenty keeps once. */
  readonly unique: (values: Values) => string | null;
  readonly isAlike: (one: Values, other: Values) => boolean;
}

export function out(field: string, name: string, kind: FieldKind): TwentyField {
  return { field, name, kind, ability: OUT };
}

export function into(field: string, name: string, kind: FieldKind): TwentyField {
  return { field, name, kind, ability: INTO };
}

export function both(field: string, name: string, kind: FieldKind): TwentyField {
  return { field, name, kind, ability: NEWEST };
}

export function remoteWins(field: string, name: string, kind: FieldKind): TwentyField {
  return { field, name, kind, ability: REMOTE_WINS };
}

/** The same field, which is said anew by whoever changes one of these. */
export function restated(field: TwentyField, ...restatedBy: readonly string[]): TwentyField {
  return { ...field, ability: { ...field.ability, restatedBy } };
}
