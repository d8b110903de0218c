import { v7 as uuidv7 } from 'uuid';
import { hashCredential, mintCredential } from '../../platform/auth/index.ts';
import type { Scope } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';

/** Instants are milliseconds. */
export interface ApiClientRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'api_key' | 'oauth';
  readonly scopes: Scope[];
  readonly created_by: string | null;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
}

export interface NewApiClient {
  readonly name: string;
  readonly kind: 'api_key' | 'oauth';
  readonly scopes: readonly Scope[];
  /** Account that made it; null when the operator or another client did. */
  readonly createdBy: string | null;
  readonly expiresAt?: number | null | undefined;
}

const COLUMNS =
  'id, name, kind, scopes, created_by, created_at, last_used_at, expires_at, revoked_at';

/** Adds a client with a new secret of 256 random bits. Only the hash of the secret is stored. */
export async function insertApiClient(
  transaction: Transaction,
  tenantId: string,
  client: NewApiClient,
): Promise<{ row: ApiClientRow; secret: string }> {
  const secret = mintCredential(client.kind);
  const [row] = await transaction.query<ApiClientRow>(
    `INSERT INTO api_client (id, tenant_id, name, kind, secret_hash, scopes, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000)) RETURNING ${COLUMNS}`,
    [
      uuidv7(),
      tenantId,
      client.name,
      client.kind,
      hashCredential(secret),
      client.scopes,
      client.createdBy,
      client.expiresAt ?? null,
    ],
  );
  if (row === undefined) throw new Error('the new client is not visible in its own transaction');
  return { row, secret };
}

/** Newest first, older than the cursor's row. */
export async function listApiClients(
  transaction: Transaction,
  tenantId: string,
  before: readonly [createdAt: number, id: string] | null,
  limit: number,
): Promise<ApiClientRow[]> {
  return transaction.query<ApiClientRow>(
    `SELECT ${COLUMNS} FROM api_client
     WHERE tenant_id = $1 AND ($2::float8 IS NULL OR (created_at, id) < (to_timestamp($2 / 1000), $3::uuid))
     ORDER BY created_at DESC, id DESC LIMIT $4`,
    [tenantId, before?.[0] ?? null, before?.[1] ?? null, limit],
  );
}

/** Revokes it for good; a second time changes nothing. Undefined when there is no such client. */
export async function revokeApiClient(
  transaction: Transaction,
  tenantId: string,
  id: string,
): Promise<ApiClientRow | undefined> {
  const [row] = await transaction.query<ApiClientRow>(
    `UPDATE api_client SET revoked_at = coalesce(revoked_at, now())
     WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [tenantId, id],
  );
  return row;
}
