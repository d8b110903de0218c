import type { Transaction } from '../../platform/database/index.ts';

export const WEBHOOK_STATUSES = ['active', 'paused', 'disabled'] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** Instants are milliseconds. */
export interface WebhookRow {
  readonly id: string;
  readonly url: string;
  /** Empty: all types. */
  readonly types: readonly string[];
  readonly status: WebhookStatus;
  readonly status_reason: string | null;
  readonly failing_since: number | null;
  readonly description: string | null;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface NewWebhook {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly description: string | null;
  readonly sealedSecret: Buffer;
}

export interface WebhookChange {
  readonly url?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly description?: string | null | undefined;
  readonly status?: WebhookStatus | undefined;
}

const COLUMNS = `id, url, types, status, status_reason, failing_since, description, version, created_at, updated_at`;

export async function insertWebhook(
  transaction: Transaction,
  tenantId: string,
  webhook: NewWebhook,
): Promise<WebhookRow> {
  const [row] = await transaction.query<WebhookRow>(
    `INSERT INTO webhook_subscription (id, tenant_id, url, types, description, secret)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
    [webhook.id, tenantId, webhook.url, webhook.types, webhook.description, webhook.sealedSecret],
  );
  if (row === undefined) throw new Error('the new webhook is not visible in its own transaction');
  return row;
}

/** Oldest first; a tenant has few. */
export async function listWebhooks(
  transaction: Transaction,
  tenantId: string,
): Promise<WebhookRow[]> {
  return transaction.query<WebhookRow>(
    `SELECT ${COLUMNS} FROM webhook_subscription WHERE tenant_id = $1 ORDER BY id`,
    [tenantId],
  );
}

/** Locks it until the transaction ends. */
export async function findWebhook(
  transaction: Transaction,
  tenantId: string,
  id: string,
): Promise<WebhookRow | undefined> {
  const [row] = await transaction.query<WebhookRow>(
    `SELECT ${COLUMNS} FROM webhook_subscription WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
    [tenantId, id],
  );
  return row;
}

/** Becoming active again forgets the failures. */
export async function updateWebhook(
  transaction: Transaction,
  tenantId: string,
  id: string,
  { url, types, description, status }: WebhookChange,
): Promise<WebhookRow | undefined> {
  const [row] = await transaction.query<WebhookRow>(
    `UPDATE webhook_subscription SET url = coalesce($3, url), types = coalesce($4, types),
       description = CASE WHEN $5 THEN $6 ELSE description END, status = coalesce($7, status),
       status_reason = CASE WHEN $7::text IS NULL THEN status_reason END,
       failing_since = CASE WHEN $7 = 'active' THEN NULL ELSE failing_since END,
       version = version + 1, updated_at = now()
     WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [
      tenantId,
      id,
      url ?? null,
      types ?? null,
      description !== undefined,
      description ?? null,
      status ?? null,
    ],
  );
  return row;
}

/** The secret so far signs as well for `hours`, so that the receiver can change over in peace. */
export async function replaceSecret(
  transaction: Transaction,
  tenantId: string,
  id: string,
  sealedSecret: Buffer,
  hours: number,
): Promise<WebhookRow | undefined> {
  const [row] = await transaction.query<WebhookRow>(
    `UPDATE webhook_subscription SET previous_secret = secret, previous_secret_until = now() + $4 * interval '1 hour',
       secret = $3, version = version + 1, updated_at = now()
     WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [tenantId, id, sealedSecret, hours],
  );
  return row;
}

/** With everything that waits for it. */
export async function deleteWebhook(
  transaction: Transaction,
  tenantId: string,
  id: string,
): Promise<boolean> {
  const deleted = await transaction.execute(
    'DELETE FROM webhook_subscription WHERE tenant_id = $1 AND id = $2',
    [tenantId, id],
  );
  return deleted > 0;
}

/** Where an active subscription is reached and the sealed secrets that sign now, the newest first. */
export async function signingSecrets(
  transaction: Transaction,
  tenantId: string,
  id: string,
): Promise<{ url: string; secrets: Buffer[] } | undefined> {
  const [row] = await transaction.query<{ url: string; secret: Buffer; previous: Buffer | null }>(
    `SELECT url, secret, CASE WHEN previous_secret_until > now() THEN previous_secret END AS previous
     FROM webhook_subscription WHERE tenant_id = $1 AND id = $2 AND status = 'active'`,
    [tenantId, id],
  );
  if (row === undefined) return undefined;
  return {
    url: row.url,
    secrets: row.previous === null ? [row.secret] : [row.secret, row.previous],
  };
}
