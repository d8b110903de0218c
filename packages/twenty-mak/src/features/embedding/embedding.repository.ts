import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../../platform/database/index.ts';

/** How long a one-time code may be exchanged, in seconds: as long as a page takes to load. */
export const CODE_SECONDS = 30;
/** How long an embedded session lasts: a working day. It does not grow with use. */
const SESSION_LIFE = '8 hours';

/** Keeps a new code, and forgets what has expired in this tenant. Tells when it expires, in milliseconds. */
export async function insertCode(
  transaction: Transaction,
  tenantId: string,
  accountId: string,
  hash: string,
): Promise<number> {
  for (const table of ['embed_code', 'embed_session']) {
    await transaction.execute(`DELETE FROM ${table} WHERE tenant_id = $1 AND expires_at < now()`, [
      tenantId,
    ]);
  }
  const [row] = await transaction.query<{ expires_at: number }>(
    `INSERT INTO embed_code (id, tenant_id, account_id, code_hash, expires_at)
     VALUES ($1, $2, $3, $4, now() + interval '${CODE_SECONDS} seconds') RETURNING expires_at`,
    [uuidv7(), tenantId, accountId, hash],
  );
  if (row === undefined) throw new Error('the code was not kept');
  return row.expires_at;
}

/** The tenant of a code. The transaction must run under the hash as its credential. */
export async function tenantOfCode(
  transaction: Transaction,
  hash: string,
): Promise<string | undefined> {
  const [row] = await transaction.query<{ tenant_id: string }>(
    'SELECT tenant_id FROM embed_code WHERE code_hash = $1',
    [hash],
  );
  return row?.tenant_id;
}

/** Uses a code up. Of two that try at once one gets the account, the other nothing. */
export async function useCode(
  transaction: Transaction,
  tenantId: string,
  hash: string,
): Promise<string | undefined> {
  const [row] = await transaction.query<{ account_id: string }>(
    `DELETE FROM embed_code WHERE tenant_id = $1 AND code_hash = $2 AND expires_at > now()
     RETURNING account_id`,
    [tenantId, hash],
  );
  return row?.account_id;
}

export interface EmbedSessionRow {
  readonly id: string;
  /** Milliseconds. */
  readonly created_at: number;
  readonly expires_at: number;
}

/** Begins the session of an active account. Undefined when it is not active any more. */
export async function insertSession(
  transaction: Transaction,
  tenantId: string,
  accountId: string,
  hash: string,
): Promise<EmbedSessionRow | undefined> {
  const [row] = await transaction.query<EmbedSessionRow>(
    `INSERT INTO embed_session (id, tenant_id, account_id, user_id, token_hash, expires_at)
     SELECT $1, tenant_id, id, user_id, $4, now() + interval '${SESSION_LIFE}' FROM account
     WHERE tenant_id = $2 AND id = $3 AND status = 'active'
     RETURNING id, created_at, expires_at`,
    [uuidv7(), tenantId, accountId, hash],
  );
  return row;
}

/** Running sessions of an account, newest first. */
export async function listSessions(
  transaction: Transaction,
  tenantId: string,
  accountId: string,
): Promise<EmbedSessionRow[]> {
  return transaction.query<EmbedSessionRow>(
    `SELECT id, created_at, expires_at FROM embed_session
     WHERE tenant_id = $1 AND account_id = $2 AND expires_at > now() ORDER BY id DESC LIMIT 200`,
    [tenantId, accountId],
  );
}

/** Ends a session of an account. False when there is none with this id. */
export async function deleteSession(
  transaction: Transaction,
  tenantId: string,
  accountId: string,
  id: string,
): Promise<boolean> {
  const deleted = await transaction.execute(
    'DELETE FROM embed_session WHERE tenant_id = $1 AND account_id = $2 AND id = $3',
    [tenantId, accountId, id],
  );
  return deleted > 0;
}
