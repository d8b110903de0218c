import type { Article, StockLine } from 'twenty-mak-domain';
import { plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';

export const ARTICLE_SORTS = ['name', 'sku', 'updated_at'] as const;

/** Instants are milliseconds. */
export interface ArticleRow extends Article {
  readonly id: string;
  readonly version: number;
  readonly revision: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface ArticleFilter {
  /** Part of the name, or the beginning of the number. */
  readonly text?: string | undefined;
  readonly product?: string | undefined;
  readonly archived: boolean;
}

export interface ArticleSort {
  readonly field: (typeof ARTICLE_SORTS)[number];
  readonly descending: boolean;
}

export interface ArticlePosition {
  readonly value: string | number;
  readonly id: string;
}

export interface StockRow extends StockLine {
  /** Milliseconds. */
  readonly counted_at: number;
}

const FIELDS = [
  ...['sku', 'name', 'description', 'barcode', 'unit', 'product', 'properties', 'price'],
  ...['purchase_price', 'currency', 'archived'],
] as const satisfies readonly (keyof Article)[];
const COLUMNS = ['id', ...FIELDS, 'version', 'revision', 'created_at', 'updated_at']
  .map((column) => `a.${column}`)
  .join(', ');

/** `lock` holds the article until the transaction ends. */
export async function findArticle(
  tx: Transaction,
  tenantId: string,
  id: string,
  lock = false,
): Promise<ArticleRow | undefined> {
  const [row] = await tx.query<ArticleRow>(
    `SELECT ${COLUMNS} FROM article a WHERE a.tenant_id = $1 AND a.id = $2${lock ? ' FOR UPDATE' : ''}`,
    [tenantId, id],
  );
  return row;
}

/** Those that are there. */
export async function findArticles(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<ArticleRow[]> {
  return tx.query<ArticleRow>(
    `SELECT ${COLUMNS} FROM article a WHERE a.tenant_id = $1 AND a.id = ANY ($2::uuid[])`,
    [tenantId, plainArray(ids)],
  );
}

/** Ids in their order, after one of them. */
export async function listArticleIds(
  tx: Transaction,
  tenantId: string,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM article WHERE tenant_id = $1 AND NOT archived AND ($2::uuid IS NULL OR id > $2)
     ORDER BY id LIMIT $3`,
    [tenantId, after, limit],
  );
  return rows.map(({ id }) => id);
}

/** In the order of their ids, held until the transaction ends. */
export async function lockArticles(
  tx: Transaction,
  tenantId: string,
  skus: readonly string[],
): Promise<readonly { readonly id: string; readonly sku: string }[]> {
  return tx.query(
    `SELECT a.id, a.sku FROM article a WHERE a.tenant_id = $1 AND a.sku = ANY ($2::text[])
     ORDER BY a.id FOR UPDATE`,
    [tenantId, skus],
  );
}

export async function listArticles(
  tx: Transaction,
  tenantId: string,
  filter: ArticleFilter,
  { field, descending }: ArticleSort,
  after: ArticlePosition | null,
  limit: number,
): Promise<ArticleRow[]> {
  const direction = descending ? 'DESC' : 'ASC';
  const type = field === 'updated_at' ? 'timestamptz' : 'text';
  const value = typeof after?.value === 'number' ? new Date(after.value) : after?.value;
  const text = filter.text?.replace(/[\\%_]/g, '\\$&') ?? null;
  return tx.query<ArticleRow>(
    `SELECT ${COLUMNS} FROM article a
     WHERE a.tenant_id = $1 AND a.archived = $2 AND ($3::text IS NULL OR a.product = $3)
       AND ($4::text IS NULL OR a.name ILIKE '%' || $4 || '%' OR a.sku ILIKE $4 || '%')
       AND ($5::${type} IS NULL OR (a.${field}, a.id) ${descending ? '<' : '>'} ($5::${type}, $6::uuid))
     ORDER BY a.${field} ${direction}, a.id ${direction} LIMIT $7`,
    [
      tenantId,
      filter.archived,
      filter.product ?? null,
      text,
      value ?? null,
      after?.id ?? null,
      limit,
    ],
  );
}

export async function insertArticle(
  tx: Transaction,
  tenantId: string,
  id: string,
  article: Article,
): Promise<ArticleRow> {
  const [row] = await tx.query<ArticleRow>(
    `INSERT INTO article AS a (tenant_id, id, ${FIELDS.join(', ')})
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     RETURNING ${COLUMNS}`,
    [tenantId, id, ...valuesOf(article)],
  );
  return row as ArticleRow;
}

export async function updateArticle(
  tx: Transaction,
  tenantId: string,
  id: string,
  article: Article,
): Promise<ArticleRow> {
  const set = FIELDS.map((field, index) => `${field} = $${index + 3}`).join(', ');
  const [row] = await tx.query<ArticleRow>(
    `UPDATE article a SET ${set}, version = version + 1, revision = revision + 1, updated_at = now()
     WHERE a.tenant_id = $1 AND a.id = $2 RETURNING ${COLUMNS}`,
    [tenantId, id, ...valuesOf(article)],
  );
  return row as ArticleRow;
}

/** Which article has the number; null for none. */
export async function idOfSku(
  tx: Transaction,
  tenantId: string,
  sku: string,
): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    'SELECT id FROM article WHERE tenant_id = $1 AND sku = $2',
    [tenantId, sku],
  );
  return row?.id ?? null;
}

export async function findStocks(
  tx: Transaction,
  tenantId: string,
  articleIds: readonly string[],
): Promise<StockRow[]> {
  return tx.query<StockRow>(
    `SELECT article_id AS article, warehouse, quantity::float8 AS quantity, reserved::float8 AS reserved, counted_at
     FROM article_stock WHERE tenant_id = $1 AND article_id = ANY ($2::uuid[]) ORDER BY article_id, warehouse`,
    [tenantId, plainArray(articleIds)],
  );
}

/** Keeps what was counted. Gives the articles with their revision afterwards. */
export async function saveStocks(
  tx: Transaction,
  tenantId: string,
  lines: readonly StockLine[],
): Promise<ReadonlyMap<string, number>> {
  await tx.execute(
    `INSERT INTO article_stock (tenant_id, article_id, warehouse, quantity, reserved)
     SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::numeric[], $5::numeric[])
     ON CONFLICT (tenant_id, article_id, warehouse) DO UPDATE
       SET quantity = excluded.quantity, reserved = excluded.reserved, counted_at = now()`,
    [
      tenantId,
      plainArray(lines.map(({ article }) => article)),
      textArray(lines.map(({ warehouse }) => warehouse)),
      plainArray(lines.map(({ quantity }) => quantity)),
      plainArray(lines.map(({ reserved }) => reserved)),
    ],
  );
  // One for each of its lines, so that each has a number of its own among the events.
  const rows = await tx.query<{ id: string; revision: number }>(
    `UPDATE article a SET revision = a.revision + counted.lines
     FROM (SELECT article, count(*)::int AS lines FROM unnest($2::uuid[]) AS article GROUP BY article) counted
     WHERE a.tenant_id = $1 AND a.id = counted.article RETURNING a.id, a.revision`,
    [tenantId, plainArray(lines.map(({ article }) => article))],
  );
  return new Map(rows.map(({ id, revision }) => [id, revision]));
}

function valuesOf(article: Article): unknown[] {
  return FIELDS.map((field) =>
    field === 'properties' ? JSON.stringify(article.properties) : article[field],
  );
}
