import type { EventMapping, PipelineDefinition } from './definition.ts';
import { at } from './shape.ts';
import type { Findings } from './shape.ts';

/** Types that carry their own meaning in every pipeline; a mapping could only contradict it. */
export const RESERVED_TYPES: ReadonlySet<string> = new Set([
  'deal.updated',
  'deal.owner.changed',
  'deal.note.added',
  'deal.note.edited',
  'deal.note.removed',
  'deal.archived',
  'deal.restored',
  'deal.reopened',
]);

/** Our own announcements: a pipeline that listened to them would answer itself. */
const OWN_PREFIX = 'masterdeal.';

/**
 * Names within a well-formed definition that are used twice, that nothing carries, or that contradict each other.
 * Codes: `duplicate_key`, `duplicate_value`, `unknown_gate`, `unknown_stage`, `unknown_ending`, `unknown_calendar`,
 * `unknown_domain_stage`, `type_reserved`, `duplicate_event`, `event_shadowed`, `gate_set_and_cleared`,
 * `ends_and_reopens`.
 */
export function referenceFindings(definition: PipelineDefinition, found: Findings): void {
  const { gates, stages, rules, events, endings = [], timers = [] } = definition;
  uniqueKeys(gates, 'gates', found);
  uniqueKeys([...stages, ...endings], 'stages', found, stages.length);
  uniqueKeys(timers, 'timers', found);
  for (const [system, known] of Object.entries(definition.domains ?? {})) {
    unique(known, at('domains', system), found);
  }

  const gateKeys = new Set(gates.map(({ key }) => key));
  const stageKeys = new Set(stages.map(({ key }) => key));
  const endingKeys = new Set(endings.map(({ key }) => key));
  const calendars = new Set(Object.keys(definition.calendars ?? {}));

  for (const [index, { stage }] of rules.entries()) {
    if (!stageKeys.has(stage)) unknownStage(stage, endingKeys, `rules.${index}.stage`, found);
  }
  for (const [index, { calendar }] of timers.entries()) {
    if (calendar === undefined || calendars.has(calendar)) continue;
    found.add(
      'unknown_calendar',
      `The pipeline has no calendar \`${calendar}\`.`,
      `timers.${index}.calendar`,
    );
  }
  for (const [index, { gate, from, to }] of (definition.confirmedRegressions ?? []).entries()) {
    const field = `confirmedRegressions.${index}`;
    if (!gateKeys.has(gate)) unknownGate(gate, at(field, 'gate'), found);
    if (!stageKeys.has(from)) unknownStage(from, endingKeys, at(field, 'from'), found);
    if (!stageKeys.has(to)) unknownStage(to, endingKeys, at(field, 'to'), found);
  }
  for (const [index, event] of events.entries()) {
    effectsOf(definition, event, `events.${index}`, gateKeys, endingKeys, found);
  }
  typesOf(definition, found);
}

function effectsOf(
  definition: PipelineDefinition,
  event: EventMapping,
  field: string,
  gateKeys: ReadonlySet<string>,
  endingKeys: ReadonlySet<string>,
  found: Findings,
): void {
  const { sets = [], clears = [], ends, reopens, domain } = event;
  for (const [effect, keys] of [
    ['sets', sets],
    ['clears', clears],
  ] as const) {
    unique(keys, at(field, effect), found);
    for (const [index, gate] of keys.entries()) {
      if (!gateKeys.has(gate)) unknownGate(gate, `${field}.${effect}.${index}`, found);
    }
  }
  for (const [index, gate] of clears.entries()) {
    if (!sets.includes(gate)) continue;
    found.add(
      'gate_set_and_cleared',
      `\`${event.type}\` both sets and clears \`${gate}\`; keep one of them.`,
      `${field}.clears.${index}`,
    );
  }
  if (ends !== undefined && !endingKeys.has(ends)) {
    found.add('unknown_ending', `The pipeline has no ending \`${ends}\`.`, at(field, 'ends'));
  }
  if (ends !== undefined && reopens === true) {
    found.add(
      'ends_and_reopens',
      `\`${event.type}\` both ends and reopens a deal; keep one of them.`,
      at(field, 'reopens'),
    );
  }
  const known = domain === undefined ? undefined : domainStages(definition, domain.system);
  if (domain !== undefined && known !== undefined && !known.includes(domain.stage)) {
    found.add(
      'unknown_domain_stage',
      `The domain \`${domain.system}\` has no stage \`${domain.stage}\`.`,
      at(field, 'domain.stage'),
    );
  }
}

function domainStages(
  { domains }: PipelineDefinition,
  system: string,
): readonly string[] | undefined {
  return domains !== undefined && Object.hasOwn(domains, system) ? domains[system] : undefined;
}

/** One type may be mapped several times if its conditions tell the events apart. */
function typesOf({ events, knownTypes = [] }: PipelineDefinition, found: Findings): void {
  const earlier = new Map<string, EventMapping[]>();
  const see = (type: string, mapping: EventMapping, field: string): void => {
    reserved(type, field, found);
    const same = earlier.get(type) ?? [];
    const winner = same.find((one) => covers(one, mapping));
    if (winner !== undefined) {
      const [code, reason] = covers(mapping, winner)
        ? ['duplicate_event', `\`${type}\` is mapped twice under the same conditions.`]
        : [
            'event_shadowed',
            `An earlier mapping of \`${type}\` always takes these events; move the narrower one up.`,
          ];
      found.add(code, reason, field);
    }
    earlier.set(type, [...same, mapping]);
  };
  for (const [index, mapping] of events.entries()) {
    see(mapping.type, mapping, `events.${index}.type`);
    for (const [alias, type] of (mapping.aliases ?? []).entries()) {
      see(type, mapping, `events.${index}.aliases.${alias}`);
    }
  }
  unique(knownTypes, 'knownTypes', found);
}

/** Whether `wide` takes every event that `narrow` takes. */
function covers({ where: wide = {} }: EventMapping, { where: narrow = {} }: EventMapping): boolean {
  return Object.entries(wide).every(
    ([name, value]) => Object.hasOwn(narrow, name) && narrow[name] === value,
  );
}

function reserved(type: string, field: string, found: Findings): void {
  if (!RESERVED_TYPES.has(type) && !type.startsWith(OWN_PREFIX)) return;
  found.add(
    'type_reserved',
    `\`${type}\` has a meaning of its own in every pipeline and cannot be mapped.`,
    field,
  );
}

function uniqueKeys(
  items: readonly { readonly key: string }[],
  field: string,
  found: Findings,
  endingsFrom = Number.POSITIVE_INFINITY,
): void {
  const seen = new Set<string>();
  for (const [index, { key }] of items.entries()) {
    const path =
      index < endingsFrom ? `${field}.${index}.key` : `endings.${index - endingsFrom}.key`;
    if (seen.has(key)) found.add('duplicate_key', `The key \`${key}\` is used twice.`, path);
    seen.add(key);
  }
}

function unique(values: readonly string[], field: string, found: Findings): void {
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) === index) continue;
    found.add('duplicate_value', `\`${value}\` is listed twice.`, at(field, index));
  }
}

function unknownGate(gate: string, field: string, found: Findings): void {
  found.add('unknown_gate', `The pipeline has no gate \`${gate}\`.`, field);
}

function unknownStage(
  stage: string,
  endings: ReadonlySet<string>,
  field: string,
  found: Findings,
): void {
  const reason = endings.has(stage)
    ? `\`${stage}\` is an ending: only an event leads there, never a rule.`
    : `The pipeline has no stage \`${stage}\`.`;
  found.add('unknown_stage', reason, field);
}
