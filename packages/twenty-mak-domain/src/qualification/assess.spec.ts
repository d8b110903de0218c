import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess, checkCard, GRADES, qualificationChange } from './assess.ts';
import { CARD_CRITERIA, DEFAULT_CARDS, QUALIFICATION_CARDS } from './cards.ts';
import type { CardSettings } from './cards.ts';

const BANT = DEFAULT_CARDS.bant;
const { no, partly, yes } = GRADES;

describe('assess', () => {
  it.each([
    [{}, 0, false, ['budget', 'authority', 'need', 'timing']],
    [{ budget: yes, authority: yes, need: yes, timing: yes }, 100, true, []],
    [{ budget: no, authority: no, need: no, timing: no }, 0, false, []],
    [{ budget: yes, need: yes }, 50, false, ['authority', 'timing']],
    [{ budget: yes, authority: partly, need: yes }, 62, true, ['timing']],
    [{ budget: partly }, 12, false, ['authority', 'need', 'timing']],
  ])('%j scores %i', (answers, score, passed, missing) => {
    expect(assess('bant', BANT, answers)).toEqual({ ok: true, value: { score, passed, missing } });
  });

  it('passes from the threshold on, and not by rounding', () => {
    const settings = { weights: { budget: 2, authority: 1 }, threshold: 67 };
    expect(assess('bant', settings, { budget: yes })).toMatchObject({
      value: { score: 66, passed: false, missing: ['authority'] },
    });
    expect(assess('bant', { ...settings, threshold: 66 }, { budget: yes })).toMatchObject({
      value: { score: 66, passed: true },
    });
  });

  it('does not ask for what has no weight', () => {
    const settings = { weights: { budget: 10, authority: 0 }, threshold: 100 };
    expect(assess('bant', settings, { authority: yes })).toEqual({
      ok: true,
      value: { score: 0, passed: false, missing: ['budget'] },
    });
  });

  it('gives no points where nothing weighs anything', () => {
    const settings = { weights: {}, threshold: 1 };
    expect(assess('bant', settings, { budget: yes })).toMatchObject({
      value: { score: 0, passed: false, missing: [] },
    });
  });

  it.each([-1, 3, 0.5, Number.NaN])('refuses the grade %d', (budget) => {
    expect(assess('bant', BANT, { budget })).toEqual({
      ok: false,
      refusal: {
        code: 'grade_invalid',
        reason: 'A grade is 0 (no), 1 (partly) or 2 (yes).',
        field: 'answers.budget',
      },
    });
  });

  it('refuses criteria of another card', () => {
    expect(assess('icp', DEFAULT_CARDS.icp, { budget: yes })).toEqual({
      ok: false,
      refusal: {
        code: 'unknown_criterion',
        reason: 'The card `icp` has industry, size, activity, potential.',
        field: 'answers.budget',
      },
    });
  });

  it('never scores less for a better answer, and stays between 0 and 100', () => {
    const cases = fc.constantFrom(...QUALIFICATION_CARDS).chain((card) =>
      fc.record({
        card: fc.constant(card),
        weights: fc.tuple(...CARD_CRITERIA[card].map(() => fc.integer({ min: 0, max: 100 }))),
        answers: fc.tuple(...CARD_CRITERIA[card].map(() => fc.constantFrom(0, 1, undefined))),
        threshold: fc.integer({ min: 1, max: 100 }),
        better: fc.constantFrom(...CARD_CRITERIA[card]),
      }),
    );
    fc.assert(
      fc.property(cases, ({ card, weights, answers, threshold, better }) => {
        const named = <Value>(values: readonly Value[]): Record<string, NonNullable<Value>> =>
          Object.fromEntries(
            CARD_CRITERIA[card].flatMap((name, index) => {
              const value = values[index];
              return value == null ? [] : [[name, value]];
            }),
          );
        const settings = { weights: named(weights), threshold };
        const given = named(answers);
        const before = assess(card, settings, given);
        const after = assess(card, settings, { ...given, [better]: (given[better] ?? 0) + 1 });
        if (!before.ok || !after.ok) throw new Error('refused');
        expect(after.value.score).toBeGreaterThanOrEqual(before.value.score);
        expect(after.value.score).toBeLessThanOrEqual(100);
        expect(before.value.passed).toBe(before.value.score >= threshold);
        expect(before.value.missing.every((name) => given[name] === undefined)).toBe(true);
      }),
    );
  });
});

describe('checkCard', () => {
  it('accepts the cards that ship, and any weights that say something', () => {
    for (const card of QUALIFICATION_CARDS) {
      const settings = DEFAULT_CARDS[card];
      expect(checkCard(card, settings)).toEqual({ ok: true, value: settings });
      expect(Object.keys(settings.weights)).toEqual(CARD_CRITERIA[card]);
      const best = Object.fromEntries(CARD_CRITERIA[card].map((name) => [name, GRADES.yes]));
      expect(assess(card, settings, best)).toMatchObject({ value: { score: 100, passed: true } });
      const half = Object.fromEntries(CARD_CRITERIA[card].map((name) => [name, GRADES.partly]));
      expect(assess(card, settings, half)).toMatchObject({ value: { score: 50, passed: false } });
    }
    for (const settings of [
      { weights: { budget: 100 }, threshold: 1 },
      { weights: { budget: 0, need: 1 }, threshold: 100 },
    ])
      expect(checkCard('bant', settings).ok).toBe(true);
  });

  const cases: [CardSettings, string, string, string][] = [
    [
      { weights: { industry: 1 }, threshold: 50 },
      'unknown_criterion',
      'The card `bant` has budget, authority, need, timing.',
      'weights.industry',
    ],
    ...[-1, 101, 1.5].map((budget): [CardSettings, string, string, string] => [
      { weights: { need: 1, budget }, threshold: 50 },
      'weight_invalid',
      'A weight is a whole number from 0 to 100.',
      'weights.budget',
    ]),
    [
      { weights: { budget: 0 }, threshold: 50 },
      'weights_empty',
      'At least one criterion needs a weight.',
      'weights',
    ],
    ...[0, 101, 50.5].map((threshold): [CardSettings, string, string, string] => [
      { weights: { budget: 1 }, threshold },
      'threshold_invalid',
      'The threshold is a whole number from 1 to 100.',
      'threshold',
    ]),
  ];
  it.each(cases)('refuses %j with %s', (settings, code, reason, field) => {
    expect(checkCard('bant', settings)).toEqual({ ok: false, refusal: { code, reason, field } });
  });
});

describe('qualificationChange', () => {
  it.each([
    [[], [false], null],
    [[], [true], 'qualified'],
    [[false], [false, true], 'qualified'],
    [[true], [true, true], null],
    [[true, true], [true, false], null],
    [[true, false], [false, false], 'disqualified'],
  ])('from %j to %j: %s', (before, after, change) => {
    expect(qualificationChange(before, after)).toBe(change);
  });
});
