import { Inject, Injectable } from '@nestjs/common';
import type { LeadKind } from 'twenty-mak-domain';
import { Database } from '../../platform/database/index.ts';
import { ProvidesRecords } from '../../platform/records/index.ts';
import type { MakRecord, RecordSource } from '../../platform/records/index.ts';
import { titleOf } from './lead-entries.ts';
import { findLeadRecords, listLeadIds } from './lead-records.repository.ts';
import type { LeadRecordRow } from './lead-records.repository.ts';
import { findLeadSettings } from './lead-settings.repository.ts';
import type { LeadRules } from './lead-settings.repository.ts';

/** Leads, for other systems: what becomes of them, and nothing of who they are. */
@Injectable()
@ProvidesRecords({ entity: 'lead' })
export class LeadRecords implements RecordSource {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** One that was merged into another says nothing any more to who has heard of it. */
  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    return this.database.within({ tenantId }, async (tx) => {
      const rows = await findLeadRecords(tx, tenantId, ids);
      const rules = await findLeadSettings(tx, tenantId);
      return new Map(rows.map((row) => [row.id, row.merged ? MERGED : recordOf(row, rules)]));
    });
  }

  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) => listLeadIds(tx, tenantId, after, limit));
  }
}

/** Sources that others know; a tenant may have more. */
const SOURCES = new Set(['partner', 'lead_generation', 'cold_base', 'external', 'bought_base']);

const STATUS: Readonly<Record<LeadKind, string>> = {
  new: 'new',
  working: 'in_work',
  auction: 'on_auction',
  sold: 'sold',
  unsold: 'unsold',
  returned: 'returned',
  converted: 'converted',
  rejected: 'rejected',
};

const MERGED: MakRecord = {
  values: {
    ...{ name: null, status: null, status_name: null, source: null, city: null, niche: null },
    ...{ amount: null, owner: null, partner: null, franchisee: null, deal: null },
  },
  version: 0,
};

function recordOf(row: LeadRecordRow, rules: LeadRules): MakRecord {
  const { kind, status, source, amount, currency } = row;
  const city = titleOf(rules.cities, row.city);
  const niche = titleOf(rules.niches, row.niche);
  const place = [city, niche].filter((title) => title !== null).join(' · ');
  return {
    values: {
      name: row.title ?? (place || titleOf(rules.sources, source)),
      status: kind === 'new' && source === 'partner' ? 'from_partner' : STATUS[kind],
      status_name: titleOf(rules.statuses, status),
      source: SOURCES.has(source) ? source : null,
      city,
      niche,
      amount: amount === null || currency === null ? null : { minor: amount, currency },
      owner: row.owner,
      partner: row.partner_id,
      franchisee: row.franchisee_id,
      deal: row.deal_id,
    },
    version: 0,
  };
}
