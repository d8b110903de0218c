import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { ConnectorListDocument } from '../../generated/graphql.ts';
import type { ConnectorLineFragment } from '../../generated/graphql.ts';
import { isResyncing } from './resync.ts';

/** How often is looked, in milliseconds: people wait for the end of a resync. */
const OFTEN = 1_000;
const SELDOM = 5_000;

interface Connectors {
  /** Null until they are loaded. */
  readonly connectors: readonly ConnectorLineFragment[] | null;
  readonly problem: Problem | null;
  readonly reload: () => void;
}

/** All connectors, as they are by the second. */
export function useConnectors(): Connectors {
  const { data, error, refetch, startPolling, stopPolling } = useQuery(ConnectorListDocument, {
    skipPollAttempt: () => document.hidden,
  });
  const often = data?.connectors.some(isResyncing) ?? false;
  useEffect(() => {
    startPolling(often ? OFTEN : SELDOM);
    return stopPolling;
  }, [often, startPolling, stopPolling]);
  return {
    connectors: data?.connectors ?? null,
    problem: error === undefined ? null : problemOf(error),
    reload: () => void refetch(),
  };
}
