import { parseRate } from 'twenty-mak-domain';
import { z } from 'zod';
import { currencyField, limitField } from '../../platform/validation/index.ts';

/** Rates of one request. */
const MOST = 1_000;

const dayField = z.iso.date('must be a day, e.g. 2026-03-01');
const rateField = z.string().refine((text) => parseRate(text) !== null, {
  error: 'must be a positive decimal number as text, e.g. "41.2345", with up to 12 decimals',
});

/** Which rate: what one unit of `base` costs in `quote` from `day` on. */
export const rateKeySchema = z.strictObject({
  base: currencyField,
  quote: currencyField,
  day: dayField,
});
export type RateKey = z.output<typeof rateKeySchema>;

export const setRatesSchema = z.strictObject({
  rates: z
    .array(
      z.strictObject({
        base: currencyField,
        quote: currencyField.optional().describe("Left out: the tenant's currency."),
        day: dayField,
        rate: rateField,
      }),
    )
    .min(1)
    .max(MOST),
});
export type SetRates = z.output<typeof setRatesSchema>;

export const listRatesSchema = z.strictObject({
  currency: currencyField.optional(),
  limit: limitField,
  cursor: z.string().max(1_000).optional(),
});
export type ListRates = z.output<typeof listRatesSchema>;

export const rateSchema = z.object({
  base: z.string(),
  quote: z.string(),
  day: z.string(),
  rate: z.string().describe('What one unit of base costs in quote from this day on.'),
});
export type RateView = z.output<typeof rateSchema>;

export const ratePageSchema = z.object({ items: z.array(rateSchema), next: z.string().nullable() });
export const ratesSchema = z.object({ items: z.array(rateSchema), next: z.null() });
