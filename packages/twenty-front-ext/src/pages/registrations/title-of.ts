import type { RegistrationLineFragment } from '../../generated/graphql.ts';

/** What an application is called; null where nobody may see who it is. */
export function titleOf({
  companyName,
  name,
}: Pick<RegistrationLineFragment, 'companyName' | 'name'>): string | null {
  return companyName ?? name;
}
