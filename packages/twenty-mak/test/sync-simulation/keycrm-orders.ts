import { formatInstant, ORDER_STATUSES, paymentSums } from 'twenty-mak-domain';
import type { Json, Values } from 'twenty-mak-domain';
import { statusThere } from '../../src/connectors/keycrm/account.ts';
import { orderSchema } from '../../src/connectors/keycrm/answers.ts';
import type { KeyCrmOrder } from '../../src/connectors/keycrm/answers.ts';
import { OrderRecords } from '../../src/connectors/keycrm/order-records.ts';
import {
  linesSchema,
  makIdOf,
  PAYMENT_STATES,
  paymentsSchema,
  storedOrderValues,
  valuesOfOrder,
  versionOfOrder,
} from '../../src/connectors/keycrm/order-values.ts';
import { amountText } from '../../src/connectors/keycrm/values.ts';
import type { RemoteRecord } from '../../src/connectors/sync/ports.ts';
import type { Random } from '../../src/simulator/random.ts';
import { idHere, idThere, underIdsHere } from './keycrm-ids.ts';
import { CURRENCY, KeyCrmSide, sourceOf } from './keycrm-side.ts';
import type { Opened, Records } from './keycrm-side.ts';
import { TOO_LONG } from './sides.ts';
import type { Profile } from './world.ts';

/** Who buys, here and there. */
const CONTACT = 'contact-1';
const BUYER = { name: 'Anna Koval', email: 'anna@example.test', phone: '+380671112233' };
const ORDERED_AT = formatInstant(Date.UTC(2026, 0, 5, 9));
const PARTS = new Set(['buyer', 'products', 'payments', 'shipping']);
const EDITED = ['status', 'comment', 'lines', 'discount', 'shipping_price', 'payments'];

const PROFILE: Profile = {
  key: 'keycrm',
  entity: {
    name: 'order',
    batch: 3,
    createsInMak: true,
    asStored: storedOrderValues,
    matrix: ['currency', 'ordered_at', 'buyer', 'tracking_code', ...EDITED].map((field) => ({
      field,
      direction: 'both',
      priority: 'newest',
      critical: false,
    })),
  },
  // A tracking code goes there once; there, people give an order another one.
  people: { mak: EDITED, remote: [...EDITED, 'tracking_code'] },
  fresh: (edit, random) => ({
    currency: CURRENCY,
    buyer: CONTACT,
    ordered_at: ORDERED_AT,
    status: random.pick(ORDER_STATUSES),
    comment: random.pick([null, `c${edit}`]),
    lines: linesAfter(edit),
    discount: 10 * edit,
    shipping_price: 20 * edit,
    payments: paymentsAfter(edit, random),
    tracking_code: random.pick([null, `T${edit}`]),
  }),
  typed: (field, edit, random) => {
    if (field === 'lines') return linesAfter(edit);
    if (field === 'payments') return paymentsAfter(edit, random);
    if (field === 'comment' && random.chance(0.1)) return `c${edit} ${TOO_LONG}`;
    if (field === 'tracking_code') return `T${edit}`;
    return field === 'discount' || field === 'shipping_price' ? 10 * edit : undefined;
  },
  statuses: () => ORDER_STATUSES,
  isForeign: () => false,
  statusOf: () => null,
  stageAfter: () => null,
};

/** Orders with their lines, sums, payments, parcels and statuses. */
export class KeyCrmOrdersSide extends KeyCrmSide {
  readonly profile = PROFILE;

  protected open({ api, account }: Opened): Records {
    const buyers = async (_entity: string, ids: readonly string[]) =>
      new Map(ids.map((id) => [id, CONTACT]));
    const records = new OrderRecords(
      api,
      account,
      { tenantId: 'x', localIds: buyers, bring: () => Promise.resolve() },
      sourceOf((id) => (id === CONTACT ? BUYER : { number: id })),
    );
    return {
      ...underIdsHere(records),
      between: (change, before) => records.between(change, before),
    };
  }

