import { parse } from '@marcbachmann/cel-js';
import type { Decision, Refusal } from '../basics/index.ts';
import { compilePipeline } from './compile-source.ts';
import type { CompiledPipeline } from './compile.ts';
import type { PipelineDefinition } from './definition.ts';
import type { ParseCel } from './read-condition.ts';
import { factsFrom } from './what-if.ts';

/** Tests only. */
export const parseCel: ParseCel = parse;

/** Three gates, one domain comparison, a won stage, an ending and a timer. */
export const small: PipelineDefinition = {
  key: 'small',
  title: 'Small',
  gates: [
    { key: 'asked', title: 'Asked' },
    { key: 'offered', title: 'Offered' },
    { key: 'paid', title: 'Paid' },
  ],
  domains: { legal: ['in_review', 'done'] },
  events: [
    { type: 'asked', creates: true, sets: ['asked'] },
    { type: 'offered', aliases: ['offer.sent'], sets: ['offered'] },
    { type: 'withdrawn', clears: ['offered'] },
    { type: 'paid', sets: ['paid'] },
    { type: 'lost', ends: 'lost' },
  ],
  stages: [
    { key: 'new', title: 'New' },
    { key: 'talking', title: 'Talking' },
    { key: 'offer', title: 'Offer' },
    { key: 'review', title: 'Review' },
    { key: 'won', title: 'Won', kind: 'won' },
  ],
  endings: [{ key: 'lost', title: 'Lost', outcome: 'lost' }],
  rules: [
    { stage: 'won', when: 'gates.paid' },
    { stage: 'review', when: 'gates.offered && domains.legal == "in_review"' },
    { stage: 'offer', when: 'gates.offered' },
    { stage: 'talking', when: 'gates.asked' },
  ],
  timers: [
    {
      key: 'answer',
      start: 'created',
      stop: 'gates.offered',
      target: { amount: 1, unit: 'days' },
    },
  ],
};

export function compiled(definition: PipelineDefinition): CompiledPipeline {
  return valueOf(compilePipeline(definition, parseCel));
}

export function factsOf(
  pipeline: CompiledPipeline,
  gates: readonly string[],
  domains: Readonly<Record<string, string>> = {},
): number {
  const named = Object.fromEntries(gates.map((gate) => [gate, true]));
  return valueOf(factsFrom(pipeline, { gates: named, domains }));
}

export function valueOf<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new Error(`${decision.refusal.code}: ${decision.refusal.reason}`);
  return decision.value;
}

export function refusalOf(decision: Decision<unknown>): Refusal {
  if (decision.ok) throw new Error('this was accepted');
  return decision.refusal;
}
