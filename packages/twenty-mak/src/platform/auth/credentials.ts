import { hash, randomBytes } from 'node:crypto';

/** How a bearer credential begins tells what it is; anything else is the token of a person's session. */
export const PREFIXES = { api_key: 'mak_', oauth: 'maks_', access_token: 'makt_' } as const;

/** A new secret of 256 random bits, to be shown once. */
export function mintCredential(kind: 'api_key' | 'oauth'): string {
  return PREFIXES[kind] + randomBytes(32).toString('base64url');
}

/** Credentials have 256 random bits, so a plain hash is enough to store them. */
export function hashCredential(credential: string): string {
  return hash('sha256', credential, 'base64url');
}
