import { z } from 'zod';

export const tokenRequestSchema = z.object({
  grant_type: z.string(),
  /** Scopes separated by spaces; left out: all scopes of the client. */
  scope: z.string().optional(),
  /** Left out when the client sends HTTP Basic. */
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
});
export type TokenRequest = z.output<typeof tokenRequestSchema>;

export const tokenSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  /** Seconds. */
  expires_in: z.number().int(),
  scope: z.string(),
});
export type Token = z.output<typeof tokenSchema>;

export const oauthErrorSchema = z.object({ error: z.string(), error_description: z.string() });
export type OauthError = z.output<typeof oauthErrorSchema>;
