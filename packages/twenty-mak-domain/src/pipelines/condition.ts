import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';

/**
 * Parses CEL text into a syntax tree. The parser is a library of the caller (the rules depend on nothing);
 * the tree's shape is that of @marcbachmann/cel-js, which satisfies this port structurally.
 * Throws an error with a message when the text is no CEL.
 */
export type ParseCel = (source: string) => { readonly ast: CelNode };

export interface CelNode {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly end: number;
}

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
  | { readonly op: 'if'; readonly test: Condition; readonly then: Condition; readonly else: Condition };

/** The names a predicate may use. */
export interface Vocabulary {
  readonly gates: ReadonlySet<string>;
  /** Known stages by system; a system without an entry may take any stage. */
  readonly domains: ReadonlyMap<string, ReadonlySet<string>>;
  /** `created` may be asked (timers only). */
  readonly created: boolean;
}

/** Longest accepted predicate, in characters. */
export const MAX_PREDICATE_LENGTH = 2_000;

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/**
 * Reads a predicate. Refuses with `predicate_syntax`, `predicate_too_long`, `unknown_gate`, `unknown_domain_stage`,
 * `unknown_name` or `predicate_not_allowed`; the reason quotes the part at fault, `field` is the caller's.
 */
export function readCondition(source: string, vocabulary: Vocabulary, parseCel: ParseCel, field: string): Decision<Condition> {
  if (source.length > MAX_PREDICATE_LENGTH) {
    return refuse('predicate_too_long', `A predicate may have ${MAX_PREDICATE_LENGTH} characters; this one has ${source.length}.`, field);
  }
  let ast: CelNode;
  try {
    ast = parseCel(source).ast;
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return refuse('predicate_syntax', `This is not a CEL expression: ${message}.`, field);
  }
  try {
    return accept(new Reader(source, vocabulary).condition(ast));
  } catch (error) {
    if (error instanceof NotAllowed) return refuse(error.code, error.message, field);
    throw error;
  }
}

class NotAllowed extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

class Reader {
  private readonly source: string;
  private readonly vocabulary: Vocabulary;

  constructor(source: string, vocabulary: Vocabulary) {
    this.source = source;
    this.vocabulary = vocabulary;
  }

  condition(node: CelNode): Condition {
    switch (node.op) {
      case 'value':
        if (typeof node.args === 'boolean') return { op: 'literal', value: node.args };
        throw this.notAllowed(node, 'only true and false stand alone');
      case '!_':
        return { op: 'not', of: this.condition(node.args as CelNode) };
      case '&&':
      case '||': {
        const [left, right] = node.args as [CelNode, CelNode];
        return { op: node.op === '&&' ? 'and' : 'or', left: this.condition(left), right: this.condition(right) };
      }
      case '?:': {
        const [test, yes, no] = node.args as [CelNode, CelNode, CelNode];
        return { op: 'if', test: this.condition(test), then: this.condition(yes), else: this.condition(no) };
      }
      case '==':
        return this.equality(node);
      case '!=':
        return { op: 'not', of: this.equality(node) };
      case 'in':
        return this.membership(node);
      case '.':
      case '[]':
      case 'id':
        return { op: 'atom', atom: this.truth(node) };
      default:
        throw this.notAllowed(node, 'predicates know &&, ||, !, ==, !=, in, ?: over gates.<gate> and domains.<system>');
    }
  }

  private truth(node: CelNode): Atom {
    if (node.op === 'id') {
      if (node.args === 'created' && this.vocabulary.created) return { kind: 'created' };
      throw new NotAllowed('unknown_name', `Unknown name \`${this.quote(node)}\`; use gates.<gate> or domains.<system>.`);
    }
    const path = this.path(node);
    if (path?.root === 'gates') {
      if (!this.vocabulary.gates.has(path.name)) throw new NotAllowed('unknown_gate', `This pipeline has no gate \`${path.name}\`.`);
      return { kind: 'gate', gate: path.name };
    }
    if (path?.root === 'domains') {
      throw this.notAllowed(node, `compare a domain with a stage, as in domains.${path.name} == "…"`);
    }
    throw new NotAllowed('unknown_name', `Unknown name \`${this.quote(node)}\`; use gates.<gate> or domains.<system>.`);
  }

  private equality(node: CelNode): Condition {
    const [left, right] = node.args as [CelNode, CelNode];
    const leftText = this.text(left);
    const rightText = this.text(right);
    if (rightText !== null && leftText === null) return this.comparison(left, rightText);
    if (leftText !== null && rightText === null) return this.comparison(right, leftText);
    return { op: 'same', left: this.condition(left), right: this.condition(right) };
  }

  private membership(node: CelNode): Condition {
    const [subject, list] = node.args as [CelNode, CelNode];
    if (list.op !== 'list') throw this.notAllowed(node, '`in` needs a list of stages, as in domains.legal in ["in_review"]');
    return (list.args as CelNode[]).reduce<Condition>(
      (any, item) => {
        const stage = this.text(item);
        if (stage === null) throw this.notAllowed(item, 'a stage is a text in quotes');
        const comparison = this.comparison(subject, stage);
        return any.op === 'literal' ? comparison : { op: 'or', left: any, right: comparison };
      },
      { op: 'literal', value: false },
    );
  }

  private comparison(subject: CelNode, stage: string): Condition {
    const path = this.path(subject);
    if (path?.root !== 'domains') throw this.notAllowed(subject, 'only a domain can be compared with a text');
    const known = this.vocabulary.domains.get(path.name);
    if (known !== undefined && !known.has(stage)) {
      throw new NotAllowed('unknown_domain_stage', `The domain \`${path.name}\` has no stage \`${stage}\`.`);
    }
    return { op: 'atom', atom: { kind: 'domain', system: path.name, stage } };
  }

  private path(node: CelNode): { root: string; name: string } | null {
    if (node.op !== '.' && node.op !== '[]') return null;
    const [object, member] = node.args as [CelNode, unknown];
    if (object.op !== 'id' || (object.args !== 'gates' && object.args !== 'domains')) return null;
    const name = node.op === '.' ? member : this.text(member as CelNode);
    if (typeof name !== 'string' || !NAME.test(name)) throw this.notAllowed(node, 'a name has letters, digits, - and _');
    return { root: object.args, name };
  }

  private text(node: CelNode): string | null {
    return node.op === 'value' && typeof node.args === 'string' ? node.args : null;
  }

  private notAllowed(node: CelNode, rule: string): NotAllowed {
    return new NotAllowed('predicate_not_allowed', `\`${this.quote(node)}\` is not allowed: ${rule}.`);
  }

  private quote(node: CelNode): string {
    return this.source.slice(node.start, node.end).slice(0, 80);
  }
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
export function compileCondition(condition: Condition, bit: (atom: Atom) => number): (facts: number) => boolean {
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
