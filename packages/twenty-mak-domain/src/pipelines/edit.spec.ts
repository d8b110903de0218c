import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addStage, deleteStage, renameStage, reorderStages } from './edit.ts';
import { compiled, parseCel, refusalOf, small, valueOf } from './fixtures.ts';
import { adtech, presets } from './presets/index.ts';
import { definitionFindings } from './validate.ts';
import { vectorsOf } from './vectors.ts';

const keys = (stages: readonly { readonly key: string }[]) =>
  stages.map(({ key }) => key).join(' ');
const confirmed = [
  { gate: 'paid', from: 'offer', to: 'talking' },
  { gate: 'paid', from: 'offer', to: 'review' },
  { gate: 'paid', from: 'review', to: 'talking' },
  { gate: 'asked', from: 'won', to: 'offer' },
];

describe('deleteStage', () => {
  it('joins the predicate with that of a neighbour', () => {
    const edited = valueOf(deleteStage(small, 'review', 'offer'));
    expect(keys(edited.stages)).toBe('new talking offer won');
    expect(edited.rules).toEqual([
      { stage: 'won', when: 'gates.paid' },
      {
        stage: 'offer',
        when: '(gates.offered && domains.legal == "in_review") || (gates.offered)',
      },
      { stage: 'talking', when: 'gates.asked' },
    ]);
    expect(definitionFindings(edited, parseCel)).toEqual([]);
    expect('confirmedRegressions' in edited).toBe(false);
  });

  it('keeps the place of a rule that stands apart', () => {
    const edited = valueOf(deleteStage(small, 'review', 'talking'));
    expect(edited.rules).toEqual([
      { stage: 'won', when: 'gates.paid' },
      { stage: 'talking', when: 'gates.offered && domains.legal == "in_review"' },
      { stage: 'offer', when: 'gates.offered' },
      { stage: 'talking', when: 'gates.asked' },
    ]);
  });

  it('lets the initial stage be the target', () => {
    const edited = valueOf(deleteStage(small, 'talking', 'new'));
    expect(edited.rules.at(-1)).toEqual({ stage: 'new', when: 'gates.asked' });
  });

  it('leaves other neighbours and too long predicates apart', () => {
    const rules = [
      { stage: 'won', when: 'gates.paid' },
      { stage: 'won', when: 'gates.asked && gates.paid' },
      { stage: 'review', when: `gates.asked || ${'gates.offered || '.repeat(60)}gates.paid` },
      { stage: 'offer', when: `gates.offered || ${'gates.offered || '.repeat(60)}gates.paid` },
    ];
    const edited = valueOf(deleteStage({ ...small, rules }, 'review', 'offer'));
    expect(edited.rules.map(({ stage }) => stage)).toEqual(['won', 'won', 'offer', 'offer']);
    const fits = (length: number) => [
      { stage: 'review', when: 'gates.paid'.padEnd(length) },
      { stage: 'offer', when: 'gates.offered' },
    ];
    const joined = (length: number) =>
      valueOf(deleteStage({ ...small, rules: fits(length) }, 'review', 'offer')).rules;
    expect(joined(2_000 - 21)[0]?.when).toHaveLength(2_000);
    expect(joined(2_000 - 20)).toHaveLength(2);
  });

  it('is not fooled by comments', () => {
    const rules = [
      { stage: 'review', when: 'gates.paid // paid' },
      { stage: 'offer', when: 'gates.offered' },
    ];
    const edited = valueOf(deleteStage({ ...small, rules }, 'review', 'offer'));
    expect(edited.rules).toEqual([
      { stage: 'offer', when: '(gates.paid // paid\n) || (gates.offered)' },
    ]);
    expect(definitionFindings(edited, parseCel)).toEqual([]);
  });

  it('redirects confirmed regressions, without those that say nothing any more', () => {
    const edited = valueOf(
      deleteStage({ ...small, confirmedRegressions: confirmed }, 'review', 'offer'),
    );
    expect(edited.confirmedRegressions).toEqual([
      { gate: 'paid', from: 'offer', to: 'talking' },
      { gate: 'asked', from: 'won', to: 'offer' },
    ]);
  });

  it.each([
    ['nowhere', 'offer', 'unknown_stage', 'The pipeline has no stage `nowhere`.', 'stage'],
    ['offer', 'nowhere', 'unknown_stage', 'The pipeline has no stage `nowhere`.', 'target'],
    ['offer', 'lost', 'unknown_stage', 'The pipeline has no stage `lost`.', 'target'],
    ['offer', 'offer', 'same_stage', 'The deals of a deleted stage need another stage.', 'target'],
    [
      'new',
      'offer',
      'stage_initial',
      '`new` is the initial stage, where every deal begins. Put another stage first.',
      'stage',
    ],
    [
      'won',
      'offer',
      'last_won_stage',
      '`won` is the only stage that counts as won. Mark another one first.',
      'stage',
    ],
  ])('refuses to delete %s for %s', (stage, target, code, reason, field) => {
    expect(refusalOf(deleteStage(small, stage, target))).toEqual({ code, reason, field });
  });

  it('deletes one of two won stages', () => {
    const stages = [...small.stages, { key: 'paid', title: 'Paid', kind: 'won' } as const];
    expect(deleteStage({ ...small, stages }, 'won', 'paid').ok).toBe(true);
  });

  it('changes the stage of no combination but those of the deleted stage', () => {
    for (const preset of Object.values(presets)) {
      const deletable = preset.stages.slice(1).filter(({ kind }) => kind !== 'won');
      fc.assert(
        fc.property(
          fc.constantFrom(...deletable),
          fc.constantFrom(...preset.stages),
          ({ key: stage }, { key: target }) => {
            fc.pre(stage !== target);
            const before = compiled(preset);
            const after = compiled(valueOf(deleteStage(preset, stage, target)));
            const wrong = vectorsOf(before).filter((facts) => {
              const old = preset.stages[before.rankOf(facts)]?.key;
              const now = after.definition.stages[after.rankOf(facts)]?.key;
              return now !== (old === stage ? target : old);
            });
            expect(wrong).toEqual([]);
          },
        ),
        { numRuns: 20 },
      );
    }
  });
});

