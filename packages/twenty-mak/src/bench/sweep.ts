import pg from 'pg';
import { FIND_DUE, SWEEP_BATCH, sweepBatch } from '../features/sla/index.ts';
import { Database } from '../platform/database/index.ts';
import type { ServerAddresses } from './board-database.ts';
import { makeDeals, makeRuns, makeSweepDatabase, withClient } from './sweep-database.ts';

export interface SweepBenchOptions extends ServerAddresses {
  /** How often both arms are measured; each round gives one ratio. */
  readonly rounds?: number;
  readonly log?: (text: string) => void;
  /** False only where the figures themselves do not matter. Default true. */
  readonly durable?: boolean;
  /** Runs that become overdue in one arm. */
  readonly runs?: number;
}

export interface SweepScaleOptions extends SweepBenchOptions {
  /** Open timers of the smaller and of the larger database. */
  readonly small?: number;
  readonly large?: number;
  /** Polls of one arm in one round. */
  readonly polls?: number;
}

/** The other arm: the same rows in the same batches, nothing but the mark; as the owner, whom no policy holds. */
const PLAIN_UPDATE = `
UPDATE sla_run r SET breach_published = true
FROM (
  SELECT tenant_id, deal_id, timer, opened_source, opened_event_id FROM sla_run
  WHERE tenant_id = $1 AND closed_at IS NULL AND NOT breach_published AND due_at < now()
  ORDER BY due_at LIMIT $2
) AS due
WHERE r.tenant_id = due.tenant_id AND r.deal_id = due.deal_id AND r.timer = due.timer
  AND r.opened_source = due.opened_source AND r.opened_event_id = due.opened_event_id`;

/**
 * Breaches a second, durable and with their events in the outbox ÷ a plain batched UPDATE of equal rows. Two tenants
 * have the same runs, one for each arm, and the arms take turns batch by batch. One ratio a round. Throws when a breach
 * is missing or came twice, or when the database is not durable.
 */
export async function sweepRatios(options: SweepBenchOptions): Promise<number[]> {
  const { rounds = 7, runs = 20_000, log = () => undefined } = options;
  await assertDurable(options);
  const bench = await makeSweepDatabase(options, 2);
  const [product = '', plain = ''] = bench.tenantIds;
  const owner = new pg.Client({ connectionString: bench.ownerUrl });
  await owner.connect();
  const connection = { PG_APP_URL: bench.appUrl, PG_SCAN_URL: bench.scanUrl, PG_POOL_SIZE: 2 };
  const database = await Database.connect(connection, []);
  const sweep = (): Promise<number> =>
    database.within({ tenantId: product }, (transaction) =>
      sweepBatch(transaction, product, () => Promise.resolve()),
    );
  const update = async (): Promise<number> =>
    (await owner.query(PLAIN_UPDATE, [plain, SWEEP_BATCH])).rowCount ?? 0;
  try {
    await makeDeals(owner, product, runs);
    const ratios: number[] = [];
    // The first round only warms up.
    for (let round = 0; round <= rounds; round += 1) {
      await reset(owner, bench.tenantIds, runs);
      const { above, below } = await takeTurns(sweep, update);
      await assertSwept(owner, product, runs);
      if (round === 0) continue;
      log(`${perSecond(runs, above)} breaches/s ÷ ${perSecond(runs, below)} updates/s`);
      ratios.push(below / above);
    }
    return ratios;
  } finally {
    await database.close();
    await owner.end();
    await bench.drop();
  }
}

/** Milliseconds that each arm needs for all its batches; the first of a pair changes. */
async function takeTurns(
  sweep: () => Promise<number>,
  update: () => Promise<number>,
): Promise<{ above: number; below: number }> {
  const spent = { above: 0, below: 0 };
  let left = SWEEP_BATCH;
  const arms = [
    async () => {
      spent.above += await timed(async () => {
        left = await sweep();
      });
    },
    async () => {
      spent.below += await timed(async () => {
        await update();
      });
    },
  ];
  for (let turn = 0; left === SWEEP_BATCH; turn += 1) {
    for (const arm of turn % 2 === 0 ? arms : arms.toReversed()) await arm();
  }
  return spent;
}

