import { Inject, Injectable } from '@nestjs/common';
import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Bus } from '../outbox/index.ts';
import { Belief } from './belief.ts';
import { ClientCredentials } from './clients.ts';
import { hashCredential, PREFIXES } from './credentials.ts';
import type { Principal } from './principal.ts';

/** Rung with a tenant's id when one of its credentials was taken back or changed. */
const CREDENTIALS_CHANNEL = 'mak:credentials';

const OPERATOR: Principal = {
  kind: 'operator',
  id: 'operator',
  tenantId: '',
  role: null,
  scopes: new Set(),
};

/** Finds out who sends a request. */
@Injectable()
export class Authenticator {
  private readonly belief = new Belief();
  private readonly operatorDigest: Buffer;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(ClientCredentials) private readonly clients: ClientCredentials,
    @Inject(Bus) private readonly bus: Bus,
  ) {
    this.operatorDigest = hash('sha256', config.MAK_OPERATOR_KEY, 'buffer');
    this.bus.listen(CREDENTIALS_CHANNEL, (tenantId) => this.belief.forget(tenantId));
  }

  /** The principal of a bearer credential, or undefined when there is none or it is not valid. */
  async authenticate(headers: IncomingHttpHeaders): Promise<Principal | undefined> {
    const bearer = /^Bearer (\S{1,1024})$/i.exec(headers.authorization ?? '')?.[1];
    if (bearer === undefined) return undefined;
    const digest = hashCredential(bearer);
    if (bearer.startsWith(PREFIXES.api_key)) {
      return this.belief.of(digest, () => this.clients.byApiKey(digest));
    }
    if (bearer.startsWith(PREFIXES.access_token)) {
      return this.belief.of(digest, () => this.clients.byAccessToken(bearer));
    }
    return this.isOperator(bearer) ? OPERATOR : undefined;
  }

  /** Every process asks the database again before it believes a credential of this tenant. */
  forget(tenantId: string): void {
    this.belief.forget(tenantId);
    this.bus.ring(CREDENTIALS_CHANNEL, tenantId);
  }

  private isOperator(bearer: string): boolean {
    return timingSafeEqual(hash('sha256', bearer, 'buffer'), this.operatorDigest);
  }
}
