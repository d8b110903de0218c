import { minorUnits } from './minor-units.ts';
import { inverse } from './rate.ts';
import type { Rate } from './rate.ts';

/** Whole minor units of a currency. */
export interface Sum {
  readonly currency: string;
  readonly amount: number;
}

/** From this day on one unit of `base` costs `rate` units of `quote`. */
export interface DatedRate {
  readonly base: string;
  readonly quote: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly rate: Rate;
}

export interface ConvertedSum {
  readonly currency: string;
  /** Minor units; without the sums of the missing currencies. */
  readonly amount: number;
  /** Currencies that no rate is known for, in the order of the sums. */
  readonly missing: readonly string[];
}

/**
 * One sum of sums in several currencies, at the last rates that are known on `day`. Exact, and rounded once at the end,
 * half to even.
 */
export function convertSums(
  sums: readonly Sum[],
  currency: string,
  rates: readonly DatedRate[],
  day: string,
): ConvertedSum {
  const missing: string[] = [];
  let total: Fraction = { numerator: 0n, denominator: 1n };
  for (const sum of sums) {
    if (sum.amount === 0) continue;
    const rate = rateBetween(sum.currency, currency, rates, day);
    if (rate === null) missing.push(sum.currency);
    else total = add(total, inMinorUnits(sum, currency, rate));
  }
  return { currency, amount: Number(rounded(total)), missing };
}

const ONE: Rate = { numerator: 1n, denominator: 1n };

/** What one unit of a currency costs in another by the last rate up to a day, in whichever direction it is written. */
export function rateBetween(
  from: string,
  to: string,
  rates: readonly DatedRate[],
  day: string,
): Rate | null {
  if (from === to) return ONE;
  const known = rates.filter((rate) => rate.day <= day);
  const direct = last(known.filter(({ base, quote }) => base === from && quote === to));
  const opposite = last(known.filter(({ base, quote }) => base === to && quote === from));
  if (opposite !== null && (direct === null || opposite.day > direct.day))
    return inverse(opposite.rate);
  return direct?.rate ?? null;
}

function last(rates: readonly DatedRate[]): DatedRate | null {
  return rates.reduce<DatedRate | null>(
    (latest, rate) => (latest === null || rate.day > latest.day ? rate : latest),
    null,
  );
}

/** Like a rate, but of any sign. */
interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function inMinorUnits({ currency, amount }: Sum, to: string, rate: Rate): Fraction {
  return {
    numerator: BigInt(amount) * rate.numerator * 10n ** BigInt(minorUnits(to)),
    denominator: rate.denominator * 10n ** BigInt(minorUnits(currency)),
  };
}

function add(left: Fraction, right: Fraction): Fraction {
  return {
    numerator: left.numerator * right.denominator + right.numerator * left.denominator,
    denominator: left.denominator * right.denominator,
  };
}

function rounded({ numerator, denominator }: Fraction): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const whole = size / denominator;
  const rest = (size % denominator) * 2n;
  const isUp = rest > denominator || (rest === denominator && whole % 2n === 1n);
  const result = isUp ? whole + 1n : whole;
  return numerator < 0n ? -result : result;
}
