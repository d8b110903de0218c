/** An exact positive fraction. */
export interface Rate {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const DECIMAL = /^(\d{1,12})(?:\.(\d{1,12}))?$/;

/** Reads a positive decimal number such as `41.2345`; null for anything else. */
export function parseRate(text: string): Rate | null {
  const [, whole = '', decimals = ''] = DECIMAL.exec(text) ?? [];
  const numerator = BigInt(whole + decimals);
  return numerator === 0n ? null : { numerator, denominator: 10n ** BigInt(decimals.length) };
}

/** The same rate from the other side: what one unit of `quote` costs in `base`. */
export function inverse({ numerator, denominator }: Rate): Rate {
  return { numerator: denominator, denominator: numerator };
}
