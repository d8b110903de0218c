import { assignLeads, MOST_LEADS, nextStep, relist } from 'twenty-mak-domain';
import type { Instant, LeadTaker, Lot, NextStep } from 'twenty-mak-domain';
import { plainArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted } from '../../platform/errors/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { bidderProfiles } from '../cabinets/index.ts';
import type { LeadSales } from '../leads/index.ts';
import { insertLot, readLotLeads } from './lots.repository.ts';
import { redistributionOf } from './rules.dto.ts';
import type { AuctionRules } from './rules.dto.ts';

/** What became of a lot that nobody bought. */
export interface Redistributed {
  readonly step: NextStep;
  /** The same leads offered again. */
  readonly relistedAs: string | null;
}

/** Does what the tenant's rule says with a lot that was not sold. */
export async function redistribute(
  tx: Transaction,
  tenantId: string,
  sales: LeadSales,
  rules: AuctionRules,
  unsold: Readonly<{ lot: Lot; relisted: number; now: Instant }>,
): Promise<Redistributed> {
  const { lot, relisted, now } = unsold;
  const rule = redistributionOf(rules);
  const { leadIds } = lot;
  const again = relist(lot, rule, newId(), now);
  const planned = nextStep(rule, relisted);
  const auction = { leadIds, kind: 'auction', lotId: again.id, mover: 'auction', at: now } as const;
  // A person who has taken the consent back meanwhile is not offered again.
  const isRelisted = planned === 'relist' && (await sales.move(tx, tenantId, auction)).ok;
  const step = planned === 'relist' && !isRelisted ? 'head_office' : planned;
  tx.send('UPDATE lot SET next_step = $3 WHERE tenant_id = $1 AND id = $2', [
    tenantId,
    lot.id,
    step,
  ]);
  if (isRelisted) {
    const leads = (await readLotLeads(tx, [lot.id], MOST_LEADS)).get(lot.id) ?? [];
    const createdBy = `auction:${lot.id}`;
    insertLot(tx, tenantId, {
      lot: again,
      leads,
      createdBy,
      relisted: relisted + 1,
      relistOf: lot.id,
      at: now,
    });
    return { step, relistedAs: again.id };
  }
  const move = { leadIds, kind: 'unsold', mover: 'auction', at: now } as const;
  accepted(await sales.move(tx, tenantId, move), 500);
  if (step === 'assign') await assign(tx, tenantId, sales, lot, now);
  return { step, relistedAs: null };
}

/** Gives the leads of a lot out, in turn, to who works in their city and has capacity left. */
async function assign(
  tx: Transaction,
  tenantId: string,
  sales: LeadSales,
  lot: Lot,
  now: Instant,
): Promise<void> {
  const leads = (await readLotLeads(tx, [lot.id], MOST_LEADS)).get(lot.id) ?? [];
  // A tenant may ask for more consent than when the lot was made; such leads stay with the head office.
  const shareable = await sales.shareable(tx, tenantId, lot.leadIds);
  const given = leads.filter(({ lead_id: id }) => shareable.has(id));
  const assignments = assignLeads(
    given.map(({ lead_id: id, city }) => ({ id, city })),
    await readTakers(tx, tenantId),
  );
  const byTaker = Map.groupBy(assignments, ({ to }) => to);
  for (const [to, some] of byTaker) {
    if (to === null) continue;
    const ids = some.map(({ leadId }) => leadId);
    accepted(await sales.assign(tx, tenantId, ids, to, now), 500);
    tx.send(
      'UPDATE lot_lead SET assigned_to = $3, assigned_at = $4 WHERE lot_id = $1 AND lead_id = ANY ($2::uuid[])',
      [lot.id, plainArray(ids), to, new Date(now)],
    );
  }
}

interface TakerRow {
  readonly id: string;
  readonly taken: number;
  readonly last_assigned_at: Instant | null;
}

/** Franchisees, with how many leads they can take: those that they have bought or were given and still work on count. */
async function readTakers(tx: Transaction, tenantId: string): Promise<LeadTaker[]> {
  // One at a time, so that two lots that end at once do not give the same capacity away twice.
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('auction.assign' || $1, 0))", [
    tenantId,
  ]);
  const rows = await tx.query<TakerRow>(
    `SELECT a.id,
       (SELECT count(*) FROM lead WHERE lead.tenant_id = $1 AND lead.buyer_id = a.id AND lead.deal_id IS NULL
          AND lead.kind <> 'rejected' AND lead.merged_into IS NULL) AS taken,
       (SELECT max(assigned_at) FROM lot_lead l WHERE l.tenant_id = $1 AND l.assigned_to = a.id) AS last_assigned_at
     FROM account a
     WHERE a.tenant_id = $1 AND a.role = 'franchisee' AND a.member_of IS NULL AND a.status = 'active'`,
    [tenantId],
  );
  const profiles = await bidderProfiles(
    tx,
    tenantId,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id, taken, last_assigned_at: lastAssignedAt }) => {
    const profile = profiles.get(id);
    if (profile === undefined || !profile.isActive) return [];
    const capacity =
      profile.capacity === null ? Number.POSITIVE_INFINITY : profile.capacity - taken;
    return [{ id, cities: profile.cities, capacity, lastAssignedAt }];
  });
}
