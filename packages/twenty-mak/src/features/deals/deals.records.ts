import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { ProvidesRecords } from '../../platform/records/index.ts';
import type {
  MakChange,
  MakRecord,
  WritableRecordSource,
  Written,
} from '../../platform/records/index.ts';
import { listDealIds } from './deal-records.repository.ts';
import { DealRecordsWriter } from './deal-records.writer.ts';

/** Deals, for other systems. */
@Injectable()
@ProvidesRecords({ entity: 'deal' })
export class DealRecords implements WritableRecordSource {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealRecordsWriter) private readonly writer: DealRecordsWriter,
  ) {}

  read(
    tenantId: string,
    ids: readonly string[],
    system?: string,
  ): Promise<ReadonlyMap<string, MakRecord>> {
    return this.writer.read(tenantId, ids, system);
  }

  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) => listDealIds(tx, tenantId, after, limit));
  }

  write(
    tenantId: string,
    author: string,
    changes: readonly MakChange[],
  ): Promise<readonly Written<string, number>[]> {
    return this.writer.write(tenantId, { system: author, refs: author }, changes);
  }
}
