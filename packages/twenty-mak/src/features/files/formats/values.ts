import { accept, parseAmount, refuse } from 'twenty-mak-domain';
import type { Decision } from 'twenty-mak-domain';

/** An amount in minor units as `parseAmount` reads it. Refuses with `invalid_amount`. */
export function readAmount(text: string, digits: number, column: string): Decision<number> {
  const amount = parseAmount(text, digits);
  if (amount !== null) return accept(amount);
  return refuse(
    'invalid_amount',
    `The column \`${column}\` has ${quote(text)}, which is no amount with ${digits} decimal digits.`,
    column,
  );
}

/** A value of the file within a message, cut to a readable length. */
export function quote(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`;
}
