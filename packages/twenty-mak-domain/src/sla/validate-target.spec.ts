import { describe, expect, it } from 'vitest';

import { validateTarget } from './validate-target.ts';

describe('validateTarget', () => {
  it.each([
    { amount: 1, unit: 'minutes' },
    { amount: 8, unit: 'hours' },
    { amount: 30, unit: 'days' },
    { amount: 5_256_000, unit: 'minutes' },
    { amount: 87_600, unit: 'hours' },
    { amount: 3_650, unit: 'days' },
  ])('accepts $amount $unit', (target) => {
    expect(validateTarget(target)).toEqual({ ok: true, value: target });
  });

  it.each([
    ['nothing', undefined, 'wrong_type', 'target', /an amount and a unit/],
    ['null', null, 'wrong_type', 'target', /an amount and a unit/],
    ['a text', '8 hours', 'wrong_type', 'target', /an amount and a unit/],
    ['a list', [8, 'hours'], 'wrong_type', 'target', /an amount and a unit/],
    [
      'another property',
      { amount: 8, unit: 'hours', calendar: 'x' },
      'unknown_property',
      'target.calendar',
      /amount, unit/,
    ],
    [
      'an unknown unit',
      { amount: 8, unit: 'weeks' },
      'target_unit_unknown',
      'target.unit',
      /minutes, hours or days/,
    ],
    ['no unit', { amount: 8 }, 'target_unit_unknown', 'target.unit', /minutes, hours or days/],
    ['no amount', { unit: 'hours' }, 'wrong_type', 'target.amount', /number/],
    ['a text as amount', { amount: '8', unit: 'hours' }, 'wrong_type', 'target.amount', /number/],
    ['a part', { amount: 1.5, unit: 'hours' }, 'target_not_whole', 'target.amount', /smaller unit/],
    ['not a number', { amount: NaN, unit: 'hours' }, 'target_not_whole', 'target.amount', /whole/],
    ['infinity', { amount: Infinity, unit: 'days' }, 'target_not_whole', 'target.amount', /whole/],
    ['zero', { amount: 0, unit: 'hours' }, 'target_not_positive', 'target.amount', /at least 1/],
    [
      'less than zero',
      { amount: -8, unit: 'hours' },
      'target_not_positive',
      'target.amount',
      /at least 1/,
    ],
    [
      'too many minutes',
      { amount: 5_256_001, unit: 'minutes' },
      'target_too_long',
      'target.amount',
      /5256000 minutes/,
    ],
    [
      'too many hours',
      { amount: 87_601, unit: 'hours' },
      'target_too_long',
      'target.amount',
      /87600 hours/,
    ],
    [
      'too many days',
      { amount: 3_651, unit: 'days' },
      'target_too_long',
      'target.amount',
      /3650 days/,
    ],
  ])('refuses %s', (_, target, code, field, reason) => {
    expect(validateTarget(target)).toEqual({
      ok: false,
      refusal: { code, field, reason: expect.stringMatching(reason) },
    });
  });

  it('begins the field with the path it is given', () => {
    expect(validateTarget({ amount: 0, unit: 'hours' }, 'timers.3.target')).toMatchObject({
      refusal: { field: 'timers.3.target.amount' },
    });
  });
});
