import { checkRedistribution, HOUR, LONGEST_LOT, MAX_AMOUNT } from 'twenty-mak-domain';
import type { EligibilityRule, RedistributionRule, ReturnRule } from 'twenty-mak-domain';
import { z } from 'zod';
import { accepted } from '../../platform/errors/index.ts';
import { expectedVersion, plainText, textField } from '../../platform/validation/index.ts';
import { antiSnipingSchema, intervalField, LOT_KINDS } from './lots.dto.ts';

const grade = plainText(100);
const reasonKey = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be 1 to 63 of a-z, 0-9 and _');

const amount = z.int().min(1).max(MAX_AMOUNT);

/** What the page of a new lot begins with; whoever makes the lot may change all of it. */
const newLotSchema = z.strictObject({
  kind: z.enum(LOT_KINDS),
  lasts_hours: z
    .int()
    .min(1)
    .max(LONGEST_LOT / HOUR),
  start: amount.nullable().describe('Minor units; null: to be entered.'),
  step: amount.nullable(),
  interval_seconds: intervalField,
  anti_sniping: antiSnipingSchema.nullable(),
});
type NewLot = z.output<typeof newLotSchema>;

const NEW_LOT: NewLot = {
  kind: 'ascending',
  lasts_hours: 24,
  start: null,
  step: null,
  interval_seconds: 60,
  anti_sniping: { window_seconds: 60, extension_seconds: 60, times: 10 },
};

/** How a tenant's auction works, as it is stored and as the API shows it. */
export const rulesSchema = z.strictObject({
  eligibility: z.strictObject({
    match_city: z.boolean().describe("Only who works in the lead's city."),
    match_niche: z.boolean(),
    grades: z.array(grade).max(50).describe('Grades that are admitted; none means all.'),
    limits: z
      .array(z.strictObject({ grade, lots_per_day: z.int().min(0).max(10_000) }))
      .max(50)
      .describe('How many lots a bidder of a grade may lead or win on one day.'),
  }),
  redistribution: z.strictObject({
    relists: z.int().min(0).max(20).describe('How often an unsold lot is offered again.'),
    cheaper_by: z.int().min(0).max(90).describe('Percent, each time.'),
    assigns: z.boolean().describe('Whether its leads are given out by city and capacity then.'),
  }),
  returns: z.strictObject({
    window_hours: z.int().min(1).max(8_760),
    reasons: z
      .array(z.strictObject({ key: reasonKey, title: textField(100) }))
      .min(1)
      .max(50),
  }),
  amount_bands: z
    .array(amount)
    .max(50)
    .describe('Where bands of amounts begin, in minor units: all that is seen of an amount.'),
  ending_soon_minutes: z.int().min(1).max(1_440).describe('When to tell that a lot ends soon.'),
  new_lot: newLotSchema.describe('What the page of a new lot begins with.'),
});
export type AuctionRules = z.output<typeof rulesSchema>;

export const saveRulesSchema = z.strictObject({
  version: expectedVersion('rules'),
  rules: rulesSchema.extend({
    new_lot: newLotSchema
      .optional()
      .describe('What the page of a new lot begins with. Left out: it stays as it is.'),
  }),
});
export type SaveRules = z.output<typeof saveRulesSchema>;

export const rulesViewSchema = z.object({ version: z.int(), rules: rulesSchema });
export type RulesView = z.output<typeof rulesViewSchema>;

/** What a tenant begins with. */
export const DEFAULT_RULES: AuctionRules = {
  eligibility: { match_city: true, match_niche: true, grades: [], limits: [] },
  redistribution: { relists: 1, cheaper_by: 10, assigns: true },
  returns: {
    window_hours: 72,
    reasons: [
      { key: 'wrong_contact', title: 'The contact is wrong' },
      { key: 'not_interested', title: 'The person has asked for nothing' },
      { key: 'duplicate', title: 'We had this lead already' },
      { key: 'other', title: 'Something else' },
    ],
  },
  amount_bands: [100_000, 500_000, 2_000_000, 10_000_000],
  ending_soon_minutes: 15,
  new_lot: NEW_LOT,
};

export function eligibilityOf({ eligibility }: AuctionRules): EligibilityRule {
  const { match_city: matchCity, match_niche: matchNiche, grades, limits } = eligibility;
  return {
    matchCity,
    matchNiche,
    grades,
    limits: limits.map(({ grade: name, lots_per_day }) => ({
      grade: name,
      lotsPerDay: lots_per_day,
    })),
  };
}

export function redistributionOf({ redistribution }: AuctionRules): RedistributionRule {
  const { relists, cheaper_by: cheaperBy, assigns } = redistribution;
  return accepted(checkRedistribution({ relists, cheaperBy, assigns }));
}

export function returnRuleOf({ returns }: AuctionRules): ReturnRule {
  return { window: returns.window_hours * HOUR, reasons: returns.reasons.map(({ key }) => key) };
}
