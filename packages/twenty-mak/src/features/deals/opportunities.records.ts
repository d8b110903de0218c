import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { linkedRecords, ProvidesRecords, RecordFeed } from '../../platform/records/index.ts';
import type {
  MakChange,
  MakRecord,
  WritableRecordSource,
  Written,
} from '../../platform/records/index.ts';
import { DealRecordsWriter } from './deal-records.writer.ts';
import { opportunityRefs } from './deal-refs.ts';

/**
 * Deals that opportunities of other systems have become, as these see them. MaK makes no opportunity of a deal, so only those
 * that are linked are listed.
 */
@Injectable()
@ProvidesRecords({ entity: 'opportunity' })
export class OpportunityRecords implements WritableRecordSource {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealRecordsWriter) private readonly writer: DealRecordsWriter,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    const deals = await this.writer.read(tenantId, ids);
    return new Map([...deals].map(([id, deal]) => [id, recordOf(id, deal)]));
  }

  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) =>
      linkedRecords(tx, tenantId, 'opportunity', after, limit),
    );
  }

  async write(
    tenantId: string,
    author: string,
    changes: readonly MakChange[],
  ): Promise<readonly Written<string, number>[]> {
    const refs = opportunityRefs(author);
    const answers = await this.writer.write(tenantId, { system: author, refs }, changes);
    const made = answers.flatMap((answer, index) =>
      answer.kind === 'written' && changes[index]?.localId === null ? [answer.id] : [],
    );
    await this.database.within({ tenantId }, async (tx) => {
      // They have to hear what they are called here.
      const told = made.map((id) => ({ id, urgency: 'system', fields: [] }) as const);
      this.feed.changedFor(tx, tenantId, author, 'opportunity', told);
    });
    return answers.map((answer) =>
      answer.kind === 'written' ? { ...answer, ...recordOf(answer.id, answer) } : answer,
    );
  }
}

function recordOf(id: string, { values, version }: MakRecord): MakRecord {
  return { values: { ...values, id }, version };
}
