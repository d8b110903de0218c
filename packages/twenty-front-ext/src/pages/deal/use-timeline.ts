import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { DealTimelineDocument } from '../../generated/graphql.ts';
import { TIMELINE_FILTERS, withFirstPage } from './timeline-lines.ts';
import type { TimelineFilter, TimelineNode } from './timeline-lines.ts';

interface TimelineState {
  readonly filter: TimelineFilter;
  readonly lines: readonly TimelineNode[];
  /** Where the next page begins; null after the last one. */
  readonly cursor: string | null;
}

interface Timeline {
  /** Null while the first page loads. */
  readonly lines: readonly TimelineNode[] | null;
  readonly problem: Problem | null;
  readonly loadMore: (() => void) | null;
  readonly loading: boolean;
  readonly retry: () => void;
}

/** What happened to a deal, newest first; looks again whenever `revision` changes. */
export function useTimeline(id: string, filter: TimelineFilter, revision: number): Timeline {
  const client = useApolloClient();
  const [state, setState] = useState<TimelineState | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [loading, setLoading] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const shown = state?.filter === filter ? state : null;

  const page = useCallback(
    async (after: string | null): Promise<Omit<TimelineState, 'filter'>> => {
      const kinds = TIMELINE_FILTERS[filter];
      const { data } = await client.query({
        query: DealTimelineDocument,
        variables: { id, after, kinds: kinds === null ? null : [...kinds] },
        fetchPolicy: 'no-cache',
      });
      if (data === undefined) throw new Error('The answer has no data.');
      const { nodes, pageInfo } = data.deal.timeline;
      return { lines: nodes, cursor: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null };
    },
    [client, filter, id],
  );

  useEffect(() => {
    let current = true;
    page(null).then(
      (first) => {
        if (!current) return;
        setProblem(null);
        setState((before) => {
          const known = before?.filter === filter ? before : null;
          const lines = withFirstPage(known?.lines ?? [], first.lines);
          const grown = known !== null && lines.length > first.lines.length;
          return { filter, lines, cursor: grown ? known.cursor : first.cursor };
        });
      },
      (error: unknown) => current && setProblem(problemOf(error)),
    );
    return () => {
      current = false;
    };
  }, [page, filter, revision, attempt]);

  const loadMore = (): void => {
    if (shown === null) return;
    setLoading(true);
    page(shown.cursor)
      .then((next) =>
        setState((before) =>
          before?.filter === filter
            ? { filter, lines: [...before.lines, ...next.lines], cursor: next.cursor }
            : before,
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
