import type { LeadPairState } from '../../generated/graphql.ts';

const STATES = ['open', 'later', 'decided'] as const satisfies readonly LeadPairState[];
export const WAYS = ['phone', 'email', 'name'] as const;

/** What pairs are narrowed by. Null does not narrow. */
export interface PairFilters {
  /** Pairs of this lead. */
  readonly lead: string | null;
  /** What the leads have in common. */
  readonly by: string | null;
  /** Of one of the two. */
  readonly source: string | null;
  /** Account; of one of the two. */
  readonly responsible: string | null;
}

export const NO_FILTERS: PairFilters = { lead: null, by: null, source: null, responsible: null };

const NAMES = ['lead', 'by', 'source', 'responsible'] as const;

export function readPairFilters(params: URLSearchParams): PairFilters {
  const by = params.get('by');
  return {
    lead: params.get('lead'),
    by: WAYS.find((way) => way === by) ?? null,
    source: params.get('source'),
    responsible: params.get('responsible'),
  };
}

/** `params` with these filters in place of others; parameters of other parts stay. */
export function writePairFilters(filters: PairFilters, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of NAMES) {
    const value = filters[name];
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

export function readState(params: URLSearchParams): LeadPairState {
  return STATES.find((state) => state === params.get('state')) ?? 'open';
}

/** The filters as the server takes them. */
export function filterVariables(filters: PairFilters): Partial<Record<keyof PairFilters, string>> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null));
}

export function countFilters(filters: PairFilters): number {
  return Object.values(filters).filter((value) => value !== null).length;
}
