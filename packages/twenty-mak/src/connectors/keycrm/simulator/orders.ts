import type { SimulatedBuyers } from './buyers.ts';
import type { SimulatedCatalogue } from './catalogue.ts';
import { writtenFields } from './custom-fields.ts';
import { read } from './input.ts';
import { editedLines } from './order-lines.ts';
import {
  orderBody,
  orderEdit,
  ordersBody,
  paymentBody,
  paymentEdit,
  SHARED_FIELDS,
} from './order-rows.ts';
import type { LineInput, LineRow, OrderRow, PaymentInput, PaymentRow } from './order-rows.ts';
import { sumsOf } from './order-sums.ts';
import { OrderView } from './order-view.ts';
import { invalid, notFound, unknownValue } from './refusals.ts';
import { Rows } from './rows.ts';
import type { SimulatedSettings } from './settings.ts';
import type { SimulatedWebhooks } from './webhooks.ts';

/** What a group of statuses means for the stock. */
const SUCCESS = 5;

/** Orders with their lines, payments and parcels. */
export class SimulatedOrders {
  readonly rows = new Rows<OrderRow>(23_196);
  readonly view: OrderView;
  private readonly settings: SimulatedSettings;
  private readonly buyers: SimulatedBuyers;
  private readonly catalogue: () => SimulatedCatalogue;
  private readonly webhooks: SimulatedWebhooks;
  private readonly now: () => number;
  private nextPart = 2_233;

  constructor(
    settings: SimulatedSettings,
    buyers: SimulatedBuyers,
    catalogue: () => SimulatedCatalogue,
    webhooks: SimulatedWebhooks,
    now: () => number,
  ) {
    this.settings = settings;
    this.buyers = buyers;
    this.catalogue = catalogue;
    this.webhooks = webhooks;
    this.now = now;
    this.view = new OrderView(settings, buyers, catalogue);
  }

  create(sent: unknown): object {
    return this.view.show(this.add(sent));
  }

  import(sent: unknown): object {
    const { orders } = read(ordersBody, sent);
    for (const order of orders) read(orderBody, order);
    for (const order of orders) this.add(order);
    return { status: true };
  }

  edit(id: unknown, sent: unknown): object {
    const before = this.rows.get(id);
    const { status_id, shipping, products, custom_fields, ...values } = read(orderEdit, sent);
    const status = status_id == null ? undefined : this.settings.statuses.find(status_id);
    if (status_id != null && status === undefined) throw unknownValue('status_id');
    if (shipping?.tracking_code != null && before.shipping?.['tracking_code'] != null)
      throw invalid({ 'shipping.tracking_code': ['The tracking code is already set.'] });
    const given = SHARED_FIELDS.flatMap((name) =>
      values[name] === undefined ? [] : [[name, values[name]] as const],
    );
    const now = this.now();
    const isMoved = status !== undefined && status.id !== before.status_id;
    return this.view.show(
      this.save({
        ...before,
        ...(Object.fromEntries(given) as Partial<OrderRow>),
        shipping: shipping == null ? before.shipping : { ...before.shipping, ...shipping },
        products: products == null ? before.products : editedLines(before.products, products),
        fields: writtenFields(this.settings, 'order', before.fields, custom_fields),
        ...(isMoved
          ? {
              status_id: status.id,
              status_changed_at: now,
              closed_at: status.is_closing_order ? now : null,
            }
          : {}),
      }),
    );
  }

  addPayment(id: unknown, sent: unknown): object {
    const order = this.rows.get(id);
    const payment = this.newPayment(order.id, order.source_id, read(paymentBody, sent), '');
    this.save({ ...order, payments: [...order.payments, payment] });
    return this.view.payment(payment, true);
  }

  editPayment(id: unknown, paymentId: unknown, sent: unknown): object {
    const order = this.rows.get(id);
    const before = order.payments.find((payment) => payment.id === Number(paymentId));
    if (before === undefined) throw notFound();
    const { status, description } = read(paymentEdit, sent);
    const after: PaymentRow = {
      ...before,
      status: status ?? before.status,
      description: description === undefined ? before.description : description,
      updated_at: this.now(),
    };
    this.save({
      ...order,
      payments: order.payments.map((payment) => (payment.id === after.id ? after : payment)),
    });
    return this.view.payment(after, true);
  }

  tag(id: unknown, tagId: unknown, isTagged: boolean): object {
    const order = this.rows.get(id);
    const tag = this.settings.tags.get(tagId);
    const others = order.tags.filter((one) => one !== tag.id);
    this.save({ ...order, tags: isTagged ? [...others, tag.id] : others });
    return { status: true };
  }

  /** So much of an offer waits in orders. */
  reserved(offerId: number): number {
    return this.rows.all
      .filter(({ status_id }) => this.settings.statuses.find(status_id)?.is_reserved === true)
      .flatMap(({ products }) => products)
      .reduce((sum, line) => sum + (line.offer_id === offerId ? line.quantity : 0), 0);
  }

