import { isContactMember } from 'twenty-mak-domain';
import type { Json, JsonObject } from 'twenty-mak-domain';

/** `data` of an event, as far as it is an object. */
export type EventData = JsonObject;

/** What stands in a stored event instead of contact data. */
export interface Sealed {
  readonly sealed: {
    /** Id of the person's key. */
    readonly key: string;
    /** Initialisation vector, cipher text and tag, in base64. */
    readonly box: string;
  };
}

/** A way to name a person: `id:…`, `email:…` or `phone:…`, normalised so that spellings agree. */
export type Identifier = string;

/** Whether anything in `data` is contact data, at any depth. Cheap: it is asked for every event. */
export function hasContacts(data: Json | undefined): boolean {
  if (typeof data !== 'object' || data === null) return false;
  if (Array.isArray(data)) return data.some(hasContacts);
  return Object.entries(data).some(([name, item]) => isContactMember(name) || hasContacts(item));
}

/** All contacts in `data`, in the order in which `replaceContacts` meets them. */
export function contactsIn(data: EventData): Json[] {
  const found: Json[] = [];
  replaceContacts(data, (contact) => {
    found.push(contact);
    return contact;
  });
  return found;
}

/**
 * The same `data` with every contact replaced, one by one: what stands under `contact` or `contacts`, at any depth; of
 * a list each item is one.
 */
export function replaceContacts(data: EventData, replace: (contact: Json) => Json): EventData {
  const one = (contact: Json): Json => (contact === null ? null : replace(contact));
  const visit = (value: Json): Json => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(visit);
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        if (!isContactMember(name)) return [name, visit(item)];
        return [name, Array.isArray(item) ? item.map(one) : one(item)];
      }),
    );
  };
  return visit(data) as EventData;
}

/** Whether a stored contact is a sealed one. */
export function isSealed(contact: Json): contact is Json & Sealed {
  if (typeof contact !== 'object' || contact === null || Array.isArray(contact)) return false;
  const { sealed } = contact as { sealed?: Json };
  if (typeof sealed !== 'object' || sealed === null) return false;
  const { key, box } = sealed as { key?: Json; box?: Json };
  return typeof key === 'string' && typeof box === 'string';
}

/** Ids of the keys that seal contacts in stored `data`, each once. */
export function sealedKeysIn(data: EventData): readonly string[] {
  const keys = contactsIn(data).flatMap((contact) => (isSealed(contact) ? contact.sealed.key : []));
  return [...new Set(keys)];
}

/** Id of the key of the one person who is sealed in `data.contact`. Throws when nobody is. */
export function sealedKeyOf({ contact = null }: EventData): string {
  if (!isSealed(contact)) throw new Error('there is no sealed contact');
  return contact.sealed.key;
}

/** How a contact can be named, the strongest first: an explicit id, e-mail addresses, telephone numbers. */
export function identifiersOf(contact: Json): Identifier[] {
  if (typeof contact === 'string') {
    return contact.includes('@') ? [`email:${normalEmail(contact)}`] : phoneOf(contact);
  }
  if (typeof contact !== 'object' || contact === null || Array.isArray(contact)) return [];
  const { id, email, emails, phone, phones } = contact as Record<string, Json>;
  return [
    ...textsIn(id).map((text) => `id:${text.trim()}`),
    ...[...textsIn(email), ...textsIn(emails)].map((text) => `email:${normalEmail(text)}`),
    ...[...textsIn(phone), ...textsIn(phones)].flatMap(phoneOf),
  ];
}

/** Whether this names a person by a telephone, which several people may have. */
export function isPhone(identifier: Identifier): boolean {
  return identifier.startsWith('phone:');
}

export function normalEmail(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** Digits only, without the international prefix: `+38 (067) 123-45-67` and `0038067…` agree. */
export function normalPhone(text: string): string {
  return text.replace(/\D/g, '').replace(/^00/, '');
}

function phoneOf(text: string): Identifier[] {
  const digits = normalPhone(text);
  return digits === '' ? [] : [`phone:${digits}`];
}

/** A text, a number, or a list of them or of `{value}` objects: outer systems write all three. */
function textsIn(value: Json | undefined): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object' && value !== null) {
    return textsIn((value as Record<string, Json>).value);
  }
  return [];
}
