import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../../platform/database/index.ts';
import { ProvidesRecords } from '../../platform/records/index.ts';
import type {
  MakChange,
  MakRecord,
  WritableRecordSource,
  Written,
} from '../../platform/records/index.ts';
import { EventIngestion, noteRecordId } from '../events/index.ts';
import type { EventAnswer } from '../events/index.ts';
import { dealsThere } from '../tasks/index.ts';
import { listNoteIds, readNoteRecords } from './deal-notes.repository.ts';
import { decideNote, recordOf } from './notes.records.values.ts';
import type { NoteEvent, NoteRecord } from './notes.records.values.ts';

/** Notes of deals, for other systems. What they write, change and remove is an event of theirs. */
@Injectable()
@ProvidesRecords({ entity: 'note' })
export class NoteRecords implements WritableRecordSource {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventIngestion) private readonly ingestion: EventIngestion,
  ) {}

  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    const notes = await this.database.within({ tenantId }, (tx) =>
      readNoteRecords(tx, tenantId, ids),
    );
    return new Map([...notes].map(([id, note]) => [id, recordOf(note)]));
  }

  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) => listNoteIds(tx, tenantId, after, limit));
  }

  async write(
    tenantId: string,
    author: string,
    changes: readonly MakChange[],
  ): Promise<readonly Written<string, number>[]> {
    const { notes, deals } = await this.database.within({ tenantId }, async (tx) => ({
      notes: await readNoteRecords(
        tx,
        tenantId,
        changes.flatMap(({ localId }) => localId ?? []),
      ),
      deals: await dealsThere(
        tx,
        tenantId,
        changes.flatMap(({ values: { deal } }) => (typeof deal === 'string' ? [deal] : [])),
      ),
    }));
    const answers: Written<string, number>[] = [];
    for (const change of changes) {
      const before = notes.get(change.localId ?? '');
      answers.push(await this.writeOne(tenantId, author, change, before, deals));
    }
    return answers;
  }

  private async writeOne(
    tenantId: string,
    author: string,
    change: MakChange,
    before: NoteRecord | undefined,
    deals: ReadonlyMap<string, string>,
  ): Promise<Written<string, number>> {
    if (before !== undefined && before.version !== change.version) return { kind: 'moved' };
    const decided = decideNote(change, before, deals);
    if (!decided.ok) return { kind: 'refused', refusal: decided.refusal };
    const answers = await this.tell(tenantId, author, decided.events, before?.changedAt ?? null);
    const bad = answers.find(({ status }) => status === 'rejected' || status === 'conflict');
    if (bad !== undefined) {
      const { code = 'invalid_event', reason = '' } = bad;
      return { kind: 'refused', refusal: { code, reason, field: null } };
    }
    const id = before?.id ?? noteRecordId({ source: author, eventId: answers[0]?.event_id ?? '' });
    const record = (await this.read(tenantId, [id])).get(id);
    if (record === undefined) throw new Error('A note that was written is not there.');
    return { kind: 'written', id, ...record };
  }

  /** Each happens after the one before it and after the last change of the note, which a fast clock may have told. */
  private async tell(
    tenantId: string,
    author: string,
    events: readonly NoteEvent[],
    changedAt: Instant | null,
  ): Promise<readonly EventAnswer[]> {
    if (events.length === 0) return [];
    const [clock] = await this.database.within({ tenantId }, (tx) =>
      tx.query<{ now: Instant }>('SELECT clock_timestamp()::timestamptz(3) AS now'),
    );
    const now = clock?.now ?? 0;
    const first = changedAt === null ? now : Math.max(now, changedAt + 1);
    return this.ingestion.ingest(
      tenantId,
      events.map(({ type, data, dealId }, index) => ({
        event_id: uuidv7(),
        type,
        source: author,
        occurred_at: formatInstant(first + index),
        master_deal_id: dealId,
        data: { ...data, by: `connector:${author}` },
      })),
    );
  }
}
