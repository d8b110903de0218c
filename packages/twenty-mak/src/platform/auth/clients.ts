import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Database } from '../database/index.ts';
import { AccessTokens } from './access-token.ts';
import { hashCredential } from './credentials.ts';
import type { Principal, Scope } from './principal.ts';

/** How long an access token is valid, in seconds. */
export const ACCESS_TOKEN_SECONDS = 900;

interface ClientRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly scopes: Scope[];
  /** Nobody noted its use in the last minute. */
  readonly unnoted: boolean;
  /** The database's clock in milliseconds. */
  readonly now: number;
}

const COLUMNS = `id, tenant_id, scopes, last_used_at IS NULL OR last_used_at < now() - interval '1 minute' AS unnoted,
  (extract(epoch FROM now()) * 1000)::bigint AS now`;
const VALID = 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())';

/** Machines: API keys, OAuth clients and the access tokens they bought. */
@Injectable()
export class ClientCredentials {
  private readonly tokens: AccessTokens;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Database) private readonly database: Database,
  ) {
    this.tokens = new AccessTokens(config.MAK_SECRET_KEY);
  }

  async byApiKey(digest: string): Promise<Principal | undefined> {
    const row = await this.bySecret(digest, 'api_key');
    return row === undefined ? undefined : this.principal(row, row.scopes);
  }

  async byAccessToken(token: string): Promise<Principal | undefined> {
    const claims = this.tokens.read(token);
    if (claims === undefined) return undefined;
    const [row] = await this.database.within({ tenantId: claims.tenant }, (transaction) =>
      transaction.query<ClientRow>(
        `SELECT ${COLUMNS} FROM api_client
         WHERE tenant_id = $1 AND id = $2 AND kind = 'oauth' AND ${VALID}`,
        [claims.tenant, claims.client],
      ),
    );
    if (row === undefined || row.now >= claims.expires_at) return undefined;
    return this.principal(
      row,
      claims.scopes.filter((scope) => row.scopes.includes(scope)),
    );
  }

  /** The OAuth client with this id and secret: what it may ask for, and a way to sell it an access token. */
  async oauthClient(id: string, secret: string): Promise<OauthClient | undefined> {
    const row = await this.bySecret(hashCredential(secret), 'oauth');
    if (row === undefined || row.id !== id) return undefined;
    await this.noteUse(row);
    return {
      scopes: row.scopes,
      sell: (scopes) =>
        this.tokens.write({
          client: row.id,
          tenant: row.tenant_id,
          scopes: [...scopes],
          expires_at: row.now + ACCESS_TOKEN_SECONDS * 1_000,
        }),
    };
  }

  private async bySecret(digest: string, kind: string): Promise<ClientRow | undefined> {
    const [row] = await this.database.within({ credential: digest }, (transaction) =>
      transaction.query<ClientRow>(
        `SELECT ${COLUMNS} FROM api_client WHERE secret_hash = $1 AND kind = $2 AND ${VALID}`,
        [digest, kind],
      ),
    );
    return row;
  }

  private async principal(row: ClientRow, scopes: readonly Scope[]): Promise<Principal> {
    await this.noteUse(row);
    const { id, tenant_id: tenantId } = row;
    return { kind: 'client', id, tenantId, role: null, scopes: new Set(scopes) };
  }

  private async noteUse({ id, tenant_id: tenantId, unnoted }: ClientRow): Promise<void> {
    if (!unnoted) return;
    await this.database.within({ tenantId }, (transaction) =>
      transaction.execute(
        'UPDATE api_client SET last_used_at = now() WHERE tenant_id = $1 AND id = $2',
        [tenantId, id],
      ),
    );
  }
}

export interface OauthClient {
  readonly scopes: readonly Scope[];
  /** An access token for a part of the scopes. */
  sell(scopes: readonly Scope[]): string;
}
