import { readEvent } from 'twenty-mak-domain';
import type { DomainEvent } from 'twenty-mak-domain';
import { rejected } from './events.answer.ts';
import type { EventAnswer } from './events.answer.ts';
import { contentHash, readData } from './events.content.ts';

/** An event of a batch on its way through the steps; the first answer it gets is final. */
export interface Item {
  readonly raw: unknown;
  event?: DomainEvent;
  /** `data` as canonical JSON. */
  data?: string;
  hash?: string;
  dealId?: string;
  /** An earlier item of the batch is the same event. */
  same?: Item;
  answer?: EventAnswer;
}

/** All of an event that can be told without the database. */
export function readItem(raw: unknown, secret: string): Item {
  const event = readEvent(raw);
  if (!event.ok) return { raw, answer: rejected(textOf(raw, 'event_id'), event.refusal) };
  const data = readData(event.value);
  if (!data.ok) return { raw, answer: rejected(event.value.eventId, data.refusal) };
  return {
    raw,
    event: event.value,
    data: data.value,
    hash: contentHash(event.value, data.value, secret),
  };
}

export function conflict(event: DomainEvent): EventAnswer {
  return rejected(
    event.eventId,
    {
      code: 'conflict',
      reason:
        'An event with this source and event_id but other content is stored already. Send a correction under a new event_id.',
      field: 'event_id',
    },
    'conflict',
  );
}

/** The answer to a repeat within the batch: a duplicate of what was stored, or the same refusal. */
export function repeated({ same }: Item): EventAnswer {
  const answer = same?.answer as EventAnswer;
  return answer.status === 'rejected' || answer.status === 'conflict'
    ? answer
    : { ...answer, status: 'duplicate' };
}

/** A text of a payload that nobody checked, as PostgreSQL can keep it. */
export function textOf(raw: unknown, field: string): string | null {
  const value =
    typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>)[field] : null;
  return typeof value === 'string'
    ? value.slice(0, 200).replaceAll('\u0000', '').toWellFormed()
    : null;
}
