import type { LeadKind, LeadTableQueryVariables } from '../../generated/graphql.ts';
import { LEAD_KINDS } from '../../parts/leads/lead-kinds.ts';
import { questionsOf } from '../../parts/segments/segment-filter.ts';
import type { Question } from '../../parts/segments/segment-filter.ts';

/** What people narrow the list of leads by. Null, empty and false do not narrow. */
export interface LeadFilters {
  /** A whole number, address or name. */
  readonly text: string;
  /** A saved filter, which holds beside the others. */
  readonly segment: string | null;
  readonly status: string | null;
  /** What a status means to the rules. */
  readonly kind: LeadKind | null;
  readonly source: string | null;
  readonly city: string | null;
  readonly niche: string | null;
  /** Account. */
  readonly responsible: string | null;
  readonly duplicate: boolean;
}

export const NO_FILTERS: LeadFilters = {
  text: '',
  segment: null,
  status: null,
  kind: null,
  source: null,
  city: null,
  niche: null,
  responsible: null,
  duplicate: false,
};

const NAMES = [
  'text',
  'segment',
  'status',
  'kind',
  'source',
  'city',
  'niche',
  'responsible',
  'duplicate',
] as const;

export function readLeadFilters(params: URLSearchParams): LeadFilters {
  return {
    text: params.get('text') ?? '',
    segment: params.get('segment'),
    status: params.get('status'),
    kind: LEAD_KINDS.find((kind) => kind === params.get('kind')) ?? null,
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

/** The filters as the server takes them: places and kinds are asked for by a filter as of segments. */
export function filterVariables({
  text,
  kind,
  city,
  niche,
  duplicate,
  ...words
}: LeadFilters): LeadTableQueryVariables {
  const places = questionsOf({ kind, city, niche });
  const given = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== null));
  return {
    ...given,
    ...(places.length === 0 ? {} : { filter: { all: places } }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(duplicate ? { duplicate } : {}),
  };
}

/** What a segment can keep of the filters. What was searched for is not in it: names and numbers may not be saved. */
export function segmentQuestions(filters: LeadFilters): readonly Question[] {
  const { status, kind, source, city, niche, responsible, duplicate } = filters;
  const words = { status, kind, source, city, niche, responsible_id: responsible };
  return questionsOf({ ...words, duplicate });
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
