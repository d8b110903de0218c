import type { EventHint, PipelineDefinition } from 'twenty-mak-domain';

/** A fact that a person may record, and what it does. */
export interface FactChoice {
  readonly hint: EventHint;
  /** Titles of what it sets and clears; null where it does none. */
  readonly sets: string | null;
  readonly clears: string | null;
  /** Title of the ending; the deal ends with it. */
  readonly ends: string | null;
  /** A domain system and its new stage. */
  readonly moves: { readonly system: string; readonly stage: string } | null;
  readonly reopens: boolean;
}

/** What an event of this pipeline would do, in the words of the pipeline. */
export function factChoice(
  { gates, endings = [], events }: PipelineDefinition,
  hint: EventHint,
): FactChoice {
  const titles = (keys: readonly string[] = []): string | null =>
    keys.length === 0
      ? null
      : keys.map((key) => gates.find((gate) => gate.key === key)?.title ?? key).join(', ');
  if (hint.type === 'domain.stage.changed') {
    const { system = '', stage = '' } = hint.data;
    return { hint, sets: null, clears: null, ends: null, moves: { system, stage }, reopens: false };
  }
  const mapping = events.find(
    ({ type, where = {} }) =>
      type === hint.type &&
      Object.entries(where).every(([field, value]) => hint.data[field] === value),
  );
  return {
    hint,
    sets: titles(mapping?.sets),
    clears: titles(mapping?.clears),
    ends:
      mapping?.ends === undefined
        ? null
        : (endings.find(({ key }) => key === mapping.ends)?.title ?? mapping.ends),
    moves: mapping?.domain ?? null,
    reopens: mapping?.reopens === true || hint.type === 'deal.reopened',
  };
}

/** Every fact that a person may record for a deal of this pipeline; those that create a deal are not among them. */
export function allFacts(definition: PipelineDefinition): readonly FactChoice[] {
  return definition.events
    .filter(({ creates }) => creates !== true)
    .map(({ type, where = {} }) => factChoice(definition, { type, data: where }));
}
