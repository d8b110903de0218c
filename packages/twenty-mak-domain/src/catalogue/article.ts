import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';

/** What one variant differs from the others by, e.g. its colour. */
export interface ArticleProperty {
  readonly name: string;
  readonly value: string;
}

/** Something that is sold: one variant of a product, with a number of its own. */
export interface Article {
  /** Number of the article; no other of the tenant has it. */
  readonly sku: string;
  readonly name: string;
  readonly description: string | null;
  readonly barcode: string | null;
  /** What it is counted in; null for pieces. */
  readonly unit: string | null;
  /** The same for all variants of one product. */
  readonly product: string | null;
  readonly properties: readonly ArticleProperty[];
  /** Minor units. */
  readonly price: number | null;
  readonly purchase_price: number | null;
  /** Of both prices; null when there is none. */
  readonly currency: string | null;
  readonly archived: boolean;
}

export type ArticleChanges = { readonly [Field in keyof Article]?: Article[Field] | undefined };

export interface EditedArticle {
  readonly article: Article;
  /** Fields that differ, in their order; none when nothing has changed. */
  readonly changed: readonly (keyof Article)[];
}

export const NEW_ARTICLE: Article = {
  sku: '',
  name: '',
  description: null,
  barcode: null,
  unit: null,
  product: null,
  properties: [],
  price: null,
  purchase_price: null,
  currency: null,
  archived: false,
};

export const ARTICLE_FIELDS = Object.keys(NEW_ARTICLE) as readonly (keyof Article)[];

/**
 * The article after an edit; what is left out stays. Refuses with `price_without_currency`, `currency_without_price`,
 * `repeated_property`.
 */
export function editArticle(before: Article, changes: ArticleChanges): Decision<EditedArticle> {
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  );
  const article: Article = { ...before, ...given };
  const hasPrice = article.price !== null || article.purchase_price !== null;
  if (hasPrice && article.currency === null)
    return refuse('price_without_currency', 'A price needs a currency.', 'currency');
  if (!hasPrice && article.currency !== null)
    return refuse('currency_without_price', 'A currency needs a price.', 'currency');
  const names = article.properties.map(({ name }) => name);
  if (new Set(names).size < names.length)
    return refuse('repeated_property', 'Each property is named once.', 'properties');
  const changed = ARTICLE_FIELDS.filter((field) => !isSame(before[field], article[field]));
  return accept({ article, changed });
}

function isSame(left: Article[keyof Article], right: Article[keyof Article]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
