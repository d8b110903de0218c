import type { DealRunStatus } from '../../generated/graphql.ts';

/** What people narrow a board or a table by, within a pipeline. Null and empty do not narrow. */
export interface DealFilters {
  readonly text: string;
  readonly stages: readonly string[];
  readonly businessStage: string | null;
  /** Account, or `NOBODY`. */
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
  /** RFC 3339; the end is not included. */
  readonly createdFrom: string | null;
  readonly createdBefore: string | null;
  /** The highest stage a deal has been in. */
  readonly reachedStages: readonly string[];
  readonly industry: string | null;
  readonly clientType: string | null;
  readonly budgetBand: string | null;
  readonly segment: string | null;
  /** Deals that have a run of this kind. */
  readonly timer: string | null;
  readonly runStatus: DealRunStatus | null;
  readonly runDueFrom: string | null;
  readonly runDueBefore: string | null;
  /** The run reached its goal, late or not. */
  readonly runReached: boolean;
  /** Stages of which a deal has been in one and has left it. */
  readonly leftStages: readonly string[];
  /** Deals for which this campaign figure was reported; `none` is no currency. */
  readonly kpi: string | null;
  readonly kpiCurrency: string | null;
  readonly kpiFrom: string | null;
  readonly kpiBefore: string | null;
  /** Deals with an answer of such a score, 0 to 10, both ends included. */
  readonly npsScoreFrom: number | null;
  readonly npsScoreTo: number | null;
  readonly npsFrom: string | null;
  readonly npsBefore: string | null;
}

/** In place of an account: deals that nobody owns. */
export const NOBODY = 'nobody';

/** In place of a currency: figures without one. */
export const NO_CURRENCY = 'none';

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
  createdFrom: null,
  createdBefore: null,
  reachedStages: [],
  industry: null,
  clientType: null,
  budgetBand: null,
  segment: null,
  timer: null,
  runStatus: null,
  runDueFrom: null,
  runDueBefore: null,
  runReached: false,
  leftStages: [],
  kpi: null,
  kpiCurrency: null,
  kpiFrom: null,
  kpiBefore: null,
  npsScoreFrom: null,
  npsScoreTo: null,
  npsFrom: null,
  npsBefore: null,
};

/** Shortest text that is searched for. */
export const SHORTEST_TEXT = 3;

/** Filters of an address, in the parameter names of REST; what makes no sense is left out. */
export function readDealFilters(params: URLSearchParams): DealFilters {
  const integer = (name: string): number | null => {
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
    amountFrom: integer('amount_from'),
    amountTo: integer('amount_to'),
    currency: params.get('currency'),
    archived: params.get('archived') === 'true',
    createdFrom: params.get('created_from'),
    createdBefore: params.get('created_before'),
    reachedStages: params.getAll('reached_stage'),
    industry: params.get('industry'),
    clientType: params.get('client_type'),
    budgetBand: params.get('budget_band'),
    segment: params.get('segment'),
    timer: params.get('timer'),
    runStatus: oneOf(params.get('run_status'), ['running', 'met', 'breached', 'cancelled']),
    runDueFrom: params.get('run_due_from'),
    runDueBefore: params.get('run_due_before'),
    runReached: params.get('run_reached') === 'true',
    leftStages: params.getAll('left_stage'),
    kpi: params.get('kpi'),
    kpiCurrency: params.get('kpi_currency'),
    kpiFrom: params.get('kpi_from'),
    kpiBefore: params.get('kpi_before'),
    npsScoreFrom: integer('nps_score_from'),
    npsScoreTo: integer('nps_score_to'),
    npsFrom: params.get('nps_from'),
    npsBefore: params.get('nps_before'),
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
    created_from: filters.createdFrom,
    created_before: filters.createdBefore,
    reached_stage: filters.reachedStages,
    industry: filters.industry,
    client_type: filters.clientType,
    budget_band: filters.budgetBand,
    segment: filters.segment,
    timer: filters.timer,
    run_status: filters.runStatus,
    run_due_from: filters.runDueFrom,
    run_due_before: filters.runDueBefore,
    run_reached: filters.runReached,
    left_stage: filters.leftStages,
    kpi: filters.kpi,
    kpi_currency: filters.kpiCurrency,
    kpi_from: filters.kpiFrom,
    kpi_before: filters.kpiBefore,
    nps_score_from: filters.npsScoreFrom,
    nps_score_to: filters.npsScoreTo,
    nps_from: filters.npsFrom,
    nps_before: filters.npsBefore,
  };
  for (const [name, value] of Object.entries(values)) {
    next.delete(name);
    if (typeof value === 'object') for (const one of value ?? []) next.append(name, one);
    else if (value !== '' && value !== false) next.set(name, String(value));
  }
  return next;
}

/** How many members narrow, the searched text aside; both ends of a range count as one. */
export function countFilters(filters: DealFilters): number {
  const { text: _text, currency: _currency, kpiCurrency: _of, ...rest } = filters;
  const { amountTo, createdBefore, runDueBefore, kpiBefore, npsScoreTo, npsBefore, ...others } =
    rest;
  const counted = Object.values({
    ...others,
    amountFrom: others.amountFrom ?? amountTo,
    createdFrom: others.createdFrom ?? createdBefore,
    runDueFrom: others.runDueFrom ?? runDueBefore,
    kpiFrom: others.kpiFrom ?? kpiBefore,
    npsScoreFrom: others.npsScoreFrom ?? npsScoreTo,
    npsFrom: others.npsFrom ?? npsBefore,
  });
  return counted.filter(
    (value) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
  ).length;
}

function oneOf<Value extends string>(text: string | null, values: readonly Value[]): Value | null {
  return values.find((value) => value === text) ?? null;
}
