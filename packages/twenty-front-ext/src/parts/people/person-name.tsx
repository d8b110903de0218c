import { useQuery } from '@apollo/client/react';
import { PersonNameDocument } from '../../generated/graphql.ts';

/** Name of the person with this id; the id itself when nobody is known by it. */
export function usePersonName(id: string | null): string | null {
  const { data } = useQuery(PersonNameDocument, {
    variables: { id: id ?? '' },
    skip: id === null,
    fetchPolicy: 'cache-first',
  });
  return data?.account.name ?? id;
}

/** The name of a person, within a text. */
export function PersonName({ id }: { readonly id: string }) {
  return usePersonName(id);
}
