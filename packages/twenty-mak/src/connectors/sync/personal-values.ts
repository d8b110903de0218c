import type { Json, Values } from 'twenty-mak-domain';
import type { SyncedEntity, WorkDone } from './ports.ts';

/** Stands in the journal for a value that says who a person is. */
export const HIDDEN = '•••';

/** What was done, without values that say who a person is; that there was one stays. */
export function withoutPersonal({ personal = [] }: SyncedEntity, done: WorkDone): WorkDone {
  if (personal.length === 0) return done;
  const hide = (field: string, value: Json): Json =>
    value !== null && personal.includes(field) ? HIDDEN : value;
  const hideAll = (values: Values): Values =>
    Object.fromEntries(Object.entries(values).map(([field, value]) => [field, hide(field, value)]));
  return {
    ...done,
    wrote: { mak: hideAll(done.wrote.mak), remote: hideAll(done.wrote.remote) },
    conflicts: done.conflicts.map((conflict) => ({
      ...conflict,
      mak: hide(conflict.field, conflict.mak),
      remote: hide(conflict.field, conflict.remote),
    })),
  };
}
