import { accept, refuse } from '../basics/index.ts';
import type { Decision, TextRange } from '../basics/index.ts';
import type { PipelineDefinition } from './definition.ts';
import type { CelNode, ParseCel } from './read-condition.ts';

/**
 * Changes the key of a gate, wherever it is named; predicates keep their layout and comments. Refuses with
 * `unknown_gate`, `duplicate_key`, or `predicate_syntax` when a predicate cannot be parsed.
 */
export function renameGate(
  definition: PipelineDefinition,
  gate: string,
  key: string,
  parseCel: ParseCel,
): Decision<PipelineDefinition> {
  const { gates, events, stages, rules, timers, confirmedRegressions } = definition;
  if (!gates.some((one) => one.key === gate))
    return refuse('unknown_gate', `The pipeline has no gate \`${gate}\`.`, 'gate');
  if (gate === key) return accept(definition);
  if (gates.some((one) => one.key === key))
    return refuse('duplicate_key', `The key \`${key}\` is used twice.`, 'key');

  const other = (one: string): string => (one === gate ? key : one);
  const rename = (when: string): string => renamed(when, gate, key, parseCel);
  try {
    return accept({
      ...definition,
      gates: gates.map((one) => (one.key === gate ? { ...one, key } : one)),
      events: events.map((event) => ({
        ...event,
        ...(event.sets === undefined ? {} : { sets: event.sets.map(other) }),
        ...(event.clears === undefined ? {} : { clears: event.clears.map(other) }),
      })),
      stages: stages.map(({ businessStageWhen: cases, ...stage }) =>
        cases === undefined
          ? stage
          : {
              ...stage,
              businessStageWhen: cases.map((one) => ({ ...one, when: rename(one.when) })),
            },
      ),
      rules: rules.map((rule) => ({ ...rule, when: rename(rule.when) })),
      ...(timers === undefined
        ? {}
        : {
            timers: timers.map((timer) => ({
              ...timer,
              start: rename(timer.start),
              stop: rename(timer.stop),
            })),
          }),
      ...(confirmedRegressions === undefined
        ? {}
        : {
            confirmedRegressions: confirmedRegressions.map((one) => ({
              ...one,
              gate: other(one.gate),
            })),
          }),
    });
  } catch {
    return refuse(
      'predicate_syntax',
      'A predicate is not a CEL expression, so nobody knows whether it names the gate. Correct it first.',
      'rules',
    );
  }
}

function renamed(source: string, gate: string, key: string, parseCel: ParseCel): string {
  // Nothing to parse where the name does not occur, so an unfinished predicate elsewhere does not matter.
  if (!source.includes(gate)) return source;
  return namesOf(parseCel(source).ast, gate)
    .toSorted((left, right) => right.start - left.start)
    .reduce(
      (text, { start, end }) =>
        text.slice(0, start) + text.slice(start, end).replace(gate, key) + text.slice(end),
      source,
    );
}

/** Where `gates.<gate>` or `gates["<gate>"]` is written: the name, or the text in quotes. */
function namesOf(node: CelNode, gate: string): readonly TextRange[] {
  const [object, member] = Array.isArray(node.args) ? (node.args as readonly unknown[]) : [];
  const ofGates = isNode(object) && object.op === 'id' && object.args === 'gates';
  if (node.op === '.' && ofGates && member === gate)
    return [{ start: node.end - gate.length, end: node.end }];
  if (node.op === '[]' && ofGates && isNode(member) && member.args === gate) return [member];
  return childrenOf(node.args).flatMap((child) => namesOf(child, gate));
}

function childrenOf(args: unknown): readonly CelNode[] {
  if (isNode(args)) return [args];
  return Array.isArray(args) ? args.flatMap(childrenOf) : [];
}

function isNode(value: unknown): value is CelNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
