import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { useDealChanges } from '../../app/data/live.tsx';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { BoardChangesDocument, BoardDocument, BoardPageDocument } from '../../generated/graphql.ts';
import type { BoardQuery } from '../../generated/graphql.ts';
import { rulesOf } from '../../parts/pipelines/use-moves.ts';
import type { CurrentPipeline } from '../../parts/pipelines/use-moves.ts';
import type { BoardRequest } from './board-request.ts';
import { columnOf, orderOf, withChanges, withCounts, withPage } from './board-state.ts';
import type { BoardDeal, BoardState } from './board-state.ts';

/** Cards of each column that come with the board, and with each further page. */
const FIRST = 20;
const MORE = 100;
/** Most deals that are asked for at once after events. */
const CHANGES = 200;

export type BoardView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | {
      readonly kind: 'ready';
      readonly pipeline: CurrentPipeline;
      readonly title: string;
      readonly board: BoardState;
    };

export interface BoardHandle {
  readonly view: BoardView;
  readonly reload: () => void;
  readonly loadMore: (column: string) => void;
  /** Shows the deal in another column until the server has answered. */
  readonly moveForNow: (deal: BoardDeal, column: string) => void;
  /** Asks the server how these deals are now. */
  readonly refresh: (ids: readonly string[]) => Promise<void>;
}

/** The board's data: columns with what is loaded of them, kept up to date by events. */
export function useBoard(request: BoardRequest): BoardHandle {
  const client = useApolloClient();
  const [view, setView] = useState<BoardView>({ kind: 'loading' });
  const [reading, setReading] = useState(true);
  const reads = useRef(0);
  const loading = useRef(new Set<string>());
  const { groupBy, filter, sort } = request;
  const order = useMemo(() => orderOf(sort), [sort]);

  const load = useCallback(
    async (fallback: (problem: Problem) => (before: BoardView) => BoardView): Promise<void> => {
      reads.current += 1;
      const mine = reads.current;
      loading.current.clear();
      setReading(true);
      const next = await loadBoard(client, request).then(
        (loaded) => () => loaded,
        (error: unknown) => fallback(problemOf(error)),
      );
      // Something else is shown by now, or is being read.
      if (mine !== reads.current) return;
      setView(next);
      setReading(false);
    },
    [client, request],
  );
  useEffect(() => {
    void load(failed);
    return () => {
      reads.current += 1;
    };
  }, [load]);

  const change = useCallback((next: (board: BoardState) => BoardState) => {
    setView((before) =>
      before.kind === 'ready' ? { ...before, board: next(before.board) } : before,
    );
  }, []);

  const key = view.kind === 'ready' ? view.pipeline.key : null;

  const loadMore = useCallback(
    (columnKey: string) => {
      if (view.kind !== 'ready' || loading.current.has(columnKey)) return;
      const column = view.board.columns.find((one) => one.key === columnKey);
      if (column === undefined || column.cursor === null) return;
      const { stages, businessStage, cursor: after } = column;
      loading.current.add(columnKey);
      client
        .query({
          query: BoardPageDocument,
          variables: {
            filter: {
              ...filter,
              pipeline: view.pipeline.key,
              stages: [...stages],
              ...(businessStage === null ? {} : { businessStage }),
            },
            sort,
            first: MORE,
            after,
          },
          fetchPolicy: 'no-cache',
        })
        .then(({ data }) => {
          if (data === undefined) return;
          const { nodes, pageInfo } = data.deals;
          const cursor = pageInfo.hasNextPage ? pageInfo.endCursor : null;
          change((board) => withPage(board, columnKey, { nodes, cursor }));
        })
        // The column asks again when it is scrolled.
        .catch(() => undefined)
        .finally(() => loading.current.delete(columnKey));
    },
    [client, view, filter, sort, change],
  );

  const readAgain = useCallback(
    async (ids: readonly string[]) => {
      if (key === null) return;
      const { data } = await client.query({
        query: BoardChangesDocument,
        variables: {
          changed: { ...filter, pipeline: key, ids: [...ids] },
          first: CHANGES,
          pipeline: key,
          groupBy,
          filter,
        },
        fetchPolicy: 'no-cache',
        context: ASKED_ANEW,
      });
      if (data === undefined) return;
      const counts = data.board.columns.map(({ key: column, ...count }) => ({ column, ...count }));
      change((board) =>
        withCounts(
          withChanges(
            board,
            ids,
            data.deals.nodes,
            (deal) => columnOf(board, deal, groupBy),
            order,
          ),
          counts,
        ),
      );
    },
    [client, key, groupBy, filter, order, change],
  );

  const refresh = useDealChanges(
    // After a flood or a long absence the whole board is cheaper than its parts.
    (ids) => (ids === null ? load(asBefore) : readAgain(ids)),
    view.kind === 'ready' && !reading,
  );

  const moveForNow = useCallback(
    (deal: BoardDeal, column: string) =>
      change((board) => withChanges(board, [deal.id], [deal], () => column, order)),
    [change, order],
  );
  const reload = useCallback(() => void load(failed), [load]);

  return { view, reload, loadMore, moveForNow, refresh };
}

const failed = (problem: Problem) => (): BoardView => ({ kind: 'failed', problem });
/** The shell says that the connection is lost; what is shown stays. */
const asBefore =
  (problem: Problem) =>
  (before: BoardView): BoardView =>
    before.kind === 'ready' ? before : failed(problem)();

async function loadBoard(client: ApolloClient, request: BoardRequest): Promise<BoardView> {
  const { data } = await client.query({
    query: BoardDocument,
    variables: { ...request, first: FIRST },
    fetchPolicy: 'no-cache',
    context: ASKED_ANEW,
  });
  if (data === undefined) throw new Error('The answer has no data.');
  return readBoard(data.board);
}

function readBoard({
  pipeline,
  title,
  version,
  definition,
  predicates,
  columns,
}: BoardQuery['board']): BoardView {
  const nodes = columns.flatMap(({ deals }) => deals.nodes);
  return {
    kind: 'ready',
    pipeline: { key: pipeline, version, ...rulesOf({ definition, predicates }) },
    title,
    board: {
      deals: new Map(nodes.map((deal) => [deal.id, deal])),
      columns: columns.map(({ deals, ...column }) => ({
        ...column,
        ids: deals.nodes.map(({ id }) => id),
        cursor: deals.pageInfo.hasNextPage ? deals.pageInfo.endCursor : null,
      })),
    },
  };
}
