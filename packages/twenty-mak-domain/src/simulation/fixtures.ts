import { parse } from '@marcbachmann/cel-js';
import { DAY } from '../basics/index.ts';
import type { Instant } from '../basics/index.ts';
import { BUILT_IN_TYPES, NOTE_CHANGES } from '../deal-gates/index.ts';
import type { DomainEvent, JsonObject } from '../deal-gates/index.ts';
import { compilePipeline } from '../pipelines/index.ts';
import type { CompiledPipeline, PipelineDefinition } from '../pipelines/index.ts';

/** Monday, 2 March 2026, 09:00 UTC: the moment at which stories begin. */
export const START: Instant = Date.UTC(2026, 2, 2, 9);

/** Compiles a definition that is known to be right; throws otherwise. */
export function compiled(definition: PipelineDefinition): CompiledPipeline {
  const result = compilePipeline(definition, parse);
  if (!result.ok) throw new Error(`${definition.key}: ${result.refusal.reason}`);
  return result.value;
}

/** An event told by `crm`, with the type and the time as its id. */
export function event(
  type: string,
  occurredAt: Instant = START,
  data: JsonObject = {},
  more: Partial<DomainEvent> = {},
): DomainEvent {
  return {
    type,
    version: 1,
    source: 'crm',
    eventId: `${type}@${occurredAt}`,
    occurredAt,
    masterDealId: null,
    externalRefs: [{ system: 'crm', id: '1' }],
    correlationId: null,
    data,
    ...more,
  };
}

/** JSON with sorted keys: equal values have equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}

/**
 * A small pipeline with everything a pipeline can have: two systems with compared stages, an event that sets and
 * clears at once, a condition on the data, both outcomes, a reopening event and timers that start in several ways.
 */
export const workshop: PipelineDefinition = {
  key: 'workshop',
  title: 'Repair shop',
  gates: [
    { key: 'ordered', title: 'Ordered' },
    { key: 'diagnosed', title: 'Diagnosed', announces: 'offer.approved' },
    { key: 'repaired', title: 'Repaired' },
    { key: 'paid', title: 'Paid', announces: 'billing.ready' },
  ],
  domains: { bench: ['waiting', 'working', 'testing'], depot: ['packed'] },
  events: [
    { type: 'order.opened', aliases: ['order'], creates: true, sets: ['ordered'] },
    { type: 'order.imported', creates: true },
    { type: 'diagnosis', where: { verdict: 'worth it' }, sets: ['diagnosed'] },
    { type: 'diagnosis', where: { verdict: 'too old' }, ends: 'scrapped' },
    { type: 'repair.done', sets: ['repaired'], domain: { system: 'bench', stage: 'testing' } },
    { type: 'test.failed', clears: ['repaired'], domain: { system: 'bench', stage: 'working' } },
    { type: 'part.swapped', sets: ['diagnosed'], clears: ['repaired', 'paid'] },
    { type: 'payment', sets: ['paid'] },
    { type: 'refund', clears: ['paid'] },
    { type: 'customer.left', ends: 'abandoned', clears: ['ordered'] },
    { type: 'bought.back', ends: 'traded' },
    { type: 'customer.returned', reopens: true, sets: ['ordered'] },
    { type: 'order.again', reopens: true },
  ],
  stages: [
    { key: 'asked', title: 'Asked' },
    { key: 'queued', title: 'Queued' },
    { key: 'in_work', title: 'In work' },
    { key: 'ready', title: 'Ready' },
    { key: 'shipped', title: 'Shipped' },
    { key: 'done', title: 'Done', kind: 'won' },
  ],
  endings: [
    { key: 'abandoned', title: 'Abandoned', outcome: 'lost' },
    { key: 'scrapped', title: 'Scrapped', outcome: 'lost' },
    { key: 'traded', title: 'Traded in', outcome: 'won' },
  ],
  rules: [
    { stage: 'done', when: 'gates.repaired && gates.paid' },
    { stage: 'shipped', when: 'gates.repaired && domains.depot == "packed"' },
    { stage: 'ready', when: 'gates.repaired' },
    { stage: 'in_work', when: 'gates.diagnosed || domains.bench in ["working", "testing"]' },
    { stage: 'queued', when: 'gates.ordered' },
  ],
  timers: [
    {
      key: 'answer',
      start: 'created',
      stop: 'gates.diagnosed',
      target: { amount: 8, unit: 'hours' },
    },
    {
      key: 'repair',
      start: 'gates.ordered && gates.diagnosed',
      stop: 'gates.repaired',
      target: { amount: 2, unit: 'days' },
    },
    {
      key: 'collect',
      start: 'gates.repaired',
      stop: 'gates.paid',
      target: { amount: 3, unit: 'days' },
    },
    {
      key: 'on_bench',
      start: 'domains.bench == "working"',
      stop: 'false',
      target: { amount: 1, unit: 'days' },
    },
  ],
};

/** The moment `n` days after the start. */
export function day(n: number): Instant {
  return START + n * DAY;
}

/** Events that the pipeline may meet: every mapped type and spelling, the built-in ones, and one nobody knows. */
export function vocabulary(
  definition: PipelineDefinition,
): readonly (readonly [string, JsonObject])[] {
  const mapped = definition.events.flatMap(({ type, aliases = [], where = {} }) =>
    [type, ...aliases].map((spelling) => [spelling, where] as const),
  );
  const domains = Object.entries(definition.domains ?? {}).flatMap(([system, stages]) =>
    [...stages, 'elsewhere'].map((stage) => ['domain.stage.changed', { system, stage }] as const),
  );
  // These do not go without data; to the fold a changed note is what a new one is.
  const builtIn = BUILT_IN_TYPES.filter(
    (type) => !['domain.stage.changed', ...NOTE_CHANGES].includes(type),
  ).map((type) => [type, { name: type }] as const);
  return [...mapped, ...mapped, ...domains, ...builtIn, ['weather.changed', {}]];
}
