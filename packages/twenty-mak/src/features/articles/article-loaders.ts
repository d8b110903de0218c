import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.ts';
import { BatchLoader } from '../../platform/graphql/batch-loader.ts';
import type { StockRow } from './articles.repository.ts';
import { ArticlesService } from './articles.service.ts';

/** What one GraphQL request asks about many articles. */
@Injectable()
export class ArticleLoaders {
  /** Lives as long as the context of the GraphQL request. */
  private readonly loaders = new WeakMap<object, BatchLoader<string, readonly StockRow[]>>();

  constructor(@Inject(ArticlesService) private readonly articles: ArticlesService) {}

  stocks(context: object, principal: Principal): BatchLoader<string, readonly StockRow[]> {
    const known = this.loaders.get(context);
    if (known !== undefined) return known;
    const made = new BatchLoader(async (ids: readonly string[]) => {
      const rows = await this.articles.stocks(principal, ids);
      const byArticle = Map.groupBy(rows, ({ article }) => article);
      return (id: string): readonly StockRow[] => byArticle.get(id) ?? [];
    });
    this.loaders.set(context, made);
    return made;
  }
}
