import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { FACTS, lotOf } from './lot-record.ts';
import type { FactsRow, LotFacts } from './lot-record.ts';

/** Lots that a process remembers; of more the oldest are forgotten. */
const REMEMBERED = 1_000;

/** What never changes of a lot, read once. */
@Injectable()
export class LotFactsStore {
  private readonly known = new Map<string, Promise<LotFacts | undefined>>();

  constructor(@Inject(Database) private readonly database: Database) {}

  /** Undefined when there is no such lot. */
  async find(tenantId: string, lotId: string): Promise<LotFacts | undefined> {
    const key = `${tenantId}/${lotId}`;
    const known = this.known.get(key) ?? this.read(tenantId, lotId);
    this.known.set(key, known);
    for (const [oldest] of this.known) {
      if (this.known.size <= REMEMBERED) break;
      this.known.delete(oldest);
    }
    const facts = await known.catch((error: unknown) => {
      this.known.delete(key);
      throw error;
    });
    if (facts === undefined) this.known.delete(key);
    return facts;
  }

  private read(tenantId: string, lotId: string): Promise<LotFacts | undefined> {
    return this.database.within({ tenantId }, (tx) => readFacts(tx, tenantId, lotId));
  }
}

/** The same for who has a transaction already. */
export async function readFacts(
  tx: Transaction,
  tenantId: string,
  lotId: string,
): Promise<LotFacts | undefined> {
  const [row] = await tx.query<FactsRow & { lead_ids: string[] }>(
    `SELECT ${FACTS}, ARRAY(SELECT lead_id FROM lot_lead WHERE lot_id = lot.id ORDER BY place) AS lead_ids
     FROM lot WHERE tenant_id = $1 AND id = $2`,
    [tenantId, lotId],
  );
  return (
    row && {
      lot: lotOf(row, row.lead_ids),
      cities: row.cities,
      niches: row.niches,
      sellsAtOnce: row.sells_at_once,
    }
  );
}
