import { describe, expect, it } from 'vitest';
import { readAmount } from './values.ts';

describe('amounts', () => {
  it.each([
    ['20000', 2, 2_000_000],
    ['0.29', 2, 29],
    ['1 234,5', 2, 123_450],
    ['1\u00a0000.10', 2, 100_010],
    ['-7.00', 0, -7],
    ['-0', 2, 0],
    ['1,234.50', 2, 123_450],
    ['90071992547409.91', 2, 9_007_199_254_740_991],
  ])('%s with %i digits', (text, digits, amount) => {
    expect(readAmount(text, digits, 'sum')).toEqual({ ok: true, value: amount });
  });

  it.each(['', 'x', '1.234', '1,23,4.5', '1e3', 'NaN', '90071992547409.92'])(
    '%j is refused',
    (text) => {
      expect(readAmount(text, 2, 'sum')).toMatchObject({
        ok: false,
        refusal: { code: 'invalid_amount', field: 'sum' },
      });
    },
  );
});
