import { describe, expect, it } from 'vitest';
import { compilePipeline } from './compile-source.ts';
import { compileRead, MAX_FACTS } from './compile.ts';
import type { PipelineDefinition } from './definition.ts';
import { compiled, factsOf, parseCel, refusalOf, small, valueOf } from './fixtures.ts';
import { presets } from './presets/index.ts';

const refused = (change: Partial<PipelineDefinition>) =>
  refusalOf(compilePipeline({ ...small, ...change }, parseCel));

const gates = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ key: `g${index}`, title: `Gate ${index}` }));

describe('compilePipeline', () => {
  const pipeline = compiled(small);

  it('gives gates the lowest bits, then comparisons, then created', () => {
    expect([...pipeline.gateBits]).toEqual([
      ['asked', 0],
      ['offered', 1],
      ['paid', 2],
    ]);
    expect(pipeline.comparisons).toEqual([{ system: 'legal', stage: 'in_review', bit: 3 }]);
    expect(pipeline.createdBit).toBe(4);
    expect(pipeline.bitOf({ kind: 'created' })).toBe(4);
    expect(pipeline.bitOf({ kind: 'gate', gate: 'paid' })).toBe(2);
    expect(pipeline.bitOf({ kind: 'domain', system: 'legal', stage: 'in_review' })).toBe(3);
  });

  it('counts equal comparisons once, wherever they stand', () => {
    const { comparisons } = compiled({
      ...small,
      domains: {},
      rules: [
        { stage: 'won', when: 'domains.legal == "done" && domains.legal != "lost"' },
        { stage: 'offer', when: 'domains.crm == "done"' },
      ],
      stages: small.stages.map((stage) => ({
        ...stage,
        businessStageWhen: [{ when: 'domains.late == "x"', businessStage: 'Late' }],
      })),
      timers: [
        {
          key: 't',
          start: 'created && domains.legal == "done"',
          stop: 'domains.dcm == "billing"',
          target: { amount: 1, unit: 'hours' },
        },
      ],
    });
    expect(comparisons).toEqual([
      { system: 'legal', stage: 'done', bit: 3 },
      { system: 'legal', stage: 'lost', bit: 4 },
      { system: 'crm', stage: 'done', bit: 5 },
      { system: 'dcm', stage: 'billing', bit: 6 },
      { system: 'late', stage: 'x', bit: 7 },
    ]);
  });

  it('ranks facts by the first rule that holds, whatever created says', () => {
    const rank = (gates: readonly string[], domains = {}) =>
      pipeline.rankOf(factsOf(pipeline, gates, domains));
    expect(rank([])).toBe(0);
    expect(rank(['asked'])).toBe(1);
    expect(rank(['offered'])).toBe(2);
    expect(rank(['offered'], { legal: 'in_review' })).toBe(3);
    expect(rank(['asked', 'offered', 'paid'], { legal: 'in_review' })).toBe(4);
    for (let facts = 0; facts < 16; facts += 1) {
      expect(pipeline.rankOf(facts | 16)).toBe(pipeline.rankOf(facts));
      expect(pipeline.rules.find(({ holds }) => holds(facts))?.rank ?? 0).toBe(
        pipeline.rankOf(facts),
      );
    }
  });

  it('finds mappings by type and by alias', () => {
    expect(pipeline.mappings.get('offered')).toEqual(pipeline.mappings.get('offer.sent'));
    expect(pipeline.mappings.get('offered')).toMatchObject([
      { setMask: 2, clearMask: 0, where: [] },
    ]);
    expect(pipeline.mappings.get('withdrawn')).toMatchObject([{ setMask: 0, clearMask: 2 }]);
    expect(pipeline.mappings.get('other')).toBeUndefined();
  });

  it('keeps mappings of one type in their order, with their conditions', () => {
    const { mappings } = compiled({
      ...small,
      events: [
        { type: 'A', where: { phase: 'COMPLETE', 'org:x': '1' }, sets: ['asked', 'paid'] },
        { type: 'A', clears: ['asked', 'offered'] },
      ],
    });
    expect(mappings.get('A')).toMatchObject([
      {
        where: [
          ['phase', 'COMPLETE'],
          ['org:x', '1'],
        ],
        setMask: 0b101,
      },
      { where: [], clearMask: 0b011 },
    ]);
  });

  it('lists endings by key and stages by rank', () => {
    expect(pipeline.endings.get('lost')?.outcome).toBe('lost');
    expect([...pipeline.ranks]).toEqual([
      ['new', 0],
      ['talking', 1],
      ['offer', 2],
      ['review', 3],
      ['won', 4],
    ]);
    const { endings, timers, domains, ...least } = small;
    expect([
      ...compiled({ ...least, rules: [] }).endings,
      ...compiled({ ...least, rules: [] }).timers,
    ]).toEqual([]);
    expect([endings, timers, domains]).not.toContain(undefined);
  });

  it('lets timers ask for created, and rules not', () => {
    const [timer] = pipeline.timers;
    expect(timer?.key).toBe('answer');
    expect(timer?.start(1 << 4)).toBe(true);
    expect(timer?.start(0b1111)).toBe(false);
    expect(timer?.stop(0b10)).toBe(true);
    expect(refused({ rules: [{ stage: 'won', when: 'created' }] })).toMatchObject({
      code: 'unknown_name',
      field: 'rules.0.when',
    });
  });

  it('counts working time on a calendar of the pipeline', () => {
    const office = {
      kind: 'working',
      timeZone: 'UTC',
      week: { 1: [{ from: '09:00', to: '17:00' }], 2: [{ from: '09:00', to: '17:00' }] },
    } as const;
    const timer = {
      key: 't',
      start: 'created',
      stop: 'gates.paid',
      target: { amount: 9, unit: 'hours' },
    } as const;
    const due = (calendar?: string) =>
      compiled({
        ...small,
        calendars: { office },
        timers: [calendar === undefined ? timer : { ...timer, calendar }],
      }).timers[0]?.dueTime(Date.UTC(2024, 0, 1, 9));
    expect(due()).toBe(Date.UTC(2024, 0, 1, 18));
    expect(due('office')).toBe(Date.UTC(2024, 0, 2, 10));
  });

  it.each(['office', 'constructor'])('refuses the calendar %s that nobody defined', (calendar) => {
    const timers = [
      { key: 'a', start: 'created', stop: 'gates.paid', target: { amount: 1, unit: 'days' } },
      {
        key: 't',
        start: 'created',
        stop: 'gates.paid',
        target: { amount: 1, unit: 'days' },
        calendar,
      },
    ] as const;
    const expected = {
      code: 'unknown_calendar',
      reason: `The pipeline has no calendar \`${calendar}\`.`,
      field: 'timers.1.calendar',
    };
    expect(refused({ timers })).toEqual(expected);
    expect(refused({ timers, calendars: { other: { kind: 'always' } } })).toEqual(expected);
  });

  it.each([
    [{ rules: [{ stage: 'won', when: 'gates.nobody' }] }, 'unknown_gate', 'rules.0.when'],
    [
      { rules: [...small.rules, { stage: 'won', when: 'domains.legal == "x"' }] },
      'unknown_domain_stage',
      'rules.4.when',
    ],
    [
      {
        stages: [
          { key: 'new', title: 'New' },
          { key: 'x', title: 'X', businessStageWhen: [{ when: 'gates.', businessStage: 'Y' }] },
        ],
        rules: [],
      },
      'predicate_syntax',
      'stages.1.businessStageWhen.0.when',
    ],
  ] as const)('refuses what a predicate may not say: %j', (change, code, field) => {
    expect(refused(change)).toMatchObject({ code, field });
  });

  it.each(['start', 'stop'] as const)('names the %s of a timer at fault', (name) => {
    const timer = {
      key: 't',
      start: 'created',
      stop: 'created',
      target: { amount: 1, unit: 'days' },
    } as const;
    expect(refused({ timers: [{ ...timer, [name]: 'gates.nobody' }] })).toMatchObject({
      code: 'unknown_gate',
      field: `timers.0.${name}`,
    });
  });

  it('takes sixteen facts and no more', () => {
    const rules = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        stage: 'won',
        when: `domains.free == "${index}" && gates.g0`,
      }));
    const base = { ...small, events: [], timers: [], domains: {} };
    const most = compiled({ ...base, gates: gates(10), rules: rules(6) });
    expect(most.createdBit).toBe(MAX_FACTS);
    expect(most.rankOf(0b1)).toBe(0);
    expect(most.rankOf((1 << 15) | 1)).toBe(4);
    const refusal = refusalOf(
      compilePipeline({ ...base, gates: gates(10), rules: rules(7) }, parseCel),
    );
    expect(refusal).toEqual({
      code: 'too_many_facts',
      reason:
        'A pipeline may have 16 gates and domain-stage comparisons in all; this one has 10 gates and 7 comparisons. Split it or merge gates.',
      field: 'gates',
    });
  });
});

