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
 * system and stays, but a name that is a number names nothing.
 */
export function applyFields(fields: DealFields, event: DomainEvent): DealFields {
  const { data } = event;
  const role = data['role'];
  const owner = text(data['owner_id']);
  const ownsRole = typeof role === 'string' && owner !== undefined;
  return {
    name: text(data['name']) ?? fields.name,
    clientId: clearable(data['client_id'], fields.clientId),
    amount: amount(data['amount'], fields.amount),
    currency: currency(data['currency']) ?? fields.currency,
    ownerId: ownsRole ? fields.ownerId : clearable(data['owner_id'], fields.ownerId),
    responsible: ownsRole ? { ...fields.responsible, [role]: owner } : merge(fields.responsible, texts(data['responsible'])),
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
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

function texts(value: Json | undefined): Record<string, string> | undefined {
  const record = object(value);
  if (record === undefined) return undefined;
  return Object.fromEntries(Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function merge<T extends Json>(before: Readonly<Record<string, T>>, change: Readonly<Record<string, T>> | undefined): Readonly<Record<string, T>> {
  return change === undefined || Object.keys(change).length === 0 ? before : { ...before, ...change };
}
