/*
 * How who somebody is is spelled: one text for equal values, however people and other systems write them.
 */

/** With one blank between words; null for nothing. */
export function spelledName(value: unknown): string | null {
  const words = typeof value === 'string' ? value.trim().split(/\s+/).join(' ') : '';
  return words === '' ? null : words;
}

export function spelledEmail(value: unknown): string | null {
  return spelledName(value)?.toLowerCase() ?? null;
}

/** Digits, with a plus in front of a number that says its country. */
export function spelledPhone(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const digits = value.replace(/\D/g, '');
  if (digits === '') return null;
  if (value.trim().startsWith('+')) return `+${digits}`;
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}
