import { useLeadWords } from '../../parts/leads/use-lead-words.ts';

const LISTS: Readonly<Record<string, 'statuses' | 'sources' | 'handlings' | 'cities' | 'niches'>> =
  { status: 'statuses', source: 'sources', handling: 'handlings', city: 'cities', niche: 'niches' };

/** The tenant's words for a field of leads. */
export function useLeadChoices() {
  const { rules } = useLeadWords();
  return (field: string) => {
    const list = LISTS[field];
    const known = list === undefined ? [] : (rules?.[list] ?? []);
    return known.map(({ key, title }) => ({ value: key, label: title }));
  };
}
