import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useState } from 'react';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { useDealChanges } from '../../app/data/live.tsx';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { ClientPageDocument, DealsOfClientDocument } from '../../generated/graphql.ts';
import type { ClientDetailFragment } from '../../generated/graphql.ts';

interface OpenClient {
  readonly client: ClientDetailFragment | null;
  /** Why there is no client. */
  readonly problem: Problem | null;
  /** Changes whenever something happened to the client or its deals. */
  readonly revision: number;
  readonly reload: () => void;
}

/** Ids in one question. */
const IDS = 100;

/** A client that is open: it follows what others do with its deals. */
export function useClient(id: string): OpenClient {
  const apollo = useApolloClient();
  const [revision, setRevision] = useState(0);
  const { data, error, loading, refetch } = useQuery(ClientPageDocument, {
    variables: { id },
    context: ASKED_ANEW,
  });

  const changed = useDealChanges(async (ids) => {
    if (ids !== null && ids.length <= IDS) {
      const { data: own } = await apollo.query({
        query: DealsOfClientDocument,
        variables: { client: id, ids: [...ids] },
        fetchPolicy: 'no-cache',
      });
      if (own?.deals.nodes.length === 0) return;
    }
    setRevision((count) => count + 1);
    await refetch();
  }, !loading);
  // The shell says that the connection is lost; what is shown stays.
  const reload = useCallback(() => void changed(null).catch(() => undefined), [changed]);

  const client = data?.client ?? null;
  return {
    client,
    problem: error === undefined || client !== null ? null : problemOf(error),
    revision,
    reload,
  };
}
