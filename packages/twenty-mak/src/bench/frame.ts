import pg from 'pg';

/** Where a benchmark finds a running stack that nobody else uses. */
export interface BenchPlace {
  /** Address of the api. */
  readonly url: string;
  /** Address of the worker's health and metrics. */
  readonly workerUrl: string;
  readonly operatorKey: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly scanUrl: string;
  readonly redisUrl: string;
  /** Larger data, for the goals that have some. */
  readonly full: boolean;
  /** Tells a person how far it is; not part of the result. */
  readonly log: (text: string) => void;
}

/** One goal: a ratio of two arms that are measured in turns in one run. */
export interface Goal {
  readonly name: string;
  readonly target: number;
  /** `atLeast`: more is better; `atMost`: less is better. */
  readonly kind: 'atLeast' | 'atMost';
  /** One ratio a round, at least five. Throws when what was measured was not correct. */
  readonly measure: (place: BenchPlace) => Promise<number[]>;
}

export interface GoalResult {
  readonly goal: string;
  /** Median of the rounds. */
  readonly ratio: number;
  readonly worst: number;
  readonly target: number;
  readonly ok: boolean;
}

/** Measures one goal on a PostgreSQL that is asserted to keep what it acknowledges. */
export async function run(goal: Goal, place: BenchPlace): Promise<GoalResult> {
  await assertDurable(place.ownerUrl);
  const ratios = (await goal.measure(place)).toSorted((left, right) => left - right);
  if (ratios.length < 5)
    throw new Error(`${goal.name} measured ${ratios.length} rounds; five are the least`);
  const ratio = ratios[Math.floor(ratios.length / 2)] as number;
  const worst = (goal.kind === 'atLeast' ? ratios[0] : ratios.at(-1)) as number;
  const ok = goal.kind === 'atLeast' ? ratio >= goal.target : ratio <= goal.target;
  return { goal: goal.name, ratio: round(ratio), worst: round(worst), target: goal.target, ok };
}

/** Measures both arms in turns, so that a machine that gets slower slows both. Gives first ÷ second for each round. */
export async function inTurns(
  rounds: number,
  first: () => Promise<number>,
  second: () => Promise<number>,
  log: (text: string) => void,
): Promise<number[]> {
  const ratios: number[] = [];
  for (let index = 0; index < rounds; index += 1) {
    const [one, other] = [await first(), await second()];
    ratios.push(one / other);
    log(
      `round ${index + 1}: ${one.toFixed(0)} ÷ ${other.toFixed(0)} = ${(one / other).toFixed(3)}`,
    );
  }
  return ratios;
}

async function assertDurable(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      const { rows } = await client.query<{ value: string }>(
        'SELECT current_setting($1) AS value',
        [setting],
      );
      if (rows[0]?.value !== 'on')
        throw new Error(`the benchmark needs ${setting} = on, it is ${rows[0]?.value}`);
    }
  } finally {
    await client.end();
  }
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
