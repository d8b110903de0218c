import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { small, parseCel, refusalOf, valueOf } from './fixtures.ts';
import { RESERVED_TYPES } from './references.ts';
import { definitionFindings, PIPELINE_LIMITS, validateDefinition } from './validate.ts';
import { BUILT_IN_TYPES } from '../deal-gates/index.ts';

/** The small pipeline as untrusted JSON, with some properties replaced. */
const raw = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...JSON.parse(JSON.stringify(small)),
  ...change,
});

const found = (change: Record<string, unknown>) => definitionFindings(raw(change));

/** Code and field of each finding. */
const brief = (change: Record<string, unknown>) =>
  found(change).map(({ code, field }) => `${code} ${field}`);

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const stage = (index: number) => ({ key: `s${index}`, title: `Stage ${index}` });
const gate = (index: number) => ({ key: `g${index}`, title: `Gate ${index}` });
const event = (index: number) => ({ type: `e${index}`, creates: true });
const LONG = 'x'.repeat(201);

describe('validateDefinition', () => {
  it('gives a right definition back', () => {
    const input = raw();
    expect(valueOf(validateDefinition(input))).toBe(input);
    expect(definitionFindings(input, parseCel)).toEqual([]);
  });

  it('takes every property there is', () => {
    const full = raw({
      gates: [
        { key: 'asked', title: 'Asked', code: 'G1', announces: 'offer.approved' },
        { key: 'offered', title: 'Offered', announces: 'billing.ready' },
        { key: 'paid', title: 'Оплачено' },
      ],
      events: [
        {
          type: 'A_SUBMITTED',
          aliases: ['a.submitted'],
          where: { 'lifecycle:transition': 'COMPLETE' },
          creates: true,
          sets: ['asked'],
          clears: ['paid'],
          domain: { system: 'legal', stage: 'done' },
        },
        { type: 'back', reopens: true },
        { type: 'lost', ends: 'lost' },
      ],
      knownTypes: ['kpi.reported'],
      stages: [
        {
          key: 'new',
          title: 'New',
          kind: 'open',
          businessStage: 'Lead',
          businessStageWhen: [
            { when: 'gates.asked', businessStage: 'Asked', responsible: 'sales' },
          ],
          color: 'blue',
          responsible: 'pre-sales',
          roles: ['sales'],
          systems: ['task-tracker'],
        },
        { key: 'won', title: 'Won', kind: 'won' },
      ],
      endings: [{ key: 'lost', title: 'Lost', outcome: 'lost', color: 'red' }],
      rules: [{ stage: 'won', when: 'gates.paid' }],
      timers: [
        {
          key: 'answer',
          title: 'Answer',
          start: 'created',
          stop: 'gates.paid',
          target: { amount: 1, unit: 'days' },
          calendar: 'always',
          accountable: ['crm', 'task-tracker'],
        },
      ],
      calendars: { always: { kind: 'always' } },
      confirmedRegressions: [{ gate: 'asked', from: 'won', to: 'new' }],
    });
    expect(definitionFindings(full, parseCel)).toEqual([]);
  });

  it('refuses with the first finding', () => {
    expect(refusalOf(validateDefinition(raw({ key: 7, title: '' })))).toEqual({
      code: 'wrong_type',
      reason: 'This must be a text.',
      field: 'key',
    });
  });

  it.each([null, undefined, 7, 'text', [], true])('refuses %j, which is no pipeline', (input) => {
    expect(refusalOf(validateDefinition(input))).toEqual({
      code: 'wrong_type',
      reason: 'This must be an object: A pipeline.',
      field: '',
    });
  });

  it('never throws, whatever it is given', () => {
    const keys = fc.constantFrom(...Object.keys(small), '__proto__', 'constructor', 'zzz');
    fc.assert(
      fc.property(fc.dictionary(keys, fc.anything()), fc.boolean(), (change, whole) => {
        const input = whole ? change : { ...small, ...change };
        const decision = validateDefinition(input);
        expect(decision.ok).toBe(definitionFindings(input).length === 0);
      }),
    );
  });
});

