import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertSums, minorUnits, parseRate, rateBetween } from './index.ts';
import type { DatedRate, Rate, Sum } from './index.ts';

const DAY = '2026-03-01';

function rateOf(text: string): Rate {
  const rate = parseRate(text);
  if (rate === null) throw new Error(`${text} is no rate`);
  return rate;
}

/** `USD/EUR 0.9 2026-01-01`. */
function rates(...lines: string[]): DatedRate[] {
  return lines.map((line) => {
    const [pair = '', rate = '', day = DAY] = line.split(' ');
    const [base = '', quote = ''] = pair.split('/');
    return { base, quote, day, rate: rateOf(rate) };
  });
}

/** `12 EUR`. */
function sums(...lines: string[]): Sum[] {
  return lines.map((line) => {
    const [amount, currency = ''] = line.split(' ');
    return { currency, amount: Number(amount) };
  });
}

describe('minorUnits', () => {
  it.each([
    ['EUR', 2],
    ['UAH', 2],
    ['XXX', 2],
    ['JPY', 0],
    ['BIF', 0],
    ['XPF', 0],
    ['KWD', 3],
    ['TND', 3],
    ['CLF', 4],
    ['UYW', 4],
  ])('of %s are %i', (currency, count) => expect(minorUnits(currency)).toBe(count));
});

describe('parseRate', () => {
  it.each([
    ['1', 1n, 1n],
    ['41.2345', 412345n, 10_000n],
    ['0.000000000001', 1n, 1_000_000_000_000n],
    ['007.50', 750n, 100n],
    ['999999999999.999999999999', 999_999_999_999_999_999_999_999n, 10n ** 12n],
  ])('reads %s', (text, numerator, denominator) =>
    expect(parseRate(text)).toEqual({ numerator, denominator }),
  );

  it.each([
    '',
    '0',
    '0.00',
    '-1',
    '+1',
    '.5',
    '5.',
    '1,5',
    '1e3',
    ' 1',
    '1 ',
    '1\n',
    'x',
    '1.1.1',
    '1234567890123',
    '1.1234567890123',
  ])('refuses %j', (text) => expect(parseRate(text)).toBeNull());
});

describe('rateBetween', () => {
  const known = rates(
    'USD/EUR 0.8 2026-01-01',
    'USD/EUR 0.9 2026-02-01',
    'USD/EUR 0.7 2026-04-01',
    'UAH/EUR 0.02 2026-01-01',
  );

  it.each([
    ['2025-12-31', null],
    ['2026-01-01', '0.8'],
    ['2026-01-31', '0.8'],
    ['2026-02-01', '0.9'],
    ['2026-03-31', '0.9'],
    ['2026-04-01', '0.7'],
  ])('on %s is %s', (day, expected) =>
    expect(rateBetween('USD', 'EUR', known, day)).toEqual(
      expected === null ? null : rateOf(expected),
    ),
  );

  it('does not depend on the order of the rates', () => {
    expect(rateBetween('USD', 'EUR', known.toReversed(), DAY)).toEqual(rateOf('0.9'));
  });

  it('is one from a currency to itself, whatever the table says', () => {
    const one = { numerator: 1n, denominator: 1n };
    expect(rateBetween('EUR', 'EUR', rates('EUR/EUR 2'), DAY)).toEqual(one);
  });

  it('is read backwards when only the other direction is known', () => {
    expect(rateBetween('EUR', 'USD', rates('USD/EUR 0.8'), DAY)).toEqual({
      numerator: 10n,
      denominator: 8n,
    });
  });

  it.each([
    ['the later one holds', ['USD/EUR 0.8 2026-01-01', 'EUR/USD 2 2026-01-02'], [1n, 2n]],
    ['the later one holds', ['USD/EUR 0.8 2026-01-02', 'EUR/USD 2 2026-01-01'], [8n, 10n]],
    ['of one day the direct one holds', ['USD/EUR 0.8', 'EUR/USD 2'], [8n, 10n]],
  ])('written in both directions: %s', (_case, lines, [numerator, denominator]) => {
    expect(rateBetween('USD', 'EUR', rates(...lines), DAY)).toEqual({ numerator, denominator });
  });

  it('is not made of two rates through a third currency', () => {
    expect(rateBetween('USD', 'UAH', known, DAY)).toBeNull();
  });
});

