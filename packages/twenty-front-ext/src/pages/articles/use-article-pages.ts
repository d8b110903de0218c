import { useQuery } from '@apollo/client/react';
import { useCallback, useState } from 'react';
import { isSameList, withNextPage } from '../../app/data/page-list.ts';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { ArticleTableDocument } from '../../generated/graphql.ts';
import type { ArticleTableQuery, ArticleTableQueryVariables } from '../../generated/graphql.ts';

export type ArticleRow = ArticleTableQuery['articles']['nodes'][number];

export interface ArticlePages {
  /** Null while the first page loads. */
  readonly rows: readonly ArticleRow[] | null;
  readonly problem: Problem | null;
  /** Null when all are loaded, or more are on their way. */
  readonly loadMore: (() => void) | null;
  readonly loadingMore: boolean;
  /** Why the next page could not be loaded. */
  readonly moreProblem: Problem | null;
  readonly reload: () => void;
}

/** Articles of a filter in an order, page by page. */
export function useArticlePages(variables: ArticleTableQueryVariables): ArticlePages {
  const [loadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<Problem | null>(null);
  const { data, error, fetchMore, refetch, observable } = useQuery(ArticleTableDocument, {
    variables,
  });
  const rows = data?.articles.nodes ?? null;
  const { endCursor = null, hasNextPage = false } = data?.articles.pageInfo ?? {};
  const fetchNext = useCallback(() => {
    setLoadingMore(true);
    setMoreProblem(null);
    fetchMore({
      variables: { after: endCursor },
      updateQuery: (before, { fetchMoreResult, variables }) =>
        isSameList(variables, observable.variables) && before?.articles !== undefined
          ? { articles: withNextPage(before.articles, fetchMoreResult.articles) }
          : before,
    })
      .catch((failure: unknown) => setMoreProblem(problemOf(failure)))
      .finally(() => setLoadingMore(false));
  }, [endCursor, fetchMore, observable]);

  return {
    rows,
    problem: error === undefined || rows !== null ? null : problemOf(error),
    loadMore: !hasNextPage || loadingMore ? null : fetchNext,
    loadingMore,
    moreProblem,
    reload: () => {
      setMoreProblem(null);
      refetch().catch(() => undefined);
    },
  };
}
