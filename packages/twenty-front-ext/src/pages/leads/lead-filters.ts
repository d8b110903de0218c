import type { LeadKind, LeadTableQueryVariables, LegalForm } from '../../generated/graphql.ts';
import { LEGAL_FORMS } from '../../parts/companies/company-texts.ts';
import { LEAD_KINDS } from '../../parts/leads/lead-kinds.ts';
import { questionsOf } from '../../parts/segments/segment-filter.ts';
import type { Question } from '../../parts/segments/segment-filter.ts';
import { dayBegins } from '../../ui/format/day.ts';

/** What the person has said about personal data; `none`: nothing yet. */
export const CONSENTS = ['given', 'refused', 'withdrawn', 'none'] as const;
export type ConsentFilter = (typeof CONSENTS)[number];

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
  readonly handling: string | null;
  readonly city: string | null;
  readonly niche: string | null;
  readonly legalForm: LegalForm | null;
  /** Head account of who brought it. */
  readonly partner: string | null;
  /** Account. */
  readonly responsible: string | null;
  readonly consent: ConsentFilter | null;
  /** An outer system that knows the lead. */
  readonly system: string | null;
  /** Minor units, both included. */
  readonly amountFrom: number | null;
  readonly amountTo: number | null;
  /** Of the amounts. */
  readonly currency: string | null;
  /** The least score. */
  readonly scoreFrom: number | null;
  /** Days of the tenant, both included, e.g. `2026-03-01`. */
  readonly enteredFrom: string | null;
  readonly enteredTo: string | null;
  readonly duplicate: boolean;
}

export const NO_FILTERS: LeadFilters = {
  text: '',
  segment: null,
  status: null,
  kind: null,
  source: null,
  handling: null,
  city: null,
  niche: null,
  legalForm: null,
  partner: null,
  responsible: null,
  consent: null,
  system: null,
  amountFrom: null,
  amountTo: null,
  currency: null,
  scoreFrom: null,
  enteredFrom: null,
  enteredTo: null,
  duplicate: false,
};

/** What each filter is called in the address of the page. */
const NAMES: Readonly<Record<keyof LeadFilters, string>> = {
  text: 'text',
  segment: 'segment',
  status: 'status',
  kind: 'kind',
  source: 'source',
  handling: 'handling',
  city: 'city',
  niche: 'niche',
  legalForm: 'legal_form',
  partner: 'partner',
  responsible: 'responsible',
  consent: 'consent',
  system: 'system',
  amountFrom: 'amount_from',
  amountTo: 'amount_to',
  currency: 'currency',
  scoreFrom: 'score_from',
  enteredFrom: 'entered_from',
  enteredTo: 'entered_to',
  duplicate: 'duplicate',
};

const ALL = Object.keys(NAMES) as readonly (keyof LeadFilters)[];

export function readLeadFilters(params: URLSearchParams): LeadFilters {
  const word = (name: keyof LeadFilters): string | null => params.get(NAMES[name]);
  const count = (name: keyof LeadFilters): number | null => {
    const found = Number(word(name) ?? Number.NaN);
    return Number.isSafeInteger(found) && found >= 0 ? found : null;
  };
  const day = (name: keyof LeadFilters): string | null => {
    const text = word(name) ?? '';
    return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
  };
  return {
    text: word('text') ?? '',
    segment: word('segment'),
    status: word('status'),
    kind: LEAD_KINDS.find((kind) => kind === word('kind')) ?? null,
    source: word('source'),
    handling: word('handling'),
    city: word('city'),
    niche: word('niche'),
    legalForm: LEGAL_FORMS.find((form) => form === word('legalForm')) ?? null,
    partner: word('partner'),
    responsible: word('responsible'),
    consent: CONSENTS.find((consent) => consent === word('consent')) ?? null,
    system: word('system'),
    amountFrom: count('amountFrom'),
    amountTo: count('amountTo'),
    currency: word('currency'),
    scoreFrom: count('scoreFrom'),
    enteredFrom: day('enteredFrom'),
    enteredTo: day('enteredTo'),
    duplicate: word('duplicate') === 'true',
  };
}

