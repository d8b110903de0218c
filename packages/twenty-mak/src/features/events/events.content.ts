import { hash } from 'node:crypto';
import { accept, refuse } from 'twenty-mak-domain';
import type { Decision, DomainEvent, Json } from 'twenty-mak-domain';

/** Largest `data` of one event, in characters of its JSON. */
export const MAX_DATA_LENGTH = 65_536;

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

/** Identity of an event's content, keyed so that it gives no contact data away: 16 bytes in hexadecimal. */
export function contentHash(event: DomainEvent, canonicalData: string, secret: string): string {
  const refs = event.externalRefs.map(({ system, id }) => `${system}\u0000${id}`).join('\u0001');
  const content = `${secret}\u0002${event.type}\u0002${event.version}\u0002${event.occurredAt}\u0002${event.masterDealId ?? ''}\u0002${refs}\u0002${canonicalData}`;
  return hash('sha256', content, 'hex').slice(0, 32);
}

/** The canonical JSON of an event's data. Refuses with `data_too_large`. */
export function readData(event: DomainEvent): Decision<string> {
  const text = canonicalJson(event.data);
  if (text.length <= MAX_DATA_LENGTH) return accept(text);
  return refuse(
    'data_too_large',
    `\`data\` may have ${MAX_DATA_LENGTH} characters; this has ${text.length}. Send a link to the document instead.`,
    'data',
  );
}
