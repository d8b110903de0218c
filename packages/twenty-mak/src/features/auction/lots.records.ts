import { Inject, Injectable } from '@nestjs/common';
import { formatInstant, viewLot } from 'twenty-mak-domain';
import type { Instant, LeadLists, LotTerms, LotView } from 'twenty-mak-domain';
import { Database } from '../../platform/database/index.ts';
import { ProvidesRecords } from '../../platform/records/index.ts';
import type { MakRecord, RecordSource } from '../../platform/records/index.ts';
import { findLeadSettings, titleOf } from '../leads/index.ts';
import { readClock } from './bids.repository.ts';
import { lotOf, stateOf } from './lot-record.ts';
import { findLotRecords, listLotIds } from './market-records.repository.ts';
import type { LotRecordRow } from './market-records.repository.ts';

/** Lots, for other systems: as the head office sees them, without the reserve. */
@Injectable()
@ProvidesRecords({ entity: 'lead_auction' })
export class LotRecords implements RecordSource {
  constructor(@Inject(Database) private readonly database: Database) {}

  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    return this.database.within({ tenantId }, async (tx) => {
      const rows = await findLotRecords(tx, tenantId, ids);
      const lists = await findLeadSettings(tx, tenantId);
      const now = await readClock(tx);
      return new Map(rows.map((row) => [row.id, recordOf(row, lists, now)]));
    });
  }

  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) => listLotIds(tx, tenantId, after, limit));
  }
}

const ENDED = { sold: 'sold', unsold: 'unsold', withdrawn: 'cancelled' } as const;

function recordOf(row: LotRecordRow, lists: LeadLists, now: Instant): MakRecord {
  const view = viewLot(lotOf(row), stateOf(row), [], { kind: 'staff' }, now);
  const money = (minor: number | null) =>
    minor === null ? null : { minor, currency: row.currency };
  return {
    values: {
      name: nameOf(row, lists),
      lead: row.lead_id,
      kind: view.kind,
      status: statusOf(view),
      start_price: money(startOf(row.terms)),
      current_price: money(view.outcome?.price ?? view.price),
      buy_now_price: money(view.buyNow),
      starts_at: formatInstant(view.opensAt),
      ends_at: formatInstant(view.endsAt),
      winner: row.winner,
    },
    version: 0,
  };
}

function statusOf({ phase, outcome }: LotView): string {
  if (outcome !== null) return ENDED[outcome.kind];
  return phase === 'upcoming' ? 'planned' : 'open';
}

/** What everybody knows that bids begin at. */
function startOf(terms: LotTerms): number {
  return terms.kind === 'sealed' ? terms.reserve : terms.start;
}

/** Where its leads are, and how many. */
function nameOf({ id, cities, niches, leads }: LotRecordRow, lists: LeadLists): string {
  const titles = [
    ...cities.map((key) => titleOf(lists.cities, key)),
    ...niches.map((key) => titleOf(lists.niches, key)),
  ];
  const places = titles.join(' · ') || `#${id.slice(-6)}`;
  return leads === 1 ? places : `${places} × ${leads}`;
}
