import type { NoteKey } from 'twenty-mak-domain';
import type { MakChange, MakRecord, WriteRefusal } from '../../platform/records/index.ts';

/** A note as it is now. */
export interface NoteRecord {
  readonly id: string;
  readonly key: NoteKey;
  readonly dealId: string;
  readonly text: string | null;
  readonly removed: boolean;
  readonly version: number;
}

export interface NoteEvent {
  readonly type: string;
  readonly data: object;
  readonly dealId: string;
}

type Decided =
  | { readonly ok: true; readonly event: NoteEvent | null }
  | { readonly ok: false; readonly refusal: WriteRefusal };

/** Longest note, in characters. */
const LONGEST_NOTE = 10_000;

/** Who wrote it is said once, when it comes from elsewhere. */
export function recordOf({ id, dealId, text, removed, version }: NoteRecord): MakRecord {
  return { version, values: { id, deal: dealId, text, author: null, removed } };
}

/** The event that the change of another system is; null when it says nothing. */
export function decideNote(
  { localId, values }: MakChange,
  before: NoteRecord | undefined,
): Decided {
  if (localId !== null && before === undefined)
    return refuse('note_gone', 'There is no such note.', null);
  const { text = before?.text ?? null, deal, author, removed = before?.removed ?? false } = values;
  if (typeof text === 'string' && text.length > LONGEST_NOTE)
    return refuse('text_too_long', `A note has at most ${LONGEST_NOTE} characters.`, 'text');
  if (before === undefined) {
    if (typeof deal !== 'string')
      return refuse('deal_required', 'A note from elsewhere belongs to a deal.', 'deal');
    if (typeof text !== 'string' || text === '')
      return refuse('text_required', 'A note says something; write it.', 'text');
    const data = { text, ...(typeof author === 'string' ? { author } : {}) };
    return { ok: true, event: { type: 'deal.note.added', data, dealId: deal } };
  }
  // A note that was taken away from its deal there still belongs to it here.
  if (typeof deal === 'string' && deal !== before.dealId)
    return refuse('field_read_only', 'A note stays with its deal.', 'deal');
  const { key, dealId } = before;
  const note = { source: key.source, event_id: key.eventId };
  if (removed === true)
    return {
      ok: true,
      event: before.removed ? null : { type: 'deal.note.removed', data: { note }, dealId },
    };
  if (text === before.text && !before.removed) return { ok: true, event: null };
  if (typeof text !== 'string' || text === '')
    return refuse('text_required', 'A note says something. Delete it if it is to go.', 'text');
  return { ok: true, event: { type: 'deal.note.edited', data: { note, text }, dealId } };
}

function refuse(code: string, reason: string, field: string | null): Decided {
  return { ok: false, refusal: { code, reason, field } };
}
