import { describe, expect, it } from 'vitest';
import type { Condition } from './condition.ts';
import { both, factTrue, firstOf, has, isEmpty, setOf, truthTeller, without } from './truth.ts';

const gate = (name: string): Condition => ({ op: 'atom', atom: { kind: 'gate', gate: name } });

describe('truth sets', () => {
  it.each([1, 3, 5, 6, 9, 17])('know each of %i facts', (bits) => {
    for (let bit = 0; bit < bits; bit += 1) {
      const set = factTrue(bit, bits);
      for (let facts = 0; facts < 1 << bits; facts += Math.max(1, 1 << (bits - 9))) {
        expect(has(set, facts)).toBe(((facts >> bit) & 1) === 1);
      }
    }
  });

  it('intersect, subtract, and know when they are empty', () => {
    const bits = 7;
    const left = setOf([0, 3, 64, 100, 127], bits);
    const right = setOf([3, 100, 101], bits);
    const members = (set: Uint32Array) =>
      Array.from({ length: 128 }, (_, facts) => facts).filter((facts) => has(set, facts));
    expect(members(both(left, right))).toEqual([3, 100]);
    expect(members(without(left, right))).toEqual([0, 64, 127]);
    expect(isEmpty(without(both(left, right), left))).toBe(true);
    expect(isEmpty(left)).toBe(false);
    expect(isEmpty(setOf([], bits))).toBe(true);
  });

  it('hold a literal everywhere or nowhere', () => {
    const bit = () => 0;
    expect(isEmpty(truthTeller(bit, 6)({ op: 'literal', value: false }))).toBe(true);
    const all = truthTeller(bit, 6)({ op: 'literal', value: true });
    expect(all.length).toBe(2);
    expect(all.every((word) => word === 0xffffffff)).toBe(true);
  });

  it('find the first of several for each combination', () => {
    const bit = (atom: { kind: string }) => ('gate' in atom && atom.gate === 'a' ? 0 : 1);
    const sets = [
      truthTeller(bit, 2)({ op: 'and', left: gate('a'), right: gate('b') }),
      truthTeller(bit, 2)(gate('b')),
    ];
    expect([...firstOf(sets, 2)]).toEqual([-1, -1, 1, 0]);
    expect([...firstOf([], 1)]).toEqual([-1, -1]);
  });
});
