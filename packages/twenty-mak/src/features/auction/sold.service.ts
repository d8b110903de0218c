import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { instantKey, pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { readClock } from './bids.repository.ts';
import type { LotStatistics, PageQuery, WonLead } from './lots.dto.ts';
import { maskedLead } from './lots.view.ts';
import { returnRuleOf } from './rules.dto.ts';
import { readRules } from './rules.service.ts';
import { listWonLeads, readStatistics } from './sold.repository.ts';

const wonKeys = z.tuple([instantKey, z.uuid()]);

/** What came of lots, for who has bought and for who has sold. */
@Injectable()
export class SoldService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Leads that the caller's company has bought, the last first. Their contacts stand in the leads themselves. */
  async won(principal: Principal, { limit, cursor }: PageQuery): Promise<Page<WonLead>> {
    const { tenantId, restrictedTo } = principal;
    const before = cursor === undefined ? null : readCursor(wonKeys, cursor);
    if (restrictedTo === undefined) return { items: [], next: null };
    // Rules are the head office's; what follows of them for the own leads is the buyer's too.
    const { rules } = await this.database.within({ tenantId }, (tx) => readRules(tx, tenantId));
    return this.database.within({ tenantId, restrictedTo }, async (tx) => {
      const rows = await listWonLeads(tx, tenantId, restrictedTo, before, limit + 1);
      const now = await readClock(tx);
      const page = pageOf(rows, limit, (row) => [row.closed_at, row.lead_id]);
      const { window } = returnRuleOf(rules);
      const items = page.items.map((row) => ({
        lot_id: row.lot_id,
        lead: maskedLead(row, rules.amount_bands, now, true),
        price: row.price ?? 0,
        currency: row.currency,
        bought_at: formatInstant(row.closed_at),
        return_until: formatInstant(row.closed_at + window),
        return_id: row.return_id,
        verdict: row.verdict,
      }));
      return { items, next: page.next };
    });
  }

  /** How the own lots went; with `auction:manage` the head office sees those of all sellers. */
  async statistics({ tenantId, restrictedTo, scopes }: Principal): Promise<LotStatistics> {
    const isAll = restrictedTo === undefined && scopes.has('auction:manage');
    return this.database.within({ tenantId }, (tx) =>
      readStatistics(tx, tenantId, isAll ? null : (restrictedTo ?? tenantId)),
    );
  }
}
