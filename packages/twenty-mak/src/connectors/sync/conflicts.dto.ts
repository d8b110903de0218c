import { z } from 'zod';
import { limitField } from '../../platform/validation/index.ts';

export const SIDES = ['mak', 'remote'] as const;
const sideSchema = z.enum(SIDES);

export const listConflictsSchema = z.strictObject({
  open: z.stringbool().default(false).describe('Only those that are to be decided.'),
  limit: limitField,
  cursor: z.string().optional(),
});
export type ListConflicts = z.output<typeof listConflictsSchema>;

export const decideConflictSchema = z.strictObject({
  winner: sideSchema.describe('Whose version both sides get.'),
});

export const conflictSchema = z.object({
  id: z.uuid(),
  entity: z.string(),
  local_id: z.string(),
  remote_id: z.string(),
  field: z.string(),
  kept: z
    .boolean()
    .describe('Whether both versions are kept; those that say who a person is are not.'),
  mak: z.unknown().describe("MaK's version."),
  remote: z.unknown().describe("The other system's version."),
  winner: sideSchema.describe('Whose version the rule took.'),
  at: z.iso.datetime(),
  outdated: z.boolean().describe('The field was changed since; only the rule can be let stand.'),
  decided_at: z.iso.datetime().nullable(),
  decided_by: z.string().nullable().describe('Id of the account or of the API client.'),
  decision: sideSchema.nullable(),
});
export type ConflictView = z.output<typeof conflictSchema>;

export const conflictPageSchema = z.object({
  items: z.array(conflictSchema),
  next: z.string().nullable(),
});
