import { mergeRecord, outgoing } from 'twenty-mak-domain';
import type {
  Agreement,
  FieldMatrix,
  Fingerprint,
  Merge,
  SideRecord,
  Values,
} from 'twenty-mak-domain';
import type { SyncedEntity, Work } from './ports.ts';

/*
 * A status that MaK computes and people of the other system may move. What they set goes to MaK as a value, of which MaK
 * records a fact; then the other system gets what MaK computes from all facts.
 */

/** `mergeRecord` with the move of a person, which goes to MaK whoever wins. */
export function mergeMoved(
  { matrix, moved }: SyncedEntity,
  { agreed, sent }: Work,
  mak: SideRecord | null,
  remote: SideRecord | null,
  fingerprint: Fingerprint,
): Merge {
  const whole = (rules: FieldMatrix): Merge =>
    mergeRecord(rules, agreed, mak, remote, fingerprint, sent);
  if (moved === undefined) return whole(matrix);
  const own = mak?.values[moved] ?? null;
  const rest = whole(without(matrix, moved));
  if (mak === null || !(moved in mak.values)) return rest;
  if (remote === null) return own === null ? rest : whole(matrix);
  const there = remote.values[moved] ?? null;
  const print = fingerprint(there);
  const begun = sent[moved];
  const before = agreed[moved] ?? (begun === undefined ? null : { mak: begun, remote: begun });
  const known = [before?.remote, begun, fingerprint(own)];
  if (there !== null && before !== null && !known.includes(print))
    return {
      ...rest,
      toMak: { ...rest.toMak, [moved]: there },
      agreed: { ...rest.agreed, [moved]: before },
    };
  // No status shows the stage, so any may stand there.
  if (own === null)
    return { ...rest, agreed: { ...rest.agreed, [moved]: { mak: print, remote: print } } };
  const merge = whole(matrix);
  // Whatever stands there next, and MaK has not written, was set by people.
  if (there === null)
    return { ...merge, agreed: { ...merge.agreed, [moved]: { mak: print, remote: print } } };
  if (before !== null || print === fingerprint(own)) return merge;
  // Nobody knows who set it and when, so it is no move; the journal keeps what stood there.
  const critical = matrix.find((rule) => rule.field === moved)?.critical ?? false;
  const conflict = { field: moved, mak: own, remote: there, winner: 'mak', critical } as const;
  return { ...merge, conflicts: [...merge.conflicts, conflict] };
}

/**
 * What is agreed of the status of a record that was just made in MaK: what MaK shows. Whatever stands there instead was set
 * by people, and is a move.
 */
export function shownFirst(
  { moved }: SyncedEntity,
  values: Values,
  fingerprint: Fingerprint,
): Agreement {
  if (moved === undefined || !(moved in values)) return {};
  const print = fingerprint(values[moved] ?? null);
  return { [moved]: { mak: print, remote: print } };
}

/** `outgoing`, but a status that people may have moved is not written over unread. */
export function outgoingUnmoved(
  { matrix, moved }: SyncedEntity,
  { agreed }: Work,
  values: Values,
  fingerprint: Fingerprint,
): Values | null {
  if (moved === undefined) return outgoing(matrix, agreed, values, fingerprint);
  const shown = (values[moved] ?? null) === null ? without(matrix, moved) : matrix;
  const toRemote = outgoing(shown, agreed, values, fingerprint);
  return toRemote !== null && moved in toRemote ? null : toRemote;
}

/** The move among values that go to MaK. MaK has heard of it, and may show something else all the same. */
export function moveAmong({ moved }: SyncedEntity, values: Values): Values {
  return moved !== undefined && moved in values ? { [moved]: values[moved] ?? null } : {};
}

/** What the other system gets after a move: what MaK shows, if that is not where people moved it to. */
export function putRight(move: Values, mak: Values, fingerprint: Fingerprint): Values {
  return Object.fromEntries(
    Object.entries(move).flatMap(([field, there]) => {
      const own = mak[field] ?? null;
      return own === null || fingerprint(own) === fingerprint(there) ? [] : [[field, own]];
    }),
  );
}

function without(matrix: FieldMatrix, field: string): FieldMatrix {
  return matrix.filter((rule) => rule.field !== field);
}
