import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { LeadSettingsDocument } from '../../generated/graphql.ts';
import type { LeadKind, LeadRulesFragment } from '../../generated/graphql.ts';

type List = 'sources' | 'handlings' | 'cities' | 'niches';

export interface LeadWords {
  /** Null until they are loaded. */
  readonly rules: LeadRulesFragment | null;
  readonly problem: Problem | null;
  readonly reload: () => void;
  /** The tenant's word for a key; the key itself when there is none. */
  readonly titleOf: (list: List | 'statuses', key: string | null) => string | null;
  readonly kindOf: (status: string) => LeadKind | null;
}

/** The tenant's statuses, sources, ways of handling, cities and niches. */
export function useLeadWords(): LeadWords {
  const { data, error, refetch } = useQuery(LeadSettingsDocument);
  const rules = data?.leadSettings ?? null;
  return useMemo(
    () => ({
      rules,
      problem: error === undefined || rules !== null ? null : problemOf(error),
      reload: () => void refetch().catch(() => undefined),
      titleOf: (list, key) => {
        if (key === null) return null;
        return rules?.[list].find((one) => one.key === key)?.title ?? key;
      },
      kindOf: (status) => rules?.statuses.find(({ key }) => key === status)?.kind ?? null,
    }),
    [rules, error, refetch],
  );
}
