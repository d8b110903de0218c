import { LEAD_KINDS } from 'twenty-mak-domain';
import { z } from 'zod';
import { expectedVersion, plainText } from '../../platform/validation/index.ts';
import type { LeadSettingsRow } from './lead-settings.repository.ts';

const word = plainText(200);
const choice = z.strictObject({ key: plainText(64), title: word });

const rulesShape = {
  statuses: z
    .array(
      z.strictObject({
        key: plainText(64),
        title: word,
        kind: z.enum(LEAD_KINDS).describe('What the status means to the rules.'),
        entry_for: z
          .array(plainText(64))
          .max(50)
          .optional()
          .describe('Sources whose leads begin here.'),
        reason_needed: z.boolean().optional(),
      }),
    )
    .max(200),
  sources: z.array(choice).max(200),
  handlings: z.array(choice).max(200),
  cities: z.array(choice).max(2_000).describe('Of these alone others may see where a lead is.'),
  niches: z.array(choice).max(2_000),
  certain: z
    .enum(['block', 'warn', 'merge'])
    .describe('What becomes of a lead whose number or address is known.'),
  likely: z
    .enum(['block', 'warn', 'ignore'])
    .describe('The same for a similar name in the same city.'),
  consent: z
    .enum(['required', 'other_ground'])
    .describe('Whether leads may be shared and converted without consent.'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country such as UA')
    .describe('Of telephone numbers without a country code.'),
};

export const leadSettingsSchema = z.strictObject({ ...rulesShape, version: z.int() });
export type LeadSettingsAnswer = z.output<typeof leadSettingsSchema>;

export const saveLeadSettingsBody = z.strictObject({
  ...z.strictObject(rulesShape).partial().shape,
  version: expectedVersion('settings'),
});
export type SaveLeadSettings = z.output<typeof saveLeadSettingsBody>;

export function settingsAnswer({ statuses, ...row }: LeadSettingsRow): LeadSettingsAnswer {
  return {
    statuses: statuses.map(({ entryFor, reasonNeeded, ...status }) => ({
      ...status,
      ...(entryFor === undefined ? {} : { entry_for: [...entryFor] }),
      ...(reasonNeeded === undefined ? {} : { reason_needed: reasonNeeded }),
    })),
    sources: [...row.sources],
    handlings: [...row.handlings],
    cities: [...row.cities],
    niches: [...row.niches],
    certain: row.certain,
    likely: row.likely,
    consent: row.consent,
    country: row.country,
    version: row.version,
  };
}
