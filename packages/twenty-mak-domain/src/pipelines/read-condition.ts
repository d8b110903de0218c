import { accept, refuse } from '../basics/index.ts';
import type { Decision, TextRange } from '../basics/index.ts';
import type { Atom, Condition } from './condition.ts';
import { isInherited, isKey } from './names.ts';

/**
 * Parses CEL text into a syntax tree. The parser is a library of the caller (the rules depend on nothing);
 * the tree's shape is that of @marcbachmann/cel-js, which satisfies this port structurally.
 * Throws an error with a message, and a range if it knows where, when the text is no CEL.
 */
export type ParseCel = (source: string) => { readonly ast: CelNode };

export interface CelNode {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly end: number;
}

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

/** Deepest accepted nesting; parsers and readers call themselves at every level. */
export const MAX_PREDICATE_DEPTH = 200;

/**
 * Reads a predicate. Refuses with `predicate_syntax`, `predicate_too_long`, `predicate_too_deep`, `unknown_gate`,
 * `unknown_domain_stage`, `unknown_name` or `predicate_not_allowed`; the reason quotes the part at fault, the range
 * says where it is, and `field` is the caller's.
 */
export function readCondition(
  source: string,
  vocabulary: Vocabulary,
  parseCel: ParseCel,
  field: string,
): Decision<Condition> {
  if (source.length > MAX_PREDICATE_LENGTH) {
    return refuse(
      'predicate_too_long',
      `A predicate may have ${MAX_PREDICATE_LENGTH} characters; this one has ${source.length}.`,
      field,
    );
  }
  if (bracketDepth(source) > MAX_PREDICATE_DEPTH) return refuse(...tooDeep(), field);
  let ast: CelNode;
  try {
    ast = parseCel(source).ast;
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/\n.*/s, '') : 'unreadable';
    const reason = `This is not a CEL expression: ${message}.`;
    return at(rangeOf(error), refuse('predicate_syntax', reason, field));
  }
  try {
    return accept(new Reader(source, vocabulary).condition(ast, 1));
  } catch (error) {
    if (error instanceof NotAllowed)
      return at(error.range, refuse(error.code, error.message, field));
    throw error;
  }
}

/** Brackets leave no node in the tree, so their depth is seen in the text; those inside of quotes count too. */
function bracketDepth(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of source) {
    if ('([{'.includes(character)) deepest = Math.max(deepest, ++depth);
    else if (')]}'.includes(character)) depth -= 1;
  }
  return deepest;
}

function tooDeep(): [code: string, reason: string] {
  return [
    'predicate_too_deep',
    `A predicate may be nested ${MAX_PREDICATE_DEPTH} deep; take parts of it apart.`,
  ];
}

class NotAllowed extends Error {
  readonly code: string;
  readonly range: TextRange | null;
  constructor(code: string, message: string, range: TextRange | null) {
    super(message);
    this.code = code;
    this.range = range;
  }
}

/** Adds where the fault is to a refusal. */
function at(range: TextRange | null, refused: Decision<never>): Decision<never> {
  if (refused.ok || range === null) return refused;
  return { ok: false, refusal: { ...refused.refusal, range } };
}

/** Where a parser says that it stopped. */
function rangeOf(error: unknown): TextRange | null {
  if (typeof error !== 'object' || error === null || !('range' in error)) return null;
  const { range } = error;
  if (typeof range !== 'object' || range === null) return null;
  if (!('start' in range) || !('end' in range)) return null;
  const { start, end } = range;
  return typeof start === 'number' && typeof end === 'number' ? { start, end } : null;
}

class Reader {
  private readonly source: string;
  private readonly vocabulary: Vocabulary;

  constructor(source: string, vocabulary: Vocabulary) {
    this.source = source;
    this.vocabulary = vocabulary;
  }

  condition(node: CelNode, depth: number): Condition {
    if (depth > MAX_PREDICATE_DEPTH) throw new NotAllowed(...tooDeep(), this.placeOf(node));
    const below = (child: CelNode): Condition => this.condition(child, depth + 1);
    switch (node.op) {
      case 'value':
        if (typeof node.args === 'boolean') return { op: 'literal', value: node.args };
        throw this.notAllowed(node, 'only true and false stand alone');
      case '!_':
        return { op: 'not', of: below(node.args as CelNode) };
      case '&&':
      case '||': {
        const [left, right] = node.args as [CelNode, CelNode];
        const op = node.op === '&&' ? 'and' : 'or';
        return { op, left: below(left), right: below(right) };
      }
      case '?:': {
        const [test, yes, no] = node.args as [CelNode, CelNode, CelNode];
        return { op: 'if', test: below(test), then: below(yes), else: below(no) };
      }
      case '==':
        return this.equality(node, below);
      case '!=':
        return { op: 'not', of: this.equality(node, below) };
      case 'in':
        return this.membership(node);
      case '.':
      case '[]':
      case 'id':
        return { op: 'atom', atom: this.truth(node) };
      default:
        throw this.notAllowed(
          node,
          'predicates know &&, ||, !, ==, !=, in, ?: over gates.<gate> and domains.<system>',
        );
    }
  }

