import { describe, expect, it } from 'vitest';
import { minorDigits, moneyText, readMoney } from './money-text.ts';

describe('minorDigits', () => {
  it('knows currencies, and takes two for others', () => {
    expect([minorDigits('EUR'), minorDigits('JPY'), minorDigits('KWD'), minorDigits('?')]).toEqual([
      2, 0, 3, 2,
    ]);
  });
});

describe('moneyText', () => {
  it.each([
    [12345, 'EUR', '123.45'],
    [12300, 'EUR', '123'],
    [5, 'EUR', '0.05'],
    [-5, 'EUR', '-0.05'],
    [12345, 'JPY', '12345'],
    [0, 'EUR', '0'],
  ])('%d %s is %s', (minor, currency, text) => {
    expect(moneyText(minor, currency)).toBe(text);
    expect(readMoney(text, currency)).toBe(minor);
  });
});

describe('readMoney', () => {
  it.each([
    ['1 234,5', 'EUR', 123450],
    ['1\u00a0234.50', 'UAH', 123450],
    ['7.', 'EUR', 700],
    ['0.1', 'EUR', 10],
  ])('%s %s is %d', (text, currency, minor) => {
    expect(readMoney(text, currency)).toBe(minor);
  });

  it.each(['', 'abc', '1.2.3', '1,234.56', '1.234', '1e5', '99999999999999999', '--1'])(
    '%s is no amount in EUR',
    (text) => {
      expect(readMoney(text, 'EUR')).toBeNull();
    },
  );
});
