import { useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { validateDefinition } from 'twenty-mak-domain';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { useDealChanges } from '../../app/data/live.tsx';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { DealPageDocument, DealPipelineDocument } from '../../generated/graphql.ts';
import type { DealDetailFragment } from '../../generated/graphql.ts';

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
  readonly revision: number;
  readonly reload: () => void;
}

/** A deal that is open: it follows what others do with it. */
export function useDeal(id: string): OpenDeal {
  const [gone, setGone] = useState(false);
  const [revision, setRevision] = useState(0);
  const { data, error, refetch } = useQuery(DealPageDocument, { variables: { id } });
  const deal = data?.deal ?? null;
  const pipeline = useDealPipeline(deal);

  const reload = useCallback(() => {
    setRevision((count) => count + 1);
    refetch().then(
      () => setGone(false),
      (failure: unknown) => setGone(GONE.has(problemOf(failure).code)),
    );
  }, [refetch]);

  useDealChanges((changed) => {
    if (changed === null || changed.includes(id)) reload();
  });
  // Who has lost the deal to somebody else is not told of its changes.
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') reload();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [reload]);

  return {
    deal,
    pipeline,
    problem: error === undefined || deal !== null ? null : problemOf(error),
    gone,
    revision,
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