describe('renameStage', () => {
  const definition = { ...small, confirmedRegressions: confirmed };

  it('changes the key wherever it is named', () => {
    const edited = valueOf(renameStage(definition, 'offer', { key: 'proposal' }));
    expect(keys(edited.stages)).toBe('new talking proposal review won');
    expect(edited.stages[2]).toEqual({ key: 'proposal', title: 'Offer' });
    expect(edited.rules.map(({ stage }) => stage)).toEqual([
      'won',
      'review',
      'proposal',
      'talking',
    ]);
    expect(edited.confirmedRegressions).toEqual([
      { gate: 'paid', from: 'proposal', to: 'talking' },
      { gate: 'paid', from: 'proposal', to: 'review' },
      { gate: 'paid', from: 'review', to: 'talking' },
      { gate: 'asked', from: 'won', to: 'proposal' },
    ]);
    expect(definitionFindings(edited, parseCel)).toEqual([]);
  });

  it('changes the title alone', () => {
    const edited = valueOf(renameStage(small, 'offer', { title: 'Proposal' }));
    expect(edited.stages[2]).toEqual({ key: 'offer', title: 'Proposal' });
    expect(edited.rules).toEqual(small.rules);
    expect(valueOf(renameStage(small, 'offer', { key: 'offer' }))).toEqual(small);
  });

  it.each([
    ['nowhere', 'x', 'unknown_stage', 'The pipeline has no stage `nowhere`.', 'stage'],
    ['offer', 'won', 'duplicate_key', 'The pipeline already has a stage `won`.', 'key'],
    ['offer', 'lost', 'duplicate_key', 'The pipeline already has a stage `lost`.', 'key'],
  ])('refuses %s → %s', (stage, key, code, reason, field) => {
    expect(refusalOf(renameStage(small, stage, { key }))).toEqual({ code, reason, field });
  });

  it('needs no endings', () => {
    const { endings: _, ...without } = small;
    expect(renameStage(without, 'offer', { key: 'lost' }).ok).toBe(true);
  });
});

