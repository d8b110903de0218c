import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { JOURNAL_DAYS } from './journal.ts';
import { syncRetention } from './sync.jobs.ts';

interface Place {
  readonly tenantId: string;
}

/** What is kept as long as the journal is. */
const TABLES = ['sync_journal', 'sync_conflict', 'sync_message'] as const;
/** Rows that one transaction deletes. */
const BATCH = 5_000;

@Injectable()
@HandlesJob(syncRetention)
export class SyncRetention implements JobHandler<Place> {
  constructor(@Inject(Database) private readonly database: Database) {}

  async find(): Promise<readonly Place[]> {
    // Not by connector: what a disconnected one has left is kept no longer.
    return this.database.scan<Place>(
      `SELECT id AS "tenantId" FROM tenant WHERE ${TABLES.map(
        (table) => `EXISTS (SELECT FROM ${table} WHERE tenant_id = tenant.id AND ${isOld('$1')})`,
      ).join(' OR ')}`,
      [JOURNAL_DAYS],
    );
  }

  async handle({ tenantId }: Place, signal: AbortSignal): Promise<void> {
    for (const table of TABLES)
      for (let deleted = BATCH; deleted === BATCH && !signal.aborted;)
        deleted = await this.database.within({ tenantId }, (tx) =>
          tx.execute(
            `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table}
               WHERE tenant_id = $1 AND ${isOld('$2')} ORDER BY at LIMIT $3)`,
            [tenantId, JOURNAL_DAYS, BATCH],
          ),
        );
  }
}

function isOld(days: string): string {
  return `at < now() - ${days}::int * interval '1 day'`;
}
