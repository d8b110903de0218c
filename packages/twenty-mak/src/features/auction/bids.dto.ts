import { formatInstant } from 'twenty-mak-domain';
import type { Bid, BidView, Lot } from 'twenty-mak-domain';
import { z } from 'zod';
import { limitField, uuidField } from '../../platform/validation/index.ts';

export const placeBidSchema = z.strictObject({
  key: z
    .string()
    .regex(/^[\x20-\x7e]{1,200}$/, 'must be 1 to 200 printable ASCII characters')
    .describe('Your own; the same again gets the same answer and is no second bid.'),
  amount: z.int().describe('Minor units of the currency of the lot.'),
  bidder_id: uuidField
    .optional()
    .describe('For clients: head account of the company that they bid for.'),
});
export type PlaceBid = z.output<typeof placeBidSchema>;

export const placedBidSchema = z.object({
  lot_id: z.uuid(),
  seq: z.int().nullable().describe('Number of the bid; null for a sealed lot.'),
  amount: z.int().describe('What it counts for.'),
  at: z.iso.datetime(),
  ends_at: z.iso.datetime().describe('When the lot ends after it.'),
  bought: z.boolean().describe('The bid has bought the lot.'),
});
export type PlacedBid = z.output<typeof placedBidSchema>;

export const listBidsSchema = z.strictObject({
  limit: limitField,
  cursor: z.string().max(1_000).optional(),
});
export type ListBids = z.output<typeof listBidsSchema>;

export const shownBidSchema = z.object({
  seq: z.int(),
  bidder: z.int().describe('Number of the bidder, in the order of first bids.'),
  is_own: z.boolean(),
  bidder_id: z.uuid().nullable().describe('For the head office only.'),
  amount: z.int(),
  at: z.iso.datetime(),
});
export type ShownBid = z.output<typeof shownBidSchema>;

export const bidPageSchema = z.object({
  items: z.array(shownBidSchema),
  next: z.string().nullable(),
  secret: z
    .boolean()
    .describe('Sealed bids are secret until the lot is decided, and stay so if it was withdrawn.'),
});
export type BidPage = z.output<typeof bidPageSchema>;

/** The answer to a bid. How many bids a sealed lot has had is nobody's business. */
export function bidView({ id, terms }: Lot, bid: Bid): PlacedBid {
  const bought =
    terms.kind === 'descending' || (terms.kind === 'ascending' && terms.buyNow === bid.amount);
  return {
    lot_id: id,
    seq: terms.kind === 'sealed' ? null : bid.seq,
    amount: bid.amount,
    at: formatInstant(bid.at),
    ends_at: formatInstant(bid.endsAt),
    bought,
  };
}

export function shownBid({ seq, bidder, isOwn, bidderId, amount, at }: BidView): ShownBid {
  return { seq, bidder, is_own: isOwn, bidder_id: bidderId, amount, at: formatInstant(at) };
}
