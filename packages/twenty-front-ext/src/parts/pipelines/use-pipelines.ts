import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { PipelinesDocument } from '../../generated/graphql.ts';
import type { PipelinesQuery } from '../../generated/graphql.ts';

export type PipelineHead = PipelinesQuery['pipelines'][number];

interface Pipelines {
  /** Published and not archived, the default one first; null while they load. */
  readonly pipelines: readonly PipelineHead[] | null;
  readonly problem: Problem | null;
}

export function usePipelines(): Pipelines {
  const { data, error } = useQuery(PipelinesDocument, { fetchPolicy: 'cache-first' });
  const pipelines = useMemo(
    () =>
      data?.pipelines
        .filter(({ archivedAt, currentVersion }) => archivedAt === null && currentVersion !== null)
        .toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault)) ?? null,
    [data],
  );
  return { pipelines, problem: error === undefined ? null : problemOf(error) };
}
