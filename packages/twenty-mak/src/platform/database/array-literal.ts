/**
 * Array parameters for set-based statements. The driver's own encoder looks at every element's type; here the caller
 * knows it, and at tens of thousands of rows a second the difference is most of the client's work.
 */

/** Literal of numbers, booleans, UUIDs and other texts that need no quoting. */
export function plainArray(values: readonly (string | number | boolean | null)[]): string {
  return literal(values, String);
}

/** Literal of arbitrary texts. */
export function textArray(values: readonly (string | null)[]): string {
  return literal(values, quote);
}

/** Literal of texts that are JSON. They have no raw control characters, so JSON's own escapes are those of an array. */
export function jsonArray(values: readonly string[]): string {
  return literal(values, JSON.stringify);
}

/** Literal of instants for `timestamptz[]`. */
export function timeArray(values: readonly (number | null)[]): string {
  // Rows of one batch mostly have one time.
  let [last, written] = [Number.NaN, ''];
  return literal(values, (value) => {
    if (value !== last) [last, written] = [value, new Date(value).toISOString()];
    return written;
  });
}

/** One growing text: a list of the elements' texts would live only to be joined. */
function literal<Value>(
  values: readonly (Value | null)[],
  write: (value: Value) => string,
): string {
  let text = '{';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? null;
    if (index > 0) text += ',';
    text += value === null ? 'NULL' : write(value);
  }
  return `${text}}`;
}

const NEEDS_ESCAPE = /["\\]/;

function quote(value: string): string {
  return NEEDS_ESCAPE.test(value)
    ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
    : `"${value}"`;
}
