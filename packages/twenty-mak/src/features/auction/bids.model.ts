import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { SafeIntScalar } from '../../platform/graphql/scalars.ts';
import type { BidPage, PlacedBid } from './bids.dto.ts';

@ObjectType('PlacedBid')
export class PlacedBidModel {
  @Field(() => ID) lotId: string;
  @Field(() => Int, { nullable: true, description: 'Number of the bid; null for a sealed lot' })
  seq: number | null;
  @Field(() => SafeIntScalar, { description: 'What it counts for' }) amount: number;
  @Field(() => String, { description: 'RFC 3339' }) at: string;
  @Field(() => String, { description: 'RFC 3339: when the lot ends after it' }) endsAt: string;
  @Field(() => Boolean, { description: 'The bid has bought the lot' }) bought: boolean;
}

@ObjectType('Bid')
export class BidModel {
  @Field(() => Int) seq: number;
  @Field(() => Int, { description: 'Number of the bidder, in the order of first bids' })
  bidder: number;
  @Field(() => Boolean) isOwn: boolean;
  @Field(() => ID, { nullable: true, description: 'For the head office only' })
  bidderId: string | null;
  @Field(() => SafeIntScalar) amount: number;
  @Field(() => String, { description: 'RFC 3339' }) at: string;
}

@ObjectType('BidPage')
export class BidPageModel {
  @Field(() => [BidModel]) items: BidModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
  @Field(() => Boolean, {
    description: 'Sealed bids are secret until the lot is decided, and stay so if it was withdrawn',
  })
  secret: boolean;
}

export function placedBidModel({ lot_id, seq, amount, at, ends_at, bought }: PlacedBid) {
  return { lotId: lot_id, seq, amount, at, endsAt: ends_at, bought };
}

export function bidPageModel({ items, next, secret }: BidPage): BidPageModel {
  const bids = items.map(({ seq, bidder, is_own, bidder_id, amount, at }) => {
    return { seq, bidder, isOwn: is_own, bidderId: bidder_id, amount, at };
  });
  return { items: bids, next, secret };
}
