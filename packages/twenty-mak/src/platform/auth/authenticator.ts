import { Inject, Injectable } from '@nestjs/common';
import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { afterCommit } from '../database/index.ts';
import { Bus } from '../outbox/index.ts';
import { Belief } from './belief.ts';
import { ClientCredentials } from './clients.ts';
import { hashCredential, PREFIXES } from './credentials.ts';
import { EmbeddedSessions } from './embedded-sessions.ts';
import { Memberships } from './memberships.ts';
import type { Membership } from './memberships.ts';
import { refuseForeignOrigin } from './origin.ts';
import { People } from './people.ts';
import type { SignedInUser } from './people.ts';
import type { Principal } from './principal.ts';

/** Rung with a tenant's id when one of its credentials or accounts was taken back or changed. */
export const CREDENTIALS_CHANNEL = 'mak:credentials';

const OPERATOR: Principal = {
  kind: 'operator',
  id: 'operator',
  tenantId: '',
  role: null,
  scopes: new Set(),
};

/** The part of a request that says who sends it. */
export interface Credentials {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** Finds out who sends a request. */
@Injectable()
export class Authenticator {
  private readonly belief = new Belief();
  private readonly operatorDigest: Buffer;
  private readonly origin: string;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(ClientCredentials) private readonly clients: ClientCredentials,
    @Inject(People) private readonly people: People,
    @Inject(Memberships) private readonly memberships: Memberships,
    @Inject(EmbeddedSessions) private readonly embedded: EmbeddedSessions,
    @Inject(Bus) private readonly bus: Bus,
  ) {
    this.operatorDigest = hash('sha256', config.MAK_OPERATOR_KEY, 'buffer');
    this.origin = new URL(config.PUBLIC_URL).origin;
    this.bus.listen(CREDENTIALS_CHANNEL, (tenantId) => this.belief.forget(tenantId));
  }

  /**
   * The principal of a request, or undefined when it has no credential or no valid one.
   * Throws 403 `totp_required`, `tenant_needed` or `foreign_origin` for people who are signed in but not let through.
   */
  async authenticate(request: Credentials): Promise<Principal | undefined> {
    const bearer = bearerOf(request);
    if (bearer?.startsWith(PREFIXES.api_key) === true) {
      const digest = hashCredential(bearer);
      return this.belief.of(digest, () => this.clients.byApiKey(digest));
    }
    if (bearer?.startsWith(PREFIXES.access_token) === true) {
      return this.belief.of(hashCredential(bearer), () => this.clients.byAccessToken(bearer));
    }
    if (bearer !== undefined && this.isOperator(bearer)) return OPERATOR;
    const embedded = embeddedHash(request);
    if (embedded !== undefined) {
      const session = await this.embedded.find(embedded);
      return session && { ...session.admit(), embedded: true };
    }
    const user = await this.signedIn(request);
    if (user === undefined) return undefined;
    const tenant = request.headers['x-tenant'];
    return this.memberships.principal(user, typeof tenant === 'string' ? tenant : undefined);
  }

  /** The person behind any session, with the tenants that it opens. Throws 403 `foreign_origin`. */
  async whoIs(
    request: Credentials,
  ): Promise<{ user: SignedInUser; tenants: Membership[] } | undefined> {
    const embedded = embeddedHash(request);
    if (embedded !== undefined) {
      const session = await this.embedded.find(embedded);
      return session && { user: session.user, tenants: [session.membership] };
    }
    const user = await this.signedIn(request);
    return user && { user, tenants: await this.memberships.of(user) };
  }

  /** Ends the embedded session that sends this request. False when it is sent by none. */
  async endEmbedded(request: Credentials): Promise<boolean> {
    const hash = embeddedHash(request);
    if (hash === undefined) return false;
    const tenantId = await this.embedded.end(hash);
    if (tenantId !== undefined) this.forget(tenantId);
    return true;
  }

  /**
   * The person behind a session token or cookie, in whatever tenant; not one on an embedded page, whose session is for
   * one tenant only. Throws 403 `foreign_origin`.
   */
  async signedIn(request: Credentials): Promise<SignedInUser | undefined> {
    const { authorization, cookie, origin } = request.headers;
    if (authorization === undefined && cookie === undefined) return undefined;
    if (authorization === undefined) refuseForeignOrigin(request, this.origin);
    const headers = new Headers();
    if (authorization !== undefined) headers.set('authorization', authorization);
    else if (cookie !== undefined) headers.set('cookie', cookie);
    if (origin !== undefined) headers.set('origin', origin);
    return this.people.signedIn(headers);
  }

  /** Signing in and all around it is for our own pages and for programs. Throws 403 `foreign_origin`. */
  refuseForeignPages(request: Credentials): void {
    const { authorization, cookie, origin } = request.headers;
    const isProgram = cookie === undefined && origin === undefined;
    if (authorization === undefined && !isProgram) refuseForeignOrigin(request, this.origin);
  }

  /** Every process asks the database again before it believes a credential of this tenant. */
  forget(tenantId: string): void {
    afterCommit(() => this.belief.forget(tenantId));
    this.bus.ring(CREDENTIALS_CHANNEL, tenantId);
  }

  private isOperator(bearer: string): boolean {
    return timingSafeEqual(hash('sha256', bearer, 'buffer'), this.operatorDigest);
  }
}

function bearerOf({ headers }: Credentials): string | undefined {
  return /^Bearer (\S{1,1024})$/i.exec(headers.authorization ?? '')?.[1];
}

function embeddedHash(request: Credentials): string | undefined {
  const bearer = bearerOf(request);
  return bearer?.startsWith(PREFIXES.embedded) === true ? hashCredential(bearer) : undefined;
}
