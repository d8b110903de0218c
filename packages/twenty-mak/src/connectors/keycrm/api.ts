import type { Instant } from 'twenty-mak-domain';
import { z } from 'zod';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { RemoteFailure } from '../sync/index.ts';
import {
  buyerSchema,
  cardSchema,
  customFieldSchema,
  namedSchema,
  orderSchema,
  paymentSchema,
  pipelineStatusSchema,
  readAs,
  readCard,
  readPage,
  statusSchema,
  stockSchema,
  userSchema,
} from './answers.ts';
import type { KeyCrmBuyer, KeyCrmCard, KeyCrmOrder, KeyCrmPage, KeyCrmStock } from './answers.ts';
import { ABSENCE } from './client.ts';
import type { KeyCrmAnswer, KeyCrmClient, KeyCrmQuestion } from './client.ts';
import { filterParts } from './offer-batches.ts';
import { instantText } from './values.ts';

/** What KeyCRM took, or why it did not. */
export type Taken<T> =
  | { readonly kind: 'taken'; readonly value: T }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly refusal: WriteRefusal };

/** What an offer is sold for, and what it is bought for. */
export interface KeyCrmPrice {
  readonly sku: string;
  readonly price?: number;
  readonly purchased_price?: number;
}

/** Lists of settings with what stands in a line of each. */
const LISTS = {
  sources: ['/order/source', namedSchema.extend({ currency_code: z.string().nullish() })],
  statuses: ['/order/status', statusSchema],
  paymentMethods: ['/order/payment-method', namedSchema],
  deliveryServices: ['/order/delivery-service', namedSchema],
  tags: ['/order/tag', namedSchema],
  users: ['/users', userSchema],
  pipelines: ['/pipelines', namedSchema],
} as const;
type ListName = keyof typeof LISTS;
type LineOf<Name extends ListName> = z.output<(typeof LISTS)[Name][1]>;

/** Records in one page, at most. */
const PAGE = 50;
/** What a card is read with. */
const CARD_PARTS = 'contact.client,status,custom_fields';
/** What an order is read with. */
const ORDER_PARTS =
  'buyer,products.offer,payments,shipping.deliveryService,status,manager,custom_fields,tags';

/** What buyers are listed with. */
const BUYER = { include: 'custom_fields', sort: 'id' } as const;

/** The calls of KeyCRM that MaK makes. Each rejects with a `RemoteFailure` when there is no answer that says anything. */
export class KeyCrmApi {
  private readonly client: KeyCrmClient;

  constructor(client: KeyCrmClient) {
    this.client = client;
  }

  /** A whole list of settings. */
  async list<Name extends ListName>(name: Name): Promise<readonly LineOf<Name>[]> {
    const [path, schema] = LISTS[name];
    return this.all(path, schema as unknown as z.ZodType<LineOf<Name>>);
  }

  pipelineStatuses(pipelineId: string): Promise<readonly z.output<typeof pipelineStatusSchema>[]> {
    return this.all(`/pipelines/${pipelineId}/statuses`, pipelineStatusSchema);
  }

  /** Of all kinds of records; a uuid names a field only together with its kind. */
  async customFields(): Promise<readonly z.output<typeof customFieldSchema>[]> {
    return readAs(
      z.array(customFieldSchema),
      await this.get('/custom-fields', { include: 'options' }),
    );
  }

  /** Null when there is no such order. */
  async order(id: string): Promise<KeyCrmOrder | null> {
    const data = await this.getIfThere(`/order/${id}`, { include: ORDER_PARTS });
    return data === null ? null : readAs(orderSchema, data);
  }

  /**
   * Orders that carry one of these numbers of ours, to know before an order is sent again whose answer was lost. KeyCRM does not
   * keep such a number from standing twice; the oldest counts.
   */
  async ordersNumbered(
    sourceId: string,
    numbers: readonly string[],
  ): Promise<ReadonlyMap<string, KeyCrmOrder>> {
    const query = {
      'filter[source_id]': sourceId,
      'filter[source_uuid]': numbers.join(','),
      include: ORDER_PARTS,
      sort: '-id',
    };
    const orders = await this.all('/order', orderSchema, query);
    return new Map(orders.map((order) => [order.source_uuid ?? '', order]));
  }

