import type { DealFilterInput } from '../../generated/graphql.ts';
import { readDealFilters, SHORTEST_TEXT } from './deal-filters.ts';
import type { DealFilters } from './deal-filters.ts';

/** The filters as the server takes them. */
export function filterInput(filters: DealFilters, pipeline: string | null): DealFilterInput {
  const { text, stages, reachedStages, leftStages, archived, ...rest } = filters;
  const { timer, runStatus, runReached, runDueFrom, runDueBefore, ...others } = rest;
  const { kpi, kpiCurrency, kpiFrom, kpiBefore, ...more } = others;
  const { npsScoreFrom, npsScoreTo, npsFrom, npsBefore, ...same } = more;
  const trimmed = text.trim();
  return given({
    ...same,
    pipeline,
    text: trimmed.length < SHORTEST_TEXT ? null : trimmed,
    stages: stages.length === 0 ? null : [...stages],
    reachedStages: reachedStages.length === 0 ? null : [...reachedStages],
    leftStages: leftStages.length === 0 ? null : [...leftStages],
    archived: archived ? true : null,
    run: some({
      timer,
      status: runStatus,
      reached: runReached ? true : null,
      dueFrom: runDueFrom,
      dueBefore: runDueBefore,
    }),
    kpi: some({ name: kpi, currency: kpiCurrency, from: kpiFrom, before: kpiBefore }),
    nps: some({ scoreFrom: npsScoreFrom, scoreTo: npsScoreTo, from: npsFrom, before: npsBefore }),
  });
}

/** Parameters of addresses for members of `DealFilterInput` that are not called alike. */
const RENAMED = new Map([
  ['stages', 'stage'],
  ['reachedStages', 'reached_stage'],
  ['leftStages', 'left_stage'],
  ['run.timer', 'timer'],
  ['kpi.name', 'kpi'],
]);

/** Members that are filters themselves. */
const NESTED = new Set(['run', 'kpi', 'nps']);

/** Filters of a `DealFilterInput` that was kept; what makes no sense is left out. */
export function filtersOf(input: unknown): DealFilters {
  const params = new URLSearchParams();
  const read = (raw: unknown, prefix: string): void => {
    if (typeof raw !== 'object' || raw === null) return;
    for (const [member, value] of Object.entries(raw)) {
      const name = `${prefix}${member}`;
      if (NESTED.has(name)) read(value, `${name}.`);
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

/** The members that are not null. */
function given<Value extends object>(values: Value): { [Key in keyof Value]?: Value[Key] } {
  const members: { [Key in keyof Value]?: Value[Key] } = { ...values };
  for (const key in members) if (members[key] === null) delete members[key];
  return members;
}

/** The members that are not null; null when all are. */
function some<Value extends object>(values: Value): { [Key in keyof Value]?: Value[Key] } | null {
  const members = given(values);
  return Object.keys(members).length === 0 ? null : members;
}
