import type { ArticleDetailFragment } from '../../generated/graphql.ts';

type Revised = Pick<ArticleDetailFragment, 'version' | 'stocks'>;

/** Another one whenever the article was changed or counted. */
export function revisionOf({ version, stocks }: Revised): number {
  return (
    stocks.reduce((latest, { countedAt }) => Math.max(latest, Date.parse(countedAt)), 0) + version
  );
}
