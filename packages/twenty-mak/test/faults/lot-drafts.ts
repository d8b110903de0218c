import type { Random } from '../../src/simulator/random.ts';

/** A lot that somebody is about to offer. */
export interface LotDraft {
  /** Milliseconds. */
  readonly lasts: number;
  readonly opensIn: number;
  /** As the API takes them. */
  readonly terms: object;
}

/** Terms of a kind by chance: with and without reserve, price to buy now, and anti-sniping. */
export function lotDraft(
  random: Random,
  kind: 'ascending' | 'sealed' | 'descending',
  lasts: number,
): LotDraft {
  const opensIn = random.chance(0.2) ? random.int(300, 1_000) : 0;
  return { lasts, opensIn, terms: { kind, ...TERMS[kind](random, lasts) } };
}

const TERMS = {
  ascending: (random: Random, lasts: number) => {
    const start = random.int(1, 10) * 100;
    const reserve = random.chance(0.3) ? start + random.int(1, 10) * 50 : null;
    // A lot that is to stay open cannot be bought at once.
    const hasPrice = lasts < LONG && random.chance(0.3);
    const buyNow = hasPrice ? (reserve ?? start) + random.int(10, 40) * 50 : null;
    return {
      start,
      step: random.int(1, 5) * 10,
      ...(reserve === null ? {} : { reserve }),
      ...(buyNow === null ? {} : { buy_now: buyNow }),
      ...(random.chance(0.6) ? { anti_sniping: sniping(random) } : {}),
    };
  },
  sealed: (random: Random) => ({ reserve: random.int(1, 10) * 100 }),
  descending: (random: Random, lasts: number) => ({
    // More than anybody has, where it is to stay open.
    start: lasts < LONG ? random.int(10, 30) * 100 : 900_000_000,
    step: 50,
    floor: lasts < LONG ? 100 : 899_999_000,
    interval_seconds: lasts < LONG ? 1 : 600,
  }),
};

const LONG = 60_000;

function sniping(random: Random): object {
  return {
    window_seconds: 1,
    extension_seconds: random.int(1, 2),
    times: random.int(1, 5),
  };
}
