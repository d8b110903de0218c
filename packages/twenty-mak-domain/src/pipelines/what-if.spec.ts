import { describe, expect, it } from 'vitest';
import { compiled, factsOf, refusalOf, small, valueOf } from './fixtures.ts';
import { adtech } from './presets/index.ts';
import { factsFrom, missingGatesIn, whatIf } from './what-if.ts';

const pipeline = compiled(small);
const ads = compiled(adtech);

describe('whatIf', () => {
  it('says what the rules say and which facts would change it', () => {
    expect(valueOf(whatIf(pipeline, { gates: { asked: true, offered: true } }))).toEqual({
      stage: 'offer',
      businessStage: null,
      rule: 2,
      missingGates: [],
      changes: [
        { kind: 'gate', gate: 'offered', value: false, stage: 'talking', events: ['withdrawn'] },
        { kind: 'gate', gate: 'paid', value: true, stage: 'won', events: ['paid'] },
        {
          kind: 'domain',
          system: 'legal',
          value: 'in_review',
          stage: 'review',
          events: ['domain.stage.changed'],
        },
      ],
    });
  });

  it('knows the initial stage by no rule', () => {
    expect(valueOf(whatIf(pipeline, {}))).toMatchObject({
      stage: 'new',
      rule: null,
      missingGates: [],
    });
    expect(valueOf(whatIf(pipeline, { gates: { paid: true } }))).toMatchObject({
      stage: 'won',
      rule: 0,
    });
    expect(valueOf(whatIf(pipeline, { gates: { paid: false } }))).toMatchObject({ stage: 'new' });
  });

  it('leaves a domain stage again', () => {
    const { changes } = valueOf(
      whatIf(pipeline, { gates: { offered: true }, domains: { legal: 'in_review' } }),
    );
    expect(changes.filter(({ kind }) => kind === 'domain')).toEqual([
      {
        kind: 'domain',
        system: 'legal',
        value: null,
        stage: 'offer',
        events: ['domain.stage.changed'],
      },
    ]);
  });

  it('names the events that set a domain stage, and gates that no event clears', () => {
    const events = [
      ...small.events,
      { type: 'review.began', domain: { system: 'legal', stage: 'in_review' } },
      { type: 'review.ended', domain: { system: 'legal', stage: 'done' } },
      { type: 'crm.reviewed', domain: { system: 'crm', stage: 'in_review' } },
    ];
    const { changes } = valueOf(
      whatIf(compiled({ ...small, events }), { gates: { offered: true } }),
    );
    expect(changes).toContainEqual({
      kind: 'domain',
      system: 'legal',
      value: 'in_review',
      stage: 'review',
      events: ['domain.stage.changed', 'review.began'],
    });
    const asked = valueOf(whatIf(pipeline, { gates: { asked: true } }));
    expect(asked.changes[0]).toEqual({
      kind: 'gate',
      gate: 'asked',
      value: false,
      stage: 'new',
      events: [],
    });
  });

  it('gives the business stage', () => {
    expect(valueOf(whatIf(ads, { gates: { qualified: true } })).businessStage).toEqual({
      title: 'Lead Qualified (ICP/BANT)',
      responsible: 'sales',
    });
  });

  it('refuses names that the pipeline does not know', () => {
    expect(refusalOf(whatIf(pipeline, { gates: { nobody: true } }))).toEqual({
      code: 'unknown_gate',
      reason: 'The pipeline has no gate `nobody`.',
      field: 'gates.nobody',
    });
    expect(refusalOf(whatIf(pipeline, { domains: { legal: 'signed' } }))).toEqual({
      code: 'unknown_domain_stage',
      reason: 'The domain `legal` has no stage `signed`.',
      field: 'domains.legal',
    });
  });
});

describe('factsFrom', () => {
  it('turns names into bits', () => {
    expect(factsFrom(pipeline, {})).toEqual({ ok: true, value: 0 });
    expect(factsFrom(pipeline, { gates: { asked: true, paid: true, offered: false } })).toEqual({
      ok: true,
      value: 0b101,
    });
    expect(factsFrom(pipeline, { domains: { legal: 'in_review' } })).toEqual({
      ok: true,
      value: 0b1000,
    });
    expect(
      factsFrom(pipeline, { domains: { legal: 'done', crm: 'in_review', toString: 'x' } }),
    ).toEqual({ ok: true, value: 0 });
    expect(factsFrom(pipeline, { domains: { legal: null } })).toEqual({ ok: true, value: 0 });
    const { domains: _, ...unlisted } = small;
    expect(factsFrom(compiled(unlisted), { domains: { legal: 'x' } })).toEqual({
      ok: true,
      value: 0,
    });
  });
});

describe('missingGatesIn', () => {
  it.each([
    [[], []],
    [['asked'], []],
    [['asked', 'offered'], []],
    [['offered'], ['asked']],
    [['paid'], ['asked', 'offered']],
    [['asked', 'paid'], ['offered']],
    [['asked', 'offered', 'paid'], []],
  ])('%j → %j', (gates, missing) => {
    expect(missingGatesIn(pipeline, factsOf(pipeline, gates))).toEqual(missing);
  });

  it('looks at gates only', () => {
    expect(missingGatesIn(pipeline, factsOf(pipeline, [], { legal: 'in_review' }) | 16)).toEqual(
      [],
    );
  });
});
