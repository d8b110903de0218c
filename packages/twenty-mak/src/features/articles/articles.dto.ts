import { formatInstant, MAX_QUANTITY } from 'twenty-mak-domain';
import { z } from 'zod';
import {
  currencyField,
  expectedVersion,
  limitField,
  plainText,
  textField,
} from '../../platform/validation/index.ts';
import { ARTICLE_SORTS } from './articles.repository.ts';
import type { ArticleRow, StockRow } from './articles.repository.ts';

const price = z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullable().describe('Minor units.');
const sku = textField(100).describe('Number of the article; no other one has it.');
const warehouse = textField(100);
const quantity = z.number().min(-MAX_QUANTITY).max(MAX_QUANTITY).multipleOf(0.001);

const fields = {
  sku,
  name: textField(500),
  description: plainText(10_000).nullable(),
  barcode: textField(100).nullable(),
  unit: textField(20).nullable().describe('What it is counted in; null for pieces.'),
  product: textField(200).nullable().describe('The same for all variants of one product.'),
  properties: z
    .array(z.strictObject({ name: textField(100), value: textField(200) }))
    .max(50)
    .describe('What a variant differs from the others by.'),
  price,
  purchase_price: price,
  currency: currencyField.nullable().describe('Of both prices.'),
};

export const createArticleBody = z.strictObject({
  ...z.strictObject(fields).partial().shape,
  sku: fields.sku,
  name: fields.name,
});
export type CreateArticle = z.output<typeof createArticleBody>;

export const editArticleBody = z
  .strictObject({ ...z.strictObject(fields).partial().shape, version: expectedVersion('article') })
  .refine((body) => Object.keys(body).length > 1, { error: 'must change something' });
export type EditArticle = z.output<typeof editArticleBody>;

export const articleVersionBody = z.strictObject({ version: expectedVersion('article') });

const sortNames = ARTICLE_SORTS.flatMap((name) => [name, `-${name}`] as const);
export const listArticlesQuery = z.strictObject({
  text: plainText(200).optional().describe('Part of the name, or the beginning of the number.'),
  product: textField(200).optional(),
  archived: z.stringbool().default(false),
  sort: z.enum(sortNames).default('name'),
  limit: limitField,
  cursor: z.string().max(10_000).optional(),
});
export type ListArticles = z.output<typeof listArticlesQuery>;

export const countStocksBody = z.strictObject({
  stocks: z
    .array(
      z.strictObject({
        sku,
        warehouse,
        quantity: quantity.describe('As it is from now on; up to three decimals.'),
        reserved: quantity.min(0).default(0).describe('Of these so many wait in orders.'),
      }),
    )
    .min(1)
    .max(1_000)
    .describe('Other articles and warehouses stay as they are.'),
});
export type CountStocks = z.output<typeof countStocksBody>;

const instantText = z.iso.datetime();
const stockSchema = z.object({
  warehouse: z.string(),
  quantity: z.number(),
  reserved: z.number(),
  counted_at: instantText,
});
export type StockAnswer = z.output<typeof stockSchema>;

export const articleSchema = z.object({
  id: z.uuid(),
  sku: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  barcode: z.string().nullable(),
  unit: z.string().nullable(),
  product: z.string().nullable(),
  properties: z.array(z.object({ name: z.string(), value: z.string() })),
  price: z.int().nullable().describe('Minor units.'),
  purchase_price: z.int().nullable().describe('Minor units.'),
  currency: z.string().nullable(),
  archived: z.boolean(),
  version: z.int(),
  created_at: instantText,
  updated_at: instantText,
});
export type ArticleAnswer = z.output<typeof articleSchema>;

export const articleDetailSchema = articleSchema.extend({ stocks: z.array(stockSchema) });
export type ArticleDetailAnswer = z.output<typeof articleDetailSchema>;

export const countedSchema = z.object({
  changed: z.int().describe('Lines that differed from what was known.'),
});
export type CountedAnswer = z.output<typeof countedSchema>;

/** An article as REST shows it. */
export function articleAnswer({ revision: _revision, ...row }: ArticleRow): ArticleAnswer {
  return {
    ...row,
    properties: row.properties.map((property) => ({ ...property })),
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
  };
}

export function stockAnswer({ article: _article, ...row }: StockRow): StockAnswer {
  return { ...row, counted_at: formatInstant(row.counted_at) };
}
