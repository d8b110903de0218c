import type { Instant, JsonObject } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { announce } from '../../platform/outbox/index.ts';
import type { OrderRow } from './orders.repository.ts';

/** What has happened with an order; the rest is in the order itself. */
export type OrderNews =
  | { readonly type: 'order.created' }
  | { readonly type: 'order.changed'; readonly fields: readonly string[] }
  | { readonly type: 'order.status.changed'; readonly from: string }
  | { readonly type: 'order.payment.changed'; readonly paymentId: string };

/** Tells the world. Numbers, keys and money, never who somebody is. */
export function announceOrder(
  tx: Transaction,
  tenantId: string,
  row: OrderRow,
  news: OrderNews,
  at: Instant,
): void {
  announce(tx, tenantId, [
    {
      type: news.type,
      subjectId: row.id,
      subjectVersion: row.version,
      occurredAt: at,
      data: { number: row.number, ...dataOf(row, news) },
    },
  ]);
}

function dataOf(row: OrderRow, news: OrderNews): JsonObject {
  switch (news.type) {
    case 'order.created':
      return { status: row.status, total: row.total, currency: row.currency };
    case 'order.changed':
      return { fields: [...news.fields] };
    case 'order.status.changed':
      return { from: news.from, to: row.status };
    case 'order.payment.changed':
      return {
        payment_id: news.paymentId,
        payment_status: row.payment_status,
        paid: row.paid,
        currency: row.currency,
      };
  }
}
