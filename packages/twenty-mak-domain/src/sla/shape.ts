import { refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';

export type UnknownRecord = Readonly<Record<string, unknown>>;

/** Long enough to recognise what was written, short enough for a sentence. */
export function quote(text: string): string {
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
}

/** How a sentence names a value. */
export function describe(value: unknown): string {
  return typeof value === 'string' ? quote(value) : 'This';
}

export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Array.isArray` that does not let `any` in. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Refuses the first property that is not `known`: a misspelt one would be lost in silence. */
export function refuseUnknown(
  value: UnknownRecord,
  known: readonly string[],
  field: string,
): Decision<never> | null {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return null;
  return refuse(
    'unknown_property',
    `There is no property ${quote(unknown)} here; there are: ${known.join(', ')}.`,
    `${field}.${unknown.slice(0, 60)}`,
  );
}
