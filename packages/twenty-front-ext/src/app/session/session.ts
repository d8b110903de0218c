/**
 * The token of an embedded page; it lives in this page's memory only. A new one takes the place of the old one, so that
 * the page goes on with everything in it.
 */
export class BearerCredential {
  readonly kind = 'bearer';
  #token: string;

  constructor(token = '') {
    this.#token = token;
  }

  get token(): string {
    return this.#token;
  }

  renew(token: string): void {
    this.#token = token;
  }
}

/** How requests prove who sends them: the browser's cookie, or a token. */
export type Credential = { readonly kind: 'cookie' } | BearerCredential;

export const COOKIE: Credential = { kind: 'cookie' };

export type Role = 'admin' | 'employee' | 'partner' | 'franchisee' | 'guest';

/** An account of the person in one tenant. */
export interface Membership {
  readonly account_id: string;
  readonly tenant_id: string;
  readonly tenant: string;
  readonly tenant_name: string;
  readonly role: Role;
  /** The language that the person has chosen for this account. */
  readonly locale: string;
  /** The tenant asks for a second factor which the person has not set up. */
  readonly totp_required: boolean;
}

/** Answer of `GET /v1/me`. */
export interface SignedIn {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly totp: boolean;
  readonly tenants: readonly Membership[];
}

export interface Session {
  readonly credential: Credential;
  readonly user: SignedIn;
  readonly membership: Membership;
}

/** Headers of every request of a session; `tenant` is the key of the tenant. */
export function headersOf(credential: Credential, tenant: string | null): Record<string, string> {
  return {
    ...(credential.kind === 'bearer' ? { authorization: `Bearer ${credential.token}` } : {}),
    ...(tenant === null ? {} : { 'x-tenant': tenant }),
  };
}
