import type { DomainEvent, Json, JsonObject } from './event.ts';
import type { DealFields } from './state.ts';

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
 * Fields after an event that may carry some. A value of a wrong type is left out: the event is a fact of another
 * system and stays, but a name that is a number names nothing. With a `role`, `owner_id` is the person of that role.
 */
export function applyFields(fields: DealFields, event: Pick<DomainEvent, 'data'>): DealFields {
  const { data } = event;
  const role = text(data['role']);
  const people = object(data['responsible']);
  return {
    name: text(data['name']) ?? fields.name,
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

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An explicit null clears the field. */
function clearable(value: Json | undefined, before: string | null): string | null {
  return value === null ? null : (text(value) ?? before);
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
  for (const [role, person] of Object.entries(change)) {
    if (person === null) after.delete(role);
    else if (typeof person === 'string' && person !== '') after.set(role, person);
  }
  return Object.fromEntries(after);
}

function merge(before: JsonObject, change: JsonObject | undefined): JsonObject {
  return change === undefined ? before : { ...before, ...change };
}
