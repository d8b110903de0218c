import { parse } from '@marcbachmann/cel-js';
import { compareEvents } from '../deal-gates/index.ts';
import type { DomainEvent } from '../deal-gates/index.ts';
import type { EventMapping, PipelineDefinition } from '../pipelines/index.ts';

/** What the text of the domain says of a deal after one event. */
export interface Moment {
  readonly event: DomainEvent;
  readonly gates: Readonly<Record<string, boolean>>;
  readonly domains: Readonly<Record<string, string>>;
  readonly stage: string;
  readonly ended: boolean;
  readonly outcome: 'won' | 'lost' | null;
  /** Timers whose run has to be open now. */
  readonly running: readonly string[];
}

/**
 * The rules once more, slow and word for word: predicates are evaluated by the CEL library instead of compiled to
 * bits, every moment is written down. The fold is compared with it.
 */
export function retell(
  definition: PipelineDefinition,
  events: readonly DomainEvent[],
): readonly Moment[] {
  const holds = predicates(definition);
  const order = definition.stages.map(({ key }) => key);
  const initial = order[0] as string;
  const moments: Moment[] = [];
  let gates: Record<string, boolean> = Object.fromEntries(
    definition.gates.map(({ key }) => [key, false]),
  );
  let domains: Record<string, string> = {};
  let [stage, ended, created] = [initial, false, false];
  let outcome: Moment['outcome'] = null;

  const byRules = (): string =>
    definition.rules.find((rule) => holds(rule.when, gates, domains, created))?.stage ?? initial;
  const moveTo = (next: string): void => {
    if (next === stage) return;
    stage = next;
    outcome = definition.stages.find(({ key }) => key === next)?.kind === 'won' ? 'won' : null;
  };

  for (const event of events.toSorted(compareEvents)) {
    const mapping = mappingFor(definition, event);
    const builtIn = event.type.startsWith('deal.') || event.type === 'domain.stage.changed';
    if (mapping === undefined && !builtIn) continue;
    created ||= event.type === 'deal.created' || mapping?.creates === true;
    const reopens = event.type === 'deal.reopened' || mapping?.reopens === true;
    if (!ended || reopens) {
      const cleared = (mapping?.clears ?? []).some((gate) => gates[gate]);
      gates = { ...gates };
      for (const gate of mapping?.sets ?? []) gates[gate] = true;
      for (const gate of mapping?.clears ?? []) gates[gate] = false;
      if (mapping?.domain) domains = { ...domains, [mapping.domain.system]: mapping.domain.stage };
      const { system, stage: local } = event.data;
      if (
        event.type === 'domain.stage.changed' &&
        typeof system === 'string' &&
        typeof local === 'string'
      ) {
        domains = { ...domains, [system]: local };
      }
      if (ended) {
        ended = false;
        moveTo(byRules());
      } else if (mapping?.ends !== undefined) {
        ended = true;
        stage = mapping.ends;
        outcome = definition.endings?.find(({ key }) => key === mapping.ends)?.outcome ?? null;
      } else if (cleared || order.indexOf(byRules()) > order.indexOf(stage)) {
        moveTo(byRules());
      }
    }
    const running = (definition.timers ?? [])
      .filter(
        ({ start, stop }) =>
          !ended && holds(start, gates, domains, created) && !holds(stop, gates, domains, created),
      )
      .map(({ key }) => key);
    moments.push({ event, gates, domains, stage, ended, outcome, running });
  }
  return moments;
}

function mappingFor(definition: PipelineDefinition, event: DomainEvent): EventMapping | undefined {
  return definition.events.find(
    ({ type, aliases = [], where = {} }) =>
      [type, ...aliases].includes(event.type) &&
      Object.entries(where).every(([field, value]) => event.data[field] === value),
  );
}

type Holds = (
  predicate: string,
  gates: Readonly<Record<string, boolean>>,
  domains: Readonly<Record<string, string>>,
  created: boolean,
) => boolean;

/** CEL fails on a missing key; a system that has said nothing is in the stage without a name. */
function predicates(definition: PipelineDefinition): Holds {
  const silent = Object.fromEntries(
    Object.keys(definition.domains ?? {}).map((system) => [system, '']),
  );
  const compiled = new Map<string, ReturnType<typeof parse>>();
  return (predicate, gates, domains, created) => {
    const run = compiled.get(predicate) ?? parse(predicate);
    compiled.set(predicate, run);
    return run({ gates, domains: { ...silent, ...domains }, created }) === true;
  };
}
