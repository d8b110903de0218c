import { describe, expect, it } from 'vitest';
import type { PipelineDefinition } from './definition.ts';
import { diffDefinitions } from './diff.ts';
import { deleteStage, renameStage, reorderStages } from './edit.ts';
import { small, valueOf } from './fixtures.ts';
import { adtech, adtechCanonicalCase } from './presets/index.ts';

const diff = (change: Partial<PipelineDefinition>) =>
  diffDefinitions(small, { ...small, ...change });

describe('diffDefinitions', () => {
  it('finds nothing between equal ones, whoever made them', () => {
    expect(diffDefinitions(small, small)).toEqual([]);
    expect(diffDefinitions(small, JSON.parse(JSON.stringify(small)) as PipelineDefinition)).toEqual(
      [],
    );
    expect(diffDefinitions(small, { ...small, ...JSON.parse('{}') })).toEqual([]);
  });

  it('names the field and both values', () => {
    expect(diff({ title: 'Large' })).toEqual([
      { change: 'changed', field: 'title', before: 'Small', after: 'Large' },
    ]);
    expect(diff({ knownTypes: ['kpi'] })).toEqual([
      { change: 'added', field: 'knownTypes', after: ['kpi'] },
    ]);
    const { timers, ...without } = small;
    expect(diffDefinitions(small, without)).toEqual([
      { change: 'removed', field: 'timers', before: timers },
    ]);
    expect(diffDefinitions(without, small)).toEqual([
      { change: 'added', field: 'timers', after: timers },
    ]);
  });

  it('sorts by field, not by how the definitions were written', () => {
    const changed = { title: 'Large', key: 'large', domains: {} };
    const expected = ['domains.legal', 'key', 'title'];
    expect(diff(changed).map(({ field }) => field)).toEqual(expected);
    const reversed = Object.fromEntries(Object.entries({ ...small, ...changed }).toReversed());
    expect(diffDefinitions(small, reversed as never).map(({ field }) => field)).toEqual(expected);
  });

  it('names items by their key', () => {
    const [first, ...others] = small.stages;
    expect(
      diff({
        stages: [
          { ...first, key: 'new', title: 'Newest' },
          { key: 'extra', title: 'Extra' },
          ...others,
        ],
      }),
    ).toEqual([
      { change: 'added', field: 'stages.extra', after: { key: 'extra', title: 'Extra' } },
      { change: 'changed', field: 'stages.new.title', before: 'New', after: 'Newest' },
    ]);
  });

  it('names events by type, rules by stage, confirmations by gate, cases by predicate', () => {
    const [asked, ...events] = small.events;
    const [won, ...rules] = small.rules;
    expect(
      diff({
        events: [{ type: 'asked', ...asked, sets: ['asked', 'paid'] }, ...events],
        rules: [{ stage: 'won', ...won, when: 'gates.asked' }, ...rules],
      }),
    ).toEqual([
      { change: 'added', field: 'events.asked.sets.paid', after: 'paid' },
      { change: 'changed', field: 'rules.won.when', before: 'gates.paid', after: 'gates.asked' },
    ]);
    const confirmation = { gate: 'paid', from: 'won', to: 'new' };
    const before = { ...small, confirmedRegressions: [confirmation] };
    expect(
      diffDefinitions(before, {
        ...small,
        confirmedRegressions: [{ ...confirmation, to: 'offer' }],
      }),
    ).toEqual([
      { change: 'changed', field: 'confirmedRegressions.paid.to', before: 'new', after: 'offer' },
    ]);
    const stage = (businessStage: string) => ({
      ...small,
      stages: [{ key: 'new', title: 'New', businessStageWhen: [{ when: 'true', businessStage }] }],
    });
    expect(diffDefinitions(stage('a'), stage('b'))).toEqual([
      {
        change: 'changed',
        field: 'stages.new.businessStageWhen.true.businessStage',
        before: 'a',
        after: 'b',
      },
    ]);
  });

  it('numbers items of the same name', () => {
    const more = { stage: 'won', when: 'gates.asked' };
    const third = { stage: 'won', when: 'gates.offered' };
    expect(diff({ rules: [...small.rules, more, third] })).toEqual([
      { change: 'added', field: 'rules.won#2', after: more },
      { change: 'added', field: 'rules.won#3', after: third },
    ]);
  });

  it('reads intervals, which have no name, as one kind', () => {
    const calendar = (to: string) => ({
      ...small,
      calendars: {
        office: { kind: 'working', timeZone: 'UTC', week: { 1: [{ from: '09:00', to }] } } as const,
      },
    });
    expect(diffDefinitions(calendar('17:00'), calendar('18:00'))).toMatchObject([
      { change: 'changed', before: '17:00', after: '18:00' },
    ]);
  });

  it('tells another order from other items', () => {
    const order = ['new', 'offer', 'talking', 'review', 'won'];
    expect(diffDefinitions(small, valueOf(reorderStages(small, order)))).toEqual([
      {
        change: 'reordered',
        field: 'stages',
        before: ['new', 'talking', 'offer', 'review', 'won'],
        after: order,
      },
    ]);
    const renamed = valueOf(renameStage(small, 'won', { key: 'paid' }));
    expect(
      diffDefinitions(small, renamed).map(({ change, field }) => `${change} ${field}`),
    ).toEqual(['added rules.paid', 'removed rules.won', 'added stages.paid', 'removed stages.won']);
  });

  it('shows a deleted stage', () => {
    const deleted = valueOf(deleteStage(small, 'review', 'offer'));
    expect(
      diffDefinitions(small, deleted).map(({ change, field }) => `${change} ${field}`),
    ).toEqual(['changed rules.offer.when', 'removed rules.review', 'removed stages.review']);
  });

  it('shows that two rule sets share their facts', () => {
    const fields = diffDefinitions(adtech, adtechCanonicalCase).map(
      ({ field }) => field.split('.')[0],
    );
    expect([...new Set(fields)]).toEqual(['key', 'rules', 'stages', 'title']);
  });

  it('sees a list become an object, and null', () => {
    const odd = (gates: unknown) => diffDefinitions(small, { ...small, gates } as never);
    expect(odd({})).toMatchObject([{ change: 'changed', field: 'gates', after: {} }]);
    expect(odd(null)).toMatchObject([{ change: 'changed', field: 'gates', after: null }]);
    expect(
      diffDefinitions({ ...small, domains: { toString: ['a'] } }, { ...small, domains: {} }),
    ).toMatchObject([{ change: 'removed', field: 'domains.toString' }]);
  });
});
