import type { Returning, Verdict } from '../returning.ts';
import type { Report } from '../report.ts';
import type { Store } from '../store.ts';
import { groupBy } from './canonical.ts';

export interface ReturnRow {
  readonly id: string;
  readonly lot_id: string;
  readonly lead_id: string;
  readonly buyer_id: string;
  readonly seller_id: string;
  /** Minor units that go back when it is accepted. */
  readonly price: number;
  readonly verdict: Verdict | null;
  /** What the lead cost as a part of its lot. */
  readonly share: number | null;
  readonly kind: string;
  readonly holder: string | null;
}

/** Returns are what was acknowledged, once; an accepted one takes the lead from its buyer, any other leaves it there. */
export async function checkReturns(
  store: Store,
  { sent }: Returning,
  report: Report,
): Promise<readonly ReturnRow[]> {
  const rows = await store.rows<ReturnRow>(
    `SELECT r.id, r.lot_id, r.lead_id, r.buyer_id, r.seller_id, r.price, r.verdict, l.price AS share, lead.kind,
       lead.buyer_id AS holder
     FROM lead_return r JOIN lot_lead l ON l.lot_id = r.lot_id AND l.lead_id = r.lead_id JOIN lead ON lead.id = r.lead_id
     WHERE r.tenant_id = $1`,
  );
  const kept = new Map(rows.map((row) => [row.id, row]));
  for (const { id, lotId, leadId, buyerId, verdict } of sent) {
    const row = kept.get(id);
    kept.delete(id);
    report.expect(
      row?.lot_id === lotId &&
        row.lead_id === leadId &&
        row.buyer_id === buyerId &&
        row.verdict === verdict,
      'lost',
      () => `return ${id} (${verdict}) is kept as ${JSON.stringify(row)}`,
    );
  }
  for (const id of kept.keys()) report.expect(false, 'twice', () => `nobody sent return ${id}`);
  for (const row of rows) {
    const { id, price, share, verdict, kind, holder, buyer_id: buyer } = row;
    report.expect(price === share, 'money', () => `return ${id} is of ${price}, paid was ${share}`);
    report.expect(
      verdict === 'accepted'
        ? kind === 'returned' && holder === null
        : kind === 'sold' && holder === buyer,
      'auction',
      () => `the lead of return ${JSON.stringify(row)} is not where it belongs`,
    );
  }
  await checkTold(store, rows, report);
  return rows;
}

/** Whoever has bought is told of the decision, once. */
async function checkTold(store: Store, rows: readonly ReturnRow[], report: Report): Promise<void> {
  const told = await store.rows<{ id: string; account_id: string }>(
    "SELECT data ->> 'return_id' AS id, account_id FROM notification WHERE tenant_id = $1 AND kind = 'auction.return_decided'",
  );
  const byReturn = groupBy(told, ({ id }) => id);
  for (const { id, buyer_id: buyer, verdict } of rows) {
    const times = (byReturn.get(id) ?? []).filter(({ account_id: one }) => one === buyer).length;
    const wanted = verdict === null ? 0 : 1;
    report.expect(
      times === wanted,
      times > wanted ? 'twice' : 'lost',
      () => `return ${id} (${verdict}): its buyer was told ${times} times`,
    );
  }
}
