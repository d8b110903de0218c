import { withoutContacts } from './contacts.ts';
import type { DomainEvent, Json, JsonObject } from './event.ts';
import type { DealFields } from './state.ts';

/** Longest name of a deal in characters. */
const MAX_NAME = 500;
/** Longest id of a person or client, in characters. */
const MAX_ID = 200;
/** Longest role. */
const MAX_ROLE = 64;

export const NO_FIELDS: DealFields = {
  name: null,
  clientId: null,
  amount: null,
  currency: null,
  ownerId: null,
  responsible: {},
  attributes: {},
  archivedAt: null,
};

/**
 * Fields after an event that may carry some. A value of a wrong type or length is left out: the event is a fact of
 * another system and stays, but a name that is a number names nothing. With a `role`, `owner_id` is the person of that
 * role. Contact data never becomes an attribute: everybody who sees the deal would see it.
 */
export function applyFields(fields: DealFields, event: Pick<DomainEvent, 'data'>): DealFields {
  const { data } = event;
  const role = text(data['role'], MAX_ROLE);
  const people = object(data['responsible']);
  return {
    name: text(data['name'], MAX_NAME) ?? fields.name,
    clientId: clearable(data['client_id'], fields.clientId),
    amount: amount(data['amount'], fields.amount),
    currency: currency(data['currency']) ?? fields.currency,
    ownerId: role === undefined ? clearable(data['owner_id'], fields.ownerId) : fields.ownerId,
    responsible: assign(
      fields.responsible,
      role === undefined ? people : { ...people, [role]: data['owner_id'] },
    ),
    attributes: merge(fields.attributes, object(data['attributes'])),
    archivedAt: fields.archivedAt,
  };
}

function text(value: Json | undefined, maxLength: number): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= maxLength ? value : undefined;
}

/** An explicit null clears the field. */
function clearable(value: Json | undefined, before: string | null): string | null {
  return value === null ? null : (text(value, MAX_ID) ?? before);
}

function amount(value: Json | undefined, before: number | null): number | null {
  if (value === null) return null;
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : before;
}

function currency(value: Json | undefined): string | undefined {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : undefined;
}

function object(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** People by role after a change: a text names the person, an explicit null leaves the role empty. */
function assign(
  before: Readonly<Record<string, string>>,
  change: Readonly<Record<string, Json | undefined>> | undefined,
): Readonly<Record<string, string>> {
  if (change === undefined) return before;
  const after = new Map(Object.entries(before));
  for (const [role, value] of Object.entries(change)) {
    const person = text(value, MAX_ID);
    if (value === null) after.delete(role);
    else if (person !== undefined && role.length <= MAX_ROLE) after.set(role, person);
  }
  return Object.fromEntries(after);
}

function merge(before: JsonObject, change: JsonObject | undefined): JsonObject {
  return change === undefined ? before : { ...before, ...(withoutContacts(change) as JsonObject) };
}
