import { z } from 'zod';
import { accountSchema, emailField, invitedAccountSchema } from '../accounts/index.ts';
import {
  expectedVersion,
  limitField,
  localeField,
  textField,
  uuidField,
} from '../../platform/validation/index.ts';
import type { CompanyRow } from './companies.repository.ts';
import type { ReadContact } from './company-contact.ts';
import {
  COMPANY_KINDS,
  companyFields,
  CONTACT_STATES,
  LEGAL_FORMS,
  officeFields,
} from './company-fields.ts';

/** Names a company; left out by its own people. */
export const companyQuery = z.strictObject({
  company_id: uuidField
    .optional()
    .describe('Head account of the company; your own company when left out.'),
});

export const editCompanySchema = z.strictObject({
  version: z.number().int().min(0).max(2_147_483_647),
  ...z.object({ ...companyFields, ...officeFields }).partial().shape,
});
export type EditCompany = z.output<typeof editCompanySchema>;

export const companySchema = z.object({
  account_id: z.uuid().describe('Head account.'),
  kind: z.enum(COMPANY_KINDS),
  status: z.enum(['invited', 'active', 'deactivated']),
  company_name: z.string(),
  legal_form: z.enum(LEGAL_FORMS).nullable(),
  contact_state: z.enum(CONTACT_STATES),
  tax_number: z.string().nullable(),
  phone: z.string().nullable(),
  cities: z.array(z.string()),
  niches: z.array(z.string()),
  grade: z.string().nullable(),
  lead_capacity: z.number().int().nullable(),
  version: z.number().int().describe('0 until somebody fills the profile in.'),
});
export type CompanyView = z.output<typeof companySchema>;

export const listCompaniesSchema = z.strictObject({
  limit: limitField,
  cursor: z.string().optional(),
  kind: z.enum(COMPANY_KINDS).optional(),
  text: textField(200).optional(),
});
export type ListCompanies = z.output<typeof listCompaniesSchema>;

/** A company in a list: nothing of a person. */
export const companyLineSchema = companySchema.omit({
  contact_state: true,
  tax_number: true,
  phone: true,
});
export type CompanyLine = z.output<typeof companyLineSchema>;

export const companyPageSchema = z.object({
  items: z.array(companyLineSchema),
  next: z.string().nullable(),
});

export const inviteStaffSchema = z.strictObject({
  company_id: uuidField.optional(),
  email: emailField,
  name: textField(200),
  locale: localeField.default('en'),
});
export type InviteStaff = z.output<typeof inviteStaffSchema>;

export const editStaffSchema = z.strictObject({
  company_id: uuidField.optional(),
  version: expectedVersion('account'),
  name: textField(200).optional(),
  status: z.enum(['active', 'deactivated']).optional(),
});
export type EditStaff = z.output<typeof editStaffSchema>;

export const staffSchema = z.object({
  items: z.array(
    accountSchema.extend({
      head: z.boolean().describe('The head account, which stays.'),
    }),
  ),
  next: z.null(),
});
export type StaffList = z.output<typeof staffSchema>;
export type StaffMember = StaffList['items'][number];

export { invitedAccountSchema };

/** A company as those see it who may. */
export function companyView(row: CompanyRow, { state, contact }: ReadContact): CompanyView {
  const { tax_number = null, phone = null } = contact ?? {};
  return { ...companyLine(row), contact_state: state, tax_number, phone };
}

export function companyLine(row: CompanyRow): CompanyLine {
  return {
    account_id: row.account_id,
    kind: row.kind,
    status: row.status,
    company_name: row.company_name ?? row.name,
    legal_form: row.legal_form,
    cities: row.cities,
    niches: row.niches,
    grade: row.grade,
    lead_capacity: row.lead_capacity,
    version: row.version,
  };
}