  /** By the instant of the last change, a page at a time. */
  async ordersChanged(from: Instant, to: Instant, page: number): Promise<KeyCrmPage<KeyCrmOrder>> {
    return readPage(
      orderSchema,
      await this.get('/order', { ...changed(from, to, page), include: ORDER_PARTS }),
    );
  }

  createOrder(body: object): Promise<Taken<KeyCrmOrder>> {
    return this.send({ method: 'POST', path: '/order', body }, orderSchema);
  }

  /** Its lines are edited by id or sku, none is added; a tracking code that is there stays. */
  editOrder(id: string, body: object): Promise<Taken<KeyCrmOrder>> {
    return this.send({ method: 'PUT', path: `/order/${id}`, body }, orderSchema);
  }

  addPayment(orderId: string, body: object): Promise<Taken<z.output<typeof paymentSchema>>> {
    const path = `/order/${orderId}/payment`;
    return this.send({ method: 'POST', path, body }, paymentSchema);
  }

  /** Only state and description; another amount is another payment. */
  editPayment(
    orderId: string,
    id: string,
    body: { readonly status?: string; readonly description?: string | null },
  ): Promise<Taken<z.output<typeof paymentSchema>>> {
    const path = `/order/${orderId}/payment/${id}`;
    return this.send({ method: 'PUT', path, body }, paymentSchema);
  }

  /** Null when there is no such buyer. */
  async buyer(id: string): Promise<KeyCrmBuyer | null> {
    const data = await this.getIfThere(`/buyer/${id}`, { include: 'custom_fields' });
    return data === null ? null : readAs(buyerSchema, data);
  }

  /** Those that are there. */
  async buyersNamed(ids: readonly string[]): Promise<readonly KeyCrmBuyer[]> {
    if (ids.length === 0) return [];
    return this.all('/buyer', buyerSchema, { 'filter[buyer_id]': ids.join(','), ...BUYER });
  }

  /** Numbers are compared as they are written. */
  async buyersWith(
    what: 'buyer_email' | 'buyer_phone',
    value: string,
  ): Promise<readonly KeyCrmBuyer[]> {
    return this.all('/buyer', buyerSchema, { [`filter[${what}]`]: value, ...BUYER });
  }

  async buyersChanged(from: Instant, to: Instant, page: number): Promise<KeyCrmPage<KeyCrmBuyer>> {
    return readPage(
      buyerSchema,
      await this.get('/buyer', { ...changed(from, to, page), include: 'custom_fields' }),
    );
  }

  createBuyer(body: object): Promise<Taken<KeyCrmBuyer>> {
    return this.send({ method: 'POST', path: '/buyer', body }, buyerSchema);
  }

  /** With the name, whatever is changed, and with whole lists: what is left out of one is gone. */
  editBuyer(id: string, body: object): Promise<Taken<KeyCrmBuyer>> {
    return this.send({ method: 'PUT', path: `/buyer/${id}`, body }, buyerSchema);
  }

  /** By the numbers of offers; one with a comma in it cannot be asked for. */
  async stocks(skus: readonly string[]): Promise<readonly KeyCrmStock[]> {
    return this.stocksOf('offers_sku', skus);
  }

  async stocksById(offerIds: readonly string[]): Promise<readonly KeyCrmStock[]> {
    return this.stocksOf('offers_id', offerIds);
  }

  /** Quantities as they are from now on, in one warehouse. */
  setStocks(
    warehouseId: string,
    stocks: readonly { readonly sku: string; readonly quantity: number }[],
  ): Promise<Taken<unknown>> {
    const body = { warehouse_id: Number(warehouseId), stocks };
    return this.send({ method: 'PUT', path: '/offers/stocks', body }, z.unknown());
  }

  setPrices(offers: readonly KeyCrmPrice[]): Promise<Taken<unknown>> {
    return this.send({ method: 'PUT', path: '/offers', body: { offers } }, z.unknown());
  }

  createProduct(body: object): Promise<Taken<{ readonly id: string }>> {
    return this.send({ method: 'POST', path: '/products', body }, namedSchema);
  }

  /** Null when there is no such card, or KeyCRM does not give this one alone (`isCardWithheld`). */
  async card(id: string): Promise<KeyCrmCard | null> {
    const answer = await this.askCard(id);
    return answer.kind === 'data' ? readCard(answer.data) : null;
  }

  /** Whether KeyCRM does not give this one alone. */
  async isCardWithheld(id: string): Promise<boolean> {
    return (await this.askCard(id)).kind === 'refused';
  }

