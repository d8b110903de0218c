import type { Format } from './format.ts';

export interface Money {
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
}

/** All sums in the tenant's currency, without those of currencies that no rate is known for. */
export interface ConvertedSum extends Money {
  readonly missing: readonly string[];
}

export interface Sums {
  readonly sum: ConvertedSum;
  /** By currency. */
  readonly sums: readonly Money[];
}

/** The sum in the tenant's currency, and beside it what no rate is known for; empty when there is no money. */
export function sumText({ sum, sums }: Sums, format: Format): string {
  const rest = sums.filter(({ currency }) => sum.missing.includes(currency));
  return [sum, ...rest]
    .filter(({ amount }) => amount !== 0)
    .map(({ amount, currency }) => format.shortMoney(amount, currency))
    .join(' + ');
}
