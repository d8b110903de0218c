import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import {
  dropDelivery,
  findDelivery,
  insertTest,
  listDeliveries,
  replayAll,
  replayDelivery,
} from './dead-letters.repository.ts';
import { deliveryView, deliveryWithPayload } from './webhooks.dto.ts';
import type { DeliveryView, DeliveryWithPayload, ListDeliveries } from './webhooks.dto.ts';
import { webhookDelivery } from './webhooks.jobs.ts';
import { findWebhook } from './webhooks.repository.ts';

const cursorKeys = z.tuple([z.uuid()]);

/** What was, is and could not be delivered to a subscription. */
@Injectable()
export class DeliveriesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobBell) private readonly bell: JobBell,
  ) {}

  /** Newest first. */
  async list(
    principal: Principal,
    webhookId: string,
    query: ListDeliveries,
  ): Promise<Page<DeliveryView>> {
    const { limit, cursor, status } = query;
    const before = cursor === undefined ? null : readCursor(cursorKeys, cursor)[0];
    const rows = await this.within(principal, async (transaction) => {
      await mustExist(transaction, principal, webhookId);
      return listDeliveries(transaction, principal.tenantId, webhookId, status, before, limit + 1);
    });
    const page = pageOf(rows, limit, ({ id }) => [id]);
    return { items: page.items.map(deliveryView), next: page.next };
  }

  async read(principal: Principal, id: string): Promise<DeliveryWithPayload> {
    const row = await this.within(principal, (transaction) =>
      findDelivery(transaction, principal.tenantId, id),
    );
    if (row === undefined) throw notFound('delivery');
    return deliveryWithPayload(row);
  }

  /** Sends a dead letter again. 409 `not_dead` for other deliveries. */
  async replay(principal: Principal, id: string): Promise<DeliveryView> {
    const row = await this.within(principal, async (transaction) => {
      const replayed = await replayDelivery(transaction, principal.tenantId, id);
      if (replayed === undefined) throw await notDead(transaction, principal, id);
      await Audit.record(transaction, principal, 'webhook.replayed', 'webhook_delivery', id);
      return replayed;
    });
    this.ring(principal, row.subscription_id);
    return deliveryView(row);
  }

  /** Sends all dead letters of a subscription again and gives their number. */
  async replayAll(principal: Principal, webhookId: string): Promise<number> {
    const replayed = await this.within(principal, async (transaction) => {
      await mustExist(transaction, principal, webhookId);
      const count = await replayAll(transaction, principal.tenantId, webhookId);
      await Audit.record(transaction, principal, 'webhook.replayed', 'webhook', webhookId, {
        count,
      });
      return count;
    });
    this.ring(principal, webhookId);
    return replayed;
  }

  /** Deletes a dead letter for good. 409 `not_dead` for other deliveries. */
  async drop(principal: Principal, id: string): Promise<void> {
    await this.within(principal, async (transaction) => {
      if (!(await dropDelivery(transaction, principal.tenantId, id))) {
        throw await notDead(transaction, principal, id);
      }
      await Audit.record(transaction, principal, 'webhook.dropped', 'webhook_delivery', id);
    });
  }

  /** Sends a message of type `webhook.test`; how it went is seen in the delivery. */
  async sendTest(principal: Principal, webhookId: string): Promise<DeliveryView> {
    const row = await this.within(principal, async (transaction) => {
      const status = await mustExist(transaction, principal, webhookId);
      if (status !== 'active') {
        throw new RefusalError(
          { code: 'not_active', reason: `This webhook is ${status}. Resume it first.` },
          409,
        );
      }
      return insertTest(transaction, principal.tenantId, webhookId);
    });
    this.ring(principal, webhookId);
    return deliveryView(row);
  }

  private ring({ tenantId }: Principal, subscriptionId: string): void {
    this.bell.ring(webhookDelivery, { tenantId, subscriptionId });
  }

  private within<T>(
    { tenantId }: Principal,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    return this.database.within({ tenantId }, work);
  }
}

async function mustExist(
  transaction: Transaction,
  { tenantId }: Principal,
  id: string,
): Promise<string> {
  const webhook = await findWebhook(transaction, tenantId, id);
  if (webhook === undefined) throw notFound('webhook');
  return webhook.status;
}

async function notDead(
  transaction: Transaction,
  { tenantId }: Principal,
  id: string,
): Promise<RefusalError> {
  const delivery = await findDelivery(transaction, tenantId, id);
  if (delivery === undefined) return notFound('delivery');
  return new RefusalError(
    {
      code: 'not_dead',
      reason: `This delivery is ${delivery.status}; only dead letters can be replayed or dropped.`,
    },
    409,
  );
}
