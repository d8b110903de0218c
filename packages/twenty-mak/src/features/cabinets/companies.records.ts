import { Inject, Injectable } from '@nestjs/common';
import type { LeadLists } from 'twenty-mak-domain';
import { Database } from '../../platform/database/index.ts';
import { ProvidesRecords } from '../../platform/records/index.ts';
import type { MakRecord, RecordSource } from '../../platform/records/index.ts';
import { findLeadSettings, titleOf } from '../leads/index.ts';
import { findCompaniesOfKind, listCompaniesOfKind } from './companies.repository.ts';
import type { CompanyRecordRow } from './companies.repository.ts';
import type { CompanyKind } from './company-fields.ts';

/** Outside companies of one kind, for other systems, without anything of the people. */
class CompaniesOfKind implements RecordSource {
  constructor(
    private readonly database: Database,
    private readonly kind: CompanyKind,
  ) {}

  /** One that is of another kind by now counts as suspended for who has heard of it. */
  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    return this.database.within({ tenantId }, async (tx) => {
      const rows = await findCompaniesOfKind(tx, tenantId, this.kind, ids);
      const lists = await findLeadSettings(tx, tenantId);
      return new Map(rows.map((row) => [row.id, recordOf(row, lists)]));
    });
  }

  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) =>
      listCompaniesOfKind(tx, tenantId, this.kind, after, limit),
    );
  }
}

@Injectable()
@ProvidesRecords({ entity: 'partner' })
export class PartnerRecords extends CompaniesOfKind {
  constructor(@Inject(Database) database: Database) {
    super(database, 'partner');
  }
}

@Injectable()
@ProvidesRecords({ entity: 'franchisee' })
export class FranchiseeRecords extends CompaniesOfKind {
  constructor(@Inject(Database) database: Database) {
    super(database, 'franchisee');
  }
}

/** Who was let in but has not come yet has applied. */
const STATUS = { invited: 'applied', active: 'active', deactivated: 'suspended' } as const;

function recordOf(
  { is_of_kind: isOfKind, status, name, grade, cities, niches }: CompanyRecordRow,
  lists: LeadLists,
): MakRecord {
  const titles = (keys: readonly string[], list: LeadLists['cities']): string | null =>
    keys.map((key) => titleOf(list, key)).join(', ') || null;
  return {
    values: {
      name,
      status: isOfKind ? STATUS[status] : 'suspended',
      grade,
      city: titles(cities, lists.cities),
      niche: titles(niches, lists.niches),
    },
    version: 0,
  };
}
