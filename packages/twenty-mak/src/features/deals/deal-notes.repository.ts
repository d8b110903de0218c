import type { JsonObject, NoteKey } from 'twenty-mak-domain';
import { textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { noteRecordId, readNoteChanges, readNoteRecordId } from '../events/index.ts';
import type { NoteRecord } from './notes.records.values.ts';

interface NoteRow {
  readonly source: string;
  readonly event_id: string;
  readonly deal_id: string;
  readonly data: JsonObject;
}

/** Notes of deals that are there and that say something, by the id of their record. */
export async function readNoteRecords(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NoteRecord>> {
  const keys = ids.map(readNoteRecordId).filter((key) => key !== null);
  if (keys.length === 0) return new Map();
  const rows = await tx.query<NoteRow>(
    `SELECT e.source, e.event_id, e.deal_id, e.data
     FROM unnest($2::text[], $3::text[]) AS named (source, event_id)
     JOIN event e ON e.tenant_id = $1 AND e.source = named.source AND e.event_id = named.event_id
     JOIN deal d ON d.id = e.deal_id
     WHERE e.type = 'deal.note.added'`,
    [
      tenantId,
      textArray(keys.map(({ source }) => source)),
      textArray(keys.map(({ eventId }) => eventId)),
    ],
  );
  const noteNow = await readNoteChanges(tx, tenantId, [
    ...new Set(rows.map(({ deal_id: dealId }) => dealId)),
  ]);
  return new Map(
    rows.flatMap((row): [string, NoteRecord][] => {
      const key: NoteKey = { source: row.source, eventId: row.event_id };
      const { text, removed, changedAt, changes } = noteNow(key, row.data);
      if (text === null) return [];
      const id = noteRecordId(key);
      const dealId = row.deal_id;
      return [[id, { id, key, dealId, text, removed, changedAt, version: changes + 1 }]];
    }),
  );
}

/** By source and id of the events that added them; also of those that have no record, as they say nothing. */
export async function listNoteIds(
  tx: Transaction,
  tenantId: string,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const from = after === null ? null : readNoteRecordId(after);
  const rows = await tx.query<Pick<NoteRow, 'source' | 'event_id'>>(
    `SELECT source, event_id FROM event
     WHERE tenant_id = $1 AND type = 'deal.note.added'
       AND ($2::text IS NULL OR (source, event_id) > ($2 COLLATE "C", $3::text COLLATE "C"))
     ORDER BY source, event_id LIMIT $4`,
    [tenantId, from?.source ?? null, from?.eventId ?? null, limit],
  );
  return rows.map(({ source, event_id: eventId }) => noteRecordId({ source, eventId }));
}
