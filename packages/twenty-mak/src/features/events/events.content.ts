import { createHmac } from 'node:crypto';
import { refuse } from 'twenty-mak-domain';
import type { Decision, DomainEvent, Json } from 'twenty-mak-domain';

/** Largest `data` of one event, in characters of its JSON. */
export const MAX_DATA_LENGTH = 65_536;
const MAX_DEPTH = 32;

/** JSON with sorted keys: equal contents have equal texts. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const object = value as { readonly [key: string]: Json };
    return `{${Object.keys(object)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key] as Json)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Identity of an event's content, keyed so that it gives no contact data away. 16 bytes. */
export function contentHash(event: DomainEvent, canonicalData: string, secret: string): Buffer {
  const refs = event.externalRefs.map(({ system, id }) => `${system}\u0000${id}`).join('\u0001');
  return createHmac('sha256', secret)
    .update(
      `${event.type}\u0002${event.version}\u0002${event.occurredAt}\u0002${event.masterDealId ?? ''}\u0002${refs}\u0002${canonicalData}`,
    )
    .digest()
    .subarray(0, 16);
}

/** Refuses data that PostgreSQL or a reader could not keep: too large, too deep, or with texts that are no Unicode. */
export function checkData(event: DomainEvent): Decision<string> {
  if (tooDeep(event.data, MAX_DEPTH))
    return refuse('data_too_deep', `\`data\` may be nested ${MAX_DEPTH} levels deep.`, 'data');
  const text = canonicalJson(event.data);
  if (text.length > MAX_DATA_LENGTH) {
    return refuse(
      'data_too_large',
      `\`data\` may have ${MAX_DATA_LENGTH} characters; this has ${text.length}. Send a link to the document instead.`,
      'data',
    );
  }
  if (text.includes('\\u0000') || text.includes('\\ud')) {
    const path = unstorable(event.data, 'data');
    if (path !== null)
      return refuse(
        'invalid_text',
        `\`${path}\` has a NUL character or half of a surrogate pair.`,
        path,
      );
  }
  return { ok: true, value: text };
}

function tooDeep(value: Json, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  return (Array.isArray(value) ? value : Object.values(value)).some((item: Json) =>
    tooDeep(item, left - 1),
  );
}

/** Path of the first text that PostgreSQL cannot store, or null. */
function unstorable(value: Json, path: string): string | null {
  if (typeof value === 'string')
    return value.includes('\u0000') || !value.isWellFormed() ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, item] of Object.entries(value)) {
    const found = unstorable(key, path) ?? unstorable(item as Json, `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}
