import { z } from 'zod';
import { textField } from '../../platform/validation/index.ts';

/** Roles of outside companies. */
export const COMPANY_KINDS = ['partner', 'franchisee'] as const;
export type CompanyKind = (typeof COMPANY_KINDS)[number];

export const LEGAL_FORMS = ['sole_trader', 'company'] as const;
export type LegalForm = (typeof LEGAL_FORMS)[number];

export const CONTACT_STATES = ['open', 'hidden', 'erased'] as const;

/** A telephone number as people write it, with at least seven digits. */
export const phoneField = z
  .string()
  .trim()
  .regex(/^\+?[\d\s().-]{7,25}$/, 'must be a telephone number, e.g. +380 67 123 45 67')
  .refine((text) => text.replace(/\D/g, '').length >= 7, 'must have at least seven digits');

export const taxNumberField = z
  .string()
  .trim()
  .regex(/^[\dA-Za-z][\dA-Za-z -]{3,18}[\dA-Za-z]$/, 'must be 5 to 20 digits and letters');

/** A city or a niche: a key of the tenant's list, or words where there is no list. */
export const placeField = textField(100);

export const companyFields = {
  company_name: textField(200),
  legal_form: z.enum(LEGAL_FORMS),
  tax_number: taxNumberField,
  phone: phoneField,
} as const;

/** What only the office decides, because it says which lots a company sees. */
export const officeFields = {
  cities: z.array(placeField).max(200).transform(unique),
  niches: z.array(placeField).max(200).transform(unique),
  grade: textField(63).nullable(),
  lead_capacity: z.number().int().min(0).max(1_000_000).nullable(),
} as const;

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