describe('properties', () => {
  it('names what is missing and what is unknown, all at once', () => {
    expect(definitionFindings({ key: 'x', colour: 'red' })).toEqual([
      { code: 'missing_property', reason: 'A pipeline needs `title`.', field: 'title' },
      { code: 'missing_property', reason: 'A pipeline needs `gates`.', field: 'gates' },
      { code: 'missing_property', reason: 'A pipeline needs `events`.', field: 'events' },
      { code: 'missing_property', reason: 'A pipeline needs `stages`.', field: 'stages' },
      { code: 'missing_property', reason: 'A pipeline needs `rules`.', field: 'rules' },
      {
        code: 'unknown_property',
        reason:
          'A pipeline has no `colour`; it has key, title, gates, events, stages, rules, domains, knownTypes, endings, timers, calendars, confirmedRegressions.',
        field: 'colour',
      },
    ]);
  });

  it.each([
    [{ gates: [{ ...gate(1), weight: 1 }] }, 'A gate has no `weight`', 'gates.0.weight'],
    [{ events: [{ ...event(1), set: ['asked'] }] }, 'An event has no `set`', 'events.0.set'],
    [{ stages: [{ ...stage(1), rank: 1 }] }, 'A stage has no `rank`', 'stages.0.rank'],
    [
      {
        stages: [{ ...stage(1), businessStageWhen: [{ when: 'true', businessStage: 'x', y: 1 }] }],
      },
      'A business stage has no `y`',
      'stages.0.businessStageWhen.0.y',
    ],
    [
      { endings: [{ key: 'lost', title: 'Lost', outcome: 'lost', kind: 'won' }] },
      'An ending has no `kind`',
      'endings.0.kind',
    ],
    [{ rules: [{ stage: 'new', when: 'true', if: 'x' }] }, 'A rule has no `if`', 'rules.0.if'],
    [
      {
        timers: [{ key: 't', start: 'a', stop: 'b', target: { amount: 1, unit: 'days' }, due: 1 }],
      },
      'A timer has no `due`',
      'timers.0.due',
    ],
    [
      { confirmedRegressions: [{ gate: 'paid', from: 'won', to: 'new', by: 'me' }] },
      'A confirmed regression has no `by`',
      'confirmedRegressions.0.by',
    ],
    [
      { events: [{ ...event(1), domain: { system: 'legal', stage: 'done', at: 1 } }] },
      'A domain stage has no `at`',
      'events.0.domain.at',
    ],
  ])('%j', (change, reason, field) => {
    const [finding] = found(change).filter(({ code }) => code === 'unknown_property');
    expect(finding?.reason).toContain(reason);
    expect(finding?.field).toBe(field);
  });

  it('refuses __proto__ and constructor as properties', () => {
    const json = JSON.stringify(small);
    for (const name of ['__proto__', 'constructor']) {
      const input: unknown = JSON.parse(json.replace('{', `{"${name}":{"title":"x"},`));
      expect(definitionFindings(input)).toMatchObject([{ code: 'unknown_property', field: name }]);
    }
  });

  it('does not take properties from a prototype', () => {
    const input: unknown = Object.create(small);
    expect(definitionFindings(input).map(({ code }) => code)).toContain('missing_property');
  });

  it('takes undefined as absent', () => {
    expect(found({ timers: undefined, colour: 'x' })).toHaveLength(1);
    expect(found({ timers: undefined })).toEqual([]);
    expect(brief({ title: undefined })).toEqual(['missing_property title']);
  });

  it('shortens names in its answer, and stops at a hundred findings', () => {
    const [finding] = found({ [LONG]: 1 });
    expect(finding?.field).toHaveLength(80);
    expect(finding?.reason).toContain(`\`${'x'.repeat(80)}\``);
    expect(found({ rules: times(50, () => ({ a: 1, b: 2, c: 3 })) })).toHaveLength(100);
  });

  it('finds all in one pass', () => {
    expect(brief({ key: '', title: 3, stages: [{ key: '1' }] })).toEqual([
      'key_invalid key',
      'wrong_type title',
      'missing_property stages.0.title',
      'key_invalid stages.0.key',
    ]);
  });
});

