import type { SimulatedBuyers } from './buyers.ts';
import type { SimulatedCatalogue } from './catalogue.ts';
import { shownFields } from './custom-fields.ts';
import { isNamed, isWithin } from './lists.ts';
import type { ListOptions } from './lists.ts';
import type { LineRow, OrderRow, PaymentRow } from './order-rows.ts';
import { cents, discountOf, sumsOf } from './order-sums.ts';
import type { SimulatedSettings } from './settings.ts';
import { isoStamp, restStamp, stamped } from './stamps.ts';

export const ORDER_INCLUDES = [
  ...['buyer', 'products.offer', 'products', 'manager', 'tags', 'status', 'marketing', 'payments'],
  ...[
    'shipping',
    'shipping.lastHistory',
    'shipping.deliveryService',
    'expenses',
    'custom_fields',
    'assigned',
  ],
];

/** Orders as answers and messages show them. */
export class OrderView {
  private readonly settings: SimulatedSettings;
  private readonly buyers: SimulatedBuyers;
  private readonly catalogue: () => SimulatedCatalogue;

  constructor(
    settings: SimulatedSettings,
    buyers: SimulatedBuyers,
    catalogue: () => SimulatedCatalogue,
  ) {
    this.settings = settings;
    this.buyers = buyers;
    this.catalogue = catalogue;
  }

  show(order: OrderRow, includes: ReadonlySet<string> = new Set()): object {
    const has = (name: string): boolean =>
      includes.has(name) || [...includes].some((one) => one.startsWith(`${name}.`));
    const { products, payments, shipping, marketing, fields, tags, buyer_id, manager_id } = order;
    const status = this.settings.statuses.get(order.status_id);
    const parts: Readonly<Record<string, () => unknown>> = {
      buyer: () => this.buyers.inline(buyer_id),
      products: () => products.map((line) => this.line(line, includes.has('products.offer'))),
      payments: () => payments.map((payment) => this.payment(payment)),
      shipping: () => shipping && this.shipping(shipping, includes),
      marketing: () => marketing,
      status: () => stamped({ ...status }, restStamp),
      manager: () => (manager_id === null ? null : this.settings.users.get(manager_id)),
      tags: () => tags.map((id) => this.settings.tags.get(id)),
      custom_fields: () => shownFields(this.settings, 'order', fields),
      expenses: () => [],
      assigned: () => [],
    };
    const asked = Object.entries(parts).filter(([name]) => has(name));
    return {
      ...stamped(this.flat(order), restStamp),
      ...Object.fromEntries(asked.map(([name, part]) => [name, part()])),
    };
  }

  /** As messages have it: one flat row. */
  context(order: OrderRow): Readonly<Record<string, unknown>> {
    const { buyer_comment, shipping_price, ...row } = this.flat(order);
    return stamped(
      {
        ...row,
        client_comment: buyer_comment,
        shipping_price: shipping_price === null ? null : Number(shipping_price).toFixed(2),
        fiscal_result: [],
        fiscal_status: null,
        deleted_at: null,
      },
      isoStamp,
    );
  }

  payment(payment: PaymentRow, withMethod = false): object {
    const method = this.settings.paymentMethods.find(payment.payment_method_id);
    return {
      ...stamped({ ...payment }, restStamp),
      ...(withMethod ? { payment_method: method } : {}),
    };
  }

  readonly list: ListOptions<OrderRow> = {
    filters: {
      status_id: ({ status_id }, value) => isNamed(status_id, value),
      source_id: ({ source_id }, value) => isNamed(source_id, value),
      source_uuid: ({ source_uuid }, value) => isNamed(source_uuid, value),
      buyer_phone: ({ buyer_id }, value) =>
        this.buyers.rows.get(buyer_id).phone.some((one) => isNamed(one, value)),
      buyer_email: ({ buyer_id }, value) =>
        this.buyers.rows.get(buyer_id).email.some((one) => isNamed(one, value)),
      // Not by the instant of the same name.
      created_between: ({ ordered_at }, value) => isWithin(ordered_at, value),
      updated_between: ({ updated_at }, value) => isWithin(updated_at, value),
      shipping_between: ({ shipping }, value) => {
        const day = shipping?.['shipping_date'];
        return isWithin(typeof day === 'string' ? Date.parse(day) : null, value);
      },
      payment_status: (order, value) => isNamed(sumsOf(order).payment_status, value),
      has_tracking_code: ({ shipping }, value) =>
        (shipping?.['tracking_code'] != null) === (value === 'true' || value === '1'),
    },
    includes: ORDER_INCLUDES,
    sorts: ['created_at', 'updated_at', 'ordered_at'],
    show: (order, includes) => this.show(order, includes),
  };

  private flat(order: OrderRow): Record<string, unknown> {
    const {
      products: _products,
      payments: _payments,
      shipping: _shipping,
      marketing: _marketing,
      fields: _fields,
      tags: _tags,
      buyer_id,
      ...row
    } = order;
    const status = this.settings.statuses.get(order.status_id);
    return {
      ...row,
      ...sumsOf(order),
      client_id: buyer_id,
      status_group_id: status.group_id,
      parent_id: null,
      global_source_uuid: null,
      status_on_source: null,
      source_updated_at: null,
      status_expired_at: null,
      is_expired: false,
      expenses_sum: 0,
      last_synced_at: null,
      has_reserves: status.is_reserved,
    };
  }

  private line(line: LineRow, withOffer: boolean): object {
    const { offer_id, ...row } = line;
    const discount = cents(discountOf(line));
    const offer = offer_id === null ? undefined : this.catalogue().offers.find(offer_id);
    return {
      ...row,
      total_discount: discount,
      price_sold: cents(line.price - discount / line.quantity),
      ...(withOffer
        ? { offer: offer === undefined ? null : this.catalogue().showOffer(offer) }
        : {}),
    };
  }

  private shipping(
    { shipping_date, ...shipping }: Readonly<Record<string, unknown>>,
    includes: ReadonlySet<string>,
  ): object {
    const service = this.settings.deliveryServices.find(shipping['delivery_service_id']);
    return {
      ...shipping,
      shipping_status: shipping['tracking_code'] == null ? null : 'invoice',
      // The one instant of REST in the form of the messages.
      shipping_date_actual:
        typeof shipping_date === 'string' ? isoStamp(Date.parse(shipping_date)) : null,
      ...(includes.has('shipping.deliveryService') ? { deliveryService: service ?? null } : {}),
      ...(includes.has('shipping.lastHistory') ? { lastHistory: null } : {}),
    };
  }
}
