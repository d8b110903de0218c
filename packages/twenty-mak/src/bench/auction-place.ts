import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { BenchPlace } from './frame.ts';
import { openTenant, post } from './tenant.ts';
import type { BenchTenant } from './tenant.ts';

/** A tenant whose franchisees bid. */
export interface BiddingTenant extends BenchTenant {
  readonly bidders: readonly string[];
}

/** Money of every bidder, in minor units. */
const MONEY = 1_000_000_000_000;
const AT_A_TIME = 20;

/** Franchisees with money who never sign in: a client of the tenant bids for them. */
export async function openBidders(
  place: BenchPlace,
  owner: pg.Client,
  count: number,
): Promise<BiddingTenant> {
  const tenant = await openTenant(place, 'adtech');
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO account (id, tenant_id, email, name, role, status)
     SELECT gen_random_uuid(), $1, n || '@bidders.example', 'Bidder ' || n, 'franchisee', 'active'
     FROM generate_series(1, $2::int) AS n RETURNING id`,
    [tenant.id, count],
  );
  const bidders = rows.map(({ id }) => id);
  const waiting = [...bidders];
  const worker = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
      await post(place, '/v1/wallet/top-ups', tenant.apiKey, {
        account_id: id,
        amount: MONEY,
        currency: 'EUR',
        reference: id,
      });
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  // Nothing may be sold in the city of a bidder who has said none.
  await owner.query('ANALYZE wallet_account, wallet_hold, lot, bid, account, company_profile');
  return { ...tenant, bidders };
}

/** A lot of one lead whose price rises from 1 by at least 1, open for so many milliseconds. */
export async function openLot(
  place: BenchPlace,
  { apiKey }: BenchTenant,
  openFor: number,
): Promise<{ id: string; endsAt: number }> {
  const { lead } = await post<{ lead: { id: string } }>(place, '/v1/leads', apiKey, {
    name: `Lead ${randomUUID()}`,
    emails: [`${randomUUID()}@leads.example`],
    consent: { answer: 'given', evidence: 'form' },
  });
  const endsAt = Date.now() + openFor;
  const { id } = await post<{ id: string }>(place, '/v1/lots', apiKey, {
    kind: 'ascending',
    lead_ids: [lead.id],
    currency: 'EUR',
    start: 1,
    step: 1,
    ends_at: new Date(endsAt).toISOString(),
  });
  return { id, endsAt };
}

/** Connects past row-level security; amounts and counts arrive as numbers. */
export async function connectOwner(place: BenchPlace): Promise<pg.Client> {
  const owner = new pg.Client({ connectionString: place.ownerUrl });
  await owner.connect();
  return owner;
}
