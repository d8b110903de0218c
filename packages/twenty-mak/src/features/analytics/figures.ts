/**
 * What is counted. Every figure is a list of rows: `n` things and their sum `total`, by pipeline, day, subject, detail
 * and currency. The day is that of the creation of the deal unless said otherwise. Archived deals count nowhere.
 */
export const FIGURES = {
  /** Deals and their amounts, by stage, highest stage reached and currency. */
  deal: 'deal',
  /** Deals and their amounts, by owner and currency. */
  owner: 'owner',
  /** Breached runs, by owner of the deal. */
  ownerBreach: 'owner_breach',
  /** Open deals, by stage; the sum is that of the instants since when they have been there. */
  wait: 'wait',
  /** Runs, by timer and status: breached, running, met, cancelled. */
  run: 'run',
  /** Runs that reached their goal, late or not, and their working time, by timer and step of duration. */
  time: 'time',
  /** Breached runs by timer; the day is that of the due time. */
  breach: 'breach',
  /** Stays in a stage that have ended and their time, by stage and step of duration. */
  visit: 'visit',
  /** Campaign reports and their sums, by name of the figure and currency; the day is that of the report. */
  kpi: 'kpi',
  /** Answers, by score; the day is that of the answer. */
  nps: 'nps',
} as const;
/** Rises with every change of what a figure means: rollups that were built by other rules are built again. */
export const RULES = 2;

/** Figures that are shown day by day; the others are added up over a period, so they are kept by month as well. */
export const DAILY_FIGURES: readonly Figure[] = [FIGURES.breach, FIGURES.kpi];

export type Figure = (typeof FIGURES)[keyof typeof FIGURES];

/** One row of the report that all dashboards are made of; days are summed up unless the figure is one over time. */
export interface FigureRow {
  readonly figure: Figure;
  /** `YYYY-MM-DD` for figures over time, else null. */
  readonly day: string | null;
  readonly subject: string;
  readonly detail: string;
  readonly currency: string;
  readonly n: number;
  readonly total: number;
}
