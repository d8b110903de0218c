import { hash, randomBytes } from 'node:crypto';

/** How a bearer credential begins tells what it is; anything else is the token of a person's session. */
export const PREFIXES = {
  api_key: 'mak_',
  oauth: 'maks_',
  access_token: 'makt_',
  embedded: 'makp_',
} as const;

/** 256 random bits as text. */
export function mintSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A new credential, to be shown once. */
export function mintCredential(kind: 'api_key' | 'oauth' | 'embedded'): string {
  return PREFIXES[kind] + mintSecret();
}

/** Credentials have 256 random bits, so a plain hash is enough to store them. */
export function hashCredential(credential: string): string {
  return hash('sha256', credential, 'base64url');
}
