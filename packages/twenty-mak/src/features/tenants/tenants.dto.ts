import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import {
  currencyField,
  keyField,
  localeField,
  originField,
  textField,
  timeZoneField,
} from '../../platform/validation/index.ts';
import type { TenantRow } from './tenants.repository.ts';

/** What a tenant says about itself; the same members in creating and editing. */
export const tenantSettings = {
  name: textField(200),
  currency: currencyField,
  time_zone: timeZoneField,
  locale: localeField,
  escalation: z.boolean(),
  twenty_url: originField.nullable(),
} as const;

/** Set by admins once the tenant is there. */
const laterSettings = {
  languages: z
    .array(localeField)
    .min(1)
    .transform((languages) => [...new Set(languages)].toSorted())
    .describe('Languages to choose from; `locale` is the one people begin with.'),
  working_calendar: z
    .strictObject({ name: keyField, calendar: z.record(z.string(), z.unknown()) })
    .nullable()
    .describe('A calendar as in pipeline definitions, with its key.'),
  registration_open: z
    .boolean()
    .describe('Whether partners and franchisees may apply on the page of registration.'),
  privacy_url: z
    .url({ protocol: /^https?$/, error: 'must be the address of a page, e.g. https://…' })
    .max(500)
    .nullable()
    .describe('What applicants agree to when they agree to the processing of their data.'),
  company_totp: z
    .boolean()
    .describe('Whether partners and franchisees need a second factor, as admins do.'),
} as const;

export const editTenantSchema = z.strictObject({
  version: z.number().int().min(1),
  ...z.object({ ...tenantSettings, ...laterSettings }).partial().shape,
});
export type EditTenant = z.output<typeof editTenantSchema>;

export const tenantSchema = z.object({
  id: z.uuid(),
  key: z.string(),
  ...tenantSettings,
  ...laterSettings,
  clock_frozen_at: z.iso.datetime().nullable(),
  demo: z.boolean(),
  version: z.number().int(),
  created_at: z.iso.datetime(),
});
export type TenantView = z.output<typeof tenantSchema>;

/** A tenant as the API shows it. */
export function tenantView(row: TenantRow): TenantView {
  return {
    ...row,
    clock_frozen_at: row.clock_frozen_at === null ? null : formatInstant(row.clock_frozen_at),
    created_at: formatInstant(row.created_at),
  };
}
