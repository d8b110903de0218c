import { z } from 'zod';
import { uuidField } from '../../platform/validation/index.ts';

const claimsSchema = z
  .object({
    /** A person's own token says ACCESS, an API key's says API_KEY. */
    type: z.literal('APPLICATION_ACCESS'),
    /** What twenty itself goes by; it is the same as `applicationId`. */
    sub: uuidField,
    applicationId: uuidField,
    workspaceId: uuidField,
    userId: uuidField,
    exp: z.int(),
  })
  .refine(({ sub, applicationId }) => sub === applicationId);

/** What twenty's token for an application says of itself. */
export type AccessClaims = z.output<typeof claimsSchema>;

/** Longer than any token of twenty. */
const MAX_LENGTH = 4_096;
const FORM = /^[\w-]+\.([\w-]+)\.[\w-]+$/;

/**
 * The claims of a token, NOT verified: twenty publishes no keys, so only twenty can tell whether it signed them.
 * Undefined for what is no token of an application that acts for a person.
 */
export function readClaims(token: string): AccessClaims | undefined {
  const payload = token.length > MAX_LENGTH ? undefined : FORM.exec(token)?.[1];
  if (payload === undefined) return undefined;
  return claimsSchema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString())).data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
