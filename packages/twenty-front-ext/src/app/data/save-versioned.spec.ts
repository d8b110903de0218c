import { describe, expect, it } from 'vitest';
import { Problem } from './problem.ts';
import { changesOf, saveVersioned } from './save-versioned.ts';

interface Row {
  readonly version: number;
  readonly name: string;
  readonly days: readonly string[];
}

const seen: Row = { version: 1, name: 'a', days: [] };
const stale = (): never => {
  throw new Problem('stale_version', 'Somebody was faster.');
};

/** A server whose row is `now`. */
function server(now: Row, changes: Partial<Row>) {
  return {
    read: () => Promise.resolve(now),
    send: async (version: number): Promise<Row> =>
      version === now.version ? { ...now, ...changes, version: version + 1 } : stale(),
  };
}

describe('saveVersioned', () => {
  it('saves what nobody else has changed', async () => {
    const changes = { name: 'mine' };
    expect(await saveVersioned({ seen, changes, ...server(seen, changes) })).toEqual({
      kind: 'saved',
      now: { version: 2, name: 'mine', days: [] },
    });
  });

  it('lets people change different fields at once', async () => {
    const changes = { name: 'mine' };
    const now = { ...seen, version: 4, days: ['2026-01-01'] };
    expect(await saveVersioned({ seen, changes, ...server(now, changes) })).toMatchObject({
      kind: 'saved',
      now: { version: 5, name: 'mine', days: ['2026-01-01'] },
    });
  });

  it('names the fields that both have changed', async () => {
    const changes = { name: 'mine', days: ['2026-01-01'] };
    const now = { version: 2, name: 'theirs', days: ['2026-01-01'] };
    expect(await saveVersioned({ seen, changes, ...server(now, changes) })).toEqual({
      kind: 'conflict',
      now,
      fields: ['name'],
    });
  });

  it('names with a field those that make sense only with it', async () => {
    const changes = { name: 'mine', days: ['2026-01-01'] };
    const now = { version: 2, name: 'theirs', days: [] };
    const save = { seen, changes, ...server(now, changes) };
    expect(await saveVersioned({ ...save, together: ['name', 'days'] })).toMatchObject({
      kind: 'conflict',
      fields: ['name', 'days'],
    });
    const mine = { ...save, changes: { days: ['2026-01-01'] } };
    expect(await saveVersioned({ ...mine, together: ['name', 'days'] })).toMatchObject({
      kind: 'saved',
    });
  });

  it('gives up when others are faster again and again, and tells other failures', async () => {
    const changes = { name: 'mine' };
    const read = () => Promise.resolve(seen);
    expect(await saveVersioned({ seen, changes, read, send: stale })).toMatchObject({
      kind: 'failed',
      problem: { code: 'stale_version' },
    });
    const send = () => Promise.reject(new TypeError('gone'));
    expect(await saveVersioned({ seen, changes, read, send })).toMatchObject({
      kind: 'failed',
      problem: { code: 'offline' },
    });
  });
});

describe('changesOf', () => {
  it('has the fields that differ', () => {
    expect(changesOf(seen, { ...seen, name: 'b', days: [] })).toEqual({ name: 'b' });
  });
});
