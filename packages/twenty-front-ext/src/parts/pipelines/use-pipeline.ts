import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { validateDefinition } from 'twenty-mak-domain';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { PipelineDefinitionDocument } from '../../generated/graphql.ts';

/** The current version of a pipeline; null while it loads, and without a key. */
export function usePipeline(key: string | null): PipelineDefinition | null {
  const { data } = useQuery(PipelineDefinitionDocument, {
    variables: { key: key ?? '' },
    skip: key === null,
    fetchPolicy: 'cache-first',
  });
  const raw = data?.pipeline.definition;
  return useMemo(() => {
    const decision = validateDefinition(raw);
    return decision.ok ? decision.value : null;
  }, [raw]);
}
