import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import {
  expectedVersion,
  keyField,
  limitField,
  localeField,
  textField,
} from '../../platform/validation/index.ts';
import { accountSchema, emailField, invitedAccountSchema } from '../accounts/index.ts';
import type { ReadContact } from './company-contact.ts';
import {
  COMPANY_KINDS,
  companyFields,
  CONTACT_STATES,
  LEGAL_FORMS,
  officeFields,
  placeField,
} from './company-fields.ts';
import type { RegistrationRow } from './registrations.repository.ts';

export const REGISTRATION_STATUSES = ['applied', 'approved', 'rejected'] as const;

export const formQuery = z.strictObject({ tenant: keyField });

const choicesSchema = z.array(z.object({ key: z.string(), title: z.string() }));

/** What the page of registration begins with. */
export const formSchema = z.object({
  tenant: z.string(),
  name: z.string(),
  locale: localeField,
  languages: z.array(localeField),
  privacy_url: z.string().nullable(),
  cities: choicesSchema.describe('To choose from; other ones may be written too.'),
  niches: choicesSchema,
});
export type RegistrationForm = z.output<typeof formSchema>;

export const registerSchema = z.strictObject({
  tenant: keyField,
  kind: z.enum(COMPANY_KINDS),
  name: textField(200),
  email: emailField,
  ...companyFields,
  city: placeField,
  niche: placeField,
  locale: localeField.default('en'),
  consent: z
    .literal(true, 'agree to the processing of your data, else we may not keep it')
    .describe('Agreement to the processing of personal data.'),
});
export type Register = z.output<typeof registerSchema>;

/** The same for everybody, so that it tells nobody who has an account here. */
export const receivedSchema = z.object({ status: z.literal('received') });
export type Received = z.output<typeof receivedSchema>;

export const listRegistrationsSchema = z.strictObject({
  limit: limitField,
  cursor: z.string().optional(),
  status: z.enum(REGISTRATION_STATUSES).optional(),
});
export type ListRegistrations = z.output<typeof listRegistrationsSchema>;

const version = expectedVersion('registration');
export const decideRegistrationSchema = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('approve'),
    version,
    role: z.enum(COMPANY_KINDS).optional().describe('What was applied for when left out.'),
    ...z.object(officeFields).partial().shape,
  }),
  z.strictObject({
    decision: z.literal('reject'),
    version,
    reason: textField(500).describe('The applicant reads it.'),
  }),
]);
export type DecideRegistration = z.output<typeof decideRegistrationSchema>;

const text = z.string().nullable();
export const registrationSchema = z.object({
  id: z.uuid(),
  status: z.enum(REGISTRATION_STATUSES),
  kind: z.enum(COMPANY_KINDS),
  legal_form: z.enum(LEGAL_FORMS),
  city: z.string(),
  niche: z.string(),
  locale: localeField,
  contact_state: z.enum(CONTACT_STATES),
  name: text,
  email: text,
  phone: text,
  tax_number: text,
  company_name: text,
  consent_at: z.iso.datetime(),
  account_id: z.uuid().nullable().describe('Account that was made of it.'),
  reason: text,
  decided_at: z.iso.datetime().nullable(),
  version: z.number().int(),
  created_at: z.iso.datetime(),
});
export type RegistrationView = z.output<typeof registrationSchema>;

export const registrationPageSchema = z.object({
  items: z.array(registrationSchema),
  next: z.string().nullable(),
});

export const decidedSchema = z.object({
  registration: registrationSchema,
  account: accountSchema.nullable().describe('The new head account of an approved company.'),
  invitation: invitedAccountSchema.shape.invitation,
});
export type Decided = z.output<typeof decidedSchema>;

export function registrationView(
  row: RegistrationRow,
  { state, contact }: ReadContact,
): RegistrationView {
  return {
    id: row.id,
    status: row.status,
    kind: row.kind,
    legal_form: row.legal_form,
    city: row.city,
    niche: row.niche,
    locale: row.locale,
    contact_state: state,
    name: contact?.name ?? null,
    email: contact?.email ?? null,
    phone: contact?.phone ?? null,
    tax_number: contact?.tax_number ?? null,
    company_name: contact?.company_name ?? null,
    consent_at: formatInstant(row.consent_at),
    account_id: row.account_id,
    reason: row.reason,
    decided_at: row.decided_at === null ? null : formatInstant(row.decided_at),
    version: row.version,
    created_at: formatInstant(row.created_at),
  };
}
