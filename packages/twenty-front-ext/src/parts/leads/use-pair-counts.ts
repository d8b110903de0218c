import { useQuery } from '@apollo/client/react';
import { useSubscription } from '../../app/data/use-subscription.ts';
import { LeadPairCountsDocument, LeadPairsChangedDocument } from '../../generated/graphql.ts';
import type { LeadPairCountsQuery, LeadPairCountsQueryVariables } from '../../generated/graphql.ts';

/** How many pairs of leads a filter has, as they are now; null while that is not known. */
export function usePairCounts(
  variables: LeadPairCountsQueryVariables,
  onChange?: () => void,
): LeadPairCountsQuery['leadDuplicateCounts'] | null {
  const { data, refetch } = useQuery(LeadPairCountsDocument, { variables });
  useSubscription(LeadPairsChangedDocument, {}, {
    heard: () => {
      // The count stays as it was; the shell says that the connection is lost.
      refetch().catch(() => undefined);
      onChange?.();
    },
  });
  return data?.leadDuplicateCounts ?? null;
}
