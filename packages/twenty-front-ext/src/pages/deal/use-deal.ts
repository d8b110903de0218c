import { useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { useDealChanges } from '../../app/data/live.tsx';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { DealPageDocument, PipelineRulesDocument } from '../../generated/graphql.ts';
import type { DealDetailFragment } from '../../generated/graphql.ts';
import type { PipelineRules } from '../../parts/pipelines/moves.ts';
import { rulesOf } from '../../parts/pipelines/use-moves.ts';

/** Codes that say that the deal is no longer there for this person. */
const GONE = new Set(['not_found', 'forbidden']);

export interface OpenDeal {
  readonly deal: DealDetailFragment | null;
  /** The version of the pipeline that the deal has. */
  readonly rules: PipelineRules | null;
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
  const { data, error, loading, refetch } = useQuery(DealPageDocument, {
    variables: { id },
    context: ASKED_ANEW,
  });
  const deal = data?.deal ?? null;
  const rules = useDealRules(deal);

  const changed = useDealChanges(async (ids) => {
    if (ids !== null && !ids.includes(id)) return;
    setRevision((count) => count + 1);
    await refetch().then(
      () => setGone(false),
      (failure: unknown) => setGone(GONE.has(problemOf(failure).code)),
    );
  }, !loading);
  const reload = useCallback(() => void changed([id]), [changed, id]);
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
    rules,
    problem: error === undefined || deal !== null ? null : problemOf(error),
    gone,
    revision,
    reload,
  };
}

function useDealRules(deal: DealDetailFragment | null): PipelineRules | null {
  const { data } = useQuery(PipelineRulesDocument, {
    variables: { key: deal?.pipeline ?? '', version: deal?.pipelineVersion ?? 0 },
    skip: deal === null,
    fetchPolicy: 'cache-first',
  });
  const version = data?.pipelineVersion;
  return useMemo(() => (version === undefined ? null : rulesOf(version)), [version]);
}
