import type { CompiledMapping, CompiledPipeline } from '../pipelines/index.ts';
import type { DomainEvent } from './event.ts';

/** Event types that every pipeline understands without a mapping. */
export const BUILT_IN_TYPES = [
  'deal.created',
  'deal.updated',
  'deal.owner.changed',
  'deal.note.added',
  'deal.note.edited',
  'deal.note.removed',
  'deal.archived',
  'deal.restored',
  'deal.reopened',
  'domain.stage.changed',
] as const;

const BUILT_IN: ReadonlySet<string> = new Set(BUILT_IN_TYPES);

/** Types that speak of what people own; they take effect after the end of a deal, too. */
const FIELD_TYPES: ReadonlySet<string> = new Set([
  'deal.updated',
  'deal.owner.changed',
  'deal.note.added',
  'deal.note.edited',
  'deal.note.removed',
  'deal.archived',
  'deal.restored',
] satisfies (typeof BUILT_IN_TYPES)[number][]);

type Typed = Pick<DomainEvent, 'type' | 'data'>;

/** The mapping of an event, if the pipeline has one whose conditions on the data hold. */
export function mappingOf(pipeline: CompiledPipeline, event: Typed): CompiledMapping | undefined {
  const { data } = event;
  return pipeline.mappings
    .get(event.type)
    ?.find(({ where }) => where.every(([field, value]) => data[field] === value));
}

/** Whether the event can have an effect on a deal of this pipeline. */
export function listens(pipeline: CompiledPipeline, event: Typed): boolean {
  return BUILT_IN.has(event.type) || mappingOf(pipeline, event) !== undefined;
}

/** Whether the event makes a deal of this pipeline. */
export function creates(pipeline: CompiledPipeline, event: Typed): boolean {
  return isCreating(event, mappingOf(pipeline, event));
}

/** `creates`, when the mapping is known. */
export function isCreating(event: Typed, mapping: CompiledMapping | undefined): boolean {
  return event.type === 'deal.created' || mapping?.mapping.creates === true;
}

/** Whether the event opens an ended deal again. */
export function isReopening(event: Typed, mapping: CompiledMapping | undefined): boolean {
  return event.type === 'deal.reopened' || mapping?.mapping.reopens === true;
}

export function isBuiltIn(type: string): boolean {
  return BUILT_IN.has(type);
}

export function isFieldType(type: string): boolean {
  return FIELD_TYPES.has(type);
}
