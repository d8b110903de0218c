import { useApolloClient } from '@apollo/client/react';
import { useCallback } from 'react';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { useNewestFirst } from '../../app/data/use-newest-first.ts';
import type { LinesPage, NewestFirst } from '../../app/data/use-newest-first.ts';
import { DealTimelineDocument } from '../../generated/graphql.ts';
import { TIMELINE_FILTERS } from './timeline-lines.ts';
import type { TimelineFilter, TimelineNode } from './timeline-lines.ts';

/** What happened to a deal, newest first; looks again whenever `revision` changes. */
export function useTimeline(
  id: string,
  filter: TimelineFilter,
  revision: number,
): NewestFirst<TimelineNode> {
  const client = useApolloClient();
  const read = useCallback(
    async (after: string | null): Promise<LinesPage<TimelineNode>> => {
      const kinds = TIMELINE_FILTERS[filter];
      const { data } = await client.query({
        query: DealTimelineDocument,
        variables: { id, after, kinds: kinds === null ? null : [...kinds] },
        fetchPolicy: 'no-cache',
        context: ASKED_ANEW,
      });
      if (data === undefined) throw new Error('The answer has no data.');
      const { nodes, pageInfo } = data.deal.timeline;
      return { lines: nodes, cursor: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null };
    },
    [client, filter, id],
  );
  return useNewestFirst(read, revision, keyOf);
}

function keyOf({ key }: TimelineNode): string {
  return key;
}
