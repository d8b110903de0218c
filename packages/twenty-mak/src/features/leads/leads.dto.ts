import {
  CONSENT_ANSWERS,
  formatInstant,
  LEAD_KINDS,
  LEGAL_FORMS,
  MATCH_WAYS,
  MAX_CONTACT_WAYS,
} from 'twenty-mak-domain';
import { z } from 'zod';
import {
  currencyField,
  expectedVersion,
  instantField,
  limitField,
  plainText,
  textField,
  uuidField,
} from '../../platform/validation/index.ts';
import { externalRefField } from '../deals/index.ts';

const key = plainText(64);
const way = plainText(254);
/** As people write them; read by the rules of contacts. */
const contactShape = {
  name: plainText(1_000).nullable().describe('Of the person or company.'),
  phones: z
    .array(plainText(100))
    .max(MAX_CONTACT_WAYS)
    .describe('Telephone numbers, the one to call first.'),
  emails: z.array(way).max(MAX_CONTACT_WAYS),
  city: plainText(200).nullable().describe('Key of the list, or the city in any spelling.'),
  niche: plainText(200).nullable().describe('Key of the list, or its title.'),
  legal_form: z.enum(LEGAL_FORMS).nullable(),
};

const officeShape = {
  title: textField(200).nullable().describe('What the office calls it. No personal data.'),
  score: z.int().min(0).max(100).nullable(),
  responsible_id: uuidField.nullable().describe('Account of the head office.'),
};

const fieldShape = {
  handling: key.nullable(),
  amount: z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullable().describe('Minor units.'),
  currency: currencyField.nullable(),
  ...officeShape,
};

const attributesField = z
  .record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'must have keys of letters, digits, - and _'),
    plainText(1_000),
  )
  .refine((attributes) => Object.keys(attributes).length <= 50, 'must be at most 50')
  .describe('What no field is for. Seen by who sees the contact.');

const consentField = z.strictObject({
  answer: z.enum(['given', 'refused']),
  at: instantField.optional().describe('Left out: now.'),
  evidence: textField(200).describe('Where the answer stands: a form, its version, a call.'),
});

export const createLeadBody = z
  .strictObject({
    ...z.strictObject({ ...contactShape, ...fieldShape }).partial().shape,
    source: key.optional().describe('Left out: that of partners, or the first one.'),
    status: key.optional().describe('Left out: where leads of the source begin.'),
    partner_id: uuidField.nullable().optional().describe('Head account of who brought it.'),
    external_ref: externalRefField.optional().describe('A repeat with it makes no second lead.'),
    comment: plainText(10_000).optional(),
    consent: consentField.optional(),
    attributes: attributesField.optional(),
  })
  .refine(({ amount, currency }) => (amount == null) === (currency == null), {
    path: ['currency'],
    error: 'must come with an amount, and an amount with it',
  });
export type CreateLead = z.output<typeof createLeadBody>;

export const editLeadBody = z
  .strictObject({
    ...z.strictObject({ ...contactShape, ...fieldShape }).partial().shape,
    source: key.optional().describe('Only the office, until others count on the lead.'),
    partner_id: uuidField
      .nullable()
      .optional()
      .describe('Account of who brought it, as for `source`; the new one sees the contact.'),
    attributes: attributesField.optional(),
    version: expectedVersion('lead'),
  })
  .refine((body) => Object.keys(body).length > 1, { error: 'must change something' })
  .refine(({ amount, currency }) => (amount == null) === (currency == null), {
    path: ['currency'],
    error: 'must come with an amount, and an amount with it',
  });
export type EditLead = z.output<typeof editLeadBody>;

export const moveLeadBody = z.strictObject({
  status: key,
  reason: textField(200).optional(),
  version: expectedVersion('lead'),
});
export type MoveLead = z.output<typeof moveLeadBody>;

export const commentBody = z.strictObject({ text: plainText(10_000) });

