import { differences } from './facts.ts';
import type { DealFacts } from './facts.ts';
import type { MakSide } from './mak-side.ts';
import type { TrialOptions } from './options.ts';
import type { OwnMak } from './own-mak.ts';
import type { Report } from './report.ts';
import type { Member, TwentySide } from './twenty-side.ts';
import { NotInTime, until } from './until.ts';

/** The part of twenty's calls that the trial spends on looking. */
export const LOOKING = 0.3;

type Deals = ReadonlyMap<string, DealFacts>;
/** Says in words what is not yet as it should be. */
export type Wish = (deals: Deals) => string | null;

export interface Stage {
  readonly own: OwnMak;
  readonly mak: MakSide;
  readonly twenty: TwentySide;
  readonly members: readonly [Member, Member];
  /** Begins the name of everything that the trial makes. */
  readonly mark: string;
  readonly options: TrialOptions;
  readonly report: Report;
  readonly signal: AbortSignal;
}

export interface Step {
  readonly act: () => Promise<void>;
  readonly mak?: Wish;
  /** What else is looked at on both sides. */
  readonly also?: () => Promise<string | null>;
  /** How many calls of twenty that takes; left out: few. */
  readonly calls?: number;
}

/** Does something, and waits until MaK is as wished and both sides are equal in everything; what is only late is a row. */
export async function measure(
  { mak, twenty, options, report, signal }: Stage,
  what: string,
  { act, mak: wish, also, calls = 0 }: Step,
): Promise<void> {
  const { patience } = options;
  const look = async (): Promise<string | null> => {
    const here = await mak.deals();
    // MaK may be asked as often as one likes, twenty may not.
    return wish?.(here) ?? (await also?.()) ?? differences(here, await twenty.deals())[0] ?? null;
  };
  report.begin(what);
  const begin = performance.now();
  try {
    await act();
    await until({ every: pauseOf(options, calls), patience, signal }, look);
    const seconds = (performance.now() - begin) / 1_000;
    report.add({ what, seconds, ok: true, detail: '' });
  } catch (error) {
    if (!(error instanceof NotInTime)) throw error;
    const seconds = (performance.now() - begin) / 1_000;
    report.add({ what, seconds, ok: false, detail: error.message });
  }
}

/** That a deal of MaK has these values. */
export function holds(id: string, wanted: Partial<DealFacts>): Wish {
  return (deals) => {
    const values = new Map<string, unknown>(Object.entries(deals.get(id) ?? {}));
    const wrong = Object.entries(wanted).find(([field, value]) => values.get(field) !== value);
    return wrong === undefined ? null : `${wrong[0]} in MaK is ${String(values.get(wrong[0]))}`;
  };
}

/** A look at deals takes two calls; they leave most of what twenty allows to the sync. */
function pauseOf({ callsPerMinute }: TrialOptions, more: number): number {
  return Math.max(200, (60_000 * (2 + more)) / (callsPerMinute * LOOKING));
}
