import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useState } from 'react';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { OrderNowDocument } from '../../generated/graphql.ts';
import type { OrderDetailFragment } from '../../generated/graphql.ts';
import { useOrderChanges } from '../../parts/orders/use-order-changes.ts';

interface OpenOrder {
  readonly order: OrderDetailFragment | null;
  /** Why there is no order. */
  readonly problem: Problem | null;
  /** Changes whenever something happened to the order. */
  readonly revision: number;
  readonly reload: () => void;
}

/** An order that is open: it follows what others do with it, also other systems. */
export function useOrder(id: string): OpenOrder {
  const [revision, setRevision] = useState(0);
  const { data, error, loading, refetch } = useQuery(OrderNowDocument, {
    variables: { id },
    context: ASKED_ANEW,
  });
  const changed = useOrderChanges(async (ids) => {
    if (ids !== null && !ids.includes(id)) return;
    setRevision((count) => count + 1);
    await refetch();
  }, !loading);
  // The shell says that the connection is lost; what is shown stays.
  const reload = useCallback(() => void changed(null).catch(() => undefined), [changed]);
  const order = data?.order ?? null;
  return {
    order,
    problem: error === undefined || order !== null ? null : problemOf(error),
    revision,
    reload,
  };
}

/** The order as the server has it now. */
export function useReadOrder(id: string): () => Promise<OrderDetailFragment> {
  const client = useApolloClient();
  return async () => {
    const { data } = await client.query({
      query: OrderNowDocument,
      variables: { id },
      fetchPolicy: 'network-only',
    });
    if (data === undefined) throw new Error('The answer has no data.');
    return data.order;
  };
}

/**
 * Sends a change that is made on a version. When somebody has changed something else meanwhile it is sent again on what is
 * there now; `holds` says whether it still makes sense there.
 */
export function useOrderChange(order: OrderDetailFragment) {
  const read = useReadOrder(order.id);
  return async (
    send: (version: number) => Promise<unknown>,
    holds: (now: OrderDetailFragment) => boolean,
  ): Promise<void> => {
    try {
      await send(order.version);
    } catch (error) {
      if (problemOf(error).code !== 'stale_version') throw error;
      const now = await read();
      if (!holds(now)) throw error;
      await send(now.version);
    }
  };
}
