import { listReader } from 'twenty-mak-domain';
import type { LeadLists } from 'twenty-mak-domain';
import { RefusalError } from '../../platform/errors/index.ts';

interface Places {
  readonly cities?: readonly string[] | undefined;
  readonly niches?: readonly string[] | undefined;
}

/**
 * Cities and niches as keys of the tenant's lists, in whatever spelling they came. Throws 422 `place_not_listed`: no lead
 * could ever match it.
 */
export function listedPlaces(
  lists: LeadLists,
  { cities, niches }: Places,
): { cities?: string[]; niches?: string[] } {
  const read = listReader(lists);
  return {
    ...(cities === undefined ? {} : { cities: keysOf(cities, read.city, 'cities') }),
    ...(niches === undefined ? {} : { niches: keysOf(niches, read.niche, 'niches') }),
  };
}

function keysOf(
  names: readonly string[],
  read: (name: string) => string | null,
  field: string,
): string[] {
  const keys = names.map((name, index) => read(name) ?? refuse(name, `${field}.${index}`));
  return [...new Set(keys)];
}

function refuse(name: string, field: string): never {
  throw new RefusalError({
    code: 'place_not_listed',
    reason: `${name} is not in the list of the tenant. Choose one of the list, or add it there first.`,
    field,
  });
}