describe('types', () => {
  it.each([
    [{ gates: {} }, 'This must be a list.', 'gates'],
    [{ gates: [7] }, 'This must be an object: A gate.', 'gates.0'],
    [{ gates: [[]] }, 'This must be an object: A gate.', 'gates.0'],
    [{ gates: [null] }, 'This must be an object: A gate.', 'gates.0'],
    [{ domains: [] }, 'This must be an object.', 'domains'],
    [{ domains: null }, 'This must be an object.', 'domains'],
    [{ domains: { legal: 'done' } }, 'This must be a list.', 'domains.legal'],
    [{ domains: { legal: [1] } }, 'This must be a text.', 'domains.legal.0'],
    [{ events: [{ type: 1 }] }, 'This must be a text.', 'events.0.type'],
    [
      { events: [{ type: 'a', creates: 'yes' }] },
      'This must be true or false.',
      'events.0.creates',
    ],
    [{ events: [{ type: 'a', reopens: 1 }] }, 'This must be true or false.', 'events.0.reopens'],
    [{ events: [{ type: 'a', where: { x: 1 } }] }, 'This must be a text.', 'events.0.where.x'],
    [{ events: [{ type: 'a', where: 'x' }] }, 'This must be an object.', 'events.0.where'],
    [{ rules: [{ stage: 'new', when: true }] }, 'This must be a text.', 'rules.0.when'],
    [{ rules: [{ stage: 1, when: 'true' }] }, 'This must be a text.', 'rules.0.stage'],
    [{ events: [{ type: 'a', sets: [1] }] }, 'This must be a text.', 'events.0.sets.0'],
  ])('%j → %s', (change, reason, field) => {
    expect(found(change)).toContainEqual({ code: 'wrong_type', reason, field });
  });

  it.each([
    [{ stages: [{ ...stage(1), kind: 'lost' }] }, 'open, won', 'stages.0.kind'],
    [{ stages: [{ ...stage(1), kind: 1 }] }, 'open, won', 'stages.0.kind'],
    [{ endings: [{ key: 'lost', title: 'L', outcome: 'open' }] }, 'won, lost', 'endings.0.outcome'],
    [
      { gates: [{ ...gate(1), announces: 'closed' }] },
      'offer.approved, billing.ready',
      'gates.0.announces',
    ],
  ])('%j', (change, values, field) => {
    expect(found(change)).toEqual([
      { code: 'value_not_allowed', reason: `This must be one of: ${values}.`, field },
    ]);
  });

  it.each(['', ' a', 'a ', 'a\nb', 'a\u0000b', '\u200b', 'a\u2028b', LONG])(
    'refuses the title %j',
    (title) => {
      expect(found({ title })).toEqual([
        {
          code: 'text_invalid',
          reason: 'This must be 1 to 200 printable characters, without spaces at its ends.',
          field: 'title',
        },
      ]);
    },
  );

  it.each(['a', 'ab', 'Продажи рекламы', 'x'.repeat(200), '🙂', 'a b c'])(
    'takes the title %j',
    (title) => {
      expect(found({ title })).toEqual([]);
    },
  );

  it.each([
    '',
    '1a',
    '-a',
    '_a',
    'a b',
    'ключ',
    'x'.repeat(65),
    '__proto__',
    'constructor',
    'toString',
    'a\n',
  ])('refuses the key %j', (key) => {
    expect(found({ key })).toEqual([
      {
        code: 'key_invalid',
        reason:
          'A key begins with a letter and has at most 64 letters, digits, - and _; names that every object has, such as `constructor`, are not keys.',
        field: 'key',
      },
    ]);
  });

  it.each(['a', 'A', 'a-b', 'a_b', 'a1', 'x'.repeat(64), 'true'])('takes the key %j', (key) => {
    expect(found({ key })).toEqual([]);
  });

  it.each([
    '',
    'a-b',
    '1a',
    '_a',
    'a b',
    'a.b',
    'x'.repeat(65),
    'true',
    'false',
    'null',
    'in',
    '__proto__',
    'constructor',
    'a\n',
  ])('refuses the gate %j', (key) => {
    expect(found({ gates: [...small.gates, { key, title: 'x' }] })).toEqual([
      {
        code: 'key_invalid',
        reason:
          'A gate begins with a letter and has at most 64 letters, digits and _; true, false, null, in and names that every object has, such as `constructor`, are not gates.',
        field: 'gates.3.key',
      },
    ]);
  });

  it.each(['G1', 'a_b', 'x'.repeat(64), 'trueish'])('takes the gate %j', (key) => {
    expect(found({ gates: [...small.gates, { key, title: 'x' }] })).toEqual([]);
  });

  it('refuses inherited names wherever a name is looked up', () => {
    const json = JSON.stringify(small);
    for (const name of ['__proto__', 'constructor']) {
      const domains: unknown = JSON.parse(json.replace('"legal"', `"${name}"`));
      expect(definitionFindings(domains)).toMatchObject([
        { code: 'key_invalid', field: `domains.${name}` },
      ]);
      expect(brief({ calendars: JSON.parse(`{"${name}":{"kind":"always"}}`) as unknown })).toEqual([
        `key_invalid calendars.${name}`,
      ]);
    }
  });

  it.each(['', '   ', '\n'])('refuses the predicate %j', (when) => {
    expect(found({ rules: [{ stage: 'won', when }] })).toEqual([
      { code: 'predicate_empty', reason: 'A predicate is missing here.', field: 'rules.0.when' },
    ]);
  });

  it.each([
    [{ target: { amount: 0, unit: 'days' } }, 'timers.0.target.amount'],
    [{ target: 7 }, 'timers.0.target'],
    [{ start: '' }, 'timers.0.start'],
    [{ stop: 1 }, 'timers.0.stop'],
    [{ calendar: 'a b' }, 'timers.0.calendar'],
    [{ accountable: [''] }, 'timers.0.accountable.0'],
    [{ title: '' }, 'timers.0.title'],
  ])('refuses the timer with %j', (change, field) => {
    expect(found({ timers: [{ ...small.timers?.[0], ...change }] })).toMatchObject([{ field }]);
  });

  it('refuses a calendar that cannot be', () => {
    expect(found({ calendars: { office: { kind: 'sometimes' } } })).toMatchObject([
      { field: expect.stringContaining('calendars.office') as string },
    ]);
  });
});

