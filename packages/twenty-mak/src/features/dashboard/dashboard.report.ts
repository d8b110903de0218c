import type { Instant, PipelineDefinition, TimerDefinition } from 'twenty-mak-domain';
import { workingSecondsOf } from './targets.ts';
import { summarize } from '../analytics/index.ts';
import type { Figure, FigureRow } from '../analytics/index.ts';
import { totalsOf } from '../deals/index.ts';
import type { Converter } from '../exchange-rates/index.ts';
import type { CommentRow, Waiting } from './dashboard.repository.ts';
import type { Dashboard } from './dashboard.model.ts';

export interface ReportInput {
  readonly pipeline: string;
  readonly currency: string;
  readonly definition: PipelineDefinition;
  readonly present: Instant;
  readonly begins: Instant | null;
  readonly ends: Instant | null;
  readonly rows: readonly FigureRow[];
  readonly waiting: readonly Waiting[];
  readonly comments: readonly CommentRow[];
  readonly convert: Converter;
}

/** The dashboard out of its figures. Days, stages and timers in order; stages and timers of older versions come last. */
export function dashboardOf(input: ReportInput): Dashboard {
  const { pipeline, currency, definition, present, begins, ends, rows, waiting, comments } = input;
  const { convert } = input;
  const figures = new Map<Figure, FigureRow[]>();
  for (const row of rows) figures.set(row.figure, [...(figures.get(row.figure) ?? []), row]);
  const of = (figure: Figure): readonly FigureRow[] => figures.get(figure) ?? [];
  const titles = new Map(
    [...definition.stages, ...(definition.endings ?? [])].map(({ key, title }) => [key, title]),
  );
  const titleOf = (stage: string): string => titles.get(stage) ?? stage;
  return {
    asOf: present,
    pipeline,
    currency,
    createdFrom: begins,
    createdBefore: ends,
    totals: kindsOf(definition, of('deal'), convert),
    stages: stagesOf(definition, of('deal'), convert),
    funnel: funnelOf(definition, of('deal')),
    steps: stepsOf(definition, of('run'), of('time')),
    stageTimes: inOrder([...titles.keys()], of('visit')).flatMap((stage) => {
      const { n, ...times } = summarize(stepsIn(of('visit'), stage));
      return n === 0 ? [] : [{ stage, title: titleOf(stage), visits: n, ...times }];
    }),
    breaches: of('breach')
      .map(({ day, subject, n }) => ({ day: day ?? '', timer: subject, breached: n }))
      .toSorted((one, other) => compare(one.day, other.day) || compare(one.timer, other.timer)),
    bottlenecks: bottlenecksOf(of('wait'), waiting, present, titleOf),
    kpi: kpiOf(of('kpi')),
    nps: {
      ...npsOf(of('nps')),
      comments: comments.map(({ deal_id: dealId, occurred_at: at, stage, score, comment }) => ({
        dealId,
        at,
        stage,
        score,
        comment,
      })),
    },
    owners: ownersOf(of('owner'), of('owner_breach'), convert),
  };
}

type StageHead = Pick<Dashboard['stages'][number], 'title' | 'kind' | 'businessStage' | 'color'>;

/** Stages and endings in the order of the board. */
function stageHeads({ stages, endings = [] }: PipelineDefinition): Map<string, StageHead> {
  return new Map([
    ...stages.map(
      ({ key, title, kind = 'open', businessStage = null, color = null }) =>
        [key, { title, kind: kind as string, businessStage, color }] as const,
    ),
    ...endings.map(
      ({ key, title, color = null }) =>
        [key, { title, kind: 'ended', businessStage: null, color }] as const,
    ),
  ]);
}

function stagesOf(
  definition: PipelineDefinition,
  rows: readonly FigureRow[],
  convert: Converter,
): Dashboard['stages'] {
  const heads = stageHeads(definition);
  return inOrder([...heads.keys()], rows).map((stage) => {
    const own = rows.filter(({ subject }) => subject === stage);
    const former = { title: stage, kind: 'former', businessStage: null, color: null };
    return { stage, ...(heads.get(stage) ?? former), ...moneyOf(own, convert) };
  });
}

/** The stages of each kind together; sums are converted once, so that nothing is rounded twice. */
function kindsOf(
  definition: PipelineDefinition,
  rows: readonly FigureRow[],
  convert: Converter,
): Dashboard['totals'] {
  const heads = stageHeads(definition);
  const kindOf = ({ subject }: FigureRow): string => heads.get(subject)?.kind ?? 'former';
  const kinds = new Set([...[...heads.values()].map(({ kind }) => kind), ...rows.map(kindOf)]);
  return [...kinds].map((kind) => {
    const own = rows.filter((row) => kindOf(row) === kind);
    const stages = [...heads]
      .filter(([, head]) => head.kind === kind)
      .map(([stage]) => ({ subject: stage }));
    return {
      kind,
      stages: inOrder([], [...stages, ...own]),
      ...moneyOf(own, convert),
    };
  });
}

