import { KNOWN_TYPES } from 'twenty-mak-domain';
import { Suggestions } from '../../../ui/form/suggestions.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { rolesOf, systemsOf } from '../stages/vocabulary.ts';

/** Ids of the lists below, for the `list` of an input. */
export const SUGGESTED = {
  roles: 'suggested-roles',
  systems: 'suggested-systems',
  types: 'suggested-types',
} as const;

/** Names that inputs anywhere in the editor suggest; each list is on the page once. */
export function SuggestedLists() {
  const { definition } = useEditor();
  const lists = [
    [SUGGESTED.roles, rolesOf(definition)],
    [SUGGESTED.systems, systemsOf(definition)],
    [SUGGESTED.types, [...KNOWN_TYPES]],
  ] as const;
  return lists.map(([id, names]) => <Suggestions key={id} id={id} values={names} />);
}
