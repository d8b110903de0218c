import { describe, expect, it } from 'vitest';
import type { EventMapping, PipelineDefinition } from './definition.ts';
import { compiled, factsOf, small } from './fixtures.ts';
import { adtech } from './presets/index.ts';
import { undoOf } from './undo.ts';

function undo(
  definition: PipelineDefinition,
  gates: readonly string[],
  current: string,
  type: string,
) {
  const pipeline = compiled(definition);
  const effects = definition.events.find((one) => one.type === type);
  if (effects === undefined) throw new Error(`there is no ${type}`);
  return undoOf(pipeline, factsOf(pipeline, gates), current, effects);
}

/** `small` with these events besides. */
const having = (...events: readonly EventMapping[]): PipelineDefinition => ({
  ...small,
  events: [...events, ...small.events],
});

describe('undoOf', () => {
  it('is the event that clears what was set', () => {
    expect(undo(adtech, [], 'draft', 'crm.brief.submitted')).toEqual({
      type: 'crm.brief.withdrawn',
      data: {},
    });
    expect(
      undo(adtech, ['has_brief', 'mediaplan_ready'], 'planning', 'crm.offer.approved'),
    ).toEqual({ type: 'crm.offer.rejected', data: {} });
    expect(undo(small, ['asked'], 'talking', 'offered')).toEqual({ type: 'withdrawn', data: {} });
  });

  it('names the data that the event needs', () => {
    const definition = having({ type: 'offer', where: { state: 'off' }, clears: ['offered'] });
    expect(undo(definition, ['asked'], 'talking', 'offered')).toEqual({
      type: 'offer',
      data: { state: 'off' },
    });
  });

  it('is none where no event clears the gate', () => {
    expect(undo(adtech, ['has_brief'], 'briefed', 'docflow.contract.signed')).toBeNull();
    expect(undo(adtech, [], 'draft', 'dcm.closeout.completed')).toBeNull();
  });

  it('is none where the event clears more or less than was set', () => {
    const both = having({ type: 'both', sets: ['asked', 'offered'] });
    expect(undo(both, [], 'new', 'both')).toBeNull();
    expect(undo(both, ['asked'], 'talking', 'both')).toEqual({ type: 'withdrawn', data: {} });
    const events = small.events.filter(({ type }) => type !== 'withdrawn');
    const more = { ...small, events: [...events, { type: 'all', clears: ['asked', 'offered'] }] };
    expect(undo(more, ['asked'], 'talking', 'offered')).toBeNull();
    expect(undo(more, [], 'new', 'offered')).toEqual({ type: 'all', data: {} });
  });

  it('is none for an event that does more than set gates, or nothing', () => {
    const does = (more: Partial<EventMapping>) =>
      undo(having({ type: 'more', sets: ['offered'], ...more }), ['asked'], 'talking', 'more');
    expect(does({})).toEqual({ type: 'withdrawn', data: {} });
    expect(does({ clears: ['asked'] })).toBeNull();
    expect(does({ domain: { system: 'legal', stage: 'in_review' } })).toBeNull();
    expect(does({ sets: [], ends: 'lost' })).toBeNull();
    expect(undo(small, ['asked', 'offered'], 'offer', 'offered')).toBeNull();
    expect(undo(small, ['asked'], 'lost', 'offered')).toBeNull();
  });

  it('is none where the deal would not come back to its stage', () => {
    // It is further than its gates say, and a cleared gate would make it fall back.
    expect(undo(small, ['asked'], 'review', 'offered')).toBeNull();
  });

  it('is no event that also does something else', () => {
    const events = small.events.map((one) =>
      one.type === 'withdrawn' ? { ...one, domain: { system: 'legal', stage: 'none' } } : one,
    );
    expect(undo({ ...small, events }, ['asked'], 'talking', 'offered')).toBeNull();
  });
});
