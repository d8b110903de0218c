import { z } from 'zod';
import { accountSchema } from '../accounts/index.ts';
import { tenantSchema } from '../tenants/index.ts';

export const embedCodeSchema = z.object({
  /** To be handed over in the fragment of the address: `/embed?tenant=<key>#code=…`. */
  code: z.string(),
  expires_at: z.iso.datetime(),
});
export type EmbedCodeView = z.output<typeof embedCodeSchema>;

export const exchangeCodeSchema = z.strictObject({ code: z.string().min(1).max(200) });

export const startedSessionSchema = z.object({
  /** Bearer token, shown this once. */
  token: z.string(),
  expires_at: z.iso.datetime(),
  account: accountSchema,
  tenant: tenantSchema,
});
export type StartedSession = z.output<typeof startedSessionSchema>;

const sessionSchema = z.object({
  id: z.uuid(),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
});
export const sessionListSchema = z.object({ items: z.array(sessionSchema) });
export type SessionList = z.output<typeof sessionListSchema>;
