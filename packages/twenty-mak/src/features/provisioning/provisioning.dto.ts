import { presets } from 'twenty-mak-domain';
import { z } from 'zod';
import {
  instantField,
  keyField,
  limitField,
  openApiSchema,
} from '../../platform/validation/index.ts';
import { invitedAccountSchema, newAccountSchema } from '../accounts/index.ts';
import { createdApiClientSchema } from '../api-clients/index.ts';
import { tenantSchema, tenantSettings } from '../tenants/index.ts';

export const createTenantSchema = z.strictObject({
  key: keyField,
  ...tenantSettings,
  currency: tenantSettings.currency.default('EUR'),
  time_zone: tenantSettings.time_zone.default('UTC'),
  locale: tenantSettings.locale.default('en'),
  escalation: tenantSettings.escalation.default(true),
  twenty_url: tenantSettings.twenty_url.default(null),
  /** The tenant's present stands still at this instant. */
  clock_frozen_at: instantField.nullish(),
  /** Presets that are published at once; the first one is the default. */
  pipelines: z
    .array(z.enum(Object.keys(presets)))
    .max(10)
    .default([]),
  /** The first admin. Without a password the answer has an invitation to hand over. */
  admin: newAccountSchema.omit({ role: true }).optional(),
  /** Further people. */
  accounts: z.array(newAccountSchema).max(100).default([]),
  /** The demo tenant, whose passwords are known; only in demo mode. */
  demo: z.boolean().default(false),
});
export type CreateTenant = z.output<typeof createTenantSchema>;

export const createdTenantSchema = z.object({
  tenant: tenantSchema,
  api_key: createdApiClientSchema,
  /** The admin first, then `accounts` in their order. */
  accounts: z.array(invitedAccountSchema),
});
export type CreatedTenant = z.output<typeof createdTenantSchema>;

export const clockSchema = z.strictObject({ frozen_at: instantField.nullable() });

export const listTenantsSchema = z.strictObject({
  limit: limitField,
  cursor: z.string().optional(),
});
export type ListTenants = z.output<typeof listTenantsSchema>;

/** Deleting a tenant asks for its name, so that nobody deletes the wrong one. */
export const deleteTenantSchema = z.strictObject({ confirm: z.string() });

export const tenantPageDocument = openApiSchema(
  z.object({ items: z.array(tenantSchema), next: z.string().nullable() }),
  'output',
);
