import { Inject, Injectable } from '@nestjs/common';
import { addPayment, movePayment } from 'twenty-mak-domain';
import type { Instant, OrderPayment } from 'twenty-mak-domain';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import {
  accepted,
  forbidden,
  notFound,
  RefusalError,
  staleVersion,
} from '../../platform/errors/index.ts';
import { creationId } from '../../platform/idempotency/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import { instantKey, pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { presentOf } from '../tenants/index.ts';
import { announceOrder } from './order-events.ts';
import { fieldsOf, withSums } from './order-fields.ts';
import type { OrderNews } from './order-events.ts';
import { orderAnswer } from './orders.dto.ts';
import type {
  AddPayment,
  CreateOrder,
  EditOrder,
  ListOrders,
  MoveOrder,
  MovePayment,
} from './orders.dto.ts';
import {
  clientExists,
  findOrder,
  insertOrder,
  listOrders,
  updateOrder,
} from './orders.repository.ts';
import type { OrderFields, OrderRow } from './orders.repository.ts';

interface Change {
  readonly fields: OrderFields;
  readonly news: OrderNews;
}

/** What clients buy. */
@Injectable()
export class OrdersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  /** One page, the newest first. */
  async list(principal: Principal, request: ListOrders): Promise<Page<OrderRow>> {
    const { limit, cursor, ...filter } = request;
    const after = cursor === undefined ? null : readCursor(z.tuple([instantKey, z.uuid()]), cursor);
    const position = after === null ? null : { at: after[0], id: after[1] };
    const rows = await this.database.within(scopeOf(principal), (tx) =>
      listOrders(tx, principal.tenantId, filter, position, limit + 1),
    );
    return pageOf(rows, limit, (row) => [row.ordered_at, row.id]);
  }

  /** Throws `not_found`. */
  async one(principal: Principal, id: string): Promise<OrderRow> {
    const row = await this.database.within(scopeOf(principal), (tx) =>
      findOrder(tx, principal.tenantId, id),
    );
    if (row === undefined) throw notFound('order');
    const { client: _given, ...shown } = row;
    return shown;
  }

  /** Refuses with `number_taken`, `unknown_client`, and as the domain does. */
  async create(principal: Principal, input: CreateOrder): Promise<OrderRow> {
    const { tenantId } = principal;
    refuseOutside(principal);
    const id = creationId();
    const paymentIds = input.payments.map(() => creationId());
    const row = await this.database.within({ tenantId }, async (tx) => {
      const now = await presentOf(tx, tenantId);
      await refuseUnknownClient(tx, tenantId, input.client_id);
      const { client_id: client, ordered_at: orderedAt = now, ...same } = input;
      const payments = input.payments.map((payment, index) =>
        paymentOf(paymentIds[index] ?? creationId(), payment, now),
      );
      const fields = { ...same, client, ordered_at: orderedAt, closed_at: null, payments };
      const made = await insertOrder(tx, tenantId, id, accepted(withSums(fields, now)));
      if (made === undefined) throw numberTaken(input.number);
      announceOrder(tx, tenantId, made, { type: 'order.created' }, now);
      this.feed.changed(tx, tenantId, 'order', [{ id, urgency: 'person', fields: [] }]);
      await Audit.record(tx, principal, 'order.created', 'order', id, { number: made.number });
      return made;
    });
    this.bus.ring(OUTBOX_CHANNEL, tenantId);
    return row;
  }

  /** Nothing happens when the order is so already. Refuses with `stale_version`, `unknown_client`, and as the domain does. */
  async edit(principal: Principal, id: string, edit: EditOrder): Promise<OrderRow> {
    const { version, client_id: client, ...changes } = edit;
    return this.change(principal, id, version, async (tx, before) => {
      if (client !== undefined) await refuseUnknownClient(tx, principal.tenantId, client);
      const given = Object.entries({ ...changes, client }).filter(
        ([, value]) => value !== undefined,
      );
      const after = { ...before, ...(Object.fromEntries(given) as Partial<OrderFields>) };
      const fields = given
        .map(([name]) => name as keyof OrderFields)
        .filter((name) => !isDeepStrictEqual(before[name], after[name]))
        .map((name) => (name === 'client' ? 'client_id' : name));
      return fields.length === 0
        ? null
        : { fields: after, news: { type: 'order.changed', fields } };
    });
  }

  /** Refuses with `stale_version`. */
  async move(principal: Principal, id: string, { version, status }: MoveOrder): Promise<OrderRow> {
    return this.change(principal, id, version, (_tx, before) =>
      before.status === status
        ? null
        : {
            fields: { ...before, status },
            news: { type: 'order.status.changed', from: before.status },
          },
    );
  }

  /** Refuses with `stale_version`, and as the domain does. */
  async addPayment(
    principal: Principal,
    id: string,
    { version, ...sent }: AddPayment,
  ): Promise<OrderRow> {
    const paymentId = creationId();
    return this.change(principal, id, version, (_tx, before, now) => ({
      fields: { ...before, ...accepted(addPayment(before, paymentOf(paymentId, sent, now))) },
      news: { type: 'order.payment.changed', paymentId },
    }));
  }

  /** Refuses with `stale_version`, and as the domain does. */
  async movePayment(
    principal: Principal,
    id: string,
    paymentId: string,
    { version, state }: MovePayment,
  ): Promise<OrderRow> {
    return this.change(principal, id, version, (_tx, before) => {
      const after = accepted(movePayment(before, paymentId, state));
      return isDeepStrictEqual(after.payments, before.payments)
        ? null
        : {
            fields: { ...before, ...after },
            news: { type: 'order.payment.changed', paymentId },
          };
    });
  }

  /** Null changes nothing. */
  private async change(
    principal: Principal,
    id: string,
    version: number,
    decide: (
      tx: Transaction,
      before: OrderFields,
      now: Instant,
    ) => Change | null | Promise<Change | null>,
  ): Promise<OrderRow> {
    const { tenantId } = principal;
    refuseOutside(principal);
    const row = await this.database.within({ tenantId }, async (tx) => {
      const before = await findOrder(tx, tenantId, id, true);
      if (before === undefined) throw notFound('order');
      const { client, ...shown } = before;
      if (before.version !== version) throw staleVersion(orderAnswer(shown), { version });
      const now = await presentOf(tx, tenantId);
      const change = await decide(tx, fieldsOf(shown, client), now);
      if (change === null) return shown;
      const after = await updateOrder(tx, tenantId, id, accepted(withSums(change.fields, now)));
      announceOrder(tx, tenantId, after, change.news, now);
      this.feed.changed(tx, tenantId, 'order', [{ id, urgency: 'person', fields: [] }]);
      await Audit.record(tx, principal, change.news.type, 'order', id, { number: after.number });
      return after;
    });
    this.bus.ring(OUTBOX_CHANNEL, tenantId);
    return row;
  }
}

function paymentOf(
  id: string,
  { at, ...payment }: Omit<AddPayment, 'version'>,
  now: Instant,
): OrderPayment {
  return { id, ...payment, at: at ?? now };
}

/** The catalogue is the head office's; a role of an outside company cannot even be given it. */
function refuseOutside({ restrictedTo }: Principal): void {
  if (restrictedTo !== undefined) throw forbidden('The catalogue belongs to the head office.');
}

async function refuseUnknownClient(tx: Transaction, tenantId: string, key: string): Promise<void> {
  if (await clientExists(tx, tenantId, key)) return;
  throw new RefusalError({
    code: 'unknown_client',
    reason: 'No client is called so. Make the client first.',
    field: 'client_id',
  });
}

function numberTaken(number: string): RefusalError {
  return new RefusalError(
    {
      code: 'number_taken',
      reason: `Another order has the number ${number}. Change that one, or choose another number.`,
      field: 'number',
    },
    409,
  );
}
