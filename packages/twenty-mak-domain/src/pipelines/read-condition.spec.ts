import { evaluate } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition, forEachAtom } from './condition.ts';
import type { Atom } from './condition.ts';
import { parseCel, refusalOf, valueOf } from './fixtures.ts';
import { MAX_PREDICATE_DEPTH, MAX_PREDICATE_LENGTH, readCondition } from './read-condition.ts';
import type { Vocabulary } from './read-condition.ts';
import { has, truthTeller } from './truth.ts';

const gates = ['a', 'b', 'c'];
const systems = { legal: ['in_review', 'done'], docflow: ['signing', 'signed'] };
const vocabulary: Vocabulary = {
  gates: new Set(gates),
  domains: new Map(Object.entries(systems).map(([name, stages]) => [name, new Set(stages)])),
  created: false,
};

const read = (source: string, names = vocabulary) =>
  readCondition(source, names, parseCel, 'rules.0.when');
const codeOf = (source: string, names = vocabulary) => refusalOf(read(source, names)).code;
const reasonOf = (source: string, names = vocabulary) => refusalOf(read(source, names)).reason;

/** Bits: a, b, c, legal in_review, legal done, docflow signing, docflow signed, created. */
function bitOf(atom: Atom): number {
  if (atom.kind === 'gate') return gates.indexOf(atom.gate);
  if (atom.kind === 'created') return 7;
  return ['in_review', 'done', 'signing', 'signed'].indexOf(atom.stage) + 3;
}

function holds(source: string, facts: number, names = vocabulary): boolean {
  return compileCondition(valueOf(read(source, names)), bitOf)(facts);
}

describe('what a predicate may say', () => {
  it.each([
    ['gates.a', 0b001, true],
    ['gates.a', 0b110, false],
    ['gates["b"]', 0b010, true],
    ['!gates.a', 0b001, false],
    ['gates.a && gates.b', 0b011, true],
    ['gates.a && gates.b', 0b001, false],
    ['gates.a || gates.b', 0b010, true],
    ['gates.a || gates.b', 0b100, false],
    ['gates.a == gates.b', 0b000, true],
    ['gates.a == gates.b', 0b001, false],
    ['gates.a != gates.b', 0b001, true],
    ['gates.a == true', 0b001, true],
    ['gates.a ? gates.b : gates.c', 0b011, true],
    ['gates.a ? gates.b : gates.c', 0b101, false],
    ['gates.a ? gates.b : gates.c', 0b100, true],
    ['true', 0, true],
    ['false', 0, false],
    ['domains.legal == "in_review"', 0b1000, true],
    ['"in_review" == domains.legal', 0b1000, true],
    ['domains.legal != "in_review"', 0b1000, false],
    ['domains["legal"] in ["in_review", "done"]', 0b10000, true],
    ['domains.legal in ["in_review", "done"]', 0b01000, true],
    ['domains.legal in ["done"]', 0b01000, false],
    ['gates.a // a comment', 0b001, true],
  ] as const)('%s of %i is %s', (source, facts, expected) => {
    expect(holds(source, facts)).toBe(expected);
  });

  it('asks whether the deal was created only where that is allowed', () => {
    expect(holds('created', 1 << 7, { ...vocabulary, created: true })).toBe(true);
    expect(holds('created', 0, { ...vocabulary, created: true })).toBe(false);
    expect(codeOf('created')).toBe('unknown_name');
    expect(codeOf('updated', { ...vocabulary, created: true })).toBe('unknown_name');
  });

  it('compares a system without listed stages with any text', () => {
    expect(read('domains.crm == "Новый этап"').ok).toBe(true);
    expect(read('domains["task-tracker"] == "open"').ok).toBe(true);
  });

  it('visits atoms from left to right', () => {
    const seen: string[] = [];
    const source = '(gates.a ? gates.b : !gates.c) == (domains.legal == "done" || true) && gates.b';
    forEachAtom(valueOf(read(source)), (atom) => {
      seen.push(atom.kind === 'gate' ? atom.gate : atom.kind);
    });
    expect(seen).toEqual(['a', 'b', 'c', 'domain', 'b']);
  });
});

