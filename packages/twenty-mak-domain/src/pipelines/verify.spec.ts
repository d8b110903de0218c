import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PipelineDefinition } from './definition.ts';
import { compiled, small } from './fixtures.ts';
import type { VerifyOptions } from './verify.ts';
import { verifyPipeline } from './verify.ts';

const verify = (change: Partial<PipelineDefinition> = {}, options?: VerifyOptions) =>
  verifyPipeline(compiled({ ...small, ...change }), options);

const findings = (change: Partial<PipelineDefinition>, options?: VerifyOptions) =>
  verify(change, options).findings;

const brief = (change: Partial<PipelineDefinition>, options?: VerifyOptions) =>
  findings(change, options).map(({ severity, code, field }) => `${severity} ${code} ${field}`);

const [asked, offered, withdrawn, paid, lost] = small.events as [
  PipelineDefinition['events'][0],
  PipelineDefinition['events'][0],
  PipelineDefinition['events'][0],
  PipelineDefinition['events'][0],
  PipelineDefinition['events'][0],
];
const [won, review, offer, talking] = small.rules as [
  PipelineDefinition['rules'][0],
  PipelineDefinition['rules'][0],
  PipelineDefinition['rules'][0],
  PipelineDefinition['rules'][0],
];

describe('verifyPipeline', () => {
  it('finds nothing in a sound pipeline and counts what it looked at', () => {
    expect(verify()).toEqual({
      publishable: true,
      findings: [],
      vectors: 16,
      stages: [
        { stage: 'new', vectors: 2 },
        { stage: 'talking', vectors: 2 },
        { stage: 'offer', vectors: 2 },
        { stage: 'review', vectors: 2 },
        { stage: 'won', vectors: 8 },
      ],
      regressions: [],
    });
  });

  it('lets stages of one system exclude each other', () => {
    const rules = [
      won,
      { stage: 'review', when: 'gates.offered && domains.legal == "in_review"' },
      { stage: 'offer', when: 'gates.offered && domains.legal == "done"' },
      { stage: 'talking', when: 'domains.legal in ["in_review", "done"]' },
    ];
    expect(verify({ rules }).vectors).toBe(24);
    const both = 'domains.legal == "in_review" && domains.legal == "done"';
    expect(findings({ rules: [...rules, { stage: 'talking', when: both }] }).slice(0, 1)).toEqual([
      {
        severity: 'error',
        code: 'rule_never_holds',
        reason: 'The rule for `talking` contradicts itself: no combination of facts fulfils it.',
        field: 'rules.4.when',
      },
    ]);
  });

  it('sorts errors before warnings before information', () => {
    const severities = findings({
      gates: [...small.gates, { key: 'extra', title: 'Extra' }],
      events: [...small.events, { type: 'idle' }],
      endings: [...(small.endings ?? []), { key: 'gone', title: 'Gone', outcome: 'lost' }],
    }).map(({ severity }) => severity);
    expect(severities).toEqual(['error', 'warning', 'warning', 'info']);
  });
});

