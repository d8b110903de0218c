import { useApolloClient, useQuery } from '@apollo/client/react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import type { ImportJobFragment } from '../../generated/graphql.ts';
import { useImportKind } from './import-kind.ts';

const BUSY: ReadonlySet<string> = new Set(['checking', 'running']);
/** Milliseconds between two looks at an import that goes on. */
const LOOK = 1_000;

interface OpenImport {
  readonly job: ImportJobFragment | null;
  readonly problem: Problem | null;
  readonly reload: () => Promise<void>;
}

/** An import, followed while it goes on. */
export function useImport(id: string): OpenImport {
  const client = useApolloClient();
  const { one } = useImportKind().documents;
  const seen = client.cache.readQuery({ query: one, variables: { id } });
  const going = BUSY.has(seen?.job.status ?? '');
  const { data, error, refetch } = useQuery(one, {
    variables: { id },
    pollInterval: going ? LOOK : 0,
  });
  const job = data?.job ?? null;
  return {
    job,
    problem: error === undefined || job !== null ? null : problemOf(error),
    reload: async () => void (await refetch()),
  };
}
