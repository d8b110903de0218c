import type { Instant } from '../basics/index.ts';
import type { Side } from './field-matrix.ts';

/** Why a record has to be brought together, the most urgent first: people wait for their own edits. */
export const URGENCIES = ['person', 'system', 'backfill'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Stands for all fields of which nothing particular is known. */
export const ANY_FIELD = '*';

/** A record that may differ: of many reasons in a row one is left. */
export interface Pending {
  readonly urgency: Urgency;
  /** When MaK heard of changes, by side and field. */
  readonly heardAt: Readonly<Record<Side, Readonly<Record<string, Instant>>>>;
  /** Whether the remote record may have changed and has to be read. */
  readonly remoteTouched: boolean;
  /** Grows with every reason; work that began before the last one is not the end of it. */
  readonly generation: number;
  readonly attempts: number;
  readonly dueAt: Instant;
}

/** A reason to look at a record. */
export interface Mark {
  readonly urgency: Urgency;
  readonly side: Side;
  /** Fields that are known to have changed; none means that any may have. */
  readonly fields: readonly string[];
  readonly at: Instant;
}

/**
 * A record with one more reason. Of a field the last change counts, of urgencies the highest. A pause after failures
 * stays, so that edits do not hammer a system that is away.
 */
export function markPending(pending: Pending | null, { urgency, side, fields, at }: Mark): Pending {
  const before = pending?.heardAt ?? { mak: {}, remote: {} };
  const heard: Record<string, Instant> = { ...before[side] };
  for (const field of fields.length === 0 ? [ANY_FIELD] : fields)
    heard[field] = Math.max(at, heard[field] ?? at);
  return {
    urgency: pending === null ? urgency : moreUrgent(pending.urgency, urgency),
    heardAt: { ...before, [side]: heard },
    remoteTouched: side === 'remote' || (pending?.remoteTouched ?? false),
    generation: (pending?.generation ?? 0) + 1,
    attempts: pending?.attempts ?? 0,
    dueAt: pending?.dueAt ?? at,
  };
}

function moreUrgent(left: Urgency, right: Urgency): Urgency {
  return URGENCIES.indexOf(left) <= URGENCIES.indexOf(right) ? left : right;
}