describe('limits', () => {
  const most: Record<string, unknown> = {
    gates: times(16, gate),
    events: times(200, event),
    stages: times(50, stage),
    rules: times(50, () => ({ stage: 's0', when: 'true' })),
    timers: times(50, (index) => ({ ...small.timers?.[0], key: `t${index}` })),
    endings: times(20, (index) => ({ key: `e${index}`, title: 'E', outcome: 'lost' })),
    knownTypes: times(500, (index) => `k${index}`),
    domains: Object.fromEntries(
      times(50, (index) => [`d${index}`, times(200, (one) => `s${one}`)]),
    ),
    calendars: Object.fromEntries(times(20, (index) => [`c${index}`, { kind: 'always' }])),
    confirmedRegressions: times(1_000, () => ({ gate: 'g0', from: 's0', to: 's1' })),
  };

  it('are reached by the largest pipeline', () => {
    expect(found(most)).toEqual([]);
  });

  it.each([
    'events',
    'stages',
    'rules',
    'timers',
    'endings',
    'knownTypes',
    'confirmedRegressions',
  ] as const)('refuse one more of %s', (name) => {
    const list = most[name] as unknown[];
    expect(found({ ...most, [name]: [...list, list[0]] })).toEqual([
      {
        code: 'too_many',
        reason: `At most ${PIPELINE_LIMITS[name]} are allowed here; there are ${list.length + 1}.`,
        field: name,
      },
    ]);
  });

  it('refuse a pipeline with 40 gates', () => {
    expect(
      refusalOf(validateDefinition(raw({ gates: times(40, gate), events: [], rules: [] }))),
    ).toEqual({
      code: 'too_many_facts',
      reason: 'At most 16 are allowed here; there are 40. Split the pipeline or merge gates.',
      field: 'gates',
    });
    expect(brief({ gates: times(17, gate) })[0]).toBe('too_many_facts gates');
  });

  it.each([
    [{ domains: Object.fromEntries(times(51, (index) => [`d${index}`, []])) }, 'domains', 50],
    [{ domains: { legal: times(201, (index) => `s${index}`) } }, 'domains.legal', 200],
    [
      { calendars: Object.fromEntries(times(21, (index) => [`c${index}`, { kind: 'always' }])) },
      'calendars',
      20,
    ],
    [
      { events: [{ type: 'x', aliases: times(21, (index) => `a${index}`) }] },
      'events.0.aliases',
      20,
    ],
    [
      {
        events: [
          { type: 'x', where: Object.fromEntries(times(11, (index) => [`a${index}`, 'x'])) },
        ],
      },
      'events.0.where',
      10,
    ],
    [{ events: [{ type: 'x', sets: times(17, () => 'paid') }] }, 'events.0.sets', 16],
    [{ stages: [{ ...stage(0), roles: times(21, () => 'x') }] }, 'stages.0.roles', 20],
    [
      {
        stages: [
          {
            ...stage(0),
            businessStageWhen: times(21, () => ({ when: 'true', businessStage: 'x' })),
          },
        ],
      },
      'stages.0.businessStageWhen',
      20,
    ],
  ])('of smaller lists', (change, field, max) => {
    const finding = found(change).find((one) => one.field === field);
    expect(finding?.code).toBe('too_many');
    expect(finding?.reason).toMatch(
      new RegExp(`^At most ${max} are allowed here; there are ${max + 1}`),
    );
  });

  it('ask for a gate and a stage', () => {
    const reason = 'At least 1 is needed here.';
    expect(found({ gates: [], stages: [] })).toEqual([
      { code: 'too_few', reason, field: 'gates' },
      { code: 'too_few', reason, field: 'stages' },
    ]);
    expect(found({ events: [], rules: [], timers: [], endings: [] })).toEqual([]);
  });
});