describe('what a predicate may not say', () => {
  it.each([
    ['gates.missing', 'unknown_gate', 'This pipeline has no gate `missing`.'],
    ['domains.legal == "signed"', 'unknown_domain_stage', 'domain `legal` has no stage `signed`'],
    ['deal.amount', 'unknown_name', 'Unknown name `deal.amount`'],
    ['gates', 'unknown_name', 'Unknown name `gates`'],
    ['created', 'unknown_name', 'use gates.<gate> or domains.<system>'],
    ['gates.a.b', 'unknown_name', 'Unknown name `gates.a.b`'],
    ['domains.legal', 'predicate_not_allowed', 'as in domains.legal == "…"'],
    ['domains.legal == domains.docflow', 'predicate_not_allowed', '`domains.legal` is not'],
    ['gates.a == "x"', 'predicate_not_allowed', 'only a domain can be compared with a text'],
    ['"x" == "x"', 'predicate_not_allowed', 'only a domain can be compared'],
    ['gates.a in ["x"]', 'predicate_not_allowed', 'only a domain can be compared'],
    ['gates.a in []', 'predicate_not_allowed', '`in` needs a list of stages'],
    ['domains.legal in domains', 'predicate_not_allowed', '`domains` is not allowed: `in` needs'],
    ['domains.legal in {"done": true}', 'predicate_not_allowed', '`in` needs a list'],
    ['domains.legal in [1]', 'predicate_not_allowed', '`1` is not allowed: a stage is a text'],
    ['1', 'predicate_not_allowed', 'only true and false stand alone'],
    ['"a"', 'predicate_not_allowed', 'only true and false stand alone'],
    ['null', 'predicate_not_allowed', 'only true and false stand alone'],
    ['-gates.a', 'predicate_not_allowed', 'predicates know &&'],
    ['gates.a + gates.b', 'predicate_not_allowed', 'predicates know &&'],
    ['1 < 2', 'predicate_not_allowed', 'predicates know &&'],
    ['[gates.a]', 'predicate_not_allowed', 'predicates know &&'],
    ['gates[1]', 'predicate_not_allowed', 'a name has letters, digits'],
    ['gates["a b"]', 'predicate_not_allowed', 'a name has letters, digits'],
    ['domains[gates.a] == "x"', 'predicate_not_allowed', 'a name has letters, digits'],
  ])('%s → %s', (source, code, reason) => {
    expect(codeOf(source)).toBe(code);
    expect(reasonOf(source)).toContain(reason);
    expect(refusalOf(read(source)).field).toBe('rules.0.when');
  });

  it.each(['', 'gates.a &&', 'gates.a) || (true', 'gates.a; gates.b', "'; drop table deals; --"])(
    'says why %j is no CEL',
    (source) => {
      expect(codeOf(source)).toBe('predicate_syntax');
      expect(reasonOf(source)).toMatch(/^This is not a CEL expression: [^\n]+\.$/);
    },
  );

  it.each([
    ['gates.a && gates.missing', 'gates.missing'],
    ['gates.a || domains.legal == "signed"', '"signed"'],
    ['domains.legal in ["done", "gone"]', '"gone"'],
    ['gates.a && (deal.amount)', 'deal.amount'],
    ['!(gates.a && 1)', '1'],
    ['gates.a & gates.b', '&'],
  ])('says where in %s the fault is', (source, fault) => {
    const { range } = refusalOf(read(source));
    expect(source.slice(range?.start, range?.end)).toBe(fault);
  });

  it('points behind the end when something is missing there', () => {
    expect(refusalOf(read('gates.a &&')).range).toEqual({ start: 10, end: 10 });
  });

  it.each([
    {},
    { range: null },
    { range: {} },
    { range: { start: 1 } },
    { range: { start: 'a', end: 2 } },
  ])('says no place when the parser says none: %j', (rest) => {
    const refused = readCondition(
      'x',
      vocabulary,
      () => {
        throw Object.assign(new Error('no'), rest);
      },
      'f',
    );
    expect(refusalOf(refused)).not.toHaveProperty('range');
  });

  it('survives a parser that throws no error object', () => {
    const thrown = readCondition(
      'x',
      vocabulary,
      () => {
        throw 'no error';
      },
      'f',
    ); // oxlint-disable-line
    expect(refusalOf(thrown).reason).toBe('This is not a CEL expression: unreadable.');
  });

  it('does not hide a defect of the parser', () => {
    const broken = () => ({ ast: undefined as never });
    expect(() => readCondition('x', vocabulary, broken, 'f')).toThrow(TypeError);
  });

  it('shortens what it quotes', () => {
    expect(reasonOf(`gates.a == "${'x'.repeat(500)}" + "y"`).length).toBeLessThan(250);
    expect(reasonOf(`domains.legal == "${'x'.repeat(500)}"`).length).toBeLessThan(150);
  });
});

