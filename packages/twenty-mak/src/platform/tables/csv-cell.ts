/** A spreadsheet takes a cell that begins like this for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const GUARDED = /^'(?=[=+\-@\t\r'])/;

/**
 * One cell of RFC 4180. An apostrophe before a formula makes it a text; one that is there already gets a second, so that
 * `plainCell` finds what was written.
 */
export function csvCell(text: string, separator = ','): string {
  const safe = FORMULA.test(text) || GUARDED.test(text) ? `'${text}` : text;
  return /["\r\n]/.test(safe) || safe.includes(separator)
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}

/** One row of RFC 4180. */
export function csvRow(cells: readonly string[], separator = ','): string {
  return `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`;
}

/** A cell without the apostrophe that guards a spreadsheet from it. */
export function plainCell(text: string): string {
  return text.startsWith("'") ? text.replace(GUARDED, '') : text;
}
