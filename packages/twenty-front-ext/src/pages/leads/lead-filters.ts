import type { LeadTableQueryVariables } from '../../generated/graphql.ts';

/** What people narrow the list of leads by. Null, empty and false do not narrow. */
export interface LeadFilters {
  /** A whole number, address or name. */
  readonly text: string;
  readonly status: string | null;
  readonly source: string | null;
  readonly city: string | null;
  readonly niche: string | null;
  /** Account. */
  readonly responsible: string | null;
  readonly duplicate: boolean;
}

export const NO_FILTERS: LeadFilters = {
  text: '',
  status: null,
  source: null,
  city: null,
  niche: null,
  responsible: null,
  duplicate: false,
};

const NAMES = ['text', 'status', 'source', 'city', 'niche', 'responsible', 'duplicate'] as const;

export function readLeadFilters(params: URLSearchParams): LeadFilters {
  return {
    text: params.get('text') ?? '',
    status: params.get('status'),
    source: params.get('source'),
    city: params.get('city'),
    niche: params.get('niche'),
    responsible: params.get('responsible'),
    duplicate: params.get('duplicate') === 'true',
  };
}

/** `params` with these filters in place of others; parameters of other parts stay. */
export function writeLeadFilters(filters: LeadFilters, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of NAMES) {
    const value = filters[name];
    if (narrows(value)) next.set(name, String(value));
    else next.delete(name);
  }
  return next;
}

/** The filters as the server takes them: places are asked for by a filter as of segments. */
export function filterVariables({
  text,
  city,
  niche,
  duplicate,
  ...words
}: LeadFilters): LeadTableQueryVariables {
  const places = [
    { field: 'city', value: city },
    { field: 'niche', value: niche },
  ].flatMap(({ field, value }) => (value === null ? [] : [{ field, is: [value] }]));
  const given = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== null));
  return {
    ...given,
    ...(places.length === 0 ? {} : { filter: { all: places } }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(duplicate ? { duplicate } : {}),
  };
}

/** The same for the address of a file. */
export function exportQuery(filters: LeadFilters, format: 'csv' | 'xlsx'): string {
  const { filter, ...words } = filterVariables(filters);
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(words)) query.set(name, String(value));
  if (filter !== undefined) query.set('filter', JSON.stringify(filter));
  return query.toString();
}

/** How many narrow, the searched text aside. */
export function countFilters({ text: _text, ...rest }: LeadFilters): number {
  return Object.values(rest).filter(narrows).length;
}

function narrows(value: string | boolean | null): boolean {
  return value !== null && value !== false && value !== '';
}
