import { Inject, Injectable } from '@nestjs/common';
import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Database } from '../database/index.ts';
import { Bus } from '../outbox/index.ts';
import { Belief } from './belief.ts';
import { hashCredential, PREFIXES } from './credentials.ts';
import type { Principal, Scope } from './principal.ts';

/** Rung with a tenant's id when one of its credentials was taken back or changed. */
const CREDENTIALS_CHANNEL = 'mak:credentials';

const OPERATOR: Principal = {
  kind: 'operator',
  id: 'operator',
  tenantId: '',
  role: null,
  scopes: new Set(),
};

interface ClientRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly scopes: Scope[];
  readonly stale: boolean;
}

/** Finds out who sends a request. */
@Injectable()
export class Authenticator {
  private readonly belief = new Belief();
  private readonly operatorDigest: Buffer;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Database) private readonly database: Database,
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
      return this.belief.of(digest, () => this.apiKey(digest));
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

  private async apiKey(digest: string): Promise<Principal | undefined> {
    const [row] = await this.database.within({ credential: digest }, (transaction) =>
      transaction.query<ClientRow>(
        `SELECT id, tenant_id, scopes, last_used_at IS NULL OR last_used_at < now() - interval '1 minute' AS stale
         FROM api_client
         WHERE secret_hash = $1 AND kind = 'api_key' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
        [digest],
      ),
    );
    if (row === undefined) return undefined;
    if (row.stale) await this.markUsed(row.tenant_id, row.id);
    return {
      kind: 'client',
      id: row.id,
      tenantId: row.tenant_id,
      role: null,
      scopes: new Set(row.scopes),
    };
  }

  private async markUsed(tenantId: string, id: string): Promise<void> {
    await this.database.within({ tenantId }, (transaction) =>
      transaction.execute(
        'UPDATE api_client SET last_used_at = now() WHERE tenant_id = $1 AND id = $2',
        [tenantId, id],
      ),
    );
  }
}
