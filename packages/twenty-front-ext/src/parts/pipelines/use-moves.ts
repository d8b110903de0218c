import type { PipelineDefinition } from 'twenty-mak-domain';
import { useCallback, useEffect, useRef } from 'react';
import { request } from '../../app/data/request.ts';
import { useSession } from '../../app/session/session-provider.tsx';
import type { MovableDeal, Moves } from './moves.ts';

/** A pipeline as a page knows it: its current version. */
export interface CurrentPipeline {
  readonly key: string;
  readonly version: number;
  readonly definition: PipelineDefinition;
}

export interface VersionedDeal extends MovableDeal {
  readonly pipelineVersion: number;
}

/** The rules and their parser are a chunk of their own, loaded when the page has nothing better to do. */
const load = () => import('./moves.ts');

/** Gives the moves of a deal, judged by the version of the pipeline that the deal has. */
export function useMoves(
  pipeline: CurrentPipeline | null,
): (deal: VersionedDeal) => Promise<Moves> {
  const { credential, membership } = useSession();
  const older = useRef(new Map<string, Promise<PipelineDefinition>>());

  useEffect(() => {
    if (pipeline === null) return undefined;
    const timer = setTimeout(() => void load(), 1_000);
    return () => clearTimeout(timer);
  }, [pipeline]);

  return useCallback(
    async (deal) => {
      if (pipeline === null) return { facts: [], stages: [] };
      const { movesOf } = await load();
      if (deal.pipelineVersion === pipeline.version) return movesOf(pipeline.definition, deal);
      const path = `/v1/pipelines/${encodeURIComponent(pipeline.key)}/versions/${deal.pipelineVersion}`;
      let definition = older.current.get(path);
      if (definition === undefined) {
        definition = request<{ definition: PipelineDefinition }>(path, {
          credential,
          tenant: membership.tenant,
        }).then((version) => version.definition);
        older.current.set(path, definition);
        definition.catch(() => older.current.delete(path));
      }
      return movesOf(await definition, deal);
    },
    [pipeline, credential, membership],
  );
}
