import { formatInstant } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { z } from 'zod';
import { limitField, plainText, uuidField } from '../../platform/validation/index.ts';

export const requestReturnSchema = z.strictObject({
  lot_id: uuidField,
  lead_id: uuidField,
  reason: plainText(63).describe('Key of one of the reasons of the rules.'),
  comment: plainText(2_000).describe('What is wrong with the lead.'),
});
export type RequestReturn = z.output<typeof requestReturnSchema>;

export const decideReturnSchema = z.strictObject({
  verdict: z.enum(['accepted', 'rejected']),
  note: plainText(2_000).describe('Why; both sides read it.'),
});
export type DecideReturn = z.output<typeof decideReturnSchema>;

export const listReturnsSchema = z.strictObject({
  status: z.enum(['open', 'decided']).optional(),
  limit: limitField,
  cursor: z.string().max(1_000).optional(),
});
export type ListReturns = z.output<typeof listReturnsSchema>;

const instant = z.iso.datetime();

export const returnSchema = z.object({
  id: z.uuid(),
  lot_id: z.uuid(),
  lead_id: z.uuid(),
  buyer_id: z.uuid().nullable().describe('For the head office and the buyer.'),
  seller_id: z.uuid().nullable().describe('For the head office and the seller.'),
  price: z.int(),
  currency: z.string(),
  bought_at: instant,
  reason: z.string(),
  comment: z.string(),
  requested_at: instant,
  verdict: z.enum(['accepted', 'rejected']).nullable(),
  note: z.string().nullable(),
  decided_at: instant.nullable(),
});
export type ReturnView = z.output<typeof returnSchema>;

export const returnPageSchema = z.object({
  items: z.array(returnSchema),
  next: z.string().nullable(),
});

export interface ReturnRow {
  readonly id: string;
  readonly lot_id: string;
  readonly lead_id: string;
  readonly buyer_id: string;
  readonly seller_id: string;
  readonly price: number;
  readonly currency: string;
  readonly bought_at: Instant;
  readonly requested_by: string;
  readonly reason: string;
  readonly comment: string;
  readonly requested_at: Instant;
  readonly verdict: 'accepted' | 'rejected' | null;
  readonly arbiter_id: string | null;
  readonly note: string | null;
  readonly decided_at: Instant | null;
}

/** A return as somebody sees it; buyer and seller do not learn from it who the other is. */
export function returnView(row: ReturnRow, viewer: string | undefined): ReturnView {
  const { id, lot_id, lead_id, price, currency, reason, comment, verdict, note } = row;
  const known = (party: string): string | null =>
    viewer === undefined || viewer === party ? party : null;
  return {
    id,
    lot_id,
    lead_id,
    buyer_id: known(row.buyer_id),
    seller_id: known(row.seller_id),
    price,
    currency,
    bought_at: formatInstant(row.bought_at),
    reason,
    comment,
    requested_at: formatInstant(row.requested_at),
    verdict,
    note,
    decided_at: row.decided_at === null ? null : formatInstant(row.decided_at),
  };
}
