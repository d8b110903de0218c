import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { SyncedDealNamesDocument } from '../../../generated/graphql.ts';

/** Deals that are asked for at once. */
const MOST = 100;

type Names = ReadonlyMap<string, string | null>;

/** Names of deals by id, as they become known; null for a deal that has none or is not there. */
export function useDealNames(ids: readonly string[]): Names {
  const client = useApolloClient();
  const [names, setNames] = useState<Names>(new Map());
  const wanted = [...new Set(ids)]
    .filter((id) => !names.has(id))
    .slice(0, MOST)
    .join(' ');
  useEffect(() => {
    if (wanted === '') return undefined;
    let left = false;
    const asked = wanted.split(' ');
    client
      .query({ query: SyncedDealNamesDocument, variables: { ids: asked } })
      .then(({ data }) => {
        if (left) return;
        const found = data?.deals.nodes.map(({ id, name }) => [id, name] as const) ?? [];
        setNames(
          (known) => new Map([...known, ...asked.map((id) => [id, null] as const), ...found]),
        );
      })
      // Ids say which record it is, too.
      .catch(() => undefined);
    return () => {
      left = true;
    };
  }, [client, wanted]);
  return names;
}
