import type { Json } from './event.ts';

/** Members of `data`, at any depth, that hold contact data of people. */
const CONTACT_MEMBERS = ['contact', 'contacts'];

/** Whether a member of this name holds contact data. */
export function isContactMember(name: string): boolean {
  return CONTACT_MEMBERS.includes(name);
}

/** The same JSON without contact data. */
export function withoutContacts(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutContacts);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isContactMember(name))
      .map(([name, item]) => [name, withoutContacts(item)]),
  );
}
