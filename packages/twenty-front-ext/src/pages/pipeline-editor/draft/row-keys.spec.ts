import { describe, expect, it } from 'vitest';
import { keysFor } from './row-keys.ts';

const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
const start = keysFor({ items: [], keys: [], next: 0 }, [a, b, c]);

describe('keys of rows', () => {
  it('are all different', () => {
    expect(new Set(start.keys).size).toBe(3);
  });

  it('go along when rows move', () => {
    const [one, two, three] = start.keys;
    expect(keysFor(start, [c, a, b]).keys).toEqual([three, one, two]);
  });

  it('stay when a row is edited', () => {
    expect(keysFor(start, [a, { name: 'B' }, c]).keys).toEqual(start.keys);
  });

  it('are new for new rows only', () => {
    const [one, two, three] = start.keys;
    const added = keysFor(start, [a, { name: 'new' }, b, c]);
    expect(added.keys).toEqual([one, added.next, two, three]);
    expect(start.keys).not.toContain(added.next);
    expect(keysFor(added, [a, b, c]).keys).toEqual(start.keys);
  });

  it('are different also when one object stands there twice', () => {
    expect(new Set(keysFor(start, [a, a, b]).keys).size).toBe(3);
  });
});
