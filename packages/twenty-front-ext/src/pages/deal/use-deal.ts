import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { validateDefinition } from 'twenty-mak-domain';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { useDealEvents } from '../../app/data/live.tsx';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import {
  DealPageDocument,
  DealPipelineDocument,
  DealVersionDocument,
} from '../../generated/graphql.ts';
import type { DealDetailFragment } from '../../generated/graphql.ts';
import { useInterval } from '../../ui/clock/use-interval.ts';

/** How often the deal is compared with the server: not every change is a canonical event. */
const COMPARE = 5_000;
/** Codes that say that the deal is no longer there for this person. */
const GONE = new Set(['not_found', 'forbidden']);

export interface OpenDeal {
  readonly deal: DealDetailFragment | null;
  /** The version of the pipeline that the deal has. */
  readonly pipeline: PipelineDefinition | null;
  /** Why there is no deal. */
  readonly problem: Problem | null;
  /** It was there, and is no longer: deleted, or given to somebody else. */
  readonly gone: boolean;
  /** Changes whenever something happened to the deal. */
  readonly revision: string;
  readonly reload: () => void;
}

/** A deal that is open: it follows what others do with it. */
export function useDeal(id: string): OpenDeal {
  const client = useApolloClient();
  const [gone, setGone] = useState(false);
  const [newest, setNewest] = useState('');
  const { data, error, refetch } = useQuery(DealPageDocument, { variables: { id } });
  const deal = data?.deal ?? null;
  const pipeline = useDealPipeline(deal);
  const version = deal?.version ?? null;
  const seen = useRef('');

  const reload = useCallback(() => {
    refetch().then(
      () => setGone(false),
      (failure: unknown) => setGone(GONE.has(problemOf(failure).code)),
    );
  }, [refetch]);

  const compare = useCallback(() => {
    client
      .query({ query: DealVersionDocument, variables: { id }, fetchPolicy: 'no-cache' })
      .then(({ data: now }) => {
        if (now === undefined) return;
        setGone(false);
        const line = now.deal.timeline.nodes[0]?.key ?? '';
        const state = `${now.deal.version} ${line}`;
        if (now.deal.version !== version) reload();
        if (state !== seen.current) {
          seen.current = state;
          setNewest(line);
        }
      })
      // Offline is told by the shell; here it matters only whether the deal is still there.
      .catch((failure: unknown) => {
        if (GONE.has(problemOf(failure).code)) setGone(true);
      });
  }, [client, id, reload, version]);

  useDealEvents((events) => {
    if (events.some(({ masterDealId }) => masterDealId === id)) compare();
  });
  useInterval(COMPARE, compare);

  return {
    deal,
    pipeline,
    problem: error === undefined || deal !== null ? null : problemOf(error),
    gone,
    revision: `${version ?? ''} ${newest}`,
    reload,
  };
}

function useDealPipeline(deal: DealDetailFragment | null): PipelineDefinition | null {
  const { data } = useQuery(DealPipelineDocument, {
    variables: { key: deal?.pipeline ?? '', version: deal?.pipelineVersion ?? 0 },
    skip: deal === null,
    fetchPolicy: 'cache-first',
  });
  const raw = data?.pipelineVersion.definition;
  return useMemo(() => {
    const decision = validateDefinition(raw);
    return decision.ok ? decision.value : null;
  }, [raw]);
}
