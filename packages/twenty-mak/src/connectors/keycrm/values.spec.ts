import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoStamp, restStamp } from './simulator/stamps.ts';
import { amountIn, amountText, idField, instantIn, instantText, numberField } from './values.ts';

const second = fc.integer({ min: 0, max: 4_102_444_799 }).map((seconds) => seconds * 1_000);

describe('an instant of KeyCRM', () => {
  it('is the same in both forms', () => {
    fc.assert(
      fc.property(second, (at) => {
        expect([instantIn(restStamp(at)), instantIn(isoStamp(at))]).toEqual([at, at]);
      }),
    );
  });

  it('is written as it is read', () => {
    fc.assert(
      fc.property(second, (at) => {
        expect(instantIn(instantText(at))).toBe(at);
      }),
    );
  });

  it('may be a day', () => {
    expect(instantIn('2026-03-14')).toBe(Date.UTC(2026, 2, 14));
  });

  it.each(['', 'soon', '2026-02-30 10:00:00', '2026-03-14 25:00:00', '14.03.2026', '0'])(
    'is not %o',
    (text) => {
      expect(instantIn(text)).toBeNull();
    },
  );
});

describe('an amount of KeyCRM', () => {
  it.each([
    [1218, 'UAH', 121_800],
    ['90247.69', 'UAH', 9_024_769],
    ['70.00', 'UAH', 7_000],
    [574.1, 'EUR', 57_410],
    // What is left of a discount that was divided by three.
    [333.333_333_333_333_3, 'UAH', 33_333],
    [0.1 + 0.2, 'UAH', 30],
    [-5.5, 'UAH', -550],
    [0, 'UAH', 0],
    [100, 'JPY', 100],
    ['1.234', 'KWD', 1_234],
  ])('%o in %s is %i minor units', (value, currency, minor) => {
    expect(amountIn(value, currency)).toBe(minor);
  });

  it.each(['', ' ', '0x10', 'free', Number.NaN, Infinity, 1e300])('is not %o', (value) => {
    expect(amountIn(value, 'UAH')).toBeNull();
  });

  it('is read as it was written', () => {
    const amount = fc.integer({ min: -9_007_199_254_740, max: 9_007_199_254_740 });
    const currency = fc.constantFrom('UAH', 'EUR', 'JPY', 'KWD');
    fc.assert(
      fc.property(amount, currency, (minor, code) => {
        expect(amountIn(amountText(minor, code), code)).toBe(minor === 0 ? 0 : minor);
        expect(amountIn(String(amountText(minor, code)), code)).toBe(minor === 0 ? 0 : minor);
      }),
    );
  });
});

describe('a number of KeyCRM', () => {
  it.each([7, '7', ' 7 '])('may be %o', (value) => {
    expect(numberField.parse(value)).toBe(7);
  });

  it.each(['', 'seven', '0x7', null, true])('is not %o', (value) => {
    expect(numberField.safeParse(value).success).toBe(false);
  });
});

describe('an id of KeyCRM', () => {
  it.each([23_196, '23196'])('%o is a text', (value) => {
    expect(idField.parse(value)).toBe('23196');
  });

  it.each([0, -1, 1.5, '', '007', '1 OR 1=1', null])('is not %o', (value) => {
    expect(idField.safeParse(value).success).toBe(false);
  });
});
