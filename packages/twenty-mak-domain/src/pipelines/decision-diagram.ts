import type { CompiledPipeline } from './compile.ts';
import { forEachAtom } from './condition.ts';
import { stageOf, variablesOf, withChoice } from './vectors.ts';
import type { Variable, Vector } from './vectors.ts';

interface DecisionPath extends Vector {
  readonly stage: string;
  readonly vectors: number;
}

/** A node asks for one variable; a leaf is a stage. Equal nodes are one object. */
type Node =
  | { readonly id: number; readonly stage: string }
  | { readonly id: number; readonly variable: number; readonly children: readonly Node[] };

/**
 * Every way through the reduced decision diagram of the rules: questions whose answer changes nothing are left out.
 * The paths exclude each other and cover all combinations.
 */
export function decisionPaths(pipeline: CompiledPipeline): readonly DecisionPath[] {
  const variables = inOrderOfRules(pipeline);
  const nodes = new Map<string, Node>();

  function build(variable: number, facts: number): Node {
    const asked = variables[variable];
    if (asked === undefined) {
      const stage = stageOf(pipeline, facts);
      return shared(stage, (id) => ({ id, stage }));
    }
    const children = asked.choices.map(({ mask }) => build(variable + 1, facts | mask));
    const first = children[0] as Node;
    if (children.every((child) => child === first)) return first;
    const key = [`${variable}:`, ...children.map(({ id }) => id)].join(' ');
    return shared(key, (id) => ({ id, variable, children }));
  }

  function shared(key: string, make: (id: number) => Node): Node {
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const node = make(nodes.size);
    nodes.set(key, node);
    return node;
  }

  function paths(node: Node, decided: Vector, vectors: number): readonly DecisionPath[] {
    if ('stage' in node) return [{ ...decided, stage: node.stage, vectors }];
    const variable = variables[node.variable] as Variable;
    const share = vectors / variable.choices.length;
    return node.children
      .map((child, choice) => paths(child, withChoice(decided, variable, choice), share))
      .toReversed()
      .flat();
  }

  const all = variables.reduce((product, { choices }) => product * choices.length, 1);
  return paths(build(0, 0), { gates: {}, domains: {} }, all);
}

/** Variables as the rules first name them; the diagram is small when the deciding ones come early. */
function inOrderOfRules(pipeline: CompiledPipeline): readonly Variable[] {
  const named: string[] = [];
  for (const condition of pipeline.predicates.rules) {
    forEachAtom(condition, (atom) => {
      if (atom.kind === 'gate') named.push(`gate ${atom.gate}`);
      if (atom.kind === 'domain') named.push(`domain ${atom.system}`);
    });
  }
  const place = ({ kind, name }: Variable): number => {
    const index = named.indexOf(`${kind} ${name}`);
    return index === -1 ? named.length : index;
  };
  return variablesOf(pipeline).toSorted((left, right) => place(left) - place(right));
}
