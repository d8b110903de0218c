import { MATCH_WAYS } from 'twenty-mak-domain';
import { z } from 'zod';
import {
  expectedVersion,
  limitField,
  plainText,
  uuidField,
} from '../../platform/validation/index.ts';
import { leadSchema, matchSchema, timeOf } from './leads.dto.ts';
import type { PairRow } from './lead-duplicates.repository.ts';

export const checkLeadBody = z
  .strictObject({
    name: plainText(1_000).optional(),
    phones: z.array(plainText(100)).max(5).optional(),
    emails: z.array(plainText(254)).max(5).optional(),
    city: plainText(200).optional().describe('Names are compared only within a city.'),
  })
  .describe('At least a name, a number or an address.');
export type CheckLead = z.output<typeof checkLeadBody>;

export const noticeSchema = z.object({
  exists: z.boolean(),
  matches: z.array(matchSchema).optional().describe('Which ones; for the head office only.'),
});

/** What pairs are narrowed by. */
const pairFilterShape = {
  lead: uuidField.optional().describe('Pairs of this lead.'),
  by: z.enum(MATCH_WAYS).optional(),
  source: plainText(64).optional().describe('Of one of the two.'),
  responsible: uuidField.optional().describe('Of one of the two.'),
};

export const PAIR_STATES = ['open', 'later', 'decided'] as const;
export type PairState = (typeof PAIR_STATES)[number];

export const listDuplicatesQuery = z.strictObject({
  state: z
    .enum(PAIR_STATES)
    .optional()
    .describe('Left out: open; of one lead all. later: put off by somebody.'),
  ...pairFilterShape,
  limit: limitField,
  cursor: z.string().max(10_000).optional(),
});
export type ListDuplicates = z.output<typeof listDuplicatesQuery>;

export const countDuplicatesQuery = z.strictObject(pairFilterShape);
export type CountDuplicates = z.output<typeof countDuplicatesQuery>;

/** Nobody decides about so many; a count goes no further. */
export const MOST_COUNTED = 10_000;

const count = z.int().max(MOST_COUNTED);
export const pairCountsSchema = z
  .object({ open: count, later: count, decided: count })
  .describe(`Each is counted up to ${MOST_COUNTED}.`);
export type PairCounts = z.output<typeof pairCountsSchema>;

export const pairSchema = z.object({
  lead_id: z.uuid(),
  other_id: z.uuid(),
  by: z.enum(MATCH_WAYS),
  score: z.int(),
  found_at: z.iso.datetime(),
  decision: z
    .enum(['merged', 'different', 'later'])
    .nullable()
    .describe('null: open; later: open, and put off.'),
  decided_at: z.iso.datetime().nullable(),
  decided_by: z.string().nullable(),
});
export type PairAnswer = z.output<typeof pairSchema>;

export const PAIR_DECISIONS = ['different', 'later', 'open'] as const;
export type PairDecision = (typeof PAIR_DECISIONS)[number];

export const decidePairBody = z.strictObject({
  lead_id: uuidField,
  other_id: uuidField,
  decision: z
    .enum(PAIR_DECISIONS)
    .describe('different: they are two; later: not now; open: takes either back.'),
});
export type DecidePair = z.output<typeof decidePairBody>;

const mergeOf = z.strictObject({ id: uuidField, version: expectedVersion('lead') });
/** Fields of which one of two values has to go. */
export const MERGE_FIELDS = [
  'name',
  'city',
  'niche',
  'legal_form',
  'handling',
  'amount',
  'responsible_id',
  'title',
  'score',
] as const;
export type MergeField = (typeof MERGE_FIELDS)[number];

export const mergeLeadsBody = z.strictObject({
  leads: z.tuple([mergeOf, mergeOf]),
  survivor: uuidField
    .optional()
    .describe(
      'The one that stays. Left out: on auction, sold, given out or a deal, else not rejected, else older.',
    ),
  values: z
    .partialRecord(z.enum(MERGE_FIELDS), uuidField)
    .optional()
    .describe('Of a field the lead whose value stays. Left out: the value that was set last.'),
  dry: z.boolean().default(false).describe('Only show what would become of them.'),
});
export type MergeLeads = z.output<typeof mergeLeadsBody>;

export const mergedSchema = z.object({
  survivor_id: z.uuid(),
  absorbed_id: z.uuid(),
  done: z.boolean().describe('False after a dry look.'),
  lead: leadSchema.nullable().describe('The one that stays; null after a dry look.'),
  values: z
    .partialRecord(z.enum(MERGE_FIELDS), z.uuid())
    .describe('Of fields in which they differ the lead whose value stays.'),
  preview: z
    .object({
      name: z.string().nullable(),
      phones: z.array(z.string()),
      emails: z.array(z.string()),
      city: z.string().nullable(),
      niche: z.string().nullable(),
      amount: z.int().nullable(),
      currency: z.string().nullable(),
      source: z.string(),
      status: z.string(),
      consent: z.string().nullable(),
    })
    .nullable()
    .describe('What the one that stays would know; null without persons:read.'),
});
export type MergedAnswer = z.output<typeof mergedSchema>;

export function pairAnswer({ way, found_at, decided_at, ...row }: PairRow): PairAnswer {
  return { ...row, by: way, found_at: timeOf(found_at), decided_at: timeOf(decided_at) };
}
