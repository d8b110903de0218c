import { MAX_QUANTITY } from 'twenty-mak-domain';

/** How many of an article somebody typed; below zero when more were sold than there are. Null when it is no number. */
export function readCount(text: string): number | null {
  const plain = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (!/^-?\d+(\.\d{1,3})?$/.test(plain)) return null;
  const count = Number(plain);
  return Math.abs(count) <= MAX_QUANTITY ? count : null;
}
