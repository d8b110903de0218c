import { useLingui } from '@lingui/react/macro';
import { useAnswerTexts } from '../../parts/leads/use-answer-texts.ts';
import type { ConsentFilter } from './lead-filters.ts';

/** Filters that are one of the tenant's lists. */
export const LISTS = [
  { key: 'status', list: 'statuses' },
  { key: 'source', list: 'sources' },
  { key: 'handling', list: 'handlings' },
  { key: 'city', list: 'cities' },
  { key: 'niche', list: 'niches' },
] as const;

/** Names of filters, and what they may hold, in words. */
export function useFilterTexts() {
  const { t } = useLingui();
  const answers = useAnswerTexts();
  const lists = {
    status: t`Status`,
    source: t`Source`,
    handling: t`Handling`,
    city: t`City`,
    niche: t`Niche`,
  };
  const consents: Readonly<Record<ConsentFilter, string>> = {
    ...answers,
    none: t`Nothing said yet`,
  };
  return { lists, consents };
}
