import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect } from 'react';
import type { PipelineDefinition, Predicates } from 'twenty-mak-domain';
import { PipelineRulesDocument } from '../../generated/graphql.ts';
import type { MovableDeal, Moves, PipelineRules } from './moves.ts';

/** A pipeline as a page knows it: its current version. */
export interface CurrentPipeline extends PipelineRules {
  readonly key: string;
  readonly version: number;
}

export interface VersionedDeal extends MovableDeal {
  readonly pipelineVersion: number;
}

/** The rules are a chunk of their own, loaded when the page has nothing better to do. */
const load = () => import('./moves.ts');

/** Gives the moves of a deal, judged by the version of the pipeline that the deal has. */
export function useMoves(
  pipeline: CurrentPipeline | null,
): (deal: VersionedDeal) => Promise<Moves> {
  const client = useApolloClient();

  useEffect(() => {
    if (pipeline === null) return undefined;
    const timer = setTimeout(() => void load(), 1_000);
    return () => clearTimeout(timer);
  }, [pipeline]);

  return useCallback(
    async (deal) => {
      if (pipeline === null) return { facts: [], stages: [], undoOf: () => null };
      const { movesOf } = await load();
      if (deal.pipelineVersion === pipeline.version) return movesOf(pipeline, deal);
      // A published version never changes, so Apollo's cache may answer.
      const { data } = await client.query({
        query: PipelineRulesDocument,
        variables: { key: pipeline.key, version: deal.pipelineVersion },
      });
      if (data === undefined) throw new Error('The answer has no data.');
      return movesOf(rulesOf(data.pipelineVersion), deal);
    },
    [pipeline, client],
  );
}

/** The server has checked both before the version was published. */
export function rulesOf(version: {
  readonly definition: unknown;
  readonly predicates: unknown;
}): PipelineRules {
  return {
    definition: version.definition as PipelineDefinition,
    predicates: version.predicates as Predicates,
  };
}