  /** Of all funnels, by the instant of the last change, a page at a time. */
  async cardsChanged(from: Instant, to: Instant, page: number): Promise<KeyCrmPage<KeyCrmCard>> {
    return readPage(
      cardSchema,
      await this.get('/pipelines/cards', { ...changed(from, to, page), include: CARD_PARTS }),
    );
  }

  /** Those of a source that were made within a span, the oldest first, a page at a time. */
  async cardsMade(
    sourceId: string,
    from: Instant,
    to: Instant,
    page: number,
  ): Promise<KeyCrmPage<KeyCrmCard>> {
    const query = {
      'filter[source_id]': sourceId,
      'filter[created_between]': `${instantText(from)}, ${instantText(to)}`,
      include: CARD_PARTS,
      sort: 'id',
      limit: PAGE,
      page,
    };
    return readPage(cardSchema, await this.get('/pipelines/cards', query));
  }

  createCard(body: object): Promise<Taken<KeyCrmCard>> {
    return this.send({ method: 'POST', path: '/pipelines/cards', body }, cardAlone);
  }

  /** Its products are added to those that are there; the answer does not say what the card is now. */
  editCard(id: string, body: object): Promise<Taken<unknown>> {
    return this.send({ method: 'PUT', path: `/pipelines/cards/${id}`, body }, z.unknown());
  }

  private async askCard(id: string): Promise<KeyCrmAnswer> {
    const path = `/pipelines/cards/${id}`;
    const query = { include: CARD_PARTS };
    const answer = await this.client.ask({ method: 'GET', path, query });
    // The same refusal says that leads were switched off meanwhile; a list says it for sure.
    if (answer.kind === 'refused') await this.list('pipelines');
    return answer;
  }

  private async stocksOf(
    what: 'offers_sku' | 'offers_id',
    values: readonly string[],
  ): Promise<readonly KeyCrmStock[]> {
    const offers: KeyCrmStock[] = [];
    for (const part of filterParts(values)) {
      const query = {
        [`filter[${what}]`]: part.join(','),
        'filter[details]': 'true',
        sort: 'id',
      };
      offers.push(...(await this.all('/offers/stocks', stockSchema, query)));
    }
    return offers;
  }

  private async all<Row>(
    path: string,
    schema: z.ZodType<Row>,
    query: Readonly<Record<string, string>> = {},
  ): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (let page = 1, more = true; more; page += 1) {
      const found = readPage(schema, await this.get(path, { ...query, limit: PAGE, page }));
      rows.push(...found.rows);
      more = found.more && found.rows.length > 0;
    }
    return rows;
  }

  private async get(path: string, query: KeyCrmQuestion['query'] = {}): Promise<unknown> {
    const answer = await this.client.ask({ method: 'GET', path, query });
    if (answer.kind === 'data') return answer.data;
    throw notGiven(
      path,
      answer.kind === 'missing' ? 'There is no such list.' : answer.refusal.reason,
    );
  }

  private async getIfThere(path: string, query: KeyCrmQuestion['query']): Promise<unknown> {
    const answer = await this.client.ask({ method: 'GET', path, query: query ?? {} });
    if (answer.kind === 'data') return answer.data;
    if (answer.kind === 'missing') return null;
    throw notGiven(path, answer.refusal.reason);
  }

  private async send<T>(question: KeyCrmQuestion, schema: z.ZodType<T>): Promise<Taken<T>> {
    const answer: KeyCrmAnswer = await this.client.ask(question);
    if (answer.kind !== 'data') return answer;
    return { kind: 'taken', value: readAs(schema, answer.data) };
  }
}

const cardAlone = z.unknown().transform((data) => readCard(data));

/** What cannot be read is a setting of the account, not of a record; without its funnels all else goes on. */
function notGiven(path: string, reason: string): RemoteFailure {
  const said = `KeyCRM does not give ${path}: ${reason}`;
  return path.startsWith('/pipelines')
    ? new RemoteFailure('absent', said, ABSENCE)
    : new RemoteFailure('blocked', said);
}

/** KeyCRM compares whole seconds, both ends included. */
function changed(
  from: Instant,
  to: Instant,
  page: number,
): Readonly<Record<string, string | number>> {
  const between = `${instantText(from)}, ${instantText(to)}`;
  return { 'filter[updated_between]': between, sort: 'id', limit: PAGE, page };
}
