import { accept, compareBytewise, MINUTE, parseInstant, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import { dataFault, isObject, matches, PLAIN_TEXT, PRINTABLE_ASCII } from './event-data.ts';

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** A record of an outer system, e.g. `{system: 'amocrm', id: '4711'}`. */
export interface ExternalRef {
  readonly system: string;
  readonly id: string;
}

/** The place of an event in the fold: time, then source, then id, compared bytewise. */
export interface EventKey {
  readonly occurredAt: Instant;
  readonly source: string;
  readonly eventId: string;
}

/** A fact as a domain system tells it. */
export interface DomainEvent extends EventKey {
  readonly type: string;
  /** Version of the payload's schema. */
  readonly version: number;
  readonly masterDealId: string | null;
  readonly externalRefs: readonly ExternalRef[];
  readonly correlationId: string | null;
  readonly data: JsonObject;
}

/** Order of the fold. Negative: `left` comes first; 0: the same event, or a repeat of it. */
export function compareEvents(left: EventKey, right: EventKey): number {
  return (
    left.occurredAt - right.occurredAt ||
    compareBytewise(left.source, right.source) ||
    compareBytewise(left.eventId, right.eventId)
  );
}

/** The events without repeats, as the store keeps them: of one `(source, event_id)` the first that came. */
export function distinct<T extends Pick<EventKey, 'source' | 'eventId'>>(
  events: readonly T[],
): readonly T[] {
  const first = new Map<string, T>();
  for (const event of events) {
    const identity = `${event.source}\n${event.eventId}`;
    if (!first.has(identity)) first.set(identity, event);
  }
  return first.size === events.length ? events : [...first.values()];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Events before this instant are mistakes of a clock or of a conversion. */
export const EARLIEST = 631_152_000_000; // 1990-01-01T00:00:00Z
/** How far a sender's clock may run ahead. */
export const CLOCK_TOLERANCE = 10 * MINUTE;
/** References of one event, at most. */
export const MAX_REFS = 20;
/** Levels of objects and lists inside `data`, at most. */
export const MAX_DEPTH = 32;

/** `readEvent`, then `checkReception`. */
export function parseEvent(raw: unknown, receivedAt: Instant): Decision<DomainEvent> {
  const event = readEvent(raw);
  return event.ok ? checkReception(event.value, receivedAt) : event;
}

/** Refuses with `in_future` an event that says it happened well after it was received. */
export function checkReception(event: DomainEvent, receivedAt: Instant): Decision<DomainEvent> {
  if (event.occurredAt <= receivedAt + CLOCK_TOLERANCE) return accept(event);
  return refuse(
    'in_future',
    '`occurred_at` lies more than ten minutes in the future; check the clock of the sender.',
    'occurred_at',
  );
}

/**
 * Reads the envelope of an event. Refuses with `invalid_event` (a wrong shape), `too_old` or `reference_missing`;
 * `field` names the property at fault.
 */
export function readEvent(raw: unknown): Decision<DomainEvent> {
  if (!isObject(raw)) return refuse('invalid_event', 'An event is a JSON object.');
  const {
    event_id: eventId,
    type,
    source,
    occurred_at: occurredText,
    version = 1,
    data = {},
  } = raw;
  if (!matches(eventId, PRINTABLE_ASCII))
    return invalid('event_id', 'has 1 to 200 printable ASCII characters');
  if (!matches(source, PRINTABLE_ASCII))
    return invalid('source', 'has 1 to 200 printable ASCII characters');
  if (!matches(type, PLAIN_TEXT))
    return invalid('type', 'has 1 to 200 characters without control characters');
  if (
    typeof version !== 'number' ||
    !Number.isInteger(version) ||
    version < 1 ||
    version > 32_767
  ) {
    return invalid('version', 'is an integer from 1 to 32767');
  }
  const occurredAt = typeof occurredText === 'string' ? parseInstant(occurredText) : null;
  if (occurredAt === null)
    return invalid('occurred_at', 'is a time with offset, such as 2026-03-01T09:30:00.000Z');
  if (occurredAt < EARLIEST)
    return refuse(
      'too_old',
      '`occurred_at` lies before 1990; check the clock or the conversion of the sender.',
      'occurred_at',
    );
  if (!isObject(data)) return invalid('data', 'is a JSON object');
  if (!isStorable(data, MAX_DEPTH)) {
    return invalid(
      'data',
      `is JSON of at most ${MAX_DEPTH} levels, its texts without NUL characters and halves of surrogate pairs`,
    );
  }
  const fault = dataFault(type, data);
  if (fault !== undefined) return invalid(`data.${fault.field}`, fault.rule);
  const correlationId = raw['correlation_id'] ?? null;
  if (correlationId !== null && !matches(correlationId, PRINTABLE_ASCII))
    return invalid('correlation_id', 'has 1 to 200 printable ASCII characters');
  const masterDealId = raw['master_deal_id'] ?? null;
  if (masterDealId !== null && !matches(masterDealId, UUID))
    return invalid('master_deal_id', 'is a UUID');
  const refs = parseRefs(raw['external_refs']);
  if (!refs.ok) return refs;
  if (masterDealId === null && refs.value.length === 0) {
    return refuse(
      'reference_missing',
      'Say which deal is meant: `master_deal_id` or at least one of `external_refs`.',
      'external_refs',
    );
  }
  return accept({
    eventId,
    type,
    source,
    version,
    occurredAt,
    masterDealId: masterDealId === null ? null : masterDealId.toLowerCase(),
    externalRefs: refs.value,
    correlationId,
    data: data as JsonObject,
  });
}

function parseRefs(raw: unknown): Decision<readonly ExternalRef[]> {
  if (raw === undefined || raw === null) return accept([]);
  if (!Array.isArray(raw)) return invalid('external_refs', 'is a list of {system, id}');
  if (raw.length > MAX_REFS) return invalid('external_refs', `has at most ${MAX_REFS} entries`);
  const refs: ExternalRef[] = [];
  for (const [index, ref] of raw.entries()) {
    if (
      !isObject(ref) ||
      !matches(ref['system'], PRINTABLE_ASCII) ||
      !matches(ref['id'], PLAIN_TEXT)
    ) {
      return invalid(
        `external_refs.${index}`,
        'is {system, id}, both texts of 1 to 200 characters',
      );
    }
    const { system, id } = ref as { system: string; id: string };
    if (!refs.some((known) => known.system === system && known.id === id))
      refs.push({ system, id });
  }
  return accept(refs);
}

/** What PostgreSQL can keep as JSON and what no recursion chokes on. */
function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  return Object.entries(value).every(
    ([key, item]) => isStorable(key, 0) && isStorable(item, depth - 1),
  );
}

function invalid(field: string, rule: string): Decision<never> {
  return refuse('invalid_event', `\`${field}\` ${rule}.`, field);
}
