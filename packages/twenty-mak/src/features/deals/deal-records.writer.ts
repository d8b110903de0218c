import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../../platform/database/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import type { MakChange, MakRecord, WriteRefusal, Written } from '../../platform/records/index.ts';
import { accountsByEmail } from '../accounts/index.ts';
import { EventIngestion } from '../events/index.ts';
import type { EventAnswer } from '../events/index.ts';
import { findParties, pipelineKeys, readDealRecords } from './deal-records.repository.ts';
import { dataOf, refusalOf } from './deal-records.values.ts';
import type { Named } from './deal-records.values.ts';

interface Sent {
  readonly change: MakChange;
  readonly events: ReturnType<typeof dataOf>;
}

/** Who changes deals, and how their records are called where they come from. */
export interface Author {
  /** The system. */
  readonly system: string;
  /** The system of external references that lead to records which became deals. */
  readonly refs: string;
}

/** What other systems change of deals is an event of theirs, and goes the way of all events. */
@Injectable()
export class DealRecordsWriter {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventIngestion) private readonly ingestion: EventIngestion,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /** As `RecordSource` says. */
  async read(
    tenantId: string,
    ids: readonly string[],
    system?: string,
  ): Promise<ReadonlyMap<string, MakRecord>> {
    return this.database.within({ tenantId }, (tx) => readDealRecords(tx, tenantId, ids, system));
  }

  /** As `WritableRecordSource` says. A new deal may name its `pipeline` by id; else it becomes one of that of its author. */
  async write(
    tenantId: string,
    author: Author,
    changes: readonly MakChange[],
  ): Promise<readonly Written<string, number>[]> {
    const before = await this.read(tenantId, present(changes.map(({ localId }) => localId)));
    const named = await this.named(tenantId, changes);
    const answers = new Map<MakChange, Written<string, number>>();
    const sent: Sent[] = [];
    for (const change of changes) {
      const record = before.get(change.localId ?? '') ?? null;
      const refusal = refusalOf(change, record, named);
      if (record !== null && record.version !== change.version)
        answers.set(change, { kind: 'moved' });
      else if (refusal !== null) answers.set(change, { kind: 'refused', refusal });
      else sent.push({ change, events: dataOf(author.system, change, record, named) });
    }
    for (const [change, answer] of await this.send(tenantId, author, sent))
      answers.set(change, answer);
    return changes.map((change) => answers.get(change) ?? { kind: 'moved' });
  }

  private async named(tenantId: string, changes: readonly MakChange[]): Promise<Named> {
    const texts = (field: string): readonly string[] =>
      present(
        changes.map(({ values: { [field]: value } }) => (typeof value === 'string' ? value : null)),
      );
    return this.database.within({ tenantId }, async (tx) => ({
      accounts: await accountsByEmail(tx, tenantId, texts('owner')),
      pipelines: await pipelineKeys(tx, tenantId, texts('pipeline')),
      parties: await findParties(tx, tenantId, [...texts('client'), ...texts('contact')]),
    }));
  }

  /** A deal that no event of the author's pipeline makes is made by our own. */
  private async send(
    tenantId: string,
    author: Author,
    sent: readonly Sent[],
  ): Promise<ReadonlyMap<MakChange, Written<string, number>>> {
    const events = sent.flatMap(({ change, events: own }) =>
      own.map((event) => ({ change, ...event })),
    );
    const answers = await this.ingest(tenantId, author, events);
    const orphans = events.filter(
      ({ change }, index) => change.localId === null && answers[index]?.status === 'orphan',
    );
    const made = await this.ingest(
      tenantId,
      author,
      orphans.map((event) => ({ ...event, type: 'deal.created' })),
    );
    const ids = new Map<MakChange, string>();
    const refused = new Map<MakChange, WriteRefusal>();
    const note = (
      { change, field }: (typeof events)[number],
      answer: EventAnswer | undefined,
    ): void => {
      const id = change.localId ?? answer?.master_deal_id;
      if (answer?.status === 'rejected' || answer?.status === 'conflict') {
        const { code = 'not_created', reason = NOT_CREATED } = answer;
        refused.set(change, { code, reason, field });
      } else if (id !== undefined) ids.set(change, id);
    };
    for (const [index, event] of events.entries()) note(event, answers[index]);
    for (const [index, event] of orphans.entries()) note(event, made[index]);
    this.bus.ring(OUTBOX_CHANNEL, tenantId);
    const existing = present(sent.map(({ change }) => change.localId));
    const after = await this.read(tenantId, [...ids.values(), ...existing], author.system);
    return new Map(
      sent.map(({ change }): [MakChange, Written<string, number>] => {
        const id = ids.get(change) ?? change.localId;
        const record = after.get(id ?? '');
        const refusal = refused.get(change);
        if (refusal === undefined && id !== null && record !== undefined)
          return [change, { kind: 'written', id, ...record }];
        const none = { code: 'not_created', reason: NOT_CREATED, field: null };
        return [change, { kind: 'refused', refusal: refusal ?? none }];
      }),
    );
  }

  private async ingest(
    tenantId: string,
    { system, refs }: Author,
    events: readonly { change: MakChange; type: string; data: object }[],
  ): Promise<EventAnswer[]> {
    if (events.length === 0) return [];
    const now = formatInstant(await this.now(tenantId));
    return this.ingestion.ingest(
      tenantId,
      events.map(({ change: { localId, remoteId }, type, data }) => ({
        event_id: uuidv7(),
        type,
        source: system,
        occurred_at: now,
        data: { ...data, by: `connector:${system}` },
        ...(localId === null
          ? { external_refs: [{ system: refs, id: remoteId ?? uuidv7() }] }
          : { master_deal_id: localId }),
      })),
    );
  }

  private async now(tenantId: string): Promise<number> {
    const [clock] = await this.database.within({ tenantId }, (tx) =>
      tx.query<{ now: number }>('SELECT clock_timestamp()::timestamptz(3) AS now'),
    );
    return clock?.now ?? 0;
  }
}

const NOT_CREATED = 'No pipeline takes the deal in. Publish one and make it the default.';

function present(ids: readonly (string | null)[]): readonly string[] {
  return ids.filter((id) => id !== null);
}
