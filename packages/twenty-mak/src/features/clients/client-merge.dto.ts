import { MERGE_SIDES } from 'twenty-mak-domain';
import { z } from 'zod';
import { expectedVersion, plainText, uuidField } from '../../platform/validation/index.ts';

const side = z.enum(MERGE_SIDES).optional();

const choices = z
  .strictObject({
    name: side,
    industry: side,
    size: side,
    budget_band: side,
    client_type: side,
    source: side,
    key_account: side,
    owner_id: side,
    segments: z.enum([...MERGE_SIDES, 'both']).optional(),
    attributes: z.record(plainText(200), z.enum(MERGE_SIDES)).optional(),
  })
  .describe(
    'Whose value stays. What is left out: of the survivor, or of the other one where the survivor has none; segments of both.',
  );

export const mergeClientBody = z.strictObject({
  version: expectedVersion('client'),
  into: z
    .strictObject({ id: uuidField, version: expectedVersion('client') })
    .describe('The survivor: the client that goes on.'),
  choices: choices.default({}),
});
export type MergeClient = z.output<typeof mergeClientBody>;