function funnelOf({ stages }: PipelineDefinition, rows: readonly FigureRow[]): Dashboard['funnel'] {
  const ranks = new Map(stages.map(({ key }, rank) => [key, rank]));
  // A stage that the current version does not have says only that the deal was begun.
  const rankOf = ({ detail }: FigureRow): number => ranks.get(detail) ?? 0;
  return stages.map(({ key: stage, title }, rank) => {
    const entered = count(rows.filter((row) => rankOf(row) >= rank));
    if (rank === stages.length - 1) return { stage, title, entered, reachedNext: null, rate: null };
    const reachedNext = count(rows.filter((row) => rankOf(row) > rank));
    return {
      stage,
      title,
      entered,
      reachedNext,
      rate: entered === 0 ? null : reachedNext / entered,
    };
  });
}

function stepsOf(
  { timers = [], calendars = {} }: PipelineDefinition,
  runs: readonly FigureRow[],
  times: readonly FigureRow[],
): Dashboard['steps'] {
  const known = new Map<string, TimerDefinition>(timers.map((timer) => [timer.key, timer]));
  return inOrder([...known.keys()], runs).map((key) => {
    const timer = known.get(key);
    const own = runs.filter(({ subject }) => subject === key);
    const by = (status: string): number => count(own.filter(({ detail }) => detail === status));
    const { n: reached, ...took } = summarize(stepsIn(times, key));
    const calendar = timer?.calendar ?? null;
    return {
      timer: key,
      title: timer?.title ?? key,
      runs: count(own),
      met: by('met'),
      breached: by('breached'),
      cancelled: by('cancelled'),
      running: by('running'),
      reached,
      ...took,
      targetSeconds:
        timer === undefined
          ? null
          : workingSecondsOf(timer.target, calendar === null ? undefined : calendars[calendar]),
      calendar,
    };
  });
}

/** Those with overdue deals first, the most of them first, then those in which most time has been waited altogether. */
function bottlenecksOf(
  waits: readonly FigureRow[],
  waiting: readonly Waiting[],
  present: Instant,
  titleOf: (stage: string) => string,
): Dashboard['bottlenecks'] {
  const places = new Map(waiting.map((one) => [one.stage, one]));
  return inOrder([], waits)
    .map((stage) => {
      const own = waits.filter(({ subject }) => subject === stage);
      const deals = count(own);
      const since = own.reduce((sum, { total }) => sum + total, 0) / deals;
      const { since: ninetieth = null, overdue = 0 } = places.get(stage) ?? {};
      return {
        stage,
        title: titleOf(stage),
        deals,
        meanSeconds: (present - since) / 1_000,
        p90Seconds: ninetieth === null ? null : (present - ninetieth) / 1_000,
        overdue,
      };
    })
    .toSorted(
      (one, other) =>
        other.overdue - one.overdue ||
        other.deals * other.meanSeconds - one.deals * one.meanSeconds ||
        compare(one.stage, other.stage),
    );
}

function kpiOf(rows: readonly FigureRow[]): Dashboard['kpi'] {
  const days = [...new Set(rows.map(({ day }) => day ?? ''))].toSorted(compare);
  return days.map((day) => ({
    day,
    figures: rows
      .filter((row) => row.day === day)
      .map(({ subject: name, currency, n: reports, total }) => ({
        name,
        currency: currency === '' ? null : currency,
        total,
        reports,
      }))
      .toSorted((one, other) => compare(one.name, other.name)),
  }));
}

/** Promoters answered 9 or 10, detractors 6 or less; the score is the difference of their shares in percent. */
function npsOf(rows: readonly FigureRow[]): Omit<Dashboard['nps'], 'comments'> {
  const within = (low: number, high: number): number =>
    count(rows.filter(({ subject }) => Number(subject) >= low && Number(subject) <= high));
  const [answers, promoters, detractors] = [count(rows), within(9, 10), within(0, 6)];
  const score = answers === 0 ? null : (100 * (promoters - detractors)) / answers;
  return { answers, score, promoters, passives: answers - promoters - detractors, detractors };
}

function ownersOf(
  rows: readonly FigureRow[],
  breaches: readonly FigureRow[],
  convert: Converter,
): Dashboard['owners'] {
  return inOrder([], rows)
    .map((owner) => {
      const own = rows.filter(({ subject }) => subject === owner);
      return {
        ownerId: owner === '' ? null : owner,
        ...moneyOf(own, convert),
        breached: count(breaches.filter(({ subject }) => subject === owner)),
      };
    })
    .toSorted(
      (one, other) => other.deals - one.deals || compare(one.ownerId ?? '', other.ownerId ?? ''),
    );
}

/** Number and sums, as the board has them. */
function moneyOf(
  rows: readonly FigureRow[],
  convert: Converter,
): Pick<Dashboard['stages'][number], 'deals' | 'sums' | 'sum'> {
  const sorted = rows.toSorted((one, other) => compare(one.currency, other.currency));
  const { deals, sums, sum } = totalsOf(
    sorted.map(({ currency, n, total }) => ({ currency, deals: n, amount: total })),
    convert,
  );
  return { deals, sums: [...sums], sum };
}

function stepsIn(rows: readonly FigureRow[], subject: string) {
  return rows
    .filter((row) => row.subject === subject)
    .map(({ detail, n, total }) => ({ step: Number(detail), n, total }));
}

/** The known subjects, then those that only the rows have. */
function inOrder(known: readonly string[], rows: readonly Pick<FigureRow, 'subject'>[]): string[] {
  const others = [...new Set(rows.map(({ subject }) => subject))].toSorted(compare);
  return [...new Set([...known, ...others])];
}

function count(rows: readonly FigureRow[]): number {
  return rows.reduce((sum, { n }) => sum + n, 0);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
