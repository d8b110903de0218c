import { MAX_QUANTITY } from 'twenty-mak-domain';
import type {
  CreateOrderInput,
  EditOrderInput,
  OrderDetailFragment,
} from '../../generated/graphql.ts';
import { moneyText, readMoney } from '../../ui/format/money-text.ts';
import type { ClientChoice } from '../clients/client-picker.tsx';

/** A line as people type it. */
export interface LineDraft {
  readonly sku: string;
  readonly name: string;
  readonly quantity: string;
  readonly price: string;
  readonly discount: string;
  readonly properties: OrderDetailFragment['lines'][number]['properties'];
}

/** What people change of an order, as they type it. */
export interface OrderDraft {
  readonly client: ClientChoice | null;
  readonly lines: readonly LineDraft[];
  readonly discount: string;
  readonly shippingPrice: string;
  readonly carrier: string;
  readonly trackingCode: string;
  readonly comment: string;
}

export const NEW_LINE: LineDraft = {
  sku: '',
  name: '',
  quantity: '1',
  price: '',
  discount: '',
  properties: [],
};

export const NEW_ORDER: OrderDraft = {
  client: null,
  lines: [],
  discount: '',
  shippingPrice: '',
  carrier: '',
  trackingCode: '',
  comment: '',
};

/** As many as the server takes. */
export const MOST_LINES = 500;

export function draftOf(order: OrderDetailFragment): OrderDraft {
  const { clientId, client, currency } = order;
  const money = (amount: number): string => (amount === 0 ? '' : moneyText(amount, currency));
  return {
    client: clientId === null ? null : { id: clientId, name: client?.name ?? clientId },
    lines: order.lines.map(({ sku, name, quantity, price, discount, properties }) => ({
      sku: sku ?? '',
      name,
      quantity: String(quantity),
      price: moneyText(price, currency),
      discount: money(discount),
      properties: properties.map((one) => ({ name: one.name, value: one.value })),
    })),
    discount: money(order.discount),
    shippingPrice: money(order.shippingPrice),
    carrier: order.carrier ?? '',
    trackingCode: order.trackingCode ?? '',
    comment: order.comment ?? '',
  };
}

/** How many; null when it is no quantity above zero with up to three decimals. */
export function readQuantity(text: string): number | null {
  const plain = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (!/^\d+(\.\d{1,3})?$/.test(plain)) return null;
  const quantity = Number(plain);
  return quantity > 0 && quantity <= MAX_QUANTITY ? quantity : null;
}

/** Minor units; nothing typed is nothing. Null when it is no amount, or below zero. */
export function readPrice(text: string, currency: string): number | null {
  if (text.trim() === '') return 0;
  const amount = readMoney(text, currency);
  return amount === null || amount < 0 ? null : amount;
}

/** Whether the server could make sense of it. */
export function isReadable(draft: OrderDraft, currency: string): boolean {
  const prices = [
    draft.discount,
    draft.shippingPrice,
    ...draft.lines.flatMap(({ price, discount }) => [price, discount]),
  ];
  return (
    draft.client !== null &&
    prices.every((text) => readPrice(text, currency) !== null) &&
    draft.lines.every(({ name, quantity }) => name.trim() !== '' && readQuantity(quantity) !== null)
  );
}

type OrderInput = Pick<CreateOrderInput, 'clientId' | 'lines'> & Omit<EditOrderInput, 'version'>;

export const DRAFT_FIELDS = Object.keys(NEW_ORDER) as readonly (keyof OrderDraft)[];

/** The draft as the server takes it; it has to be readable. */
export function inputOf(draft: OrderDraft, currency: string): OrderInput {
  const word = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    clientId: draft.client?.id ?? '',
    lines: draft.lines.map(({ sku, name, quantity, price, discount, properties }) => ({
      sku: word(sku),
      name: name.trim(),
      quantity: readQuantity(quantity) ?? 0,
      price: readPrice(price, currency) ?? 0,
      discount: readPrice(discount, currency) ?? 0,
      properties: [...properties],
    })),
    discount: readPrice(draft.discount, currency) ?? 0,
    shippingPrice: readPrice(draft.shippingPrice, currency) ?? 0,
    carrier: word(draft.carrier),
    trackingCode: word(draft.trackingCode),
    comment: word(draft.comment),
  };
}

/** Only these fields of it, for an order that is there. */
export function partOf(
  draft: OrderDraft,
  currency: string,
  fields: readonly (keyof OrderDraft)[],
): Omit<EditOrderInput, 'version'> {
  const named = new Set<string>(fields.map((field) => NAMES[field]));
  return Object.fromEntries(
    Object.entries(inputOf(draft, currency)).filter(([name]) => named.has(name)),
  );
}

/** Fields of which the server would hold something else. */
export function changedFields(
  before: OrderDraft,
  after: OrderDraft,
  currency: string,
): readonly (keyof OrderDraft)[] {
  const [known, wanted] = [inputOf(before, currency), inputOf(after, currency)];
  return DRAFT_FIELDS.filter(
    (field) => JSON.stringify(known[NAMES[field]]) !== JSON.stringify(wanted[NAMES[field]]),
  );
}

/** How the server calls them. */
const NAMES = {
  client: 'clientId',
  lines: 'lines',
  discount: 'discount',
  shippingPrice: 'shippingPrice',
  carrier: 'carrier',
  trackingCode: 'trackingCode',
  comment: 'comment',
} as const satisfies Record<keyof OrderDraft, keyof OrderInput>;
