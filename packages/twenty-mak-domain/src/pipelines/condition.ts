/** What a predicate may ask: one gate, whether the deal was created, or one comparison of a domain stage. */
export type Atom =
  | { readonly kind: 'gate'; readonly gate: string }
  | { readonly kind: 'created' }
  | { readonly kind: 'domain'; readonly system: string; readonly stage: string };

/** A predicate as a boolean algebra over atoms: it always ends, whatever its author wrote. */
export type Condition =
  | { readonly op: 'literal'; readonly value: boolean }
  | { readonly op: 'atom'; readonly atom: Atom }
  | { readonly op: 'not'; readonly of: Condition }
  | { readonly op: 'and' | 'or' | 'same'; readonly left: Condition; readonly right: Condition }
  | {
      readonly op: 'if';
      readonly test: Condition;
      readonly then: Condition;
      readonly else: Condition;
    };

/** Every predicate of a definition, read. Plain data: a server can hand it to programs that have no parser. */
export interface Predicates {
  readonly rules: readonly Condition[];
  readonly timers: readonly { readonly start: Condition; readonly stop: Condition }[];
  /** By stage, then by case. */
  readonly businessStages: readonly (readonly Condition[])[];
}

export function allConditions({ rules, timers, businessStages }: Predicates): readonly Condition[] {
  return [
    ...rules,
    ...timers.flatMap(({ start, stop }) => [start, stop]),
    ...businessStages.flat(),
  ];
}

/** Calls `visit` with every atom of the condition, from left to right. */
export function forEachAtom(condition: Condition, visit: (atom: Atom) => void): void {
  switch (condition.op) {
    case 'literal':
      return;
    case 'atom':
      visit(condition.atom);
      return;
    case 'not':
      forEachAtom(condition.of, visit);
      return;
    case 'if':
      forEachAtom(condition.test, visit);
      forEachAtom(condition.then, visit);
      forEachAtom(condition.else, visit);
      return;
    default:
      forEachAtom(condition.left, visit);
      forEachAtom(condition.right, visit);
  }
}

/** Turns a condition into a function of the facts' bits; `bit` gives the position of an atom. */
export function compileCondition(
  condition: Condition,
  bit: (atom: Atom) => number,
): (facts: number) => boolean {
  switch (condition.op) {
    case 'literal': {
      const { value } = condition;
      return () => value;
    }
    case 'atom': {
      const mask = 1 << bit(condition.atom);
      return (facts) => (facts & mask) !== 0;
    }
    case 'not': {
      const of = compileCondition(condition.of, bit);
      return (facts) => !of(facts);
    }
    case 'if': {
      const test = compileCondition(condition.test, bit);
      const yes = compileCondition(condition.then, bit);
      const no = compileCondition(condition.else, bit);
      return (facts) => (test(facts) ? yes(facts) : no(facts));
    }
    default: {
      const left = compileCondition(condition.left, bit);
      const right = compileCondition(condition.right, bit);
      if (condition.op === 'and') return (facts) => left(facts) && right(facts);
      if (condition.op === 'or') return (facts) => left(facts) || right(facts);
      return (facts) => left(facts) === right(facts);
    }
  }
}
