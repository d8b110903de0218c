import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAmount } from './index.ts';

describe('parseAmount', () => {
  it.each([
    ['20000', 2, 2_000_000],
    ['0.29', 2, 29],
    ['1 234,5', 2, 123_450],
    ['1\u00a0000.10', 2, 100_010],
    ['1\u202f000', 0, 1_000],
    ["1'000.5", 1, 10_005],
    ['1’000', 0, 1_000],
    ['-7.00', 0, -7],
    ['+7', 0, 7],
    ['-0', 2, 0],
    ['007', 0, 7],
    ['1.234', 3, 1_234],
    ['1,234.50', 2, 123_450],
    ['1.234,50', 2, 123_450],
    ['1.234.567', 2, 123_456_700],
    ['1,234,567.8', 2, 123_456_780],
    ['12.345.678,90', 2, 1_234_567_890],
    ['1.000', 2, 100],
    ['90071992547409.91', 2, 9_007_199_254_740_991],
  ])('%s with %i digits', (text, digits, amount) => {
    expect(parseAmount(text, digits)).toBe(amount);
    expect(Object.is(parseAmount(text, digits), amount)).toBe(true);
  });

  it.each([
    ...[
      '',
      ' ',
      'x',
      '1.234',
      '1,234',
      '1e3',
      'NaN',
      '90071992547409.92',
      '.5',
      '5.',
      '1..2',
      '--1',
      '1-',
    ],
    ...[
      '1,23,4.5',
      '1234,567.8',
      '1.234,567.8',
      '1.23.456',
      '1,234,56',
      '$5',
      '5 грн',
      ',',
      '-',
      '12,3456.7',
    ],
    ...['1,234.567,8', '1.2,3', '5x', 'x5'],
  ])('%j is none', (text) => {
    expect(parseAmount(text, 2)).toBeNull();
  });

  it('reads what is written in each manner of grouping', () => {
    const amounts = fc.integer({ min: 0, max: 10 ** 12 });
    const manners = fc.constantFrom([' ', ','], [',', '.'], ['.', ','], ['', '.'], ["'", '.']);
    fc.assert(
      fc.property(amounts, manners, (amount, [group = '', decimal = '']) => {
        const digits = `${amount}`.padStart(3, '0');
        const whole = digits.slice(0, -2).replaceAll(/\B(?=(?:\d{3})+$)/g, group);
        expect(parseAmount(`${whole}${decimal}${digits.slice(-2)}`, 2)).toBe(amount);
      }),
    );
  });
});
