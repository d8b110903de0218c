import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useRef, useState } from 'react';
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
  const { data, error, refetch } = useQuery(ClientPageDocument, { variables: { id } });
  const asking = useRef(false);

  const reload = useCallback(() => {
    setRevision((count) => count + 1);
    // The shell says that the connection is lost; what is shown stays.
    refetch().catch(() => undefined);
  }, [refetch]);

  useDealChanges((changed) => {
    if (changed === null) {
      reload();
      return;
    }
    if (asking.current) return;
    asking.current = true;
    apollo
      .query({
        query: DealsOfClientDocument,
        variables: { client: id, ids: changed.slice(0, IDS) },
        fetchPolicy: 'no-cache',
      })
      .then(({ data: own }) => {
        if ((own?.deals.nodes.length ?? 0) > 0) reload();
      })
      .catch(() => undefined)
      .finally(() => {
        asking.current = false;
      });
  });

  const client = data?.client ?? null;
  return {
    client,
    problem: error === undefined || client !== null ? null : problemOf(error),
    revision,
    reload,
  };
}
