import { describe, expect, it } from 'vitest';
import type { Agreement } from 'twenty-mak-domain';
import { Outcomes } from './outcomes.ts';
import type { Progress } from './outcomes.ts';
import type { SyncedEntity, WrittenThere } from './ports.ts';
import { untouched } from './work-done.ts';

const print = (value: unknown): string => JSON.stringify(value);
const outcomes = new Outcomes(print);

/** MaK counts 6 and is about to write it over what stands there. */
function progress(there: number, agreed: Agreement): Progress {
  const work = {
    lease: '',
    key: 'a',
    localId: 'a',
    remoteId: '1',
    agreed,
    sent: {},
    pending: {
      urgency: 'system',
      heardAt: { mak: {}, remote: {} },
      remoteTouched: true,
      generation: 1,
      attempts: 1,
      dueAt: 0,
    },
  } as const;
  const remote = { remoteId: '1', localId: null, values: { count: there }, version: 'v1' };
  const merge = { toMak: {}, toRemote: { count: 6 }, agreed, conflicts: [] };
  return {
    plan: {
      work,
      mak: { values: { count: 6 }, version: 1 },
      remote,
      remoteId: '1',
      claimed: null,
      merge,
      refusal: null,
    },
    done: { ...untouched(work), remoteId: '1', agreed },
    values: { count: 6 },
    toRemote: { count: 6 },
  };
}

const shows = (count: number): WrittenThere => ({
  kind: 'written',
  id: '1',
  values: { count },
  version: 'v2',
  left: { count: 6 },
});

describe('a value that stands there as its system keeps it', () => {
  const entity = (count: number): SyncedEntity => ({
    name: 'count',
    matrix: [],
    batch: 1,
    createsInMak: true,
    asStored: () => ({ count }),
  });
  const known = { count: { mak: print(5), remote: print(5) } };

  it("is not written once more into a linked record, also where there is no place for MaK's id", () => {
    const { done, toRemote } = outcomes.withoutStored(entity(7), progress(7, known));
    expect(toRemote).toEqual({});
    expect(done.agreed).toEqual({ count: { mak: print(6), remote: print(7) } });
  });

  it("is written into a record that is not linked, which gets MaK's id by that", () => {
    expect(outcomes.withoutStored(entity(7), progress(7, {})).toRemote).toEqual({ count: 6 });
  });

  it('is written where something else stands', () => {
    expect(outcomes.withoutStored(entity(7), progress(8, known)).toRemote).toEqual({ count: 6 });
  });
});

describe('a write whose system shows what it has become only afterwards', () => {
  it('is agreed on as what it has left, and looked at again when something else stands there', () => {
    const before = { count: { mak: print(5), remote: print(5) } };
    // Also when somebody sold what MaK has counted more, so that the count is what it was.
    for (const count of [3, 5])
      expect(outcomes.afterRemote(progress(5, before), shows(count))).toMatchObject({
        outcome: 'again',
        agreed: { count: { mak: print(6), remote: print(6) } },
      });
    expect(outcomes.afterRemote(progress(5, before), shows(6))).toMatchObject({
      outcome: 'synced',
      remoteVersion: 'v2',
    });
  });

  it('is not repeated for ever where that system keeps it in its own way', () => {
    const written = { count: { mak: print(6), remote: print(6) } };
    expect(outcomes.afterRemote(progress(7, written), shows(7))).toMatchObject({
      outcome: 'synced',
      agreed: { count: { mak: print(6), remote: print(7) } },
    });
    expect(outcomes.afterRemote(progress(7, written), shows(8))).toMatchObject({
      outcome: 'again',
      agreed: { count: { mak: print(6), remote: print(6) } },
    });
  });
});
