import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { useMay } from '../../app/shell/tenant.tsx';
import { CompanyPlacesDocument } from '../../generated/graphql.ts';

export interface Places {
  /** Titles of the company's lists, to choose from. */
  readonly cities: readonly string[];
  readonly niches: readonly string[];
  /** The title of a key; the key itself where it is in no list. */
  readonly titleOf: (key: string) => string;
}

const NONE = { cities: [], niches: [] };

/** Cities and niches by title; null while they load. Who may not see the lists sees keys. */
export function usePlaces(): Places | null {
  const may = useMay('leads:read');
  const { data, error } = useQuery(CompanyPlacesDocument, {
    skip: !may,
    fetchPolicy: 'cache-first',
  });
  const isLoading = may && data === undefined && error === undefined;
  const lists = data?.leadSettings ?? NONE;
  return useMemo(() => {
    if (isLoading) return null;
    const titles = new Map(
      [...lists.cities, ...lists.niches].map(({ key, title }) => [key, title]),
    );
    return {
      cities: lists.cities.map(({ title }) => title),
      niches: lists.niches.map(({ title }) => title),
      titleOf: (key) => titles.get(key) ?? key,
    };
  }, [isLoading, lists]);
}
