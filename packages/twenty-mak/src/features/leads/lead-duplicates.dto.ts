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

export const listDuplicatesQuery = z.strictObject({
  lead: uuidField.optional().describe('All pairs of this lead, decided ones too.'),
  limit: limitField,
  cursor: z.string().max(10_000).optional(),
});
export type ListDuplicates = z.output<typeof listDuplicatesQuery>;

export const pairSchema = z.object({
  lead_id: z.uuid(),
  other_id: z.uuid(),
  by: z.enum(MATCH_WAYS),
  score: z.int(),
  found_at: z.iso.datetime(),
  decision: z.enum(['merged', 'different']).nullable(),
  decided_at: z.iso.datetime().nullable(),
  decided_by: z.string().nullable(),
});
export type PairAnswer = z.output<typeof pairSchema>;

export const differentBody = z.strictObject({ lead_id: uuidField, other_id: uuidField });

const mergeOf = z.strictObject({ id: uuidField, version: expectedVersion('lead') });
export const mergeLeadsBody = z.strictObject({
  leads: z.tuple([mergeOf, mergeOf]).describe('Which one stays follows from the rules.'),
  dry: z.boolean().default(false).describe('Only show what would become of them.'),
});
export type MergeLeads = z.output<typeof mergeLeadsBody>;

export const mergedSchema = z.object({
  survivor_id: z.uuid(),
  absorbed_id: z.uuid(),
  done: z.boolean().describe('False after a dry look.'),
  lead: leadSchema.nullable().describe('The one that stays; null after a dry look.'),
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