describe('stages and rules', () => {
  it('finds a shadowed rule and the stage that nobody can reach', () => {
    expect(findings({ rules: [won, offer, review, talking] })).toEqual([
      {
        severity: 'error',
        code: 'rule_shadowed',
        reason:
          'The rule for `review` never decides: whenever it holds, an earlier one does (`won`, `offer`). Move it up or remove it.',
        field: 'rules.2.when',
      },
      {
        severity: 'error',
        code: 'stage_unreachable',
        reason: 'No deal can ever be in `review`: no rule for it ever decides.',
        field: 'stages.3',
      },
    ]);
    expect(verify({ rules: [won, offer, review, talking] }).publishable).toBe(false);
  });

  it('names only earlier rules that take something', () => {
    const [finding] = findings({
      rules: [
        won,
        review,
        offer,
        { stage: 'talking', when: '!gates.offered && gates.asked' },
        { stage: 'talking', when: '!gates.paid && !gates.offered && gates.asked' },
      ],
    });
    expect(finding?.code).toBe('rule_shadowed');
    expect(finding?.reason).toContain('(`talking`)');
    expect(finding?.field).toBe('rules.4.when');
  });

  it('a rule that several earlier ones share out is shadowed', () => {
    expect(
      brief({
        rules: [
          won,
          { stage: 'review', when: 'gates.offered && gates.asked' },
          { stage: 'offer', when: 'gates.offered' },
          { stage: 'talking', when: 'gates.asked' },
          { stage: 'talking', when: 'gates.asked || gates.offered' },
        ],
      }),
    ).toEqual(['error rule_shadowed rules.4.when']);
  });

  it('a stage may have several rules', () => {
    expect(
      brief({
        rules: [
          won,
          review,
          offer,
          talking,
          { stage: 'talking', when: 'domains.legal == "in_review"' },
        ],
      }),
    ).toEqual([]);
  });

  it('finds a stage without a rule, but never the initial one', () => {
    expect(findings({ rules: [won, review, offer] }).slice(0, 1)).toEqual([
      {
        severity: 'error',
        code: 'stage_unreachable',
        reason: 'No deal can ever be in `talking`: no rule leads there.',
        field: 'stages.1',
      },
    ]);
    expect(
      brief({
        rules: [won, review, offer, { stage: 'talking', when: 'gates.asked || !gates.asked' }],
      }),
    ).toEqual([]);
  });

  it('finds a stage that waits for a gate that no event sets', () => {
    expect(findings({ events: [asked, offered, withdrawn, lost] })).toEqual([
      {
        severity: 'error',
        code: 'stage_unreachable',
        reason: 'No deal can ever be in `won`: its rule needs a gate that no event sets.',
        field: 'stages.4',
      },
      {
        severity: 'warning',
        code: 'gate_never_set',
        reason: 'No event sets `paid`; it is never true.',
        field: 'gates.2',
      },
    ]);
  });

  it('warns when nothing is ever won', () => {
    const stages = small.stages.map(({ key, title }) => ({ key, title }));
    expect(findings({ stages })).toEqual([
      {
        severity: 'warning',
        code: 'no_won_stage',
        reason: 'No stage and no ending counts as won, so no deal is ever won.',
        field: 'stages',
      },
    ]);
    const endings = [{ key: 'lost', title: 'L', outcome: 'won' }] as const;
    expect(brief({ stages, endings })).toEqual([]);
    const { endings: _, ...without } = small;
    expect(
      verifyPipeline(compiled({ ...without, stages, events: [asked, offered, withdrawn, paid] }))
        .findings,
    ).toMatchObject([{ code: 'no_won_stage' }]);
  });
});

