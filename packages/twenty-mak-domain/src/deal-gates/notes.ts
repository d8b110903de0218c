import type { Instant } from '../basics/index.ts';
import { isObject, matches, PRINTABLE_ASCII } from './event-data.ts';
import { compareEvents } from './event.ts';
import type { DomainEvent, EventKey } from './event.ts';

/** Event types that change a note which an event has added. */
export const NOTE_CHANGES = ['deal.note.edited', 'deal.note.removed'] as const;

/** Names a note: the event that added it. */
export type NoteKey = Pick<EventKey, 'source' | 'eventId'>;

type NoteEvent = EventKey & Pick<DomainEvent, 'type' | 'data'>;

/** What a note says now. */
export interface Note {
  /** Null of a note that never said anything; what was removed still says what it said last. */
  readonly text: string | null;
  /** Of the last change; null while it is as it was written. */
  readonly changedAt: Instant | null;
  readonly removed: boolean;
}

/** The note that an event adds or changes; null for an event that says nothing of notes. */
export function noteKeyOf({
  type,
  source,
  eventId,
  data,
}: NoteKey & Pick<DomainEvent, 'type' | 'data'>): NoteKey | null {
  if (type === 'deal.note.added') return { source, eventId };
  if (!NOTE_CHANGES.some((one) => one === type)) return null;
  const { note } = data;
  if (!isObject(note)) return null;
  const { source: of, event_id: id } = note;
  return matches(of, PRINTABLE_ASCII) && matches(id, PRINTABLE_ASCII)
    ? { source: of, eventId: id }
    : null;
}

/**
 * A note after its changes, whatever the order in which they are given. The last one holds, also over a removal: who writes a
 * removed note anew brings it back. An edit without a text leaves the one before it. A change counts also when a clock says that it
 * came before the note.
 */
export function noteAfter(added: Pick<NoteEvent, 'data'>, changes: readonly NoteEvent[]): Note {
  const ordered = changes.toSorted(compareEvents);
  const isEdit = ({ type }: NoteEvent): boolean => type === 'deal.note.edited';
  const edits = ordered.filter((change) => isEdit(change) && textOf(change) !== null);
  const last = ordered.at(-1);
  return {
    text: textOf(edits.at(-1) ?? added),
    changedAt: last?.occurredAt ?? null,
    removed: last !== undefined && !isEdit(last),
  };
}

function textOf({ data: { text } }: Pick<NoteEvent, 'data'>): string | null {
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}
