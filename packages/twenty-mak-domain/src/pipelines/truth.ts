import type { Atom, Condition } from './condition.ts';

/**
 * The set of all combinations of facts in which a condition holds: bit `f` stands for the facts `f`. Boolean
 * operations on whole conditions are then operations on words, 32 combinations at a time.
 */
export type TruthSet = Uint32Array;

/** Words of the first five facts repeat: 0101…, 0011…, and so on, lowest bit first. */
const PATTERNS = [0xaaaaaaaa, 0xcccccccc, 0xf0f0f0f0, 0xff00ff00, 0xffff0000] as const;

/** Every combination of `bits` facts in which the condition holds. */
export function truthOf(
  condition: Condition,
  bitOf: (atom: Atom) => number,
  bits: number,
): TruthSet {
  const truth = (of: Condition): TruthSet => truthOf(of, bitOf, bits);
  switch (condition.op) {
    case 'literal':
      return new Uint32Array(wordsFor(bits)).fill(condition.value ? 0xffffffff : 0);
    case 'atom':
      return factTrue(bitOf(condition.atom), bits);
    case 'not':
      return truth(condition.of).map((word) => ~word);
    case 'if': {
      const test = truth(condition.test);
      const yes = truth(condition.then);
      const no = truth(condition.else);
      return test.map((word, index) => (word & at(yes, index)) | (~word & at(no, index)));
    }
    default: {
      const left = truth(condition.left);
      const right = truth(condition.right);
      if (condition.op === 'and') return both(left, right);
      if (condition.op === 'or') return left.map((word, index) => word | at(right, index));
      return left.map((word, index) => ~(word ^ at(right, index)));
    }
  }
}

/** Every combination in which this fact is true. */
export function factTrue(bit: number, bits: number): TruthSet {
  const set = new Uint32Array(wordsFor(bits));
  const pattern = PATTERNS[bit];
  if (pattern !== undefined) return set.fill(pattern);
  return set.map((_, index) => ((index >> (bit - 5)) & 1 ? 0xffffffff : 0));
}

export function both(left: TruthSet, right: TruthSet): TruthSet {
  return left.map((word, index) => word & at(right, index));
}

/** Those of `left` that are not in `right`. */
export function without(left: TruthSet, right: TruthSet): TruthSet {
  return left.map((word, index) => word & ~at(right, index));
}

export function isEmpty(set: TruthSet): boolean {
  return set.every((word) => word === 0);
}

export function has(set: TruthSet, facts: number): boolean {
  return ((at(set, facts >> 5) >> (facts & 31)) & 1) === 1;
}

function wordsFor(bits: number): number {
  return bits <= 5 ? 1 : 1 << (bits - 5);
}

function at(set: TruthSet, index: number): number {
  return set[index] as number;
}

/** The set of exactly these combinations. */
export function setOf(combinations: readonly number[], bits: number): TruthSet {
  const set = new Uint32Array(wordsFor(bits));
  for (const facts of combinations) set[facts >> 5] = at(set, facts >> 5) | (1 << (facts & 31));
  return set;
}

/** For every combination of facts the index of the first set that has it, or -1. At most 127 sets. */
export function firstOf(sets: readonly TruthSet[], bits: number): Int8Array {
  const first = new Int8Array(1 << bits).fill(-1);
  for (const [index, set] of sets.entries()) {
    for (let facts = 0; facts < first.length; facts += 1) {
      if (first[facts] === -1 && has(set, facts)) first[facts] = index;
    }
  }
  return first;
}
