import { Inject, Injectable } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Database } from '../database/index.ts';
import type { Principal, Scope } from './principal.ts';

interface ClientRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly scopes: Scope[];
}

/** How long a verified key is believed without asking the database again, in milliseconds. */
const BELIEVED_FOR = 5_000;

/** Finds out who sends a request. */
@Injectable()
export class Authenticator {
  private readonly verified = new Map<string, { principal: Principal; until: number }>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** The principal of a bearer credential, or undefined when there is none or it is not valid. */
  async authenticate(headers: IncomingHttpHeaders): Promise<Principal | undefined> {
    const bearer = /^Bearer (\S{1,512})$/i.exec(headers.authorization ?? '')?.[1];
    if (bearer === undefined) return undefined;
    if (this.isOperator(bearer)) return { kind: 'operator', id: 'operator', tenantId: '', role: null, scopes: new Set() };
    const hash = hashCredential(bearer);
    const known = this.verified.get(hash);
    if (known !== undefined && known.until > performance.now()) return known.principal;
    const principal = await this.client(hash);
    if (principal === undefined) this.verified.delete(hash);
    else this.verified.set(hash, { principal, until: performance.now() + BELIEVED_FOR });
    return principal;
  }

  private isOperator(bearer: string): boolean {
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(bearer), digest(this.config.MAK_OPERATOR_KEY));
  }

  private async client(credential: string): Promise<Principal | undefined> {
    const [row] = await this.database.within({ credential }, (transaction) =>
      transaction.query<ClientRow>(
        `SELECT id, tenant_id, scopes FROM api_client
         WHERE secret_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
        [credential],
      ),
    );
    return row === undefined ? undefined : { kind: 'client', id: row.id, tenantId: row.tenant_id, role: null, scopes: new Set(row.scopes) };
  }
}

/** Credentials have 256 random bits, so a plain hash is enough to store them. */
export function hashCredential(credential: string): string {
  return createHash('sha256').update(credential).digest('base64url');
}
