import {
  EMPTY_OFFER,
  newOffersBody,
  OFFER_FIELDS,
  offersBody,
  productBody,
  productEdit,
  productsBody,
  stocksBody,
} from './catalogue-rows.ts';
import type { NamedOffer, OfferRow, OfferValues, ProductRow } from './catalogue-rows.ts';
import { read } from './input.ts';
import { filtersOf, isNamed } from './lists.ts';
import type { ListOptions } from './lists.ts';
import { invalid, unknownValue } from './refusals.ts';
import { Rows } from './rows.ts';
import type { SimulatedSettings } from './settings.ts';
import { restStamp, stamped } from './stamps.ts';
import type { StockLine } from './webhooks.ts';

/** Products, their offers and what is in stock. */
export class SimulatedCatalogue {
  readonly products = new Rows<ProductRow>(77);
  readonly offers = new Rows<OfferRow>(501);
  private readonly settings: SimulatedSettings;
  private readonly now: () => number;
  private readonly reserved: (offerId: number) => number;
  private readonly tell: (offers: readonly OfferRow[]) => void;

  constructor(
    settings: SimulatedSettings,
    now: () => number,
    reserved: (offerId: number) => number,
    tell: (offers: readonly OfferRow[]) => void,
  ) {
    this.settings = settings;
    this.now = now;
    this.reserved = reserved;
    this.tell = tell;
  }

  createProduct(sent: unknown): object {
    const { name, description, unit_type, currency_code, category_id, has_offers, ...offer } = read(
      productBody,
      sent,
    );
    const at = this.now();
    const product = this.products.add({
      name,
      description: description ?? null,
      thumbnail_url: null,
      unit_type: unit_type ?? null,
      currency_code: currency_code ?? 'UAH',
      has_offers: has_offers ?? false,
      is_archived: false,
      category_id: category_id ?? null,
      created_at: at,
      updated_at: at,
    });
    // A product without offers has one that nobody sees as such.
    if (!product.has_offers) this.addOffer(product.id, offer);
    return this.showProduct(product);
  }

  editProduct(id: unknown, sent: unknown): object {
    const before = this.products.get(id);
    const { name, description, unit_type, category_id, ...offer } = read(productEdit, sent);
    const after = this.products.put({
      ...before,
      name: name ?? before.name,
      description: description === undefined ? before.description : description,
      unit_type: unit_type === undefined ? before.unit_type : unit_type,
      category_id: category_id === undefined ? before.category_id : category_id,
      updated_at: this.now(),
    });
    const [own] = this.offersOf(after.id);
    if (!after.has_offers && own !== undefined) this.putOffer(own, offer);
    return this.showProduct(after);
  }

  importProducts(sent: unknown): object {
    const { products } = read(productsBody, sent);
    for (const product of products) read(productBody, product);
    for (const product of products) this.createProduct(product);
    return { status: true };
  }

  createOffers(productId: unknown, sent: unknown): object {
    const product = this.products.get(productId);
    const { offers } = read(newOffersBody, sent);
    this.products.put({ ...product, has_offers: true, updated_at: this.now() });
    for (const offer of offers) this.addOffer(product.id, offer);
    return { status: true };
  }

  editOffers(sent: unknown): object {
    const { offers } = read(offersBody, sent);
    const found = offers.map((one, index) => [this.named(one, `offers.${index}`), one] as const);
    for (const [offer, { id: _id, sku: _sku, ...values }] of found) this.putOffer(offer, values);
    return { status: true };
  }

  /** Quantities as they are from now on, in one warehouse. */
  setStocks(sent: unknown): object {
    const { warehouse_id, stocks } = read(stocksBody, sent);
    if (!this.settings.warehouses.has(warehouse_id)) throw unknownValue('warehouse_id');
    const found = stocks.map((one, index) => [this.named(one, `stocks.${index}`), one] as const);
    this.tell(
      found.map(([{ id }, { quantity }]) => this.putStock(id, warehouse_id, () => quantity)),
    );
    return { status: true };
  }

  /** So much has left the first warehouse; orders may hold more or less of it than before. */
  moved(lines: readonly { readonly offerId: number; readonly quantity: number }[]): void {
    const warehouse = this.settings.warehouses.all[0]?.id ?? 1;
    this.tell(
      lines.map(({ offerId, quantity }) =>
        this.putStock(offerId, warehouse, (had) => had - quantity),
      ),
    );
  }

  bySku(sku: string | null | undefined): OfferRow | undefined {
    return sku == null ? undefined : this.offers.all.find((offer) => offer.sku === sku);
  }

