import type { Article, Instant, StockLine } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { announce } from '../../platform/outbox/index.ts';
import type { ArticleRow } from './articles.repository.ts';

/** Tells the world of a new article. */
export function announceCreated(
  tx: Transaction,
  tenantId: string,
  row: ArticleRow,
  at: Instant,
): void {
  announce(tx, tenantId, [
    {
      type: 'article.created',
      subjectId: row.id,
      subjectVersion: row.revision,
      occurredAt: at,
      data: { sku: row.sku },
    },
  ]);
}

/** Tells which fields of an article have changed. */
export function announceChanged(
  tx: Transaction,
  tenantId: string,
  row: ArticleRow,
  changed: readonly (keyof Article)[],
  at: Instant,
): void {
  announce(tx, tenantId, [
    {
      type: 'article.changed',
      subjectId: row.id,
      subjectVersion: row.revision,
      occurredAt: at,
      data: { sku: row.sku, fields: [...changed] },
    },
  ]);
}

export interface CountedArticles {
  readonly lines: readonly StockLine[];
  /** Of each article after the last of its lines. */
  readonly revisions: ReadonlyMap<string, number>;
  readonly at: Instant;
}

/** Tells how many there are now, one event for each article and warehouse. */
export function announceCounted(
  tx: Transaction,
  tenantId: string,
  { lines, revisions, at }: CountedArticles,
): void {
  const left = new Map(
    [...Map.groupBy(lines, ({ article }) => article)].map(([id, own]) => [id, own.length]),
  );
  announce(
    tx,
    tenantId,
    lines.map(({ article, warehouse, quantity, reserved }) => {
      const behind = (left.get(article) ?? 1) - 1;
      left.set(article, behind);
      return {
        type: 'article.stock.changed',
        subjectId: article,
        subjectVersion: (revisions.get(article) ?? 0) - behind,
        occurredAt: at,
        data: { warehouse, quantity, reserved },
      };
    }),
  );
}
