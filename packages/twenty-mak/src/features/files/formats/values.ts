import { accept, refuse } from 'twenty-mak-domain';
import type { Decision } from 'twenty-mak-domain';

/** Decimal point or comma; blanks may group the digits. */
const DECIMAL = /^([+-]?)(\d+)(?:[.,](\d+))?$/;

/**
 * An amount in minor units, exact: no binary fraction takes part. `digits` is the number of decimal digits of the
 * minor unit. Refuses what is no number, is finer than a minor unit, or is beyond 2^53.
 */
export function readAmount(text: string, digits: number, column: string): Decision<number> {
  const parts = DECIMAL.exec(text.replaceAll(/[\s\u00a0\u202f]/g, ''));
  const [, sign = '', whole = '', fraction = ''] = parts ?? [];
  const kept = fraction.slice(0, digits).padEnd(digits, '0');
  const amount = Number(`${sign}${whole}${kept}`);
  const isExact = /^0*$/.test(fraction.slice(digits));
  if (parts === null || !isExact || !Number.isSafeInteger(amount)) {
    return refuse(
      'invalid_amount',
      `The column \`${column}\` has ${quote(text)}, which is no amount with ${digits} decimal digits.`,
      column,
    );
  }
  // A sum of nothing has no sign.
  return accept(amount === 0 ? 0 : amount);
}

/** A value of the file within a message, cut to a readable length. */
export function quote(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`;
}