describe('references', () => {
  const mapped = (...events: Record<string, unknown>[]) => found({ events });

  it.each([
    [{ gates: [...small.gates, small.gates[0]] }, 'gates.3.key', 'asked'],
    [{ stages: [...small.stages, small.stages[1]] }, 'stages.5.key', 'talking'],
    [{ endings: [{ key: 'won', title: 'W', outcome: 'won' }], events: [] }, 'endings.0.key', 'won'],
    [{ timers: [small.timers?.[0], small.timers?.[0]] }, 'timers.1.key', 'answer'],
  ])('one key, one thing: %j', (change, field, key) => {
    expect(found(change)).toEqual([
      { code: 'duplicate_key', reason: `The key \`${key}\` is used twice.`, field },
    ]);
  });

  it('values are listed once', () => {
    expect(
      found({
        domains: { legal: ['in_review', 'done', 'done'] },
        knownTypes: ['kpi', 'kpi'],
        events: [
          {
            type: 'x',
            sets: ['paid', 'paid'],
            clears: ['asked', 'offered', 'asked'],
            ends: 'lost',
          },
        ],
      }),
    ).toEqual([
      { code: 'duplicate_value', reason: '`done` is listed twice.', field: 'domains.legal.2' },
      { code: 'duplicate_value', reason: '`paid` is listed twice.', field: 'events.0.sets.1' },
      { code: 'duplicate_value', reason: '`asked` is listed twice.', field: 'events.0.clears.2' },
      { code: 'duplicate_value', reason: '`kpi` is listed twice.', field: 'knownTypes.1' },
    ]);
  });

  it('events set and clear gates that exist', () => {
    expect(mapped({ type: 'x', sets: ['asked', 'nobody'], clears: ['none'] })).toEqual([
      {
        code: 'unknown_gate',
        reason: 'The pipeline has no gate `nobody`.',
        field: 'events.0.sets.1',
      },
      {
        code: 'unknown_gate',
        reason: 'The pipeline has no gate `none`.',
        field: 'events.0.clears.0',
      },
    ]);
  });

  it('an event sets or clears a gate, ends or reopens a deal, never both', () => {
    expect(mapped({ type: 'x', sets: ['asked', 'paid'], clears: ['offered', 'paid'] })).toEqual([
      {
        code: 'gate_set_and_cleared',
        reason: '`x` both sets and clears `paid`; keep one of them.',
        field: 'events.0.clears.1',
      },
    ]);
    expect(mapped({ type: 'x', ends: 'lost', reopens: true })).toEqual([
      {
        code: 'ends_and_reopens',
        reason: '`x` both ends and reopens a deal; keep one of them.',
        field: 'events.0.reopens',
      },
    ]);
    expect(mapped({ type: 'x', ends: 'lost', reopens: false })).toEqual([]);
  });

  it('endings, stages, calendars and domain stages exist', () => {
    expect(
      found({
        events: [
          { type: 'x', ends: 'won' },
          { type: 'y', domain: { system: 'legal', stage: 'signed' } },
          { type: 'z', domain: { system: 'unlisted', stage: 'anything' } },
        ],
        rules: [
          { stage: 'nowhere', when: 'true' },
          { stage: 'lost', when: 'true' },
        ],
        timers: [{ ...small.timers?.[0], calendar: 'office' }],
        calendars: { other: { kind: 'always' } },
        confirmedRegressions: [{ gate: 'none', from: 'nowhere', to: 'lost' }],
      }),
    ).toEqual([
      {
        code: 'unknown_stage',
        reason: 'The pipeline has no stage `nowhere`.',
        field: 'rules.0.stage',
      },
      {
        code: 'unknown_stage',
        reason: '`lost` is an ending: only an event leads there, never a rule.',
        field: 'rules.1.stage',
      },
      {
        code: 'unknown_calendar',
        reason: 'The pipeline has no calendar `office`.',
        field: 'timers.0.calendar',
      },
      {
        code: 'unknown_gate',
        reason: 'The pipeline has no gate `none`.',
        field: 'confirmedRegressions.0.gate',
      },
      {
        code: 'unknown_stage',
        reason: 'The pipeline has no stage `nowhere`.',
        field: 'confirmedRegressions.0.from',
      },
      {
        code: 'unknown_stage',
        reason: '`lost` is an ending: only an event leads there, never a rule.',
        field: 'confirmedRegressions.0.to',
      },
      {
        code: 'unknown_ending',
        reason: 'The pipeline has no ending `won`.',
        field: 'events.0.ends',
      },
      {
        code: 'unknown_domain_stage',
        reason: 'The domain `legal` has no stage `signed`.',
        field: 'events.1.domain.stage',
      },
    ]);
  });

  it('finds a domain stage also without any listed domains', () => {
    const input = raw({ events: [{ type: 'x', domain: { system: 'legal', stage: 'x' } }] });
    delete input['domains'];
    expect(definitionFindings(input)).toEqual([]);
  });

  it('a calendar is needed only where one is named', () => {
    expect(found({ timers: [small.timers?.[0]], calendars: {} })).toEqual([]);
    const named = { ...small.timers?.[0], calendar: 'office' };
    expect(found({ timers: [named], calendars: { office: { kind: 'always' } } })).toEqual([]);
    expect(brief({ timers: [small.timers?.[0], { ...named, key: 'b' }] })).toEqual([
      'unknown_calendar timers.1.calendar',
    ]);
  });
});

