import { useApolloClient } from '@apollo/client/react';
import { useCallback } from 'react';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { useNewestFirst } from '../../app/data/use-newest-first.ts';
import type { LinesPage, NewestFirst } from '../../app/data/use-newest-first.ts';
import { ClientHistoryDocument } from '../../generated/graphql.ts';
import type { ClientHistoryKind, ClientHistoryQuery } from '../../generated/graphql.ts';

export type HistoryLine = ClientHistoryQuery['client']['history']['nodes'][number];

/** What happened to a client and its deals, newest first; begins anew whenever `revision` changes. */
export function useClientHistory(
  id: string,
  kind: ClientHistoryKind | null,
  revision: number,
): NewestFirst<HistoryLine> {
  const client = useApolloClient();
  const read = useCallback(
    async (after: string | null): Promise<LinesPage<HistoryLine>> => {
      const { data } = await client.query({
        query: ClientHistoryDocument,
        variables: { id, kind, after },
        fetchPolicy: 'no-cache',
        context: ASKED_ANEW,
      });
      if (data === undefined) throw new Error('The answer has no data.');
      const { nodes, pageInfo } = data.client.history;
      return { lines: nodes, cursor: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null };
    },
    [client, id, kind],
  );
  return useNewestFirst(read, revision);
}