  get rows(): ReadonlyMap<string, RemoteRecord> {
    const { orders } = this.simulator.account;
    const shown = orders.rows.all.map((row) => orderSchema.parse(orders.view.show(row, PARTS)));
    return new Map(shown.map((order) => [order.id, this.recordOf(order)]));
  }

  protected editByHand(remoteId: string, values: Values): void {
    for (const [field, value] of Object.entries(values)) this.editField(remoteId, field, value);
  }

  protected makeByHand(values: Values, localId: string | undefined): string {
    const { orders } = this.simulator.account;
    const { full_name, ...address } = { full_name: BUYER.name, email: BUYER.email };
    orders.create({
      source_id: Number(this.account.sourceId),
      ...(localId === undefined ? {} : { source_uuid: idThere(localId) }),
      ordered_at: ORDERED_AT.slice(0, 19).replace('T', ' '),
      buyer: { full_name, ...address },
      products: linesSchema.parse(values['lines']).map((line) => ({
        ...line,
        price: amountText(line.price, CURRENCY),
      })),
    });
    const id = String(orders.rows.all.at(-1)?.id);
    for (const field of [...EDITED, 'tracking_code'])
      if (field !== 'lines') this.editField(id, field, values[field] ?? null);
    return id;
  }

  protected releaseByHand(remoteId: string): void {
    const { rows } = this.simulator.account.orders;
    rows.put({ ...rows.get(remoteId), source_uuid: null, updated_at: this.now() });
  }

  private editField(id: string, field: string, value: Json): void {
    const { orders } = this.simulator.account;
    const row = orders.rows.get(id);
    if (field === 'comment') orders.edit(id, { buyer_comment: value });
    if (field === 'status')
      orders.edit(id, { status_id: Number(statusThere(this.account, String(value))) });
    if (field === 'discount')
      orders.edit(id, { discount_amount: amountText(Number(value), CURRENCY) });
    if (field === 'shipping_price')
      orders.edit(id, { shipping_price: amountText(Number(value), CURRENCY) });
    if (field === 'tracking_code') {
      const shipping = { ...row.shipping, tracking_code: value };
      orders.rows.put({ ...row, shipping, updated_at: this.now() });
    }
    if (field === 'lines') {
      const [line] = linesSchema.parse(value);
      const price = amountText(line?.price ?? 0, CURRENCY);
      orders.edit(id, {
        products: [{ id: row.products[0]?.id, quantity: line?.quantity, price }],
      });
    }
    if (field === 'payments') this.payByHand(id, value);
  }

  /** All others are cancelled. */
  private payByHand(id: string, value: Json): void {
    const { orders } = this.simulator.account;
    for (const payment of orders.rows.get(id).payments)
      if (payment.status !== 'canceled') orders.editPayment(id, payment.id, { status: 'canceled' });
    for (const { amount, state } of paymentsSchema.parse(value))
      orders.addPayment(id, {
        payment_method_id: Number(this.account.paymentMethodId),
        amount: amountText(amount, CURRENCY),
        status: PAYMENT_STATES[state],
      });
  }

  private recordOf(order: KeyCrmOrder): RemoteRecord {
    return {
      remoteId: order.id,
      localId: idHere(makIdOf(order, this.account)),
      values: valuesOfOrder(order, this.account, CONTACT),
      version: versionOfOrder(order, this.account),
    };
  }

  private now(): number {
    return this.world.now + this.world.skew;
  }
}

/** One line, so that nobody wants what KeyCRM lets no program do. */
function linesAfter(edit: number): Json {
  const sku = 'TSH';
  return [{ sku, name: 'T-shirt', quantity: 1 + (edit % 7), price: 10_000 + 100 * edit }];
}

function paymentsAfter(edit: number, random: Random): Json {
  const states = ['expected', 'paid'] as const;
  const payments = [1, 2].slice(random.int(0, 2)).map((part) => ({
    amount: 100 * edit + part,
    state: random.pick(states),
  }));
  return paymentSums(payments).map((payment) => ({ ...payment }));
}
