import { LONGEST_LOT, MAX_AMOUNT, MOST_LEADS } from 'twenty-mak-domain';
import { z } from 'zod';
import {
  currencyField,
  instantField,
  limitField,
  plainText,
  uuidField,
} from '../../platform/validation/index.ts';

export const LOT_KINDS = ['ascending', 'sealed', 'descending'] as const;
export const LOT_PHASES = ['upcoming', 'open', 'ended', 'closed'] as const;
/** What a list of lots shows: the market, own lots for sale, lots that one has bid on, followed ones. */
export const LOT_SCOPES = ['market', 'selling', 'bidding', 'followed'] as const;

const amount = z.int().min(1).max(MAX_AMOUNT);
const seconds = z
  .int()
  .min(1)
  .max(LONGEST_LOT / 1_000);
export const antiSnipingSchema = z
  .strictObject({
    window_seconds: seconds,
    extension_seconds: seconds,
    times: z.int().min(1).max(1_000),
  })
  .describe('A bid in the last `window` moves the end to `extension` after it.');
export const intervalField = seconds.describe('How often the price falls by a step.');

const offered = {
  lead_ids: z.array(uuidField).min(1).max(MOST_LEADS),
  currency: currencyField.optional().describe("Left out: the tenant's currency."),
  opens_at: instantField.optional().describe('Left out: at once.'),
  ends_at: instantField,
};

export const createLotSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ascending'),
    ...offered,
    start: amount.describe('The least first bid, in minor units.'),
    step: amount,
    reserve: amount.optional().describe('Below it nothing is sold; only the seller knows it.'),
    buy_now: amount.optional(),
    anti_sniping: antiSnipingSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('sealed'),
    ...offered,
    reserve: amount.describe('The least that can be bid; everybody knows it.'),
  }),
  z.strictObject({
    kind: z.literal('descending'),
    ...offered,
    start: amount,
    step: amount,
    floor: amount,
    interval_seconds: intervalField,
  }),
]);
export type CreateLot = z.output<typeof createLotSchema>;

const key = plainText(200);

export const listLotsSchema = z.strictObject({
  scope: z.enum(LOT_SCOPES).default('market'),
  phase: z
    .enum(['upcoming', 'open', 'active', 'closed'])
    .default('active')
    .describe('`active`: upcoming and open.'),
  kind: z.enum(LOT_KINDS).optional(),
  city: key.optional(),
  niche: key.optional(),
  source: key.optional(),
  amount_band: z.coerce
    .number()
    .int()
    .min(0)
    .max(MAX_AMOUNT)
    .optional()
    .describe('Where a band of the rules begins, 0 for the first one: lots with a lead in it.'),
  limit: limitField,
  cursor: z.string().max(1_000).optional(),
});
export type ListLots = z.output<typeof listLotsSchema>;

export const followSchema = z.strictObject({ follow: z.boolean() });

const band = z.object({ from: z.int().nullable(), below: z.int().nullable() });
const instant = z.iso.datetime();

export const maskedLeadSchema = z.object({
  lead_id: z.uuid().nullable().describe('For the head office, the seller and the buyer.'),
  city: z.string().nullable(),
  niche: z.string().nullable(),
  source: z.string(),
  amount_band: band.nullable(),
  age_in_days: z.int(),
  score: z.int().nullable(),
});
export type MaskedLeadView = z.output<typeof maskedLeadSchema>;

export const lotSchema = z.object({
  id: z.uuid(),
  kind: z.enum(LOT_KINDS),
  phase: z.enum(LOT_PHASES).describe('`ended`: over, and about to be closed.'),
  currency: z.string(),
  opens_at: instant,
  ends_at: instant,
  now: instant.describe("The database's clock when this was read; countdowns go by it."),
  start: z.int().nullable(),
  step: z.int().nullable(),
  floor: z.int().nullable(),
  interval_seconds: z.int().nullable(),
  anti_sniping: z
    .object({
      window_seconds: z.int(),
      extension_seconds: z.int(),
      times: z.int(),
      used: z.int(),
    })
    .nullable(),
  price: z.int().nullable().describe('The leading bid.'),
  minimum_bid: z.int().nullable(),
  next_fall_at: instant.nullable(),
  buy_now: z.int().nullable(),
  reserve: z.int().nullable().describe('For whom it is no secret.'),
  is_reserve_met: z.boolean().nullable(),
  bid_count: z.int().nullable().describe('Null while bids are secret.'),
  own_amount: z.int().nullable().describe("What is held of the viewer's money."),
  is_seller: z.boolean(),
  seller_id: z.uuid().nullable().describe('For the head office.'),
  has_bid: z.boolean(),
  followed: z.boolean(),
  relisted: z.int(),
  next_step: z.enum(['relist', 'assign', 'head_office']).nullable(),
  outcome: z
    .object({
      kind: z.enum(['sold', 'unsold', 'withdrawn']),
      reason: z
        .enum(['no_bids', 'reserve_not_met', 'seller', 'consent'])
        .nullable()
        .describe(
          'Why nobody has won; `consent`: a person whom the lot offered may not be offered any more.',
        ),
      price: z.int().nullable(),
      is_own: z.boolean(),
      winner_id: z.uuid().nullable(),
    })
    .nullable(),
  closed_at: instant.nullable(),
  lead_count: z.int(),
  leads: z.array(maskedLeadSchema).describe('In a list the first ten.'),
});
export type LotDetails = z.output<typeof lotSchema>;

export const lotPageSchema = z.object({ items: z.array(lotSchema), next: z.string().nullable() });

export const wonLeadSchema = z.object({
  lot_id: z.uuid(),
  lead: maskedLeadSchema,
  price: z.int(),
  currency: z.string(),
  bought_at: instant,
  return_until: instant,
  return_id: z.uuid().nullable(),
  verdict: z.enum(['accepted', 'rejected']).nullable(),
});
export type WonLead = z.output<typeof wonLeadSchema>;
export const wonLeadPageSchema = z.object({
  items: z.array(wonLeadSchema),
  next: z.string().nullable(),
});

export const pageSchema = z.strictObject({
  limit: limitField,
  cursor: z.string().max(1_000).optional(),
});
export type PageQuery = z.output<typeof pageSchema>;

export const statisticsSchema = z.object({
  upcoming: z.int(),
  open: z.int(),
  sold: z.int(),
  unsold: z.int(),
  withdrawn: z.int(),
  bids: z.int().describe('On lots that are closed.'),
  returned: z.int().describe('Leads that were taken back.'),
  proceeds: z.array(z.object({ currency: z.string(), amount: z.int(), average: z.int() })),
});
export type LotStatistics = z.output<typeof statisticsSchema>;