  private truth(node: CelNode): Atom {
    if (node.op === 'id' && node.args === 'created' && this.vocabulary.created) {
      return { kind: 'created' };
    }
    const path = this.path(node);
    if (path === null) throw this.unknownName(node);
    if (path.root === 'domains') {
      throw this.notAllowed(
        node,
        `compare a domain with a stage, as in domains.${path.name} == "…"`,
      );
    }
    if (!this.vocabulary.gates.has(path.name)) {
      throw new NotAllowed(
        'unknown_gate',
        `This pipeline has no gate \`${path.name}\`.`,
        this.placeOf(node),
      );
    }
    return { kind: 'gate', gate: path.name };
  }

  private equality(node: CelNode, below: (child: CelNode) => Condition): Condition {
    const [left, right] = node.args as [CelNode, CelNode];
    const leftText = textOf(left);
    const rightText = textOf(right);
    if (leftText === null && rightText === null) {
      return { op: 'same', left: below(left), right: below(right) };
    }
    return rightText === null
      ? this.comparison(right, leftText as string, left)
      : this.comparison(left, rightText, right);
  }

  private membership(node: CelNode): Condition {
    const [subject, list] = node.args as [CelNode, CelNode];
    const stages = list.op === 'list' ? (list.args as CelNode[]) : [];
    const [first, ...others] = stages.map((item) => {
      const stage = textOf(item);
      if (stage === null) throw this.notAllowed(item, 'a stage is a text in quotes');
      return this.comparison(subject, stage, item);
    });
    if (first === undefined) {
      throw this.notAllowed(
        list,
        '`in` needs a list of stages, as in domains.legal in ["in_review"]',
      );
    }
    return others.reduce((left, right) => ({ op: 'or', left, right }), first);
  }

  private comparison(subject: CelNode, stage: string, text: CelNode): Condition {
    const path = this.path(subject);
    if (path?.root !== 'domains') {
      throw this.notAllowed(subject, 'only a domain can be compared with a text');
    }
    const known = this.vocabulary.domains.get(path.name);
    if (known !== undefined && !known.has(stage)) {
      throw new NotAllowed(
        'unknown_domain_stage',
        `The domain \`${path.name}\` has no stage \`${stage.slice(0, 80)}\`.`,
        this.placeOf(text),
      );
    }
    return { op: 'atom', atom: { kind: 'domain', system: path.name, stage } };
  }

  /** `gates.x`, `domains.x` or the same in brackets; null for anything else. */
  private path(node: CelNode): { root: 'gates' | 'domains'; name: string } | null {
    if (node.op !== '.' && node.op !== '[]') return null;
    const [object, member] = node.args as [CelNode, unknown];
    const root = object.op === 'id' ? object.args : null;
    if (root !== 'gates' && root !== 'domains') return null;
    const name = node.op === '.' ? member : textOf(member as CelNode);
    if (typeof name !== 'string' || !isKey(name)) {
      throw this.notAllowed(
        node,
        typeof name === 'string' && isInherited(name)
          ? 'every object has this name, so it is none of a pipeline'
          : 'a name has letters, digits, - and _',
      );
    }
    return { root, name };
  }

  private unknownName(node: CelNode): NotAllowed {
    return new NotAllowed(
      'unknown_name',
      `Unknown name \`${this.quote(node)}\`; use gates.<gate> or domains.<system>.`,
      this.placeOf(node),
    );
  }

  private notAllowed(node: CelNode, rule: string): NotAllowed {
    return new NotAllowed(
      'predicate_not_allowed',
      `\`${this.quote(node)}\` is not allowed: ${rule}.`,
      this.placeOf(node),
    );
  }

  private placeOf({ start, end }: CelNode): TextRange {
    return { start, end };
  }

  private quote(node: CelNode): string {
    return this.source.slice(node.start, node.end).slice(0, 80);
  }
}

function textOf(node: CelNode): string | null {
  return node.op === 'value' && typeof node.args === 'string' ? node.args : null;
}
