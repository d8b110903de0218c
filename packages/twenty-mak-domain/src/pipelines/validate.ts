import { accept } from '../basics/index.ts';
import type { Decision, Refusal } from '../basics/index.ts';
import { validateCalendar, validateTarget } from '../sla/index.ts';
import { MAX_FACTS } from './compile.ts';
import type { ParseCel } from './read-condition.ts';
import type { PipelineDefinition } from './definition.ts';
import { predicateFindings } from './predicates.ts';
import { referenceFindings } from './references.ts';
import {
  Findings,
  flag,
  identifier,
  key,
  line,
  list,
  object,
  oneOf,
  predicate,
  record,
} from './shape.ts';
import type { Check } from './shape.ts';

/** How large a pipeline may be. */
export const PIPELINE_LIMITS = {
  gates: MAX_FACTS,
  events: 200,
  aliases: 20,
  conditions: 10,
  knownTypes: 500,
  stages: 50,
  endings: 20,
  rules: 50,
  timers: 50,
  calendars: 20,
  systems: 50,
  domainStages: 200,
  names: 20,
  confirmedRegressions: 1_000,
} as const;

/**
 * Checks untrusted JSON and gives it back typed. Refuses with the first of `definitionFindings`; predicates are not
 * read here but by `compilePipeline`.
 */
export function validateDefinition(raw: unknown): Decision<PipelineDefinition> {
  const [refusal] = definitionFindings(raw);
  return refusal === undefined ? accept(raw as PipelineDefinition) : { ok: false, refusal };
}

/**
 * All that is wrong with a definition, for editors; at most 100 findings. Names are looked up once the form is right.
 * With `parseCel` the predicates are read too.
 *
 * Codes: `wrong_type`, `unknown_property`, `missing_property`, `text_invalid`, `key_invalid`, `predicate_empty`,
 * `value_not_allowed`, `too_few`, `too_many`, `too_many_facts`, those of `referenceFindings`, of targets and
 * calendars, and with `parseCel` those of `readCondition`.
 */
export function definitionFindings(raw: unknown, parseCel?: ParseCel): readonly Refusal[] {
  const found = new Findings();
  if (!definition(raw, '', found)) return found.list;
  const typed = raw as PipelineDefinition;
  referenceFindings(typed, found);
  if (parseCel !== undefined) predicateFindings(typed, parseCel, found);
  return found.list;
}

const keys = list(key, { max: PIPELINE_LIMITS.names });
const gateKeys = list(identifier, { max: PIPELINE_LIMITS.gates });

/** Takes over a check of another feature, which answers with a decision. */
function decided(validate: (raw: unknown, field: string) => Decision<unknown>): Check {
  return (value, field, found) => {
    const decision = validate(value, field);
    if (!decision.ok)
      found.add(decision.refusal.code, decision.refusal.reason, decision.refusal.field ?? field);
    return decision.ok;
  };
}

const gate = object(
  'A gate',
  { key: identifier, title: line },
  { code: line, announces: oneOf('offer.approved', 'billing.ready') },
);

const event = object(
  'An event',
  { type: line },
  {
    aliases: list(line, { max: PIPELINE_LIMITS.aliases }),
    where: record(line, line, PIPELINE_LIMITS.conditions),
    creates: flag,
    sets: gateKeys,
    clears: gateKeys,
    domain: object('A domain stage', { system: key, stage: line }),
    ends: key,
    reopens: flag,
  },
);

const businessStageCase = object(
  'A business stage',
  { when: predicate, businessStage: line },
  { responsible: key },
);

const stage = object(
  'A stage',
  { key, title: line },
  {
    kind: oneOf('open', 'won'),
    businessStage: line,
    businessStageWhen: list(businessStageCase, { max: PIPELINE_LIMITS.names }),
    color: key,
    responsible: key,
    roles: keys,
    systems: keys,
  },
);

const ending = object(
  'An ending',
  { key, title: line, outcome: oneOf('won', 'lost') },
  { color: key },
);

const rule = object('A rule', { stage: key, when: predicate });

const timer = object(
  'A timer',
  { key, start: predicate, stop: predicate, target: decided(validateTarget) },
  { title: line, calendar: key, accountable: keys },
);

const regression = object('A confirmed regression', { gate: identifier, from: key, to: key });

const definition = object(
  'A pipeline',
  {
    key,
    title: line,
    gates: list(gate, {
      min: 1,
      max: PIPELINE_LIMITS.gates,
      code: 'too_many_facts',
      advice: ' Split the pipeline or merge gates.',
    }),
    events: list(event, { max: PIPELINE_LIMITS.events }),
    stages: list(stage, { min: 1, max: PIPELINE_LIMITS.stages }),
    rules: list(rule, { max: PIPELINE_LIMITS.rules }),
  },
  {
    domains: record(
      key,
      list(line, { max: PIPELINE_LIMITS.domainStages }),
      PIPELINE_LIMITS.systems,
    ),
    knownTypes: list(line, { max: PIPELINE_LIMITS.knownTypes }),
    endings: list(ending, { max: PIPELINE_LIMITS.endings }),
    timers: list(timer, { max: PIPELINE_LIMITS.timers }),
    calendars: record(key, decided(validateCalendar), PIPELINE_LIMITS.calendars),
    confirmedRegressions: list(regression, { max: PIPELINE_LIMITS.confirmedRegressions }),
  },
);
