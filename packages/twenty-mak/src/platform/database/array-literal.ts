/**
 * Array parameters for set-based statements. The driver's own encoder looks at every element's type; here the caller
 * knows it, and at tens of thousands of rows a second the difference is most of the client's work.
 */

/** Literal of numbers, booleans, UUIDs and other texts that need no quoting. */
export function plainArray(values: readonly (string | number | boolean | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

/** Literal of arbitrary texts, JSON included. */
export function textArray(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : quote(value))).join(',')}}`;
}

const NEEDS_ESCAPE = /["\\]/;

function quote(value: string): string {
  return NEEDS_ESCAPE.test(value)
    ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
    : `"${value}"`;
}

/** Literal of instants for `timestamptz[]`. */
export function timeArray(values: readonly (number | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : new Date(value).toISOString())).join(',')}}`;
}
