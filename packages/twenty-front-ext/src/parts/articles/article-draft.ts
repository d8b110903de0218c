import type {
  ArticleDetailFragment,
  CreateArticleInput,
  EditArticleInput,
} from '../../generated/graphql.ts';
import { moneyText, readMoney } from '../../ui/format/money-text.ts';

/** What people write about an article. Empty text means that nothing is known. */
export interface ArticleDraft {
  readonly name: string;
  readonly sku: string;
  readonly barcode: string;
  readonly unit: string;
  readonly product: string;
  readonly price: string;
  readonly purchasePrice: string;
  readonly currency: string;
  readonly description: string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
}

export const NEW_ARTICLE: ArticleDraft = {
  name: '',
  sku: '',
  barcode: '',
  unit: '',
  product: '',
  price: '',
  purchasePrice: '',
  currency: '',
  description: '',
  properties: [],
};

export const DRAFT_FIELDS = Object.keys(NEW_ARTICLE) as readonly (keyof ArticleDraft)[];
/** An amount says nothing without its currency: they are sent and chosen together. */
export const MONEY_FIELDS = ['price', 'purchasePrice', 'currency'] as const;
/** As many as the server takes. */
export const MOST_PROPERTIES = 50;

export function draftOf(article: ArticleDetailFragment): ArticleDraft {
  const { name, sku, barcode, unit, product, description, properties } = article;
  const currency = article.currency ?? '';
  const money = (amount: number | null): string =>
    amount === null ? '' : moneyText(amount, currency);
  return {
    name,
    sku,
    barcode: barcode ?? '',
    unit: unit ?? '',
    product: product ?? '',
    price: money(article.price),
    purchasePrice: money(article.purchasePrice),
    currency,
    description: description ?? '',
    properties: properties.map((one) => ({ name: one.name, value: one.value })),
  };
}

/** An amount that is not below zero, or nothing. */
export function isPrice(text: string, currency: string): boolean {
  return text.trim() === '' || (readMoney(text, currency) ?? -1) >= 0;
}

/** Prices have a currency, and a currency has prices: without a price it is not told to the server. */
export function isCurrency({ price, purchasePrice, currency }: ArticleDraft): boolean {
  const hasPrice = price.trim() !== '' || purchasePrice.trim() !== '';
  return !hasPrice || /^[A-Z]{3}$/.test(currency);
}

/** Whether the server could make sense of it. */
export function isReadable(draft: ArticleDraft): boolean {
  const { name, sku, price, purchasePrice, currency, properties } = draft;
  const names = properties.map((one) => one.name.trim());
  return (
    name.trim() !== '' &&
    sku.trim() !== '' &&
    isPrice(price, currency) &&
    isPrice(purchasePrice, currency) &&
    isCurrency(draft) &&
    properties.every((one) => one.name.trim() !== '' && one.value.trim() !== '') &&
    new Set(names).size === names.length
  );
}

type ArticleInput = CreateArticleInput & Omit<EditArticleInput, 'version'>;

/** The draft as the server takes it; it has to be readable. */
export function inputOf(draft: ArticleDraft): ArticleInput {
  const { currency } = draft;
  const word = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  const [price, purchasePrice] = [
    readMoney(draft.price, currency),
    readMoney(draft.purchasePrice, currency),
  ];
  return {
    name: draft.name.trim(),
    sku: draft.sku.trim(),
    barcode: word(draft.barcode),
    unit: word(draft.unit),
    product: word(draft.product),
    price,
    purchasePrice,
    currency: price === null && purchasePrice === null ? null : currency,
    description: word(draft.description),
    properties: draft.properties.map((one) => ({
      name: one.name.trim(),
      value: one.value.trim(),
    })),
  };
}

/** Fields of which the server would hold something else; of the money all of them when one of them differs. */
export function changedFields(
  before: ArticleDraft,
  after: ArticleDraft,
): readonly (keyof ArticleDraft)[] {
  const [known, wanted] = [inputOf(before), inputOf(after)];
  const differs = (field: keyof ArticleDraft): boolean =>
    JSON.stringify(known[field]) !== JSON.stringify(wanted[field]);
  const money = new Set<keyof ArticleDraft>(MONEY_FIELDS.some(differs) ? MONEY_FIELDS : []);
  return DRAFT_FIELDS.filter((field) => money.has(field) || differs(field));
}

/** Only these fields of it, for an article that is there. */
export function partOf(
  draft: ArticleDraft,
  fields: readonly (keyof ArticleDraft)[],
): Omit<EditArticleInput, 'version'> {
  const input = inputOf(draft);
  return Object.fromEntries(fields.map((field) => [field, input[field]]));
}