  showOffer(offer: OfferRow): object {
    const { stock: _stock, ...row } = offer;
    return { ...row, quantity: inStock(offer), in_reserve: this.reserved(offer.id) };
  }

  /** As the message about stocks says it. */
  stockLine(offer: OfferRow, warehouses: readonly number[]): StockLine {
    const parts = [...offer.stock].filter(
      ([warehouse]) => warehouses.length === 0 || warehouses.includes(warehouse),
    );
    return {
      offer_id: offer.id,
      sku: offer.sku,
      in_stock: parts.reduce((sum, [, quantity]) => sum + quantity, 0),
      in_reserve: this.reserved(offer.id),
    };
  }

  showProduct(product: ProductRow): object {
    const offers = this.offersOf(product.id);
    const [own] = offers;
    const prices = offers.map(({ price }) => price);
    return {
      ...stamped({ ...product }, restStamp),
      attachments_data: [],
      quantity: offers.reduce((sum, offer) => sum + inStock(offer), 0),
      min_price: prices.length === 0 ? 0 : Math.min(...prices),
      max_price: prices.length === 0 ? 0 : Math.max(...prices),
      ...(product.has_offers || own === undefined
        ? {}
        : { sku: own.sku, price: own.price, barcode: own.barcode }),
    };
  }

  readonly productList: ListOptions<ProductRow> = {
    filters: {
      product_id: ({ id }, value) => isNamed(id, value),
      category_id: ({ category_id }, value) => isNamed(category_id, value),
    },
    includes: ['custom_fields'],
    show: (row) => this.showProduct(row),
  };

  readonly offerList: ListOptions<OfferRow> = {
    filters: {
      product_id: ({ product_id }, value) => isNamed(product_id, value),
      offers_id: ({ id }, value) => isNamed(id, value),
      sku: ({ sku }, value) => isNamed(sku, value),
    },
    includes: ['product'],
    show: (row, includes) => ({
      ...this.showOffer(row),
      ...(includes.has('product')
        ? { product: this.showProduct(this.products.get(row.product_id)) }
        : {}),
    }),
  };

  stockList(query: URLSearchParams): ListOptions<OfferRow> {
    const isDetailed = filtersOf(query).get('details') === 'true';
    return {
      filters: {
        offers_id: ({ id }, value) => isNamed(id, value),
        offers_sku: ({ sku }, value) => isNamed(sku, value),
        details: () => true,
      },
      show: (offer) => ({
        id: offer.id,
        sku: offer.sku,
        price: offer.price,
        purchased_price: offer.purchased_price,
        quantity: inStock(offer),
        reserve: this.reserved(offer.id),
        ...(isDetailed ? { warehouse: this.byWarehouse(offer) } : {}),
      }),
    };
  }

  private byWarehouse(offer: OfferRow): readonly object[] {
    return [...offer.stock].map(([id, quantity], index) => ({
      id,
      name: this.settings.warehouses.find(id)?.name ?? '',
      quantity,
      // What is reserved is reserved in the first one.
      reserve: index === 0 ? this.reserved(offer.id) : 0,
    }));
  }

  private offersOf(productId: number): readonly OfferRow[] {
    return this.offers.all.filter(({ product_id }) => product_id === productId);
  }

  private addOffer(productId: number, values: OfferValues): OfferRow {
    if (this.bySku(values.sku) !== undefined)
      throw invalid({ sku: ['The sku has already been taken.'] });
    return this.putOffer(this.offers.add({ ...EMPTY_OFFER, product_id: productId }), values);
  }

  private putOffer(offer: OfferRow, values: Partial<OfferValues>): OfferRow {
    const given = OFFER_FIELDS.flatMap((name) =>
      values[name] == null ? [] : [[name, values[name]]],
    );
    return this.offers.put({ ...offer, ...(Object.fromEntries(given) as Partial<OfferRow>) });
  }

  private putStock(id: number, warehouse: number, change: (had: number) => number): OfferRow {
    const offer = this.offers.get(id);
    const stock = new Map(offer.stock);
    stock.set(warehouse, change(stock.get(warehouse) ?? 0));
    return this.offers.put({ ...offer, stock });
  }

  private named({ id, sku }: NamedOffer, field: string): OfferRow {
    const offer = id == null ? this.bySku(sku) : this.offers.find(id);
    if (offer === undefined) throw unknownValue(`${field}.${id == null ? 'sku' : 'id'}`);
    return offer;
  }
}

function inStock({ stock }: OfferRow): number {
  return [...stock.values()].reduce((sum, quantity) => sum + quantity, 0);
}
