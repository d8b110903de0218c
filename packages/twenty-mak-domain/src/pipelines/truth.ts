import type { Atom, Condition } from './condition.ts';

/**
 * The set of all combinations of facts in which a condition holds: bit `f` stands for the facts `f`. Boolean
 * operations on whole conditions are then operations on words, 32 combinations at a time. Never changed once made.
 */
export type TruthSet = Readonly<Uint32Array>;

/** Words of the first five facts repeat: 0101…, 0011…, and so on, lowest bit first. */
const PATTERNS = [0xaaaaaaaa, 0xcccccccc, 0xf0f0f0f0, 0xff00ff00, 0xffff0000] as const;

/** Gives a function from conditions to the combinations of `bits` facts in which they hold. */
export function truthTeller(
  bitOf: (atom: Atom) => number,
  bits: number,
): (condition: Condition) => TruthSet {
  const words = wordsFor(bits);
  const facts = Array.from({ length: bits }, (_, bit) => factTrue(bit, bits));

  return function truthOf(condition: Condition): TruthSet {
    switch (condition.op) {
      case 'literal':
        return new Uint32Array(words).fill(condition.value ? 0xffffffff : 0);
      case 'atom':
        return facts[bitOf(condition.atom)] as TruthSet;
      case 'not':
        return complement(truthOf(condition.of));
      case 'and':
        return both(truthOf(condition.left), truthOf(condition.right));
      case 'or':
        return either(truthOf(condition.left), truthOf(condition.right));
      case 'same': {
        const left = truthOf(condition.left);
        const right = truthOf(condition.right);
        return either(both(left, right), complement(either(left, right)));
      }
      case 'if': {
        const test = truthOf(condition.test);
        const yes = both(test, truthOf(condition.then));
        return either(yes, without(truthOf(condition.else), test));
      }
    }
  };
}

/** Every combination in which this fact is true. */
export function factTrue(bit: number, bits: number): TruthSet {
  const set = new Uint32Array(wordsFor(bits));
  const pattern = PATTERNS[bit];
  if (pattern !== undefined) return set.fill(pattern);
  return set.map((_, index) => ((index >> (bit - 5)) & 1 ? 0xffffffff : 0));
}

export function both(left: TruthSet, right: TruthSet): TruthSet {
  const set = new Uint32Array(left.length);
  for (let index = 0; index < set.length; index += 1)
    set[index] = at(left, index) & at(right, index);
  return set;
}

/** Those of `left` that are not in `right`. */
export function without(left: TruthSet, right: TruthSet): TruthSet {
  const set = new Uint32Array(left.length);
  for (let index = 0; index < set.length; index += 1)
    set[index] = at(left, index) & ~at(right, index);
  return set;
}

function either(left: TruthSet, right: TruthSet): TruthSet {
  const set = new Uint32Array(left.length);
  for (let index = 0; index < set.length; index += 1)
    set[index] = at(left, index) | at(right, index);
  return set;
}

function complement(of: TruthSet): TruthSet {
  const set = new Uint32Array(of.length);
  for (let index = 0; index < set.length; index += 1) set[index] = ~at(of, index);
  return set;
}

export function isEmpty(set: TruthSet): boolean {
  return set.every((word) => word === 0);
}

export function has(set: TruthSet, facts: number): boolean {
  return ((at(set, facts >> 5) >> (facts & 31)) & 1) === 1;
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
  for (let facts = 0; facts < first.length; facts += 1) {
    const word = facts >> 5;
    const mask = 1 << (facts & 31);
    for (let index = 0; index < sets.length; index += 1) {
      if ((at(sets[index] as TruthSet, word) & mask) === 0) continue;
      first[facts] = index;
      break;
    }
  }
  return first;
}

function wordsFor(bits: number): number {
  return bits <= 5 ? 1 : 1 << (bits - 5);
}

function at(set: TruthSet, index: number): number {
  return set[index] as number;
}
