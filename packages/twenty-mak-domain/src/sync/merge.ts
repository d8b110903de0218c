import type { Instant } from '../basics/index.ts';
import type { Json } from '../deal-gates/index.ts';
import { onlyWinner } from './field-matrix.ts';
import type { FieldMatrix, HeldRule, Side } from './field-matrix.ts';

export type Values = Readonly<Record<string, Json>>;

/** A record as one side has it, in MaK's terms. A field that is not there is null. */
export interface SideRecord {
  readonly values: Values;
  /** When MaK heard of the last change of a field. Of a field that is not there nothing is known: it counts as oldest. */
  readonly heardAt: Readonly<Record<string, Instant>>;
}

/** Fingerprints of the values that a field had on both sides when they were last brought together. */
export interface AgreedValue {
  readonly mak: string;
  readonly remote: string;
}

export type Agreement = Readonly<Record<string, AgreedValue>>;

/** Fingerprints of values that were sent to the remote system and of which no answer is known, by field. */
export type Sent = Readonly<Record<string, string>>;

/** The same text for equal values and for no others. */
export type Fingerprint = (value: Json) => string;

/** Both sides changed a field, or one changed what it may not. */
export interface Conflict {
  readonly field: string;
  readonly mak: Json;
  readonly remote: Json;
  readonly winner: Side;
  readonly critical: boolean;
}

export interface Merge {
  /** What MaK has to take over. */
  readonly toMak: Values;
  /** What the remote record has to take over. */
  readonly toRemote: Values;
  /** What is agreed before anything is written. */
  readonly agreed: Agreement;
  readonly conflicts: readonly Conflict[];
}

/**
 * Three-way merge of a record, field by field: what changed since the last agreement goes to the other side, and where
 * both changed the matrix decides. A side that has no record yet is null: it gets what may go there,
 * and nothing that it lacks is taken for a change.
 *
 * A difference that nobody made (the remote system rounds, trims or cuts what it gets) is part of the agreement and is
 * left alone: it would be written again for ever. When two records meet for the first time nothing is agreed; a value then
 * wins over no value, and otherwise the matrix decides. A remote value that MaK itself sent, whose answer was lost, is nobody's
 * change.
 *
 * A change of a field that restates another one counts as a change of that one too, where the other side has not seen it: so an
 * edit and a removal that crossed are a conflict.
 */
export function mergeRecord(
  matrix: FieldMatrix,
  agreed: Agreement,
  mak: SideRecord | null,
  remote: SideRecord | null,
  fingerprint: Fingerprint,
  sent: Sent = {},
): Merge {
  const toMak: Record<string, Json> = {};
  const toRemote: Record<string, Json> = {};
  const settled: Record<string, AgreedValue> = {};
  const conflicts: Conflict[] = [];
  const look = (field: string): Look => {
    const values = { mak: mak?.values[field] ?? null, remote: remote?.values[field] ?? null };
    const now = { mak: fingerprint(values.mak), remote: fingerprint(values.remote) };
    if (sent[field] === now.remote) {
      const before = { mak: now.remote, remote: now.remote };
      return { values, now, before, changed: { mak: true, remote: false }, isSent: true };
    }
    const before = agreed[field];
    return { values, now, before, changed: changedSides(before, now, values), isSent: false };
  };
  for (const rule of matrix) {
    const { field, direction, restatedBy = [] } = rule;
    const { values, now, before, changed, isSent } = look(field);
    if (now.mak === now.remote) {
      settled[field] = now;
      continue;
    }
    if (mak === null || remote === null) {
      if (mak === null && direction !== 'out') toMak[field] = values.remote;
      if (remote === null && direction !== 'in') toRemote[field] = values.mak;
      continue;
    }
    if (before?.mak === now.mak && before.remote === now.remote) {
      settled[field] = before;
      continue;
    }
    const saidBy = (side: Side): readonly string[] => [
      ...(changed[side] ? [field] : []),
      ...(isSent ? [] : restatedBy.filter((other) => isNews(look(other), side))),
    ];
    const said = { mak: saidBy('mak'), remote: saidBy('remote') };
    const winner = winnerOf(rule, said, mak, remote);
    if (before !== undefined) {
      settled[field] = before;
      const lost = winner === 'mak' ? said.remote : said.mak;
      if (lost.length > 0) conflicts.push({ field, ...values, winner, critical: rule.critical });
    }
    if (winner === 'mak') toRemote[field] = values.mak;
    else toMak[field] = values.remote;
  }
  return { toMak, toRemote, agreed: settled, conflicts };
}

/**
 * What changed in MaK alone and may only go out, without a look at the remote record. Null when a field that the other
 * side may change has changed too: then both have to be read.
 */
export function outgoing(
  matrix: FieldMatrix,
  agreed: Agreement,
  values: Values,
  fingerprint: Fingerprint,
): Values | null {
  const toRemote: Record<string, Json> = {};
  for (const { field, direction } of matrix) {
    if (direction === 'in') continue;
    const value = values[field] ?? null;
    if (agreed[field]?.mak === fingerprint(value)) continue;
    if (direction === 'both') return null;
    toRemote[field] = value;
  }
  return toRemote;
}

/** The agreement after a write: both sides as they answered that they are now, which may differ from what was sent. */
export function agreeAfter(
  agreed: Agreement,
  written: Iterable<string>,
  mak: Values,
  remote: Values,
  fingerprint: Fingerprint,
): Agreement {
  const fresh = [...written].map((field): [string, AgreedValue] => [
    field,
    { mak: fingerprint(mak[field] ?? null), remote: fingerprint(remote[field] ?? null) },
  ]);
  return { ...agreed, ...Object.fromEntries(fresh) };
}

type Changed = Readonly<Record<Side, boolean>>;

/** A field on both sides, as it is and as it was when they were last brought together. */
interface Look {
  readonly values: Readonly<Record<Side, Json>>;
  readonly now: AgreedValue;
  readonly before: AgreedValue | undefined;
  readonly changed: Changed;
  /** MaK itself wrote what is there. */
  readonly isSent: boolean;
}

/** A side has changed it since they agreed, and the other side does not have that yet. */
function isNews({ now, before, changed }: Look, side: Side): boolean {
  return before !== undefined && now.mak !== now.remote && changed[side];
}

function changedSides(
  before: AgreedValue | undefined,
  now: AgreedValue,
  values: Readonly<Record<Side, Json>>,
): Changed {
  if (before === undefined) return { mak: values.mak !== null, remote: values.remote !== null };
  return { mak: before.mak !== now.mak, remote: before.remote !== now.remote };
}

/** `said`: the fields by which each side says what it has. */
function winnerOf(
  { direction, priority }: HeldRule,
  said: Readonly<Record<Side, readonly string[]>>,
  mak: SideRecord,
  remote: SideRecord,
): Side {
  const only = onlyWinner(direction);
  if (only !== null) return only;
  if (said.remote.length === 0) return 'mak';
  if (said.mak.length === 0) return 'remote';
  if (priority !== 'newest') return priority;
  // A tie goes to MaK.
  return lastHeard(remote, said.remote) > lastHeard(mak, said.mak) ? 'remote' : 'mak';
}

function lastHeard({ heardAt }: SideRecord, fields: readonly string[]): number {
  return Math.max(...fields.map((field) => heardAt[field] ?? Number.NEGATIVE_INFINITY));
}
