import type { Instant, NoteKey } from 'twenty-mak-domain';
import type { MakChange, MakRecord, WriteRefusal } from '../../platform/records/index.ts';

/** A note as it is now. */
export interface NoteRecord {
  readonly id: string;
  readonly key: NoteKey;
  readonly dealId: string;
  readonly text: string;
  readonly removed: boolean;
  /** Of the last change; null while it is as it was written. */
  readonly changedAt: Instant | null;
  readonly version: number;
}

export interface NoteEvent {
  readonly type: string;
  readonly data: object;
  readonly dealId: string;
}

type Decided =
  | { readonly ok: true; readonly events: readonly NoteEvent[] }
  | { readonly ok: false; readonly refusal: WriteRefusal };

/** Longest note, in characters. */
const LONGEST_NOTE = 10_000;

/** Who wrote it is said once, when it comes from elsewhere. */
export function recordOf({ id, dealId, text, removed, version }: NoteRecord): MakRecord {
  return { version, values: { id, deal: dealId, text, author: null, removed } };
}

/**
 * The events that the change of another system is, in their order; none when it says nothing. `deals` are those that are
 * there, by the id that they have, or had before they were merged.
 */
export function decideNote(
  { localId, values }: MakChange,
  before: NoteRecord | undefined,
  deals: ReadonlyMap<string, string>,
): Decided {
  if (localId !== null && before === undefined)
    return refuse('note_gone', 'There is no such note.', null);
  const { text = before?.text ?? null, deal, author, removed = before?.removed ?? false } = values;
  if (typeof text === 'string' && text.length > LONGEST_NOTE)
    return refuse('text_too_long', `A note has at most ${LONGEST_NOTE} characters.`, 'text');
  const at = typeof deal === 'string' ? deals.get(deal) : null;
  if (at === undefined) return refuse('deal_gone', 'There is no such deal.', 'deal');
  if (before === undefined) {
    if (at === null)
      return refuse('deal_required', 'A note from elsewhere belongs to a deal.', 'deal');
    if (typeof text !== 'string' || text === '')
      return refuse('text_required', 'A note says something; write it.', 'text');
    const data = { text, ...(typeof author === 'string' ? { author } : {}) };
    return { ok: true, events: [{ type: 'deal.note.added', data, dealId: at }] };
  }
  // A note that was taken away from its deal there still belongs to it here.
  if (at !== null && at !== before.dealId)
    return refuse('field_read_only', 'A note stays with its deal.', 'deal');
  const { key, dealId } = before;
  const note = { source: key.source, event_id: key.eventId };
  const events: NoteEvent[] = [];
  if (text !== before.text || (before.removed && removed !== true)) {
    if (typeof text !== 'string' || text === '')
      return refuse('text_required', 'A note says something. Delete it if it is to go.', 'text');
    events.push({ type: 'deal.note.edited', data: { note, text }, dealId });
  }
  // An edit brings a note back, so one that is to stay removed is removed again.
  if (removed === true && (events.length > 0 || !before.removed))
    events.push({ type: 'deal.note.removed', data: { note }, dealId });
  return { ok: true, events };
}

function refuse(code: string, reason: string, field: string | null): Decided {
  return { ok: false, refusal: { code, reason, field } };
}
