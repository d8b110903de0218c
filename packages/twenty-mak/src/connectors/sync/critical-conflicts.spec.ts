import type { Conflict } from 'twenty-mak-domain';
import { describe, expect, it } from 'vitest';
import { criticalConflicts } from './critical-conflicts.ts';
import type { WorkDone } from './ports.ts';
import { untouched } from './work-done.ts';

const conflict = (field: string, critical = true): Conflict => ({
  field,
  mak: 'm',
  remote: 'r',
  winner: 'mak',
  critical,
});

/** What was done with a record both sides of which changed two fields. */
function done(rest: Partial<WorkDone>): WorkDone {
  const pending = {
    urgency: 'person',
    heardAt: { mak: {}, remote: {} },
    remoteTouched: true,
    generation: 1,
    attempts: 1,
    dueAt: 0,
  } as const;
  const work = { lease: 'l', key: 'a', localId: 'a', remoteId: 'b', agreed: {}, sent: {}, pending };
  return { ...untouched(work), conflicts: [conflict('name'), conflict('note', false)], ...rest };
}

const fields = (rest: Partial<WorkDone>): string[] =>
  criticalConflicts(done(rest)).map(({ field }) => field);

describe('conflicts that people are told of', () => {
  it('are those on critical fields', () => {
    expect(fields({})).toEqual(['name']);
    expect(fields({ outcome: 'dead' })).toEqual(['name']);
  });

  it('are told once: when the loser has taken the value over', () => {
    expect(fields({ outcome: 'again' })).toEqual([]);
    expect(fields({ outcome: 'again', wrote: { mak: { name: 'm' }, remote: {} } })).toEqual([]);
    expect(fields({ outcome: 'again', wrote: { mak: {}, remote: { name: 'm' } } })).toEqual([
      'name',
    ]);
  });

  it('are told when the loser refused it, because the difference stays', () => {
    const refusal = (field: string | null) => ({ code: 'no', reason: 'No.', field });
    expect(fields({ outcome: 'again', refusal: refusal('name') })).toEqual(['name']);
    expect(fields({ outcome: 'again', refusal: refusal('note') })).toEqual([]);
    expect(fields({ outcome: 'again', refusal: refusal(null) })).toEqual([]);
  });

  it('are none when nothing was written', () => {
    expect(fields({ outcome: 'parked', wrote: { mak: {}, remote: { name: 'm' } } })).toEqual([]);
  });
});
