import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { instantKey, pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import type { ListDuplicates } from './lead-duplicates.dto.ts';
import { decidePair, listPairs, markDuplicates } from './lead-duplicates.repository.ts';
import type { PairRow } from './lead-duplicates.repository.ts';

/** Pairs of leads that may be one, for people of the head office to decide. */
@Injectable()
export class LeadDuplicatesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Open pairs, the newest first; of one lead all of them. */
  async list(
    { tenantId }: Principal,
    { lead, limit, cursor }: ListDuplicates,
  ): Promise<Page<PairRow>> {
    const keys = z.tuple([instantKey, z.uuid(), z.uuid()]);
    const read = cursor === undefined ? null : readCursor(keys, cursor);
    const before = read === null ? null : { at: read[0], leadId: read[1], otherId: read[2] };
    const rows = await this.database.within({ tenantId }, (tx) =>
      listPairs(tx, tenantId, lead ?? null, before, limit + 1),
    );
    return pageOf(rows, limit, (row) => [row.found_at, row.lead_id, row.other_id]);
  }

  /** Two leads that look alike are two; nobody is asked about them again. */
  async setDifferent(principal: Principal, leadId: string, otherId: string): Promise<PairRow> {
    const { tenantId, id } = principal;
    return this.database.within({ tenantId }, async (tx) => {
      const pair = await decidePair(tx, tenantId, [leadId, otherId], 'different', id);
      if (pair === undefined) throw notFound('pair of leads');
      await markDuplicates(tx, tenantId, [leadId, otherId]);
      await Audit.record(tx, principal, 'lead.kept_apart', 'lead', pair.lead_id, {
        other: pair.other_id,
      });
      return pair;
    });
  }
}
