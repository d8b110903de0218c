import type { SentArticle, SentOrder } from './catalogue.ts';
import { ApiError } from './http-api.ts';
import type { HttpApi } from './http-api.ts';

export interface Catalogue {
  readonly articles: readonly SentArticle[];
  readonly stocks: readonly object[];
  readonly orders: readonly SentOrder[];
}

/** Makes articles, counts them, and makes orders. Articles and orders that are there already stay as they are. Throws ApiError. */
export async function makeCatalogue(
  { articles, stocks, orders }: Catalogue,
  { api, key }: { readonly api: HttpApi; readonly key: string },
): Promise<void> {
  const make = async (path: string, name: string, body: object, taken: string): Promise<void> => {
    try {
      await api.call(path, { key, body, idempotencyKey: `simulated-${name}` });
    } catch (error) {
      // Somebody may have edited it since, or it is longer ago than keys are remembered.
      if (!(error instanceof ApiError && error.code === taken)) throw error;
    }
  };
  for (const article of articles)
    await make('/v1/articles', `article-${article.sku}`, article, 'sku_taken');
  await api.call('/v1/articles/stocks', { method: 'PUT', key, body: { stocks } });
  for (const order of orders)
    await make('/v1/orders', `order-${order.number}`, order, 'number_taken');
}
