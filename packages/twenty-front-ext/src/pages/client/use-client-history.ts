import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { ClientHistoryDocument } from '../../generated/graphql.ts';
import type { ClientHistoryKind, ClientHistoryQuery } from '../../generated/graphql.ts';

export type HistoryLine = ClientHistoryQuery['client']['history']['nodes'][number];

interface Shown {
  readonly kind: ClientHistoryKind | null;
  readonly lines: readonly HistoryLine[];
  /** Where the next page begins; null after the last one. */
  readonly cursor: string | null;
}

interface ClientHistory {
  /** Null while the first page loads. */
  readonly lines: readonly HistoryLine[] | null;
  readonly problem: Problem | null;
  readonly loadMore: (() => void) | null;
  readonly loading: boolean;
  readonly retry: () => void;
}

/** What happened to a client and its deals, newest first; begins anew whenever `revision` changes. */
export function useClientHistory(
  id: string,
  kind: ClientHistoryKind | null,
  revision: number,
): ClientHistory {
  const client = useApolloClient();
  const [state, setState] = useState<Shown | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [loading, setLoading] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const shown = state?.kind === kind ? state : null;

  const page = useCallback(
    async (after: string | null): Promise<Shown> => {
      const { data } = await client.query({
        query: ClientHistoryDocument,
        variables: { id, kind, after },
        fetchPolicy: 'no-cache',
      });
      if (data === undefined) throw new Error('The answer has no data.');
      const { nodes, pageInfo } = data.client.history;
      return {
        kind,
        lines: nodes,
        cursor: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
      };
    },
    [client, id, kind],
  );

  useEffect(() => {
    let current = true;
    page(null).then(
      (first) => {
        if (!current) return;
        setProblem(null);
        setState(first);
      },
      (error: unknown) => current && setProblem(problemOf(error)),
    );
    return () => {
      current = false;
    };
  }, [page, revision, attempt]);

  const loadMore = (): void => {
    if (shown === null) return;
    setLoading(true);
    page(shown.cursor)
      .then((next) =>
        // A page of what is no longer shown is dropped.
        setState((before) =>
          before === shown ? { ...next, lines: [...before.lines, ...next.lines] } : before,
        ),
      )
      .catch((error: unknown) => setProblem(problemOf(error)))
      .finally(() => setLoading(false));
  };

  return {
    lines: shown?.lines ?? null,
    problem,
    loadMore: shown === null || shown.cursor === null || loading ? null : loadMore,
    loading,
    retry: () => {
      setProblem(null);
      setAttempt((count) => count + 1);
    },
  };
}
