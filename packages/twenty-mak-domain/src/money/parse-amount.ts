/** Signs, digits, and what groups them or begins the decimals. */
const NUMBER = /^([+-]?)(\d+(?:[.,]\d+)*)$/;

/**
 * An amount in minor units, exact: no binary fraction takes part. `digits` is how many decimals the minor unit stands for.
 * Blanks and apostrophes may group digits; a point or a comma begins the decimals, and groups digits when it stands several times or before the
 * other one, as in `1.234.567` and `1,234.50`. Null for what is no number, is finer than a minor unit or beyond 2^53.
 */
export function parseAmount(text: string, digits: number): number | null {
  const [, sign = '', number = ''] = NUMBER.exec(text.replaceAll(/[\s'’]/gu, '')) ?? [];
  const marks = number.replaceAll(/\d/g, '');
  const mark = marks.at(-1);
  // A mark that stands twice groups digits, whatever comes last.
  const decimal = mark !== undefined && marks.indexOf(mark) === marks.length - 1 ? mark : undefined;
  const [grouped = '', fraction = ''] = decimal === undefined ? [number] : number.split(decimal);
  const groups = grouped.split(/[.,]/);
  const isGrouped =
    new Set(grouped.replaceAll(/\d/g, '')).size <= 1 &&
    groups.slice(1).every((group) => group.length === 3) &&
    (groups.length === 1 || (groups[0] ?? '').length <= 3);
  const isExact = /^0*$/.test(fraction.slice(digits));
  const amount = Number(
    `${sign}${groups.join('')}${fraction.slice(0, digits).padEnd(digits, '0')}`,
  );
  if (number === '' || !isGrouped || !isExact || !Number.isSafeInteger(amount)) return null;
  // A sum of nothing has no sign.
  return amount === 0 ? 0 : amount;
}