describe('convertSums', () => {
  it.each([
    ['nothing', [], 0],
    ['its own currency alone', ['1250 EUR'], 1_250],
    ['two currencies', ['1000 USD', '50 EUR'], 950],
    ['no decimals to two', ['100 JPY'], 60],
    ['three decimals to two', ['1000 KWD'], 300],
    ['amounts below zero', ['-1000 USD', '50 EUR'], -850],
    ['one currency twice', ['10 USD', '10 USD'], 18],
  ])('converts %s', (_case, lines, amount) => {
    const known = rates('USD/EUR 0.9', 'JPY/EUR 0.006', 'KWD/EUR 3');
    expect(convertSums(sums(...lines), 'EUR', known, DAY)).toEqual({
      currency: 'EUR',
      amount,
      missing: [],
    });
  });

  it('converts into a currency without decimals', () => {
    expect(convertSums(sums('1250 EUR'), 'JPY', rates('EUR/JPY 160'), DAY).amount).toBe(2_000);
  });

  it.each([
    ['1', 0],
    ['3', 2],
    ['5', 2],
    ['7', 4],
    ['-1', 0],
    ['-3', -2],
    ['-5', -2],
  ])('rounds half of %s to the even one', (amount, expected) => {
    const { amount: half } = convertSums(sums(`${amount} USD`), 'EUR', rates('USD/EUR 0.5'), DAY);
    expect(half + 0).toBe(expected);
  });

  it.each([
    ['0.4999', 0],
    ['0.5001', 1],
    ['1.4999', 1],
    ['1.5001', 2],
  ])('rounds %s to the nearest', (rate, expected) =>
    expect(convertSums(sums('1 USD'), 'EUR', rates(`USD/EUR ${rate}`), DAY).amount).toBe(expected),
  );

  it('rounds once, not each sum', () => {
    const known = rates('USD/EUR 0.4', 'GBP/EUR 0.4', 'PLN/EUR 0.4');
    expect(convertSums(sums('1 USD', '1 GBP', '1 PLN'), 'EUR', known, DAY).amount).toBe(1);
  });

  it('names the currencies without a rate and leaves their sums out', () => {
    const result = convertSums(
      sums('7 XAU', '100 EUR', '5 USD', '0 GBP'),
      'EUR',
      rates('USD/EUR 2 2026-03-02'),
      DAY,
    );
    expect(result).toEqual({ currency: 'EUR', amount: 100, missing: ['XAU', 'USD'] });
  });

  const code = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'CLF');
  const amounts = fc.array(
    fc.record({ currency: code, amount: fc.integer({ min: -1e12, max: 1e12 }) }),
    { maxLength: 12 },
  );
  const table = fc.array(
    fc.record({
      base: code,
      quote: code,
      day: fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'),
      rate: fc.record({
        numerator: fc.bigInt({ min: 1n, max: 10n ** 9n }),
        denominator: fc.constantFrom(1n, 100n, 10n ** 6n),
      }),
    }),
    { maxLength: 20 },
  );

  it('does not depend on the order of the sums', () => {
    fc.assert(
      fc.property(amounts, table, (list, known) => {
        const one = convertSums(list, 'EUR', known, DAY);
        const other = convertSums(list.toReversed(), 'EUR', known, DAY);
        expect(other.amount).toBe(one.amount);
        expect(new Set(other.missing)).toEqual(new Set(one.missing));
      }),
    );
  });

  it('is never further than half a minor unit from the exact value', () => {
    fc.assert(
      fc.property(amounts, table, (list, known) => {
        const { amount, missing } = convertSums(list, 'JPY', known, DAY);
        const exact = list
          .filter(({ currency }) => !missing.includes(currency))
          .map((sum) => {
            const rate = rateBetween(sum.currency, 'JPY', known, DAY) ?? rateOf('1');
            const scale = 10 ** -minorUnits(sum.currency);
            return (sum.amount * scale * Number(rate.numerator)) / Number(rate.denominator);
          })
          .reduce((total, value) => total + value, 0);
        expect(Math.abs(amount - exact)).toBeLessThanOrEqual(0.5 + Math.abs(exact) * 1e-9 + 1e-3);
      }),
    );
  });

  it('gives back what is converted there and back again at rates that are fractions of powers of ten', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 6 }),
        (amount, power) => {
          const known = rates(`USD/EUR ${10 ** power}`);
          const there = convertSums([{ currency: 'USD', amount }], 'EUR', known, DAY);
          const back = convertSums([there], 'USD', known, DAY);
          expect(back.amount).toBe(amount);
        },
      ),
    );
  });
});