describe('injections', () => {
  it.each([
    '[1, 2].all(x, x > 0)',
    '[1].exists(x, true)',
    '[1].exists_one(x, true)',
    '[1].map(x, x) == [1]',
    '[1].filter(x, true) == [1]',
    'gates.all(g, true)',
    '"a".matches("(a+)+$")',
    'matches("a", "(a+)+$")',
    'size(gates) > 0',
    'has(gates.a)',
    'cel.bind(x, gates.a, x)',
    'type(gates.a) == bool',
    'dyn(gates.a)',
    'timestamp("2020-01-01T00:00:00Z") < timestamp("2021-01-01T00:00:00Z")',
    'gates.a.constructor("return process")()',
  ])('%s is refused', (source) => {
    expect(['predicate_not_allowed', 'predicate_syntax']).toContain(codeOf(source));
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '__defineGetter__',
    'valueOf',
  ])('%s is nobody’s name', (name) => {
    expect(codeOf(`gates.${name}`)).toBe('predicate_not_allowed');
    expect(codeOf(`gates["${name}"]`)).toBe('predicate_not_allowed');
    expect(codeOf(`domains.${name} == "x"`)).toBe('predicate_not_allowed');
    expect(codeOf(`domains["${name}"] in ["x"]`)).toBe('predicate_not_allowed');
  });

  it('says why an inherited name is refused', () => {
    expect(reasonOf('gates.constructor')).toBe(
      '`gates.constructor` is not allowed: every object has this name, so it is none of a pipeline.',
    );
  });

  it('never runs nested macros', { timeout: 1_000 }, () => {
    const list = `[${Array.from({ length: 60 }, (_, index) => index).join(',')}]`;
    const endless = `${list}.all(a, ${list}.all(b, ${list}.all(c, ${list}.all(d, true))))`;
    expect(codeOf(endless)).toBe('predicate_not_allowed');
  });

  it('refuses long texts before parsing them', { timeout: 1_000 }, () => {
    const long = 'gates.a || '.repeat(10_000) + 'gates.a';
    expect(codeOf(long)).toBe('predicate_too_long');
    expect(reasonOf(long)).toBe('A predicate may have 2000 characters; this one has 110007.');
    const fits = 'gates.a'.padEnd(MAX_PREDICATE_LENGTH);
    expect(read(fits).ok).toBe(true);
    expect(codeOf(`${fits} `)).toBe('predicate_too_long');
  });

  it.each([
    ['round', '(', ')'],
    ['square', '[', ']'],
    ['curly', '{', '}'],
  ])('refuses deep %s brackets and never overflows', (_, open, close) => {
    const nested = (depth: number): string => open.repeat(depth) + close.repeat(depth);
    expect(codeOf(nested(10_000))).toBe('predicate_too_long');
    expect(codeOf(nested(900))).toBe('predicate_too_deep');
    expect(codeOf(nested(MAX_PREDICATE_DEPTH + 1))).toBe('predicate_too_deep');
    expect(codeOf(nested(MAX_PREDICATE_DEPTH))).not.toBe('predicate_too_deep');
    expect(reasonOf(nested(900))).toContain('nested 200 deep');
  });

  it('counts nesting that brackets do not show', () => {
    expect(codeOf(`${'!'.repeat(1_900)}gates.a`)).toBe('predicate_too_deep');
    expect(codeOf(`${'!'.repeat(MAX_PREDICATE_DEPTH)}gates.a`)).toBe('predicate_too_deep');
    expect(read(`${'!'.repeat(MAX_PREDICATE_DEPTH - 1)}gates.a`).ok).toBe(true);
  });

  it.each(['true?true:true', 'true&&true', 'true||true', 'true==true', 'true!=true', '!true'])(
    'counts %s as one level',
    (inner) => {
      const nested = (depth: number): string => `${'!'.repeat(depth)}(${inner})`;
      expect(codeOf(nested(MAX_PREDICATE_DEPTH - 1))).toBe('predicate_too_deep');
      expect(read(nested(MAX_PREDICATE_DEPTH - 2)).ok).toBe(true);
    },
  );

  it('counts brackets that are closed again only once', () => {
    expect(read(Array(100).fill('(gates.a)').join('||')).ok).toBe(true);
    expect(read(Array(150).fill('((true))').join('||')).ok).toBe(true);
  });
});

