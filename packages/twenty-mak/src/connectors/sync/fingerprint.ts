import { createHash } from 'node:crypto';
import type { Json } from 'twenty-mak-domain';

/** Digest of a value, the same whatever the order of its members. */
export function fingerprint(value: Json | undefined): string {
  return createHash('sha256')
    .update(canonical(value ?? null))
    .digest('base64url')
    .slice(0, 22);
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((one: Json) => canonical(one)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
}
