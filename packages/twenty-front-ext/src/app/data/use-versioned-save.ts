import { useState } from 'react';
import type { Problem } from './problem.ts';
import { saveVersioned } from './save-versioned.ts';
import type { Versioned } from './save-versioned.ts';

interface Conflict<T> {
  readonly now: T;
  readonly changes: Partial<T>;
  readonly fields: readonly (keyof T)[];
}

interface Options<T> {
  readonly read: () => Promise<T>;
  readonly send: (version: number, changes: Partial<T>) => Promise<T>;
  readonly onSaved: (now: T) => void;
  /** Fields that make sense only with each other. */
  readonly together?: readonly (keyof T)[];
}

export interface VersionedSave<T> {
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly conflict: Conflict<T> | null;
  readonly save: (seen: T, changes: Partial<T>) => Promise<void>;
  readonly keepMine: () => Promise<void>;
  /** What was changed besides is saved; answers the record as it is now. */
  readonly takeTheirs: () => Promise<void>;
}

/** Saving of a form whose record others may change at the same time. */
export function useVersionedSave<T extends Versioned>({
  read,
  send,
  onSaved,
  together = [],
}: Options<T>): VersionedSave<T> {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [conflict, setConflict] = useState<Conflict<T> | null>(null);

  const save = async (seen: T, changes: Partial<T>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    setConflict(null);
    const outcome = await saveVersioned({
      seen,
      changes,
      read,
      send: (version) => send(version, changes),
      together,
    });
    setBusy(false);
    if (outcome.kind === 'saved') onSaved(outcome.now);
    else if (outcome.kind === 'failed') setProblem(outcome.problem);
    else setConflict({ now: outcome.now, changes, fields: outcome.fields });
  };

  const keepMine = async (): Promise<void> => {
    if (conflict !== null) await save(conflict.now, conflict.changes);
  };
  const takeTheirs = async (): Promise<void> => {
    if (conflict === null) return;
    const { now, changes, fields } = conflict;
    const rest = { ...changes };
    for (const field of fields) delete rest[field];
    setConflict(null);
    if (Object.keys(rest).length === 0) onSaved(now);
    else await save(now, rest);
  };
  return { problem, busy, conflict, save, keepMine, takeTheirs };
}