export const recordConsentBody = z.strictObject({
  answer: z.enum(CONSENT_ANSWERS),
  at: instantField.optional().describe('Left out: now.'),
  evidence: textField(200),
});
export type RecordConsent = z.output<typeof recordConsentBody>;

export const convertLeadBody = z
  .strictObject({
    name: textField(200).describe('Of the deal. Everybody who sees the deal sees it.'),
    pipeline: plainText(64).optional().describe('Key; left out: the default one.'),
    owner_id: uuidField.optional().describe('Left out: who has bought the lead, if anybody.'),
    client_id: plainText(200).optional().describe('A client that is there.'),
    new_client: z
      .strictObject({
        kind: z.enum(['company', 'person']).default('company'),
        name: textField(200).describe('Everybody who sees the client sees it.'),
      })
      .optional()
      .describe(
        'Makes a client with the contact of the lead, owned by the company that has the lead, if one has.',
      ),
    version: expectedVersion('lead'),
  })
  .refine(({ client_id, new_client }) => client_id === undefined || new_client === undefined, {
    path: ['new_client'],
    error: 'must not come with `client_id`',
  });
export type ConvertLead = z.output<typeof convertLeadBody>;

const SORT_FIELDS = ['created_at', 'updated_at', 'status_since', 'amount', 'score'] as const;
const sortNames = SORT_FIELDS.flatMap((name) => [name, `-${name}`] as const);

export const leadsRequest = z.strictObject({
  filter: z.unknown().optional().describe('A filter as of segments, as JSON.'),
  segment: uuidField.optional(),
  text: plainText(200).optional().describe('A whole telephone number, address or name.'),
  status: key.optional(),
  source: key.optional(),
  handling: key.optional(),
  responsible: uuidField.optional(),
  partner: uuidField.optional(),
  buyer: uuidField.optional(),
  client: uuidField
    .optional()
    .describe('A client: leads that became its deals, or are of its people.'),
  duplicate: z.boolean().optional(),
  sort: z.enum(sortNames).default('-created_at'),
  limit: limitField,
  cursor: z.string().max(10_000).optional(),
});
export type LeadsRequest = z.output<typeof leadsRequest>;

/** The same out of a query string. */
export const listLeadsQuery = leadsRequest.extend({
  filter: plainText(20_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('must be JSON');
        return z.NEVER;
      }
    })
    .optional()
    .describe('A filter as of segments, as JSON.'),
  duplicate: z.stringbool().optional(),
  contacts: z
    .stringbool()
    .default(false)
    .describe('With names, numbers and addresses. Reading them is audited.'),
});

const instant = z.iso.datetime();

export const CONTACT_STATES = ['open', 'hidden', 'erased'] as const;

export const leadContactSchema = z.object({
  state: z
    .enum(CONTACT_STATES)
    .describe('hidden: needs the scope persons:read; erased: nobody can read it any more.'),
  name: z.string().nullable(),
  phones: z.array(z.string()),
  emails: z.array(z.string()),
  city: z.string().nullable().describe('As it was written.'),
  niche: z.string().nullable().describe('As it was written.'),
  legal_form: z.string().nullable().describe('As it was written.'),
  attributes: z.record(z.string(), z.string()),
});
export type LeadContactAnswer = z.output<typeof leadContactSchema>;

