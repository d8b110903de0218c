import { formatInstant, minorUnits, parseAmount, parseInstant } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { z } from 'zod';

/**
 * Milliseconds of an instant in either form that KeyCRM writes, `2026-03-01 09:15:00` or `2026-03-01T09:15:00.000000Z`, both
 * UTC, or of the beginning of a day; null for anything else.
 */
export function instantIn(text: string): Instant | null {
  const [, day, time = '00:00:00'] =
    /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d))?$/.exec(text.trim()) ?? [];
  return parseInstant(day === undefined ? text.trim() : `${day}T${time}Z`);
}

/** An instant as KeyCRM takes it, in UTC; what is finer than a second is cut off. */
export function instantText(at: Instant): string {
  return formatInstant(at).slice(0, 19).replace('T', ' ');
}

const DECIMAL = /^\s*-?\d+(\.\d+)?\s*$/;

/**
 * Minor units of an amount of money, which comes as a number or a text; what is finer is rounded, because KeyCRM divides
 * discounts. Null for what is no amount, or too much.
 */
export function amountIn(value: number | string, currency: string): number | null {
  const digits = minorUnits(currency);
  const exact = parseAmount(String(value), digits);
  if (exact !== null) return exact;
  if (typeof value === 'string' && !DECIMAL.test(value)) return null;
  const rounded = Math.round(Number(value) * 10 ** digits);
  return Number.isSafeInteger(rounded) ? rounded || 0 : null;
}

/** An amount of money as KeyCRM takes it. */
export function amountText(minor: number, currency: string): number {
  return minor / 10 ** minorUnits(currency);
}

/** A number, also one that came as a text. */
export const numberField = z.union([
  z.number(),
  z.string().trim().regex(DECIMAL).transform(Number),
]);

/** An id as a text, however it came. */
export const idField = z
  .union([z.int().positive(), z.string().regex(/^[1-9]\d{0,18}$/)])
  .transform(String);

/** Milliseconds of an instant in either form. */
export const instantField = z.string().transform((text, context) => {
  const at = instantIn(text);
  if (at === null) context.addIssue('is no instant');
  return at ?? 0;
});
