import type { BidsFolded } from './fold.ts';
import type { LotState } from './state.ts';
import type { Bid } from './bid.ts';
import type { Lot } from './terms.ts';

/** Who led at some time from `before` on, in a batch of bids, and does not any more. Nobody hears this of sealed bids. */
export function outbidIn(
  { terms }: Lot,
  before: LotState,
  { state, bids }: Pick<BidsFolded, 'state' | 'bids'>,
): readonly string[] {
  if (terms.kind === 'sealed') return [];
  const led = [before.leader, ...bids].flatMap((bid) => bid?.bidderId ?? []);
  return [...new Set(led)].filter((bidderId) => bidderId !== state.leader?.bidderId);
}

/** Who bid on a lot that is closed and did not win it; who won is in the outcome. */
export function losersOf({ outcome }: LotState, bids: readonly Bid[]): readonly string[] {
  if (outcome === null) return [];
  const winnerId = outcome.kind === 'sold' ? outcome.winnerId : null;
  return [...new Set(bids.map(({ bidderId }) => bidderId))].filter((id) => id !== winnerId);
}
