import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { ConsumesOutbox, envelopeOf } from '../../platform/outbox/index.ts';
import type { OutboxConsumer, OutboxRow } from '../../platform/outbox/index.ts';
import { webhookDelivery } from './webhooks.jobs.ts';

interface Listener {
  readonly id: string;
  readonly types: readonly string[];
}

/** Makes a delivery of every event for every subscription that wants it; the cursor moves with the rows. */
@Injectable()
@ConsumesOutbox({ consumer: 'webhooks' })
export class WebhookFanout implements OutboxConsumer {
  constructor(@Inject(JobBell) private readonly bell: JobBell) {}

  async wants(transaction: Transaction, tenantId: string): Promise<boolean> {
    return (await listeners(transaction, tenantId)).length > 0;
  }

  async consume(
    transaction: Transaction,
    tenantId: string,
    rows: readonly OutboxRow[],
  ): Promise<() => void> {
    const wanted = (await listeners(transaction, tenantId)).flatMap((listener) =>
      rows
        .filter((row) => wants(listener, row))
        .map((row) => ({ subscriptionId: listener.id, row })),
    );
    await insertDeliveries(transaction, tenantId, wanted);
    const called = new Set(wanted.map(({ subscriptionId }) => subscriptionId));
    return () =>
      called.forEach((subscriptionId) =>
        this.bell.ring(webhookDelivery, { tenantId, subscriptionId }),
      );
  }
}

/** A paused subscription collects; a disabled one does not, nobody knows whether it ever comes back. */
async function listeners(transaction: Transaction, tenantId: string): Promise<Listener[]> {
  return transaction.query<Listener>(
    "SELECT id, types FROM webhook_subscription WHERE tenant_id = $1 AND status <> 'disabled'",
    [tenantId],
    'webhook_subscription.listening',
  );
}

function wants({ types }: Listener, { type }: OutboxRow): boolean {
  return types.length === 0 || types.includes(type);
}

/**
 * A subscription gets no event that was there when it was made. An event of a deal whose earlier event waits for its
 * next attempt waits as long.
 */
async function insertDeliveries(
  transaction: Transaction,
  tenantId: string,
  wanted: readonly { readonly subscriptionId: string; readonly row: OutboxRow }[],
): Promise<void> {
  if (wanted.length === 0) return;
  await transaction.execute(
    `INSERT INTO webhook_delivery (tenant_id, id, subscription_id, tx, position, deal_id, event_id, type, payload, next_attempt_at)
     SELECT $1, wanted.*, coalesce((
       SELECT max(w.next_attempt_at) FROM webhook_delivery w
       WHERE w.subscription_id = wanted.subscription_id AND w.deal_id = wanted.deal_id
         AND w.status = 'pending' AND NOT w.replayed), now())
     FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::uuid[], $7::uuid[], $8::text[], $9::json[])
       AS wanted (id, subscription_id, tx, position, deal_id, event_id, type, payload)
     JOIN webhook_subscription s ON s.id = wanted.subscription_id AND s.tenant_id = $1
       AND NOT pg_visible_in_snapshot(wanted.tx::text::xid8, s.since::pg_snapshot)
     ON CONFLICT (subscription_id, event_id) DO NOTHING`,
    [
      tenantId,
      plainArray(wanted.map(() => uuidv7())),
      plainArray(wanted.map(({ subscriptionId }) => subscriptionId)),
      plainArray(wanted.map(({ row }) => row.tx)),
      plainArray(wanted.map(({ row }) => row.position)),
      plainArray(wanted.map(({ row }) => row.deal_id)),
      plainArray(wanted.map(({ row }) => row.event_id)),
      textArray(wanted.map(({ row }) => row.type)),
      textArray(wanted.map(({ row }) => JSON.stringify(envelopeOf(tenantId, row)))),
    ],
  );
}