describe('regressions', () => {
  /** Whoever paid before an offer is back at talking once the offer comes. */
  const rules = [{ stage: 'won', when: 'gates.paid && !gates.offered' }, review, offer, talking];

  it('are grouped by gate and stages, with an example', () => {
    const verification = verify({ rules });
    expect(verification.regressions).toEqual([
      {
        gate: 'offered',
        from: 'won',
        to: 'offer',
        vectors: 2,
        confirmed: false,
        example: {
          gates: { asked: false, offered: false, paid: true },
          domains: { legal: null },
        },
      },
      {
        gate: 'offered',
        from: 'won',
        to: 'review',
        vectors: 2,
        confirmed: false,
        example: {
          gates: { asked: false, offered: false, paid: true },
          domains: { legal: 'in_review' },
        },
      },
    ]);
    expect(verification.publishable).toBe(false);
    expect(verification.findings[0]).toEqual({
      severity: 'error',
      code: 'regression',
      reason:
        'Setting `offered` moves a deal back from `won` to `offer` (2 combinations). Change the rules, or confirm that this is meant.',
      example: verification.regressions[0]?.example,
    });
  });

  it('are confirmed one by one', () => {
    const first = { gate: 'offered', from: 'won', to: 'offer' };
    const second = { gate: 'offered', from: 'won', to: 'review' };
    const confirmed = (...confirmedRegressions: (typeof first)[]) =>
      verify({ rules, confirmedRegressions });
    expect(confirmed(first).findings.map(({ code }) => code)).toEqual(['regression']);
    expect(confirmed(first).regressions.map((one) => one.confirmed)).toEqual([true, false]);
    expect(confirmed(first, second).publishable).toBe(true);
    expect(confirmed(first, second).findings).toEqual([]);
  });

  it.each([
    { gate: 'asked', from: 'won', to: 'offer' },
    { gate: 'offered', from: 'review', to: 'offer' },
    { gate: 'offered', from: 'won', to: 'talking' },
  ])('that do not happen need no confirmation: %j', (other) => {
    const verification = verify({ rules, confirmedRegressions: [other] });
    expect(verification.findings.map(({ code }) => code)).toEqual([
      'regression',
      'regression',
      'confirmation_unused',
    ]);
    expect(verification.findings[2]).toEqual({
      severity: 'warning',
      code: 'confirmation_unused',
      reason: `Setting \`${other.gate}\` never moves a deal back from \`${other.from}\` to \`${other.to}\`; remove the confirmation.`,
      field: 'confirmedRegressions.0',
    });
  });

  it('agree with trying every gate on every combination', () => {
    const literal = fc.constantFrom(
      'gates.asked',
      '!gates.asked',
      'gates.offered',
      '!gates.offered',
      'gates.paid',
      '!gates.paid',
      'domains.legal == "done"',
    );
    const when = fc
      .array(literal, { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join(' && '));
    const stages = fc.constantFrom(...small.stages.map(({ key }) => key));
    fc.assert(
      fc.property(fc.array(fc.record({ stage: stages, when }), { maxLength: 5 }), (random) => {
        const pipeline = compiled({ ...small, rules: random });
        const domainBits = pipeline.comparisons.length === 0 ? [0] : [0, 8];
        let lowered = 0;
        for (const bit of [1, 2, 4]) {
          for (let gates = 0; gates < 8; gates += 1) {
            for (const domain of domainBits) {
              if (pipeline.rankOf(gates | domain | bit) < pipeline.rankOf(gates | domain))
                lowered += 1;
            }
          }
        }
        const { regressions, stages: counts, vectors } = verifyPipeline(pipeline);
        expect(regressions.reduce((sum, one) => sum + one.vectors, 0)).toBe(lowered);
        expect(counts.reduce((sum, one) => sum + one.vectors, 0)).toBe(vectors);
      }),
    );
  });
});

describe('timers', () => {
  const timer = (start: string, stop: string, key = 'answer') => ({
    key,
    start,
    stop,
    target: { amount: 1, unit: 'days' } as const,
  });

  it('start and stop by facts that events bring about', () => {
    expect(
      brief({
        timers: [
          timer('created', 'gates.paid'),
          timer('!created', 'created', 'b'),
          timer('domains.legal == "done"', 'domains.legal == "in_review"', 'c'),
        ],
      }),
    ).toEqual([]);
    expect(
      findings({
        timers: [timer('gates.asked', 'gates.asked'), timer('created', 'false', 'late')],
      }),
    ).toEqual([
      {
        severity: 'error',
        code: 'timer_never_starts',
        reason:
          'The timer `answer` never runs: events bring about no facts in which it starts and is not stopped.',
        field: 'timers.0.start',
      },
      {
        severity: 'error',
        code: 'timer_never_stops',
        reason: 'The timer `late` can never be met: events bring about no facts that stop it.',
        field: 'timers.1.stop',
      },
    ]);
  });

  it('do not wait for gates that nobody sets', () => {
    const gates = [...small.gates, { key: 'extra', title: 'Extra' }];
    expect(
      brief({
        gates,
        timers: [
          timer('gates.extra', 'gates.paid'),
          timer('created', 'gates.extra && gates.paid', 'b'),
          timer('created', 'gates.extra || gates.paid', 'c'),
        ],
      }),
    ).toEqual([
      'error timer_never_starts timers.0.start',
      'error timer_never_stops timers.1.stop',
      'warning gate_never_set gates.3',
    ]);
  });
});

describe('events and gates', () => {
  it('warns of events that do nothing and of a pipeline that no event begins', () => {
    const { creates: _, ...only } = asked;
    expect(
      findings({
        events: [
          only,
          offered,
          withdrawn,
          paid,
          lost,
          { type: 'idle', creates: false, sets: [], reopens: false },
        ],
      }),
    ).toEqual([
      {
        severity: 'warning',
        code: 'event_without_effect',
        reason: '`idle` does nothing. Give it an effect, or list it among the known types.',
        field: 'events.5',
      },
      {
        severity: 'warning',
        code: 'no_creating_event',
        reason: 'No event of another system creates a deal; deals can only be made by hand.',
        field: 'events',
      },
    ]);
  });

  it.each([
    { creates: true },
    { reopens: true },
    { sets: ['paid'] },
    { clears: ['paid'] },
    { ends: 'lost' },
    { domain: { system: 'legal', stage: 'done' } },
  ])('%j is an effect', (effect) => {
    expect(brief({ events: [...small.events, { type: 'other', ...effect }] })).toEqual([]);
  });

  it('finds an ending that no event reaches', () => {
    const endings = [
      ...(small.endings ?? []),
      { key: 'gone', title: 'Gone', outcome: 'lost' },
    ] as const;
    expect(findings({ endings })).toEqual([
      {
        severity: 'error',
        code: 'ending_unreachable',
        reason: 'No event leads to the ending `gone`. Let one, or remove it.',
        field: 'endings.1',
      },
    ]);
  });

  it('knows a gate that is only shown', () => {
    const gates = [...small.gates, { key: 'extra', title: 'Extra' }] as const;
    const events = [...small.events, { type: 'extra', sets: ['extra'] }];
    expect(findings({ gates, events })).toEqual([
      {
        severity: 'info',
        code: 'gate_never_read',
        reason: 'No rule and no timer asks for `extra`; it is only shown.',
        field: 'gates.3',
      },
    ]);
    const announcing = [
      ...small.gates,
      { key: 'extra', title: 'Extra', announces: 'billing.ready' },
    ] as const;
    expect(findings({ gates: announcing, events })).toEqual([]);
    const stages = small.stages.map((stage) => ({
      ...stage,
      businessStageWhen: [{ when: 'gates.extra', businessStage: 'x' }],
    }));
    expect(findings({ gates, events, stages })).toEqual([]);
  });

  it('knows the types that systems send, if it is told them', () => {
    const known = (...types: string[]) => ({ knownTypes: new Set(types) });
    const others = ['withdrawn', 'paid', 'lost'];
    expect(brief({}, known('asked', 'offer.sent', ...others))).toEqual([]);
    expect(findings({}, known('offered', ...others))).toEqual([
      {
        severity: 'error',
        code: 'type_unknown',
        reason: 'No system sends `asked`. Correct the spelling, or list it among the known types.',
        field: 'events.0.type',
      },
    ]);
    expect(brief({ knownTypes: ['asked'] }, known('offered', ...others))).toEqual([]);
    expect(brief({}, {})).toEqual([]);
  });
});

it('looks at all 65,536 combinations of sixteen gates quickly', { timeout: 2_000 }, () => {
  const gates = Array.from({ length: 16 }, (_, index) => ({
    key: `g${index}`,
    title: `G${index}`,
  }));
  const stages = Array.from(
    { length: 17 },
    (_, index) => ({ key: `s${index}`, title: `S${index}`, kind: 'won' }) as const,
  );
  const rules = gates.map(({ key }, index) => ({ stage: `s${16 - index}`, when: `gates.${key}` }));
  const events = gates.map(({ key }) => ({ type: key, creates: true, sets: [key] }));
  const verification = verifyPipeline(
    compiled({ key: 'big', title: 'Big', gates, stages, rules, events }),
  );
  expect(verification).toMatchObject({ publishable: true, findings: [], vectors: 65_536 });
  expect(verification.stages[16]?.vectors).toBe(32_768);
});