describe('business stages', () => {
  const { businessStageOf } = compiled({
    ...small,
    stages: [
      {
        key: 'new',
        title: 'New',
        businessStage: 'Imported',
        responsible: 'pre-sales',
        businessStageWhen: [
          { when: 'gates.paid', businessStage: 'Paid' },
          { when: 'gates.asked', businessStage: 'Asked', responsible: 'sales' },
        ],
      },
      { key: 'bare', title: 'Bare', responsible: 'sales' },
      { key: 'plain', title: 'Plain', businessStage: 'Plain' },
    ],
    rules: [],
  });

  it('takes the first case that holds, else the stage’s own', () => {
    expect(businessStageOf('new', 0)).toEqual({ title: 'Imported', responsible: 'pre-sales' });
    expect(businessStageOf('new', 0b001)).toEqual({ title: 'Asked', responsible: 'sales' });
    expect(businessStageOf('new', 0b101)).toEqual({ title: 'Paid', responsible: 'pre-sales' });
  });

  it('has none where nothing is defined', () => {
    expect(businessStageOf('bare', 0)).toBeNull();
    expect(businessStageOf('lost', 0)).toBeNull();
    expect(businessStageOf('plain', 0)).toEqual({ title: 'Plain', responsible: null });
  });
});

describe('compileRead', () => {
  it.each(Object.entries(presets))('gives what was compiled from the text: %s', (_, preset) => {
    const one = compiled(preset);
    const sent = JSON.parse(JSON.stringify(one.predicates)) as typeof one.predicates;
    const other = valueOf(compileRead(preset, sent));
    expect(other.comparisons).toEqual(one.comparisons);
    expect(other.gateBits).toEqual(one.gateBits);
    for (let facts = 0; facts < 2 ** (one.createdBit + 1); facts += 1) {
      const stage = preset.stages[one.rankOf(facts)]?.key ?? '';
      expect(other.rankOf(facts)).toBe(one.rankOf(facts));
      expect(other.businessStageOf(stage, facts)).toEqual(one.businessStageOf(stage, facts));
      expect(other.timers.map(({ start, stop }) => [start(facts), stop(facts)])).toEqual(
        one.timers.map(({ start, stop }) => [start(facts), stop(facts)]),
      );
    }
  });
});
