import { v7 as uuidv7 } from 'uuid';
import { jsonArray, plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { Place } from './place.ts';
import type { WorkDone } from './ports.ts';

/** Days that the journal is kept. */
export const JOURNAL_DAYS = 90;

export const JOURNAL_KINDS = [
  'to_mak',
  'to_remote',
  'conflict',
  'refused',
  'dead',
  'would_write',
] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

interface Entry {
  readonly kind: JournalKind;
  readonly detail: object;
  readonly done: WorkDone;
}

/** What became of records: what each side took over, conflicts with both versions, what was refused. */
export function writeJournal(tx: Transaction, place: Place, done: readonly WorkDone[]): void {
  const entries = done.flatMap(entriesOf);
  if (entries.length === 0) return;
  tx.send(
    `INSERT INTO sync_journal (tenant_id, connector, entity, id, local_id, remote_id, kind, detail)
     SELECT $1, $2, $3, * FROM unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::jsonb[])`,
    [
      place.tenantId,
      place.connector,
      place.entity,
      plainArray(entries.map(() => uuidv7())),
      textArray(entries.map((entry) => entry.done.localId)),
      textArray(entries.map((entry) => entry.done.remoteId)),
      textArray(entries.map(({ kind }) => kind)),
      jsonArray(entries.map(({ detail }) => JSON.stringify(detail))),
    ],
  );
}

function entriesOf(done: WorkDone): Entry[] {
  const { wrote, conflicts, refusal, outcome } = done;
  if (outcome === 'parked') return wouldWrite(done);
  const entries: Entry[] = conflicts.map((detail) => ({ kind: 'conflict', detail, done }));
  if (Object.keys(wrote.mak).length > 0) entries.push({ kind: 'to_mak', detail: wrote.mak, done });
  if (Object.keys(wrote.remote).length > 0)
    entries.push({ kind: 'to_remote', detail: wrote.remote, done });
  if (refusal !== null)
    entries.push({ kind: outcome === 'dead' ? 'dead' : 'refused', detail: refusal, done });
  return entries;
}

function wouldWrite(done: WorkDone): Entry[] {
  const { wrote, conflicts } = done;
  if (Object.keys({ ...wrote.mak, ...wrote.remote }).length === 0) return [];
  const detail = { to_mak: wrote.mak, to_remote: wrote.remote, conflicts };
  return [{ kind: 'would_write', detail, done }];
}
