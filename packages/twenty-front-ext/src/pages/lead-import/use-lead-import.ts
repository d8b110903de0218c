import { useApolloClient, useQuery } from '@apollo/client/react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { LeadImportDocument } from '../../generated/graphql.ts';
import type { LeadImportQuery } from '../../generated/graphql.ts';

export type LeadImport = LeadImportQuery['leadImport'];

const BUSY: ReadonlySet<string> = new Set(['checking', 'running']);
/** Milliseconds between two looks at an import that goes on. */
const LOOK = 1_000;

interface OpenImport {
  readonly job: LeadImport | null;
  readonly problem: Problem | null;
  readonly reload: () => Promise<void>;
}

/** An import, followed while it goes on. */
export function useLeadImport(id: string): OpenImport {
  const client = useApolloClient();
  const seen = client.cache.readQuery({ query: LeadImportDocument, variables: { id } });
  const going = BUSY.has(seen?.leadImport.status ?? '');
  const { data, error, refetch } = useQuery(LeadImportDocument, {
    variables: { id },
    pollInterval: going ? LOOK : 0,
  });
  const job = data?.leadImport ?? null;
  return {
    job,
    problem: error === undefined || job !== null ? null : problemOf(error),
    reload: async () => void (await refetch()),
  };
}
