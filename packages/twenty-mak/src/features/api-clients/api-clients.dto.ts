import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { SCOPES } from '../../platform/auth/index.ts';
import { instantField, limitField, textField } from '../../platform/validation/index.ts';
import type { ApiClientRow } from './api-clients.repository.ts';

export const createApiClientSchema = z.strictObject({
  name: textField(200),
  kind: z.enum(['api_key', 'oauth']).default('api_key'),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1, 'name at least one scope')
    .transform((scopes) => [...new Set(scopes)].toSorted()),
  expires_at: instantField.nullish(),
});
export type CreateApiClient = z.output<typeof createApiClientSchema>;

export const listApiClientsSchema = z.strictObject({
  limit: limitField,
  cursor: z.string().optional(),
});
export type ListApiClients = z.output<typeof listApiClientsSchema>;

const instantText = z.iso.datetime();

export const apiClientSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(['api_key', 'oauth']),
  scopes: z.array(z.enum(SCOPES)),
  created_by: z.uuid().nullable(),
  created_at: instantText,
  last_used_at: instantText.nullable(),
  expires_at: instantText.nullable(),
  revoked_at: instantText.nullable(),
});
export type ApiClientView = z.output<typeof apiClientSchema>;

/** The secret is shown this once; only its hash is kept. For `oauth` the client id is `id`. */
export const createdApiClientSchema = apiClientSchema.extend({ secret: z.string() });
export type CreatedApiClientView = z.output<typeof createdApiClientSchema>;

export const apiClientPageSchema = z.object({
  items: z.array(apiClientSchema),
  next: z.string().nullable(),
});

/** A client as the API shows it. */
export function apiClientView(row: ApiClientRow): ApiClientView {
  return {
    ...row,
    created_at: formatInstant(row.created_at),
    last_used_at: optionalInstant(row.last_used_at),
    expires_at: optionalInstant(row.expires_at),
    revoked_at: optionalInstant(row.revoked_at),
  };
}

function optionalInstant(instant: number | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
