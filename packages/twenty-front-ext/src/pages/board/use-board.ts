import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useDealEvents } from '../../app/data/live.tsx';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { BoardChangesDocument, BoardDocument, BoardPageDocument } from '../../generated/graphql.ts';
import type { BoardQuery, DealFilterInput } from '../../generated/graphql.ts';
import type { CurrentPipeline } from '../../parts/pipeline/use-moves.ts';
import { withChanges, withCounts, withPage } from './board-state.ts';
import type { BoardDeal, BoardState } from './board-state.ts';

/** Cards of each column that come with the board, and with each further page. */
const FIRST = 25;
const MORE = 100;
/** Most deals that are asked for at once after events. */
const CHANGES = 200;

export interface BoardRequest {
  /** Null: the tenant's default pipeline. */
  readonly pipeline: string | null;
  readonly filter: DealFilterInput;
}

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
export function useBoard({ pipeline, filter }: BoardRequest): BoardHandle {
  const client = useApolloClient();
  const [view, setView] = useState<BoardView>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const loading = useRef(new Set<string>());

  useEffect(() => {
    let current = true;
    loading.current.clear();
    setView((before) =>
      before.kind === 'ready' && before.pipeline.key === pipeline ? before : { kind: 'loading' },
    );
    loadBoard(client, pipeline).then(
      (loaded) => current && setView(loaded),
      (error: unknown) => current && setView({ kind: 'failed', problem: problemOf(error) }),
    );
    return () => {
      current = false;
    };
  }, [client, pipeline, filter, attempt]);

  const change = useCallback((next: (board: BoardState) => BoardState) => {
    setView((before) =>
      before.kind === 'ready' ? { ...before, board: next(before.board) } : before,
    );
  }, []);

  const key = view.kind === 'ready' ? view.pipeline.key : null;

  const loadMore = useCallback(
    (column: string) => {
      if (view.kind !== 'ready' || loading.current.has(column)) return;
      const after = view.board.columns.find((one) => one.key === column)?.cursor ?? null;
      if (after === null) return;
      loading.current.add(column);
      client
        .query({
          query: BoardPageDocument,
          variables: {
            filter: { ...filter, pipeline: view.pipeline.key, stages: [column] },
            first: MORE,
            after,
          },
          fetchPolicy: 'no-cache',
        })
        .then(({ data }) => {
          if (data === undefined) return;
          const { nodes, pageInfo } = data.deals;
          const cursor = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
          change((board) => withPage(board, column, { nodes, cursor }));
        })
        // The column asks again when it is scrolled.
        .catch(() => undefined)
        .finally(() => loading.current.delete(column));
    },
    [client, view, filter, change],
  );

  const refresh = useCallback(
    async (ids: readonly string[]) => {
      if (key === null) return;
      const here = { ...filter, pipeline: key };
      const { data } = await client.query({
        query: BoardChangesDocument,
        variables: { deals: { ...here, ids: [...ids] }, counts: here, first: CHANGES },
        fetchPolicy: 'no-cache',
      });
      if (data === undefined) return;
      const counts = data.dealCounts.map(({ stage, deals, sums }) => ({
        column: stage,
        total: deals,
        sums,
      }));
      change((board) => withCounts(withChanges(board, ids, data.deals.nodes, columnOf), counts));
    },
    [client, key, filter, change],
  );

  useDealEvents((events) => {
    const ids = [...new Set(events.map(({ masterDealId }) => masterDealId))];
    // After a flood (an import, a long absence) the whole board is cheaper than its parts.
    if (ids.length > CHANGES) setAttempt((count) => count + 1);
    else void refresh(ids).catch(() => undefined);
  });

  const moveForNow = useCallback(
    (deal: BoardDeal, column: string) =>
      change((board) => withChanges(board, [deal.id], [{ ...deal, stage: column }], columnOf)),
    [change],
  );
  const reload = useCallback(() => setAttempt((count) => count + 1), []);

  return { view, reload, loadMore, moveForNow, refresh };
}

function columnOf(deal: BoardDeal): string | null {
  return deal.archivedAt === null ? deal.stage : null;
}

async function loadBoard(client: ApolloClient, pipeline: string | null): Promise<BoardView> {
  const { data } = await client.query({
    query: BoardDocument,
    variables: { pipeline, first: FIRST },
    fetchPolicy: 'no-cache',
  });
  if (data === undefined) throw new Error('The answer has no data.');
  return readBoard(data.board);
}

function readBoard({
  pipeline,
  title,
  version,
  definition,
  columns,
}: BoardQuery['board']): BoardView {
  const deals = new Map(
    columns.flatMap((column) => column.deals.nodes.map((deal) => [deal.id, deal] as const)),
  );
  return {
    kind: 'ready',
    pipeline: { key: pipeline, version, definition: definition as PipelineDefinition },
    title,
    board: {
      deals,
      columns: columns.map((column) => ({
        key: column.stage,
        title: column.title,
        color: column.color,
        kind: column.kind,
        total: column.total,
        sums: column.sums,
        ids: column.deals.nodes.map(({ id }) => id),
        cursor: column.deals.pageInfo.hasNextPage
          ? (column.deals.pageInfo.endCursor ?? null)
          : null,
      })),
    },
  };
}