const name = fc.constantFrom(...gates);
const domain = fc.constantFrom(...Object.entries(systems));
const predicate = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    name.map((gate) => `gates.${gate}`),
    name.map((gate) => `gates["${gate}"]`),
    fc.constantFrom('true', 'false'),
    domain.chain(([system, stages]) =>
      fc.constantFrom(...stages).map((stage) => `domains.${system} == "${stage}"`),
    ),
    domain.chain(([system, stages]) =>
      fc.constantFrom(...stages).map((stage) => `'${stage}' != domains.${system}`),
    ),
    domain.map(
      ([system, stages]) =>
        `domains.${system} in [${stages.map((stage) => JSON.stringify(stage)).join()}]`,
    ),
    tie('any').map((one) => `!(${one})`),
    fc
      .tuple(tie('any'), fc.constantFrom('&&', '||', '==', '!='), tie('any'))
      .map(([left, op, right]) => `(${left}) ${op} (${right})`),
    fc
      .tuple(tie('any'), tie('any'), tie('any'))
      .map(([test, yes, no]) => `(${test}) ? (${yes}) : (${no})`),
  ),
})).any;

const situation = fc.record({
  gates: fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() }),
  domains: fc.record({
    legal: fc.constantFrom('in_review', 'done', 'elsewhere'),
    docflow: fc.constantFrom('signing', 'signed', 'elsewhere'),
  }),
});

describe('the same text, asked of cel-js itself', () => {
  it('gives the same answer for all facts, one by one and as a truth set', () => {
    fc.assert(
      fc.property(predicate, situation, (source, context) => {
        fc.pre(source.length <= MAX_PREDICATE_LENGTH);
        const condition = valueOf(read(source));
        let facts = 0;
        for (const gate of gates) {
          if (context.gates[gate as 'a']) facts |= 1 << bitOf({ kind: 'gate', gate });
        }
        for (const [system, stage] of Object.entries(context.domains)) {
          if (stage !== 'elsewhere') facts |= 1 << bitOf({ kind: 'domain', system, stage });
        }
        const expected = evaluate(source, context);
        expect(compileCondition(condition, bitOf)(facts)).toBe(expected);
        expect(has(truthTeller(bitOf, 8)(condition), facts)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});
