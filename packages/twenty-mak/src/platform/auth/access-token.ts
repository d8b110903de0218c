import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { PREFIXES } from './credentials.ts';
import { SCOPES } from './principal.ts';

const claimsSchema = z.strictObject({
  client: z.uuid(),
  tenant: z.uuid(),
  scopes: z.array(z.enum(SCOPES)),
  /** Milliseconds of the database's clock. */
  expires_at: z.number().int(),
});

/** What an access token says; it is believed only together with the client's row, so that a revoked client is out. */
export type AccessClaims = z.output<typeof claimsSchema>;

/** Signs and reads access tokens. They are no secret store: nothing in them is hidden from their bearer. */
export class AccessTokens {
  private readonly key: KeyObject;

  constructor(secret: string) {
    this.key = createSecretKey(
      Buffer.from(hkdfSync('sha256', secret, '', 'mak/access-tokens/1', 32)),
    );
  }

  write(claims: AccessClaims): string {
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    return `${PREFIXES.access_token}${payload}.${this.sign(payload).toString('base64url')}`;
  }

  /** The claims of a token that we signed, else undefined. Whether it has expired is for the caller to judge. */
  read(token: string): AccessClaims | undefined {
    const [payload = '', signature = '', ...rest] = token
      .slice(PREFIXES.access_token.length)
      .split('.');
    const sent = Buffer.from(signature, 'base64url');
    const expected = this.sign(payload);
    if (rest.length > 0 || sent.length !== expected.length || !timingSafeEqual(sent, expected)) {
      return undefined;
    }
    // One that another version of the server signed may name scopes that are no more.
    return claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString())).data;
  }

  private sign(payload: string): Buffer {
    return createHmac('sha256', this.key).update(payload).digest();
  }
}