describe('event types', () => {
  const mapped = (...events: Record<string, unknown>[]) => brief({ events });

  it('are mapped once under the same conditions, in any spelling', () => {
    const where = { phase: 'COMPLETE', 'org:x': '1' };
    expect(found({ events: [{ type: 'a' }, { type: 'b', aliases: ['c', 'a'] }] })).toEqual([
      {
        code: 'duplicate_event',
        reason: '`a` is mapped twice under the same conditions.',
        field: 'events.1.aliases.1',
      },
    ]);
    expect(mapped({ type: 'a', aliases: ['a'] })).toEqual(['duplicate_event events.0.aliases.0']);
    expect(
      mapped({ type: 'a', where }, { type: 'a', where: { 'org:x': '1', phase: 'COMPLETE' } }),
    ).toEqual(['duplicate_event events.1.type']);
    expect(mapped({ type: 'a' }, { type: 'b' })).toEqual([]);
  });

  it('may be mapped again where conditions tell them apart', () => {
    expect(
      mapped({ type: 'a', where: { x: '1' } }, { type: 'a', where: { x: '2' } }, { type: 'a' }),
    ).toEqual([]);
    expect(mapped({ type: 'a', where: { x: '1' } }, { type: 'a', where: { y: '1' } })).toEqual([]);
    expect(
      mapped({ type: 'a', where: { toString: '1' } }, { type: 'a', where: { x: '1' } }),
    ).toEqual([]);
  });

  it('are refused where an earlier mapping takes all of them', () => {
    expect(found({ events: [{ type: 'a' }, { type: 'a', where: { x: '1' } }] })).toEqual([
      {
        code: 'event_shadowed',
        reason: 'An earlier mapping of `a` always takes these events; move the narrower one up.',
        field: 'events.1.type',
      },
    ]);
    expect(
      mapped(
        { type: 'a', where: { x: '1' } },
        { type: 'b' },
        { type: 'a', where: { x: '1', y: '2' } },
      ),
    ).toEqual(['event_shadowed events.2.type']);
  });

  it.each(['masterdeal.created', 'deal.reopened', 'deal.archived', 'deal.updated'])(
    'cannot be %s, which is ours',
    (type) => {
      const reason = `\`${type}\` has a meaning of its own in every pipeline and cannot be mapped.`;
      expect(found({ events: [{ type }] })).toEqual([
        { code: 'type_reserved', reason, field: 'events.0.type' },
      ]);
      expect(mapped({ type: 'x', aliases: [type] })).toEqual(['type_reserved events.0.aliases.0']);
    },
  );

  it('may be the two built-in types to which a pipeline can add something', () => {
    expect(mapped({ type: 'deal.created', sets: ['asked'] })).toEqual([]);
    const where = { system: 'legal', stage: 'done' };
    expect(mapped({ type: 'domain.stage.changed', where, sets: ['paid'] })).toEqual([]);
    const open = BUILT_IN_TYPES.filter((type) => !RESERVED_TYPES.has(type));
    expect(open).toEqual(['deal.created', 'domain.stage.changed']);
    expect(RESERVED_TYPES.size).toBe(BUILT_IN_TYPES.length - 2);
  });
});

describe('predicates', () => {
  it('are read when a parser is given, all of them', () => {
    const input = raw({
      rules: [
        { stage: 'won', when: 'gates.nobody' },
        { stage: 'offer', when: 'gates.offered' },
        { stage: 'talking', when: 'gates.' },
      ],
      timers: [{ ...small.timers?.[0], start: 'domains.legal == "x"', stop: 'never' }],
      stages: small.stages.map((one, index) => ({
        ...one,
        businessStageWhen: [{ when: index === 1 ? 'created' : 'true', businessStage: 'x' }],
      })),
    });
    expect(definitionFindings(input)).toEqual([]);
    expect(
      definitionFindings(input, parseCel).map(({ code, field }) => `${code} ${field}`),
    ).toEqual([
      'unknown_gate rules.0.when',
      'predicate_syntax rules.2.when',
      'unknown_domain_stage timers.0.start',
      'unknown_name timers.0.stop',
      'unknown_name stages.1.businessStageWhen.0.when',
    ]);
  });

  it('are not read while the form is wrong', () => {
    const input = raw({ title: 1, rules: [{ stage: 'nowhere', when: 'gates.nobody' }] });
    expect(definitionFindings(input, parseCel)).toHaveLength(1);
  });
});
