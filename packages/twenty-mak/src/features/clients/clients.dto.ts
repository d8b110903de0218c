import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { SCOPES } from '../../platform/auth/index.ts';
import { instantField, limitField, textField } from '../../platform/validation/index.ts';
import type { ClientRow } from './clients.repository.ts';

export const createClientSchema = z.strictObject({
  name: textField(200),
  kind: z.enum(['api_key', 'oauth']).default('api_key'),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1, 'name at least one scope')
    .transform((scopes) => [...new Set(scopes)].toSorted()),
  expires_at: instantField.nullish(),
});
export type CreateClient = z.output<typeof createClientSchema>;

export const listClientsSchema = z.strictObject({
  limit: limitField,
  cursor: z.string().optional(),
});
export type ListClients = z.output<typeof listClientsSchema>;

const instantText = z.iso.datetime();

export const clientSchema = z.object({
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
export type ClientView = z.output<typeof clientSchema>;

/** The secret is shown this once; only its hash is kept. For `oauth` the client id is `id`. */
export const createdClientSchema = clientSchema.extend({ secret: z.string() });
export type CreatedClientView = z.output<typeof createdClientSchema>;

export const clientPageSchema = z.object({
  items: z.array(clientSchema),
  next: z.string().nullable(),
});

/** A client as the API shows it. */
export function clientView(row: ClientRow): ClientView {
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
