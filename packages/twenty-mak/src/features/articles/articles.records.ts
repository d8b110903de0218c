import { Inject, Injectable } from '@nestjs/common';
import type { Json } from 'twenty-mak-domain';
import { Database } from '../../platform/database/index.ts';
import { ProvidesRecords } from '../../platform/records/index.ts';
import type { MakRecord, RecordSource } from '../../platform/records/index.ts';
import { uuidField } from '../../platform/validation/index.ts';
import { findArticles, findStocks, listArticleIds } from './articles.repository.ts';
import type { ArticleRow, StockRow } from './articles.repository.ts';

/**
 * Articles and how many there are, for other systems. What is sold and counted only MaK knows. An article that is archived is for
 * them as if it were not there.
 */
@Injectable()
@ProvidesRecords({ entity: 'article' })
export class ArticleRecords implements RecordSource {
  constructor(@Inject(Database) private readonly database: Database) {}

  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    const named = ids.filter((id) => uuidField.safeParse(id).success);
    return this.database.within({ tenantId }, async (tx) => {
      const rows = await findArticles(tx, tenantId, named);
      const stocks = Map.groupBy(await findStocks(tx, tenantId, named), ({ article }) => article);
      return new Map(
        rows
          .filter(({ archived }) => !archived)
          .map((row) => [row.id, recordOf(row, stocks.get(row.id) ?? [])]),
      );
    });
  }

  /** Those that are sold. */
  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) => listArticleIds(tx, tenantId, after, limit));
  }
}

function recordOf(row: ArticleRow, stocks: readonly StockRow[]): MakRecord {
  const { sku, name, description, barcode, unit, currency, price, purchase_price } = row;
  const money = (minor: number | null): Json =>
    minor === null || currency === null ? null : { minor, currency };
  return {
    version: row.revision,
    values: {
      ...{ id: row.id, sku, name, description, barcode, unit, currency },
      price: money(price),
      purchase_price: money(purchase_price),
      stocks: stocks.map(({ warehouse, quantity }) => [warehouse, quantity]),
    },
  };
}
