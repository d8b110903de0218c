import { useApolloClient, useQuery } from '@apollo/client/react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { ArticleNowDocument } from '../../generated/graphql.ts';
import type { ArticleDetailFragment } from '../../generated/graphql.ts';

interface OpenArticle {
  readonly article: ArticleDetailFragment | null;
  /** Why there is no article. */
  readonly problem: Problem | null;
  readonly reload: () => void;
}

export function useArticle(id: string): OpenArticle {
  const { data, error, refetch } = useQuery(ArticleNowDocument, { variables: { id } });
  const article = data?.article ?? null;
  return {
    article,
    problem: error === undefined || article !== null ? null : problemOf(error),
    reload: () => {
      refetch().catch(() => undefined);
    },
  };
}

/** The article as the server has it now. */
export function useReadArticle(id: string): () => Promise<ArticleDetailFragment> {
  const client = useApolloClient();
  return async () => {
    const { data } = await client.query({
      query: ArticleNowDocument,
      variables: { id },
      fetchPolicy: 'network-only',
    });
    if (data === undefined) throw new Error('The answer has no data.');
    return data.article;
  };
}
