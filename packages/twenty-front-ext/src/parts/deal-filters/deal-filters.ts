import type { DealFilterInput } from '../../generated/graphql.ts';

/** What people narrow a board or a table by, within a pipeline. Null and empty do not narrow. */
export interface DealFilters {
  readonly text: string;
  readonly stages: readonly string[];
  readonly businessStage: string | null;
  /** Account. */
  readonly owner: string | null;
  readonly client: string | null;
  readonly outcome: 'open' | 'won' | 'lost' | null;
  readonly sla: 'overdue' | 'open' | 'none' | null;
  /** RFC 3339. */
  readonly dueBefore: string | null;
  /** Minor units, of `currency` when it is given. */
  readonly amountFrom: number | null;
  readonly amountTo: number | null;
  readonly currency: string | null;
  readonly archived: boolean;
}

export const NO_FILTERS: DealFilters = {
  text: '',
  stages: [],
  businessStage: null,
  owner: null,
  client: null,
  outcome: null,
  sla: null,
  dueBefore: null,
  amountFrom: null,
  amountTo: null,
  currency: null,
  archived: false,
};

/** Shortest text that is searched for. */
export const SHORTEST_TEXT = 3;

/** Filters of an address, in the parameter names of REST; what makes no sense is left out. */
export function readDealFilters(params: URLSearchParams): DealFilters {
  const amount = (name: string): number | null => {
    const value = Number(params.get(name) ?? Number.NaN);
    return Number.isSafeInteger(value) ? value : null;
  };
  return {
    text: params.get('text') ?? '',
    stages: params.getAll('stage'),
    businessStage: params.get('business_stage'),
    owner: params.get('owner'),
    client: params.get('client'),
    outcome: oneOf(params.get('outcome'), ['open', 'won', 'lost']),
    sla: oneOf(params.get('sla'), ['overdue', 'open', 'none']),
    dueBefore: params.get('due_before'),
    amountFrom: amount('amount_from'),
    amountTo: amount('amount_to'),
    currency: params.get('currency'),
    archived: params.get('archived') === 'true',
  };
}

/** `params` with these filters in place of others; parameters of other parts stay. */
export function writeDealFilters(filters: DealFilters, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  const values: Record<string, string | number | boolean | null | readonly string[]> = {
    text: filters.text,
    stage: filters.stages,
    business_stage: filters.businessStage,
    owner: filters.owner,
    client: filters.client,
    outcome: filters.outcome,
    sla: filters.sla,
    due_before: filters.dueBefore,
    amount_from: filters.amountFrom,
    amount_to: filters.amountTo,
    currency: filters.currency,
    archived: filters.archived,
  };
  for (const [name, value] of Object.entries(values)) {
    next.delete(name);
    if (typeof value === 'object') for (const one of value ?? []) next.append(name, one);
    else if (value !== '' && value !== false) next.set(name, String(value));
  }
  return next;
}

/** The filters as the server takes them. */
export function filterInput(filters: DealFilters, pipeline: string | null): DealFilterInput {
  const { text, stages, archived, ...same } = filters;
  const trimmed = text.trim();
  const given = Object.entries({
    ...same,
    pipeline,
    text: trimmed.length < SHORTEST_TEXT ? null : trimmed,
    stages: stages.length === 0 ? null : [...stages],
    archived: archived ? true : null,
  }).filter(([, value]) => value !== null);
  return Object.fromEntries(given);
}

/** How many kinds of filters narrow, the searched text aside. */
export function countFilters({ text: _text, ...filters }: DealFilters): number {
  const { amountFrom, amountTo, currency: _currency, ...others } = filters;
  const amount = amountFrom !== null || amountTo !== null;
  const rest = Object.values(others).filter(
    (value) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return rest.length + Number(amount);
}

function oneOf<Value extends string>(text: string | null, values: readonly Value[]): Value | null {
  return values.find((value) => value === text) ?? null;
}
