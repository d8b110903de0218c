import { NOTE_CHANGES, noteAfter, noteKeyOf } from 'twenty-mak-domain';
import type { DomainEvent, JsonObject, Note, NoteKey } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import type { RecordFeed } from '../../platform/records/index.ts';

interface ChangeRow {
  readonly type: string;
  readonly source: string;
  readonly event_id: string;
  readonly occurred_at: number;
  readonly data: JsonObject;
}

/** How often a note was changed besides what it says now. */
export type NoteNow = Note & { readonly changes: number };

/** What notes of these deals say now, by the event that added them. */
export async function readNoteChanges(
  tx: Transaction,
  tenantId: string,
  dealIds: readonly string[],
): Promise<(key: NoteKey, data: JsonObject) => NoteNow> {
  const rows =
    dealIds.length === 0
      ? []
      : await tx.query<ChangeRow>(
          `SELECT type, source, event_id, occurred_at, data FROM event
           WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[]) AND type = ANY ($3::text[])`,
          [tenantId, dealIds, NOTE_CHANGES],
        );
  const events = rows.map(({ event_id: eventId, occurred_at: occurredAt, ...rest }) => ({
    ...rest,
    eventId,
    occurredAt,
  }));
  const byNote = Map.groupBy(events, (event) => {
    const key = noteKeyOf(event);
    return key === null ? '' : noteRecordId(key);
  });
  return (key, data) => {
    const changes = byNote.get(noteRecordId(key)) ?? [];
    return { ...noteAfter({ data }, changes), changes: changes.length };
  };
}

/** A line of a history that tells of a note: with what the note says now, and since when. A removed one says nothing. */
export function noteLine(data: JsonObject, { text, changedAt, removed }: Note): JsonObject {
  if (changedAt === null) return data;
  return {
    ...data,
    text: removed ? null : text,
    changed_at: new Date(changedAt).toISOString(),
    removed,
  };
}

/** What a note is called as a record. Sources may hold any character, so the slash is kept out of them. */
export function noteRecordId({ source, eventId }: NoteKey): string {
  return `${encodeURIComponent(source)}/${eventId}`;
}

/** Null for what names no note. */
export function readNoteRecordId(id: string): NoteKey | null {
  const slash = id.indexOf('/');
  if (slash < 1) return null;
  try {
    return { source: decodeURIComponent(id.slice(0, slash)), eventId: id.slice(slash + 1) };
  } catch {
    return null;
  }
}

/** Tells connectors of notes that these events add or change. */
export function feedNotes(
  feed: RecordFeed,
  tx: Transaction,
  tenantId: string,
  events: readonly DomainEvent[],
): void {
  const ids = new Map<string, 'person' | 'system'>();
  for (const event of events) {
    const key = noteKeyOf(event);
    if (key !== null) ids.set(noteRecordId(key), event.source === 'mak' ? 'person' : 'system');
  }
  feed.changed(
    tx,
    tenantId,
    'note',
    [...ids].map(([id, urgency]) => ({ id, urgency, fields: [] })),
  );
}

/** The same for all notes of deals, e.g. before they become those of another one. */
export async function feedNotesOf(
  feed: RecordFeed,
  tx: Transaction,
  tenantId: string,
  dealIds: readonly string[],
  urgency: 'person' | 'system',
): Promise<void> {
  if (dealIds.length === 0) return;
  const rows = await tx.query<{ source: string; event_id: string }>(
    `SELECT source, event_id FROM event
     WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[]) AND type = 'deal.note.added'`,
    [tenantId, dealIds],
  );
  const ids = rows.map(({ source, event_id: eventId }) => noteRecordId({ source, eventId }));
  const changed = ids.map((id) => ({ id, urgency, fields: ['deal'] }));
  feed.changed(tx, tenantId, 'note', changed);
}