export const leadSchema = z.object({
  id: z.uuid(),
  status: z.string(),
  kind: z.enum(LEAD_KINDS),
  status_since: instant,
  title: z.string().nullable(),
  city: z.string().nullable().describe('Key of the list of cities.'),
  niche: z.string().nullable().describe('Key of the list of niches.'),
  legal_form: z.string().nullable(),
  source: z.string(),
  handling: z.string().nullable(),
  amount: z.int().nullable(),
  currency: z.string().nullable(),
  score: z.int().nullable(),
  responsible_id: z.uuid().nullable(),
  partner_id: z.uuid().nullable(),
  buyer_id: z.uuid().nullable(),
  lot_id: z.uuid().nullable(),
  deal_id: z.uuid().nullable(),
  consent: z.enum(CONSENT_ANSWERS).nullable(),
  consent_at: instant.nullable(),
  duplicate: z.boolean().describe('Somebody has to decide whether it is another lead.'),
  changeable: z.boolean().describe('The caller may change it: nobody else counts on it by now.'),
  version: z.int(),
  created_at: instant,
  updated_at: instant,
});
export type LeadAnswer = z.output<typeof leadSchema>;

export const listedLeadSchema = leadSchema.extend({ contact: leadContactSchema.optional() });

export const leadDetailSchema = leadSchema.extend({
  contact: leadContactSchema,
  external_refs: z.array(z.object({ system: z.string(), id: z.string() })),
  absorbed: z.array(z.uuid()).describe('Leads that were merged into it.'),
  possible_statuses: z.array(z.string()).describe('Where the caller may move it.'),
});
export type LeadDetailAnswer = z.output<typeof leadDetailSchema>;

export const HISTORY_KINDS = ['status', 'source', 'partner', 'comment', 'consent'] as const;
export const leadHistorySchema = z.object({
  kind: z.enum(HISTORY_KINDS),
  at: instant,
  actor_id: z.string().nullable(),
  of_lead: z.uuid().describe('The lead itself, or one that was merged into it.'),
  status: z.string().nullable(),
  from: z.string().nullable().describe('A status, a source or the id of a partner.'),
  to: z.string().nullable().describe('The source or partner since then.'),
  mover: z.string().nullable(),
  reason: z.string().nullable(),
  text: z.string().nullable(),
  answer: z.string().nullable(),
  evidence: z.string().nullable(),
});
export type LeadHistoryAnswer = z.output<typeof leadHistorySchema>;

export const matchSchema = z.object({
  lead_id: z.uuid(),
  by: z.enum(MATCH_WAYS),
  score: z.int(),
});

export const enteredLeadSchema = z.object({
  result: z.enum(['created', 'merged', 'known']),
  exists: z.boolean().describe('Whether the tenant has such a lead already.'),
  matches: z.array(matchSchema).optional().describe('Which ones; for the head office only.'),
  lead: leadSchema.nullable().describe('Null when it was merged into one that is not yours.'),
});
export type EnteredLeadAnswer = z.output<typeof enteredLeadSchema>;

export const leadCountSchema = z.object({
  status: z.string(),
  kind: z.enum(LEAD_KINDS),
  leads: z.int(),
});

export function timeOf(at: number): string;
export function timeOf(at: number | null): string | null;
export function timeOf(at: number | null): string | null {
  return at === null ? null : formatInstant(at);
}

/** Leads that a platform may send at a time. */
export const MOST_SENT = 500;

/** One lead, or several under `leads`. */
export const intakeBody = z.preprocess(
  (body) =>
    typeof body === 'object' && body !== null && !Array.isArray(body) && !('leads' in body)
      ? { leads: [body] }
      : body,
  z.strictObject({ leads: z.array(z.unknown()).min(1).max(MOST_SENT) }),
);

export const intakeResultSchema = z.object({
  result: z
    .enum(['created', 'merged', 'blocked', 'known', 'refused'])
    .describe('known: the external id was there already, and nothing changed.'),
  lead_id: z.uuid().nullable().describe('Of a lead that is yours: a created or known one.'),
  exists: z.boolean().describe('Whether the tenant had such a lead already.'),
  matches: z.array(matchSchema).optional().describe('For keys that may read leads.'),
  code: z.string().optional(),
  reason: z.string().optional(),
  field: z.string().optional(),
});
export type IntakeResult = z.output<typeof intakeResultSchema>;
export const intakeAnswerSchema = z.object({ results: z.array(intakeResultSchema) });
