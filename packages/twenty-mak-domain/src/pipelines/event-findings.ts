import type { CompiledPipeline } from './compile.ts';
import { allConditions, forEachAtom } from './condition.ts';
import type { EventMapping } from './definition.ts';
import { settableGates } from './finding.ts';
import type { Finding } from './finding.ts';

/**
 * What events cannot do, and gates that nobody sets or reads. Codes: `type_unknown`, `event_without_effect`,
 * `no_creating_event`, `ending_unreachable`, `gate_never_set`, `gate_never_read`.
 */
export function eventFindings(
  pipeline: CompiledPipeline,
  knownTypes: ReadonlySet<string> | undefined,
): readonly Finding[] {
  return [
    ...unknownTypes(pipeline, knownTypes),
    ...idleEvents(pipeline),
    ...creation(pipeline),
    ...unreachableEndings(pipeline),
    ...gates(pipeline),
  ];
}

function unknownTypes(
  { definition }: CompiledPipeline,
  knownTypes: ReadonlySet<string> | undefined,
): readonly Finding[] {
  if (knownTypes === undefined) return [];
  const own = new Set(definition.knownTypes);
  return definition.events.flatMap(({ type, aliases = [] }, index): Finding[] => {
    if ([type, ...aliases].some((name) => knownTypes.has(name) || own.has(name))) return [];
    return [
      {
        severity: 'error',
        code: 'type_unknown',
        reason: `No system sends \`${type}\`. Correct the spelling, or list it among the known types.`,
        field: `events.${index}.type`,
      },
    ];
  });
}

function idleEvents({ definition }: CompiledPipeline): readonly Finding[] {
  return definition.events.flatMap((event, index): Finding[] => {
    if (hasEffect(event)) return [];
    return [
      {
        severity: 'warning',
        code: 'event_without_effect',
        reason: `\`${event.type}\` does nothing. Give it an effect, or list it among the known types.`,
        field: `events.${index}`,
      },
    ];
  });
}

function hasEffect({
  creates,
  sets = [],
  clears = [],
  domain,
  ends,
  reopens,
}: EventMapping): boolean {
  return (
    creates === true ||
    reopens === true ||
    sets.length + clears.length > 0 ||
    domain !== undefined ||
    ends !== undefined
  );
}

function creation({ definition }: CompiledPipeline): readonly Finding[] {
  if (definition.events.some(({ creates }) => creates === true)) return [];
  return [
    {
      severity: 'warning',
      code: 'no_creating_event',
      reason: 'No event of another system creates a deal; deals can only be made by hand.',
      field: 'events',
    },
  ];
}

function unreachableEndings({ definition }: CompiledPipeline): readonly Finding[] {
  return (definition.endings ?? []).flatMap(({ key }, index): Finding[] => {
    if (definition.events.some(({ ends }) => ends === key)) return [];
    return [
      {
        severity: 'error',
        code: 'ending_unreachable',
        reason: `No event leads to the ending \`${key}\`. Let one, or remove it.`,
        field: `endings.${index}`,
      },
    ];
  });
}

function gates(pipeline: CompiledPipeline): readonly Finding[] {
  const settable = settableGates(pipeline);
  const read = new Set<string>();
  for (const condition of allConditions(pipeline.predicates)) {
    forEachAtom(condition, (atom) => {
      if (atom.kind === 'gate') read.add(atom.gate);
    });
  }
  return pipeline.definition.gates.flatMap(({ key, announces }, bit): Finding[] => {
    const field = `gates.${bit}`;
    const findings: Finding[] = [];
    if ((settable & (1 << bit)) === 0) {
      findings.push({
        severity: 'warning',
        code: 'gate_never_set',
        reason: `No event sets \`${key}\`; it is never true.`,
        field,
      });
    }
    if (!read.has(key) && announces === undefined) {
      findings.push({
        severity: 'info',
        code: 'gate_never_read',
        reason: `No rule and no timer asks for \`${key}\`; it is only shown.`,
        field,
      });
    }
    return findings;
  });
}
