import { availableOf, standingOf } from 'twenty-mak-domain';
import type { BidderProfile, DayOfBidder, LeadPlace, Standing } from 'twenty-mak-domain';
import { plainArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { bidderProfiles } from '../cabinets/index.ts';
import type { LockedBooks } from '../wallet/index.ts';
import type { LotFacts } from './lot-record.ts';
import { eligibilityOf } from './rules.dto.ts';
import type { AuctionRules } from './rules.dto.ts';

export type Profiles = Awaited<ReturnType<typeof bidderProfiles>>;

/** Somebody of whom nothing is known may not bid. */
const NOBODY: BidderProfile = { isActive: false, cities: [], niches: [], grade: null };
const FREE_DAY: DayOfBidder = { won: 0, held: 0 };

/** The places that a lot's leads are at; city and niche are asked for one by one. */
export function placesOf({ cities, niches }: Pick<LotFacts, 'cities' | 'niches'>): LeadPlace[] {
  return [
    ...cities.map((city) => ({ city, niche: null })),
    ...niches.map((niche) => ({ city: null, niche })),
  ];
}

/** How every one of these bidders stands towards a lot. */
export async function standingsOf(
  tx: Transaction,
  tenantId: string,
  facts: Pick<LotFacts, 'cities' | 'niches'> & { readonly lot: Pick<LotFacts['lot'], 'id'> },
  bidderIds: readonly string[],
  known: Readonly<{ rules: AuctionRules; profiles: Profiles; books: LockedBooks | null }>,
): Promise<ReadonlyMap<string, Standing>> {
  const rule = eligibilityOf(known.rules);
  const places = placesOf(facts);
  const days =
    rule.limits.length === 0
      ? new Map<string, DayOfBidder>()
      : await daysOf(tx, tenantId, facts.lot.id, bidderIds);
  return new Map(
    bidderIds.map((bidderId) => {
      const account = known.books?.byOwner.get(bidderId);
      const available = account === undefined ? 0 : availableOf(account);
      const profile = known.profiles.get(bidderId) ?? NOBODY;
      return [
        bidderId,
        standingOf(rule, profile, places, days.get(bidderId) ?? FREE_DAY, available),
      ];
    }),
  );
}

/** What bidders have taken on the tenant's present day: lots won, and other lots that money is held for. */
async function daysOf(
  tx: Transaction,
  tenantId: string,
  lotId: string,
  bidderIds: readonly string[],
): Promise<ReadonlyMap<string, DayOfBidder>> {
  const rows = await tx.query<{ bidder: string; won: number; held: number }>(
    `SELECT bidder,
       (SELECT count(*) FROM lot l, tenant t WHERE t.id = $1 AND l.tenant_id = $1 AND l.winner_id = bidder
          AND l.closed_at >= date_trunc('day', clock_timestamp() AT TIME ZONE t.time_zone) AT TIME ZONE t.time_zone) AS won,
       (SELECT count(*) FROM wallet_hold h JOIN wallet_account a ON a.id = h.account_id
        WHERE a.tenant_id = $1 AND a.owner_id = bidder AND h.amount > 0 AND h.purpose <> $2) AS held
     FROM unnest($3::uuid[]) AS wanted (bidder)`,
    [tenantId, lotId, plainArray(bidderIds)],
  );
  return new Map(rows.map(({ bidder, won, held }) => [bidder, { won, held }]));
}
