import type { Transaction } from '../database/index.ts';

export interface Claimed {
  readonly tenantId: string;
  readonly principal: string;
  readonly key: string;
  readonly requestHash: string;
}

export interface KnownRequest {
  readonly request_hash: string;
  readonly sealed_answer: Buffer;
}

/** How long a repeat is recognised. */
const KEPT_FOR = '7 days';
/** How long a repeat waits for the first request, in milliseconds. */
const PATIENCE = 5_000;

/**
 * Claims the key for this transaction. Gives the earlier request when there was one. While another transaction holds
 * the key it waits for that one to end; after five seconds PostgreSQL gives up with `55P03`.
 *
 * The claim is an advisory lock and not a row: a row would give the transaction its number before the tenant's turn,
 * and the outbox, which is read by these numbers, would show a later change of a deal before an earlier one.
 */
export async function claim(
  transaction: Transaction,
  { tenantId, principal, key }: Claimed,
): Promise<KnownRequest | undefined> {
  await transaction.query("SELECT set_config('lock_timeout', $1, true)", [`${PATIENCE}ms`]);
  await transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [
    `${tenantId} ${principal} ${key}`,
  ]);
  await transaction.query("SELECT set_config('lock_timeout', '0', true)");
  const [known] = await transaction.query<KnownRequest>(
    `SELECT request_hash, sealed_answer FROM idempotency_key
     WHERE tenant_id = $1 AND principal = $2 AND key = $3`,
    [tenantId, principal, key],
  );
  return known;
}

/** Keeps the answer of a claimed request, and drops those of the tenant that are too old. */
export async function saveAnswer(
  transaction: Transaction,
  { tenantId, principal, key, requestHash }: Claimed,
  sealedAnswer: Buffer,
): Promise<void> {
  await transaction.execute(
    `INSERT INTO idempotency_key (tenant_id, principal, key, request_hash, sealed_answer) VALUES ($1, $2, $3, $4, $5)`,
    [tenantId, principal, key, requestHash, sealedAnswer],
  );
  await transaction.execute(
    `DELETE FROM idempotency_key WHERE tenant_id = $1 AND created_at < now() - interval '${KEPT_FOR}'`,
    [tenantId],
  );
}
