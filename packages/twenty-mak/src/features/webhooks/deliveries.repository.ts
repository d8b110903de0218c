import type { Transaction } from '../../platform/database/index.ts';

/** A delivery that this worker may send now; nobody else does until the lock ends. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly event_id: string;
  readonly deal_id: string;
  /** The body, to the letter. */
  readonly body: string;
  /** Number of this attempt; also tells a later attempt from this one. */
  readonly attempts: number;
  readonly replayed: boolean;
  /** Of the database, in milliseconds. */
  readonly now: number;
}

export interface Attempt {
  readonly id: string;
  readonly attempts: number;
  readonly status: number | null;
  readonly error: string | null;
}

/** Subscriptions with something to send now. */
export const FIND_WAITING = `
SELECT s.tenant_id AS "tenantId", s.id AS "subscriptionId"
FROM webhook_subscription s
CROSS JOIN LATERAL (
  SELECT FROM webhook_delivery d
  WHERE d.subscription_id = s.id AND d.status = 'pending' AND d.next_attempt_at <= now()
    AND (d.locked_until IS NULL OR d.locked_until <= now())
  ORDER BY d.next_attempt_at LIMIT 1
) AS waiting
WHERE s.status = 'active'`;

/**
 * Takes up to `limit` deliveries whose time has come, each the first of its deal; what was replayed by hand passes
 * outside that order. Locks them for `lease` milliseconds.
 */
export async function claimDeliveries(
  transaction: Transaction,
  subscriptionId: string,
  limit: number,
  lease: number,
): Promise<ClaimedDelivery[]> {
  return transaction.query<ClaimedDelivery>(
    `WITH due AS (
       SELECT d.id FROM webhook_delivery d
       WHERE d.subscription_id = $1 AND d.status = 'pending' AND d.next_attempt_at <= now()
         AND (d.locked_until IS NULL OR d.locked_until <= now())
         AND (d.replayed OR NOT EXISTS (
           SELECT FROM webhook_delivery e
           WHERE e.subscription_id = d.subscription_id AND e.deal_id = d.deal_id AND e.status = 'pending'
             AND NOT e.replayed AND (e.tx, e.position) < (d.tx, d.position)))
       ORDER BY d.next_attempt_at LIMIT $2
       FOR UPDATE SKIP LOCKED
     )
     UPDATE webhook_delivery d
     SET locked_until = now() + $3 * interval '1 millisecond', attempts = d.attempts + 1
     FROM due WHERE d.id = due.id
     RETURNING d.id, d.event_id, d.deal_id, d.payload::text AS body, d.attempts, d.replayed, now() AS now`,
    [subscriptionId, limit, lease],
  );
}

/** False when this attempt is no longer the last one: the lock had ended and another worker took over. */
export async function markDelivered(
  transaction: Transaction,
  { id, attempts, status }: Attempt,
): Promise<boolean> {
  const changed = await transaction.execute(
    `UPDATE webhook_delivery
     SET status = 'delivered', delivered_at = now(), locked_until = NULL, last_status = $3, last_error = NULL
     WHERE id = $1 AND attempts = $2 AND status = 'pending'`,
    [id, attempts, status],
  );
  return changed > 0;
}

/** Notes a failure: the next attempt after `pause` milliseconds, or a dead letter when `pause` is null. */
export async function markFailed(
  transaction: Transaction,
  { id, attempts, status, error }: Attempt,
  pause: number | null,
): Promise<boolean> {
  const [failed] = await transaction.query<{
    subscription_id: string;
    deal_id: string;
    next_attempt_at: number;
    replayed: boolean;
  }>(
    `UPDATE webhook_delivery
     SET status = CASE WHEN $5::float8 IS NULL THEN 'dead' ELSE 'pending' END, locked_until = NULL,
       next_attempt_at = now() + coalesce($5, 0) * interval '1 millisecond', last_status = $3, last_error = $4
     WHERE id = $1 AND attempts = $2 AND status = 'pending'
     RETURNING subscription_id, deal_id, next_attempt_at, replayed`,
    [id, attempts, status, error, pause],
  );
  if (failed === undefined) return false;
  if (pause === null || failed.replayed) return true;
  // Later events of the deal wait as long; so a look for work does not meet them again and again.
  await transaction.execute(
    `UPDATE webhook_delivery SET next_attempt_at = to_timestamp($3::float8 / 1000)
     WHERE subscription_id = $1 AND deal_id = $2 AND status = 'pending' AND NOT replayed
       AND next_attempt_at < to_timestamp($3::float8 / 1000)`,
    [failed.subscription_id, failed.deal_id, failed.next_attempt_at],
  );
  return true;
}

/** Notes on the subscription since when every attempt has failed. */
export async function noteOutcome(
  transaction: Transaction,
  subscriptionId: string,
  succeeded: boolean,
): Promise<void> {
  await transaction.execute(
    succeeded
      ? 'UPDATE webhook_subscription SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL'
      : 'UPDATE webhook_subscription SET failing_since = now() WHERE id = $1 AND failing_since IS NULL',
    [subscriptionId],
  );
}

/** Switches a subscription off that is gone, or has only failed for `days`. True if this call did it. */
export async function disableFailing(
  transaction: Transaction,
  subscriptionId: string,
  days: number,
  reason: string,
): Promise<boolean> {
  const changed = await transaction.execute(
    `UPDATE webhook_subscription SET status = 'disabled', status_reason = $3, version = version + 1, updated_at = now()
     WHERE id = $1 AND status = 'active' AND failing_since <= now() - $2 * interval '1 day'`,
    [subscriptionId, days, reason],
  );
  return changed > 0;
}
