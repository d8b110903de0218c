/** Digits after the point in a currency; an unknown one has two. */
export function minorDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Minor units as a person types them, e.g. 12345 and EUR: `123.45`. */
export function moneyText(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const all = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = all.slice(0, all.length - digits);
  const part = all.slice(all.length - digits);
  const sign = minor < 0 ? '-' : '';
  return /^0*$/.test(part) ? `${sign}${whole}` : `${sign}${whole}.${part}`;
}

/**
 * Minor units of what a person typed: spaces group, a point or a comma is the decimal sign. Null when it is no amount,
 * has more digits than the currency, or is too large to be exact.
 */
export function readMoney(text: string, currency: string): number | null {
  const plain = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  const digits = minorDigits(currency);
  const found = /^(-?)(\d+)(?:\.(\d*))?$/.exec(plain);
  if (found === null) return null;
  const [, sign = '', whole = '', part = ''] = found;
  if (part.length > digits) return null;
  const minor = Number(`${sign}${whole}${part.padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) ? minor : null;
}
