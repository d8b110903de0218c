import type { Work, WorkDone } from './ports.ts';

/** A record of which nothing was changed yet. */
export function untouched(work: Work): WorkDone {
  return {
    work,
    localId: work.localId,
    remoteId: work.remoteId,
    remoteVersion: null,
    agreed: work.agreed,
    conflicts: [],
    wrote: { mak: {}, remote: {} },
    outcome: 'synced',
    refusal: null,
  };
}