describe('reorderStages', () => {
  it('puts stages in another order', () => {
    const edited = valueOf(reorderStages(small, ['new', 'offer', 'talking', 'review', 'won']));
    expect(keys(edited.stages)).toBe('new offer talking review won');
    expect(edited.stages[1]).toBe(small.stages[2]);
    expect(edited.rules).toBe(small.rules);
  });

  it.each([
    [[]],
    [['new', 'talking', 'offer', 'review']],
    [['new', 'talking', 'offer', 'review', 'won', 'won']],
    [['new', 'talking', 'offer', 'review', 'review']],
    [['new', 'talking', 'offer', 'review', 'lost']],
    [['new', 'talking', 'offer', 'review', 'won', 'other']],
    [['new', 'talking', 'offer', 'review', 'review', 'won']],
  ])('refuses %j', (order) => {
    expect(refusalOf(reorderStages(small, order))).toEqual({
      code: 'order_invalid',
      reason: 'Name every stage of the pipeline exactly once.',
      field: 'order',
    });
  });
});

describe('addStage', () => {
  const stage = { key: 'trial', title: 'Trial' };
  const when = 'gates.offered && gates.asked';

  it('puts its rule before those of lower stages', () => {
    const edited = valueOf(addStage(small, { stage, at: 3, when }));
    expect(keys(edited.stages)).toBe('new talking offer trial review won');
    expect(edited.rules.map((rule) => rule.stage)).toEqual([
      'won',
      'review',
      'trial',
      'offer',
      'talking',
    ]);
    expect(edited.rules[2]).toEqual({ stage: 'trial', when });
  });

  it('adds the highest stage by default', () => {
    const edited = valueOf(addStage(small, { stage, when }));
    expect(keys(edited.stages)).toBe('new talking offer review won trial');
    expect(edited.rules[0]).toEqual({ stage: 'trial', when });
    expect(edited.rules).toHaveLength(5);
  });

  it('adds the lowest rule for the lowest stage', () => {
    expect(valueOf(addStage(small, { stage, at: 1, when })).rules.at(-1)?.stage).toBe('trial');
    expect(valueOf(addStage(small, { stage, at: 0, when })).stages[0]).toEqual(stage);
    expect(valueOf(addStage({ ...small, rules: [] }, { stage, when })).rules).toEqual([
      { stage: 'trial', when },
    ]);
  });

  it.each(['won', 'lost'])('refuses the key %s', (key) => {
    expect(refusalOf(addStage(small, { stage: { key, title: 'X' }, when }))).toEqual({
      code: 'duplicate_key',
      reason: `The pipeline already has a stage \`${key}\`.`,
      field: 'key',
    });
  });

  it.each([-1, 6, 1.5, Number.NaN])('refuses the position %d', (at) => {
    expect(refusalOf(addStage(small, { stage, at, when }))).toEqual({
      code: 'position_invalid',
      reason: 'The position is a number from 0 to 5.',
      field: 'at',
    });
  });

  it('takes a position up to the end', () => {
    expect(addStage(small, { stage, at: 5, when }).ok).toBe(true);
  });
});

it('edits give new definitions and leave the old ones alone', () => {
  const before = JSON.stringify(adtech);
  deleteStage(adtech, 'planning', 'briefed');
  renameStage(adtech, 'planning', { key: 'plan' });
  addStage(adtech, { stage: { key: 'x', title: 'X' }, when: 'true' });
  reorderStages(adtech, adtech.stages.map(({ key }) => key).toReversed());
  expect(JSON.stringify(adtech)).toBe(before);
});
