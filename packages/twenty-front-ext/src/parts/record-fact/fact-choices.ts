import type { EventMapping, PipelineDefinition } from 'twenty-mak-domain';

/** A fact that a person may record, and what it does in the words of the pipeline. */
export interface FactChoice {
  /** The same in the words of the rules. */
  readonly effects: EventMapping;
  readonly type: string;
  /** Members that its data must have. */
  readonly data: Readonly<Record<string, string>>;
  /** Titles of the gates that it sets and clears; null where it does none. */
  readonly sets: string | null;
  readonly clears: string | null;
  /** Title of the ending; the deal ends with it. */
  readonly ends: string | null;
  /** A domain system and its new stage. */
  readonly moves: { readonly system: string; readonly stage: string } | null;
  readonly reopens: boolean;
}

export function factChoice(
  { gates, endings = [] }: PipelineDefinition,
  effects: EventMapping,
): FactChoice {
  const { type, where = {}, sets, clears, ends, domain, reopens = false } = effects;
  const titles = (keys: readonly string[] = []): string | null =>
    keys.length === 0
      ? null
      : keys.map((key) => gates.find((gate) => gate.key === key)?.title ?? key).join(', ');
  return {
    effects,
    type,
    data: where,
    sets: titles(sets),
    clears: titles(clears),
    ends: ends === undefined ? null : (endings.find(({ key }) => key === ends)?.title ?? ends),
    moves: domain ?? null,
    reopens,
  };
}

/** Every fact that a person may record for a deal of this pipeline; those that create a deal are not among them. */
export function allFacts(definition: PipelineDefinition): readonly FactChoice[] {
  return definition.events
    .filter(({ creates }) => creates !== true)
    .map((mapping) => factChoice(definition, mapping));
}