function perSecond(count: number, milliseconds: number): string {
  return Math.round((count / milliseconds) * 1_000).toLocaleString('en');
}

/** Cost of a look for overdue runs at a million open timers ÷ at ten thousand. One ratio a round. */
export async function sweepScaleRatios(options: SweepScaleOptions): Promise<number[]> {
  const { rounds = 7, polls = 300, log = () => undefined } = options;
  const { small = 10_000, large = 1_000_000 } = options;
  await assertDurable(options);
  const tenants = 20;
  const few = await makeSweepDatabase(options, tenants);
  const many = await makeSweepDatabase(options, tenants);
  const scanners = [many, few].map(({ scanUrl }) => new pg.Client({ connectionString: scanUrl }));
  try {
    for (const [bench, timers] of [
      [few, small],
      [many, large],
    ] as const) {
      log(`making ${timers} open timers`);
      await withClient(bench.ownerUrl, async (client) => {
        await makeRuns(client, bench.tenantIds, timers, 1);
        await client.query('VACUUM (ANALYZE) sla_run');
        await client.query('ANALYZE tenant');
      });
    }
    await Promise.all(scanners.map((scanner) => scanner.connect()));
    const ratios: number[] = [];
    // The first round only warms up.
    for (let round = 0; round <= rounds; round += 1) {
      const times = scanners.map(() => [] as number[]);
      for (let poll = 0; poll < polls; poll += 1) {
        const turns = poll % 2 === 0 ? [0, 1] : [1, 0];
        for (const arm of turns) times[arm]?.push(await timed(() => pollOnce(scanners[arm])));
      }
      const [above, below] = times.map(median) as [number, number];
      if (round === 0) continue;
      log(`${above.toFixed(3)} ms ÷ ${below.toFixed(3)} ms`);
      ratios.push(above / below);
    }
    return ratios;
  } finally {
    await Promise.all(scanners.map((scanner) => scanner.end()));
    await few.drop();
    await many.drop();
  }
}

/** Exactly one of the tenants has an overdue run. */
async function pollOnce(scanner: pg.Client | undefined): Promise<void> {
  const found = await scanner?.query(FIND_DUE);
  if (found?.rowCount !== 1) throw new Error(`a poll found ${found?.rowCount ?? 0} tenants, not 1`);
}

/** The same runs for both arms: overdue, unmarked, in a table without dead rows. */
async function reset(owner: pg.Client, tenantIds: readonly string[], runs: number): Promise<void> {
  await owner.query('TRUNCATE sla_run, outbox');
  for (const tenantId of tenantIds) await makeRuns(owner, [tenantId], runs, runs);
  await owner.query('VACUUM (ANALYZE) sla_run, outbox, deal');
  await owner.query('CHECKPOINT');
}

async function assertSwept(owner: pg.Client, tenantId: string, runs: number): Promise<void> {
  const { rows } = await owner.query<{ marked: string; told: string; distinct: string }>(
    `SELECT (SELECT count(*) FROM sla_run WHERE tenant_id = $1 AND breach_published) AS marked, count(*) AS told,
       count(DISTINCT (deal_id, data ->> 'opened_by')) AS distinct
     FROM outbox WHERE tenant_id = $1 AND type = 'masterdeal.sla.breached'`,
    [tenantId],
  );
  const [{ marked, told, distinct } = { marked: '', told: '', distinct: '' }] = rows;
  if ([marked, told, distinct].some((count) => Number(count) !== runs)) {
    throw new Error(
      `of ${runs} breaches ${marked} are marked, ${told} told, ${distinct} of them distinct`,
    );
  }
}

/** Throws when the server would lose a commit: the figure would not count. */
async function assertDurable({ ownerUrl, durable = true }: SweepBenchOptions): Promise<void> {
  if (!durable) return;
  await withClient(ownerUrl, async (client) => {
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      const { rows } = await client.query<Record<string, string>>(`SHOW ${setting}`);
      if (rows[0]?.[setting] !== 'on') throw new Error(`${setting} is not on`);
    }
  });
}

/** Milliseconds. */
async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
