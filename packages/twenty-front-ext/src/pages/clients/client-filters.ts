import type { ClientFilterInput } from '../../generated/graphql.ts';
import { questionsOf } from '../../parts/segments/segment-filter.ts';
import type { Question } from '../../parts/segments/segment-filter.ts';

/** What people narrow the list of clients by. Null and empty do not narrow. */
export interface ClientFilters {
  readonly text: string;
  /** A saved filter, which holds beside the others. */
  readonly inSegment: string | null;
  readonly kind: 'company' | 'person' | null;
  readonly industry: string | null;
  /** A word among its segments. */
  readonly segment: string | null;
  readonly clientType: string | null;
  readonly budgetBand: string | null;
  readonly size: string | null;
  readonly source: string | null;
  /** Account. */
  readonly owner: string | null;
  readonly keyAccount: boolean;
  readonly archived: boolean;
}

export const NO_FILTERS: ClientFilters = {
  text: '',
  inSegment: null,
  kind: null,
  industry: null,
  segment: null,
  clientType: null,
  budgetBand: null,
  size: null,
  source: null,
  owner: null,
  keyAccount: false,
  archived: false,
};

/** Names in the address, as in REST. */
const NAMES = {
  text: 'text',
  inSegment: 'in_segment',
  kind: 'kind',
  industry: 'industry',
  segment: 'segment',
  clientType: 'client_type',
  budgetBand: 'budget_band',
  size: 'size',
  source: 'source',
  owner: 'owner',
  keyAccount: 'key_account',
  archived: 'archived',
} as const satisfies Record<keyof ClientFilters, string>;

/** Filters of an address; what makes no sense is left out. */
export function readClientFilters(params: URLSearchParams): ClientFilters {
  const kind = params.get(NAMES.kind);
  return {
    text: params.get(NAMES.text) ?? '',
    inSegment: params.get(NAMES.inSegment),
    kind: kind === 'company' || kind === 'person' ? kind : null,
    industry: params.get(NAMES.industry),
    segment: params.get(NAMES.segment),
    clientType: params.get(NAMES.clientType),
    budgetBand: params.get(NAMES.budgetBand),
    size: params.get(NAMES.size),
    source: params.get(NAMES.source),
    owner: params.get(NAMES.owner),
    keyAccount: params.get(NAMES.keyAccount) === 'true',
    archived: params.get(NAMES.archived) === 'true',
  };
}

/** `params` with these filters in place of others; parameters of other parts stay. */
export function writeClientFilters(
  filters: ClientFilters,
  params: URLSearchParams,
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const key of namesOf(filters)) {
    const value = filters[key];
    if (narrows(value)) next.set(NAMES[key], String(value));
    else next.delete(NAMES[key]);
  }
  return next;
}

/** The filters as the server takes them. */
export function filterInput(filters: ClientFilters): ClientFilterInput {
  const trimmed = { ...filters, text: filters.text.trim() };
  return Object.fromEntries(
    namesOf(trimmed)
      .filter((key) => narrows(trimmed[key]))
      .map((key) => [key, trimmed[key]]),
  );
}

/** What a segment can keep of the filters: not what was searched for, and not whether archived clients are meant. */
export function segmentQuestions(filters: ClientFilters): readonly Question[] {
  const { kind, industry, segment, clientType, budgetBand, size, source, owner, keyAccount } =
    filters;
  return questionsOf({
    kind,
    industry,
    segments: segment,
    client_type: clientType,
    budget_band: budgetBand,
    size,
    source,
    owner_id: owner,
    key_account: keyAccount,
  });
}

/** The filters in the address of an export. */
export function exportQuery(filters: ClientFilters, format: 'csv' | 'xlsx'): string {
  const trimmed = { ...filters, text: filters.text.trim() };
  return writeClientFilters(trimmed, new URLSearchParams({ format })).toString();
}

/** How many narrow, the searched text aside. */
export function countFilters({ text: _text, ...rest }: ClientFilters): number {
  return Object.values(rest).filter(narrows).length;
}

function narrows(value: string | boolean | null): boolean {
  return value !== null && value !== false && value !== '';
}

function namesOf(filters: ClientFilters): readonly (keyof ClientFilters)[] {
  return Object.keys(filters).filter((key): key is keyof ClientFilters => key in NAMES);
}
