import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import { Database } from '../../platform/database/index.ts';
import { ProvidesRecords } from '../../platform/records/index.ts';
import type { MakRecord, RecordSource } from '../../platform/records/index.ts';
import { findBidRecords, listBidIds } from './market-records.repository.ts';
import type { BidRecordRow } from './market-records.repository.ts';

/** Bids, for other systems: of sealed lots only those of a lot that has ended as lots end. */
@Injectable()
@ProvidesRecords({ entity: 'bid' })
export class BidRecords implements RecordSource {
  constructor(@Inject(Database) private readonly database: Database) {}

  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    const rows = await this.database.within({ tenantId }, (tx) =>
      findBidRecords(tx, tenantId, ids),
    );
    return new Map(rows.map((row) => [row.id, recordOf(row)]));
  }

  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) => listBidIds(tx, tenantId, after, limit));
  }
}

function recordOf(row: BidRecordRow): MakRecord {
  const { lot_id, seq, amount, currency, at, franchisee_id, status } = row;
  return {
    values: {
      name: `#${seq}`,
      auction: lot_id,
      franchisee: franchisee_id,
      amount: { minor: amount, currency },
      sequence: seq,
      placed_at: formatInstant(at),
      status,
    },
    version: 0,
  };
}
