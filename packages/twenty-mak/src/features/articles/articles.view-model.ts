import type { Article, ArticleFieldsInput, ArticleStock } from './articles.model.ts';
import type { ArticleRow, StockRow } from './articles.repository.ts';

export function articleModel({
  purchase_price,
  created_at,
  updated_at,
  revision: _revision,
  properties,
  ...same
}: ArticleRow): Article {
  return {
    ...same,
    properties: properties.map((property) => ({ ...property })),
    purchasePrice: purchase_price,
    createdAt: created_at,
    updatedAt: updated_at,
  };
}

export function stockModel({ warehouse, quantity, reserved, counted_at }: StockRow): ArticleStock {
  return { warehouse, quantity, reserved, countedAt: counted_at };
}

/** The fields in the words of REST; what is left out stays left out, null empties. */
export function restFields<Input extends ArticleFieldsInput>({
  purchasePrice,
  properties,
  ...same
}: Input): Record<string, unknown> {
  const body = {
    ...same,
    purchase_price: purchasePrice,
    properties: properties?.map(({ name, value }) => ({ name, value })),
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