/** `params` with these filters in place of others; parameters of other parts stay. */
export function writeLeadFilters(filters: LeadFilters, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ALL) {
    const value = filters[name];
    if (narrows(value)) next.set(NAMES[name], String(value));
    else next.delete(NAMES[name]);
  }
  return next;
}

/** The filters as the server takes them: what has no word of its own there is asked for by a filter as of segments. */
export function filterVariables(filters: LeadFilters, timeZone: string): LeadTableQueryVariables {
  const { text, segment, status, source, responsible, duplicate } = filters;
  const words = Object.entries({ segment, status, source, responsible });
  const questions = furtherQuestions(filters, timeZone);
  return {
    ...Object.fromEntries(words.filter(([, value]) => value !== null)),
    ...(questions.length === 0 ? {} : { filter: { all: questions } }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(duplicate ? { duplicate } : {}),
  };
}

/** What a segment can keep of the filters. What was searched for is not in it: names and numbers may not be saved. */
export function segmentQuestions(filters: LeadFilters, timeZone: string): readonly Question[] {
  const { status, source, responsible, duplicate } = filters;
  return [
    ...questionsOf({ status, source }),
    ...furtherQuestions(filters, timeZone),
    ...questionsOf({ responsible_id: responsible, duplicate }),
  ];
}

function furtherQuestions(filters: LeadFilters, timeZone: string): readonly Question[] {
  const { kind, handling, city, niche, legalForm, partner, system, consent, scoreFrom } = filters;
  const { amountFrom, amountTo, currency, enteredFrom, enteredTo } = filters;
  const words = questionsOf({
    ...{ kind, handling, city, niche, legal_form: legalForm },
    ...{ partner_id: partner, external_system: system },
  });
  const said: readonly Question[] =
    consent === 'none' ? [{ field: 'consent', empty: true }] : questionsOf({ consent });
  const amount = {
    ...(amountFrom === null ? {} : { from: amountFrom }),
    ...(amountTo === null ? {} : { to: amountTo }),
  };
  const entered = {
    ...(enteredFrom === null ? {} : { from: Date.parse(dayBegins(enteredFrom, timeZone)) }),
    ...(enteredTo === null ? {} : { before: Date.parse(dayBegins(enteredTo, timeZone, 1)) }),
  };
  return [
    ...words,
    ...said,
    ...question('amount', amount),
    ...(Object.keys(amount).length === 0 ? [] : questionsOf({ currency })),
    ...question('score', scoreFrom === null ? {} : { from: scoreFrom }),
    ...question('created_at', entered),
  ];
}

/** Nothing is asked without a bound. */
function question(field: string, bounds: Omit<Question, 'field'>): readonly Question[] {
  return Object.keys(bounds).length === 0 ? [] : [{ field, ...bounds }];
}

/** The same for the address of a file. */
export function exportQuery(
  filters: LeadFilters,
  format: 'csv' | 'xlsx',
  timeZone: string,
): string {
  const { filter, ...words } = filterVariables(filters, timeZone);
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(words)) query.set(name, String(value));
  if (filter !== undefined) query.set('filter', JSON.stringify(filter));
  return query.toString();
}

/** How many narrow, the searched text aside; a currency belongs to its amounts, and two bounds are one filter. */
export function countFilters(filters: LeadFilters): number {
  const { text: _text, currency: _currency, ...rest } = filters;
  const { amountFrom, amountTo, enteredFrom, enteredTo, ...single } = rest;
  const spans = [amountFrom ?? amountTo, enteredFrom ?? enteredTo];
  return [...Object.values(single), ...spans].filter(narrows).length;
}

function narrows(value: string | number | boolean | null): boolean {
  return value !== null && value !== false && value !== '';
}
