import type { Instant } from '../basics/index.ts';
import type { Json } from '../deal-gates/index.ts';
import { onlyWinner } from './field-matrix.ts';
import type { FieldMatrix, FieldRule, Side } from './field-matrix.ts';

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
  for (const rule of matrix) {
    const { field, direction } = rule;
    const values = { mak: mak?.values[field] ?? null, remote: remote?.values[field] ?? null };
    const now = { mak: fingerprint(values.mak), remote: fingerprint(values.remote) };
    const before =
      sent[field] === now.remote ? { mak: now.remote, remote: now.remote } : agreed[field];
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
    const changed =
      sent[field] === now.remote ? { mak: true, remote: false } : changedSides(before, now, values);
    const winner = winnerOf(rule, changed, mak, remote);
    if (before !== undefined) {
      settled[field] = before;
      const lost = winner === 'mak' ? changed.remote : changed.mak;
      if (lost) conflicts.push({ field, ...values, winner, critical: rule.critical });
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

function changedSides(
  before: AgreedValue | undefined,
  now: AgreedValue,
  values: Readonly<Record<Side, Json>>,
): Changed {
  if (before === undefined) return { mak: values.mak !== null, remote: values.remote !== null };
  return { mak: before.mak !== now.mak, remote: before.remote !== now.remote };
}

function winnerOf(
  { field, direction, priority }: FieldRule,
  changed: Changed,
  mak: SideRecord,
  remote: SideRecord,
): Side {
  const only = onlyWinner(direction);
  if (only !== null) return only;
  if (changed.mak !== changed.remote) return changed.mak ? 'mak' : 'remote';
  if (priority !== 'newest') return priority;
  const oldest = Number.NEGATIVE_INFINITY;
  // A tie goes to MaK.
  return (remote.heardAt[field] ?? oldest) > (mak.heardAt[field] ?? oldest) ? 'remote' : 'mak';
}