  private add(sent: unknown): OrderRow {
    const { buyer, products, payments, shipping, marketing, custom_fields, ...values } = read(
      orderBody,
      sent,
    );
    const { source_id, manager_id, ordered_at } = values;
    if (!this.settings.sources.has(source_id)) throw unknownValue('source_id');
    if (manager_id != null && !this.settings.users.has(manager_id))
      throw unknownValue('manager_id');
    const fields = writtenFields(this.settings, 'order', {}, custom_fields);
    const lines = (products ?? []).map((line) => this.newLine(line));
    const paid = (payments ?? []).map((payment, index) =>
      this.newPayment(0, source_id, payment, `payments.${index}.`),
    );
    const now = this.now();
    const order = this.rows.add({
      source_id,
      source_uuid: values.source_uuid ?? null,
      status_id: this.settings.statuses.all[0]?.id ?? 1,
      buyer_id: this.buyers.matching(buyer).id,
      manager_id: manager_id ?? null,
      buyer_comment: values.buyer_comment ?? null,
      manager_comment: values.manager_comment ?? null,
      promocode: values.promocode ?? null,
      discount_percent: values.discount_percent ?? null,
      discount_amount: values.discount_amount ?? null,
      shipping_price: values.shipping_price ?? null,
      wrap_price: values.wrap_price ?? null,
      taxes: values.taxes ?? null,
      gift_message: values.gift_message ?? null,
      is_gift: values.is_gift ?? false,
      gift_wrap: values.gift_wrap ?? false,
      ordered_at: ordered_at ?? now,
      status_changed_at: now,
      closed_at: null,
      created_at: now,
      updated_at: now,
      products: lines,
      payments: [],
      shipping: shipping ?? null,
      marketing: marketing ?? null,
      fields,
      tags: [],
    });
    return this.save(
      { ...order, payments: paid.map((one) => ({ ...one, destination_id: order.id })) },
      true,
    );
  }

  /** Keeps an order as it is now, and tells of what has changed. */
  private save(order: OrderRow, isNew = false): OrderRow {
    const before = isNew ? undefined : this.rows.find(order.id);
    const after = this.rows.put({ ...order, updated_at: this.now() });
    const context = this.view.context(after);
    if (before?.status_id !== after.status_id) {
      this.webhooks.tell('order.change_order_status', context);
      this.moveStock(before, after);
    }
    if (before !== undefined && sumsOf(before).payment_status !== sumsOf(after).payment_status)
      this.webhooks.tell('order.change_payment_status', context);
    return after;
  }

  private moveStock(before: OrderRow | undefined, after: OrderRow): void {
    const lines = after.products.flatMap(({ offer_id, quantity }) =>
      offer_id === null ? [] : [{ offerId: offer_id, quantity }],
    );
    if (lines.length === 0) return;
    const groupOf = (order: OrderRow | undefined): number | undefined =>
      this.settings.statuses.find(order?.status_id)?.group_id;
    const isSold = groupOf(after) === SUCCESS && groupOf(before) !== SUCCESS;
    this.catalogue().moved(isSold ? lines : lines.map((line) => ({ ...line, quantity: 0 })));
  }

  private newLine(line: LineInput): LineRow {
    const offer = this.catalogue().bySku(line.sku);
    const product = offer && this.catalogue().products.find(offer.product_id);
    return {
      id: this.partId(),
      offer_id: offer?.id ?? null,
      name: line.name ?? product?.name ?? line.sku ?? '',
      sku: line.sku ?? null,
      price: line.price ?? offer?.price ?? 0,
      purchased_price: line.purchased_price ?? offer?.purchased_price ?? null,
      discount_percent: line.discount_percent ?? null,
      discount_amount: line.discount_amount ?? null,
      quantity: line.quantity ?? 1,
      unit_type: line.unit_type ?? null,
      upsale: false,
      comment: line.comment ?? null,
      product_status_id: null,
      picture: line.picture ?? null,
      properties: line.properties ?? [],
    };
  }

  private newPayment(
    orderId: number,
    sourceId: number,
    payment: PaymentInput,
    field: string,
  ): PaymentRow {
    const { payment_method_id: id, payment_method: name } = payment;
    const method = this.settings.paymentMethods.all.find((one) =>
      id == null ? one.name === name || one['alias'] === name : one.id === id,
    );
    if (method === undefined) throw unknownValue(`${field}payment_method_id`);
    const now = this.now();
    return {
      id: this.partId(),
      destination_id: orderId,
      payment_method_id: method.id,
      amount: payment.amount,
      actual_currency: String(this.settings.sources.find(sourceId)?.['currency_code'] ?? 'UAH'),
      transaction_uuid: null,
      description: payment.description ?? null,
      status: payment.status ?? 'paid',
      fiscal_result: null,
      payment_date: payment.payment_date ?? now,
      created_at: now,
      updated_at: now,
    };
  }

  private partId(): number {
    this.nextPart += 1;
    return this.nextPart;
  }
}
