import { withoutContacts } from 'twenty-mak-domain';
import { z } from 'zod';
import {
  currencyField,
  expectedVersion,
  instantField,
  plainText,
  textField,
  uuidField,
} from '../../platform/validation/index.ts';

const versionField = expectedVersion('deal');

const idText = plainText(200);
/** Minor units. */
const amount = z.int();
/** Free members without contact data. */
export const attributesField = z
  .record(plainText(200), z.json())
  .refine((members) => JSON.stringify(withoutContacts(members)) === JSON.stringify(members), {
    error:
      'must not hold contact data; send it as `data.contact` of an event, where it is protected',
  })
  .describe('Merged into what is there; null empties a member.');
const responsible = z
  .record(plainText(64), idText.nullable())
  .describe('Account by role; null leaves the role empty.');

/** A record of an outer system. */
export const externalRefField = z.strictObject({
  system: z.string().regex(/^[\x20-\x7e]{1,200}$/, 'must be printable ASCII'),
  id: textField(200),
});

export const editDealBody = z
  .strictObject({
    version: versionField,
    name: textField(500).optional(),
    amount: amount.nullable().optional(),
    currency: currencyField.optional(),
    client_id: idText.nullable().optional(),
    owner_id: idText.nullable().optional(),
    attributes: attributesField.optional(),
  })
  .refine((body) => Object.keys(body).length > 1, { error: 'must change something' });
export type EditDeal = z.output<typeof editDealBody>;

export const createDealBody = z.strictObject({
  name: textField(500),
  pipeline: plainText(64).optional().describe('Left out: the default pipeline.'),
  amount: amount.optional(),
  currency: currencyField.optional(),
  client_id: idText.optional(),
  owner_id: idText.optional(),
  responsible: z.record(plainText(64), idText).optional(),
  attributes: attributesField.optional(),
  external_refs: z.array(externalRefField).max(20).optional(),
});
export type CreateDeal = z.output<typeof createDealBody>;

export const domainStageBody = z.strictObject({ system: textField(200), stage: textField(200) });
export type DomainStage = z.output<typeof domainStageBody>;

export const ownersBody = z
  .strictObject({
    version: versionField,
    owner_id: idText.nullable().optional(),
    responsible: responsible.optional(),
  })
  .refine(({ owner_id, responsible: roles }) => owner_id !== undefined || roles !== undefined, {
    error: 'needs `owner_id` or `responsible`',
  });
export type Owners = z.output<typeof ownersBody>;

export const noteBody = z.strictObject({
  text: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(10_000)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), {
      error: 'must not contain NUL characters or halves of surrogate pairs',
    }),
});

export const factBody = z.strictObject({
  type: plainText(200).describe('Of the facts that `recordableFacts` lists for the deal.'),
  data: z
    .record(plainText(200), plainText(200))
    .default({})
    .describe('What the fact needs, as it is listed; nothing else.'),
  comment: plainText(2_000).optional(),
  event_id: uuidField.optional().describe('The same for every attempt: the fact is recorded once.'),
  undoes: uuidField.optional().describe('`event_id` of a fact of yours that this one takes back.'),
  occurred_at: instantField
    .optional()
    .describe('When it happened; left out: now. Only with the scope `events:write`.'),
});
export type RecordFact = z.output<typeof factBody>;

export const versionBody = z.strictObject({ version: versionField });
export const mergeBody = z.strictObject({
  version: versionField,
  into: uuidField.describe('The deal that goes on.'),
});
