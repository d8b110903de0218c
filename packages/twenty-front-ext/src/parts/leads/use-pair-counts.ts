import { useQuery } from '@apollo/client/react';
import { useSubscription } from '../../app/data/use-subscription.ts';
import { LeadPairCountsDocument, LeadPairsChangedDocument } from '../../generated/graphql.ts';
import type { LeadPairCountsQuery, LeadPairCountsQueryVariables } from '../../generated/graphql.ts';

/** How many pairs of leads a filter has, as they are now; null while that is not known. */
export function usePairCounts(
  filter: LeadPairCountsQueryVariables,
): LeadPairCountsQuery['leadDuplicateCounts'] | null {
  const { data, refetch, updateQuery } = useQuery(LeadPairCountsDocument, { variables: filter });
  const isNarrowed = Object.keys(filter).length > 0;
  useSubscription(
    LeadPairsChangedDocument,
    {},
    {
      heard: ({ leadPairsChanged }) => {
        // What is told counts all pairs. The shell says that the connection is lost; the count stays as it was.
        if (isNarrowed) refetch().catch(() => undefined);
        else
          updateQuery((_, { complete, previousData }) =>
            complete
              ? {
                  leadDuplicateCounts: { ...previousData.leadDuplicateCounts, ...leadPairsChanged },
                }
              : undefined,
          );
      },
    },
  );
  return data?.leadDuplicateCounts ?? null;
}
