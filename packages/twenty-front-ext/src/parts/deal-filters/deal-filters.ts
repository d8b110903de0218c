import type { DealFilterInput, DealRunStatus } from '../../generated/graphql.ts';

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
  const { text, stages, reachedStages, archived, ...rest } = filters;
  const { timer, runStatus, runDueFrom, runDueBefore, ...same } = rest;
  const trimmed = text.trim();
  const run = given({
    timer,
    status: runStatus,
    dueFrom: runDueFrom,
    dueBefore: runDueBefore,
  });
  return given({
    ...same,
    pipeline,
    text: trimmed.length < SHORTEST_TEXT ? null : trimmed,
    stages: stages.length === 0 ? null : [...stages],
    reachedStages: reachedStages.length === 0 ? null : [...reachedStages],
    archived: archived ? true : null,
    run: Object.keys(run).length === 0 ? null : run,
  });
}

/** Parameters of addresses for members of `DealFilterInput` that are not called alike. */
const RENAMED = new Map([
  ['stages', 'stage'],
  ['reachedStages', 'reached_stage'],
  ['run.timer', 'timer'],
]);

/** Filters of a `DealFilterInput` that was kept; what makes no sense is left out. */
export function filtersOf(input: unknown): DealFilters {
  const params = new URLSearchParams();
  const read = (raw: unknown, prefix: string): void => {
    if (typeof raw !== 'object' || raw === null) return;
    for (const [member, value] of Object.entries(raw)) {
      const name = `${prefix}${member}`;
      if (name === 'run') read(value, 'run.');
      else for (const one of [value].flat()) params.append(parameterOf(name), String(one));
    }
  };
  read(input, '');
  return readDealFilters(params);
}

/** `runDueFrom` and `run.dueFrom` are `run_due_from`. */
function parameterOf(name: string): string {
  const plain = name
    .replaceAll('.', '_')
    .replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return RENAMED.get(name) ?? plain;
}

/** How many members narrow, the searched text aside; both ends of a range count as one. */
export function countFilters(filters: DealFilters): number {
  const { text: _text, currency: _currency, ...rest } = filters;
  const { amountTo, createdBefore, runDueBefore, ...others } = rest;
  const counted = Object.values({
    ...others,
    amountFrom: others.amountFrom ?? amountTo,
    createdFrom: others.createdFrom ?? createdBefore,
    runDueFrom: others.runDueFrom ?? runDueBefore,
  });
  return counted.filter(
    (value) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
  ).length;
}

/** The members that are not null. */
function given<Value extends object>(values: Value): { [Key in keyof Value]?: Value[Key] } {
  const members: { [Key in keyof Value]?: Value[Key] } = { ...values };
  for (const key in members) if (members[key] === null) delete members[key];
  return members;
}

function oneOf<Value extends string>(text: string | null, values: readonly Value[]): Value | null {
  return values.find((value) => value === text) ?? null;
}
