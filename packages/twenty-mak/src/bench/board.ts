import pg from 'pg';
import { adtech } from 'twenty-mak-domain';
import type { DealListRow } from '../features/deals/index.ts';
import { DEFAULT_SORT, DealsRepository } from '../features/deals/index.ts';
import type { Transaction } from '../platform/database/index.ts';
import { makeBoardDatabase } from './board-database.ts';
import type { BoardDatabase, ServerAddresses } from './board-database.ts';

export interface BoardBenchOptions extends ServerAddresses {
  /** How often both arms are measured; each round gives one ratio. */
  readonly rounds?: number;
  /** Boards that one arm loads in one round. */
  readonly boards?: number;
  readonly log?: (text: string) => void;
  /** Deals of the database in which both arms read. */
  readonly deals?: number;
}

export interface BoardScaleOptions extends BoardBenchOptions {
  /** Deals of the smaller and of the larger database. */
  readonly small?: number;
  readonly large?: number;
}

/** Ten columns of fifty deals, and one deal more, which tells whether there is a next page. */
const STAGES = [...adtech.stages, ...(adtech.endings ?? [])].map(({ key }) => key).slice(0, 10);
const ROWS = 51;

/** One connection that loads boards. */
interface Arm {
  readonly client: pg.Client;
  readonly database: BoardDatabase;
}

/**
 * p95 of the queries behind a board under row-level security ÷ the same SQL as a role that no policy holds for.
 * One ratio a round; the arms take turns board by board. Throws when they do not see the same rows.
 */
export async function boardRatios(options: BoardBenchOptions): Promise<number[]> {
  const { rounds = 7, boards = 400, deals = 100_000, log = () => undefined } = options;
  const database = await makeBoardDatabase(options, { deals, log });
  const arms = { under: await connect(database, 'app'), without: await connect(database, 'owner') };
  try {
    await refuseUnfairRoles(arms.under.client, arms.without.client);
    const [seen, all] = [await loadBoard(arms.under), await loadBoard(arms.without)];
    if (JSON.stringify(seen) !== JSON.stringify(all))
      throw new Error('the arms of the board benchmark see different rows');
    return await compare(
      () => timed(arms.under),
      () => timed(arms.without),
      rounds,
      boards,
      log,
    );
  } finally {
    await close([arms.under, arms.without]);
    await database.drop();
  }
}

/** p95 of the queries behind a board at a million deals ÷ at a hundred thousand, both under row-level security. */
export async function boardScaleRatios(options: BoardScaleOptions): Promise<number[]> {
  const { rounds = 7, boards = 400, log = () => undefined } = options;
  const { small = 100_000, large = 1_000_000 } = options;
  const few = await makeBoardDatabase(options, { deals: small, log });
  const many = await makeBoardDatabase(options, { deals: large, log });
  const arms = { many: await connect(many, 'app'), few: await connect(few, 'app') };
  try {
    return await compare(
      () => timed(arms.many),
      () => timed(arms.few),
      rounds,
      boards,
      log,
    );
  } finally {
    await close([arms.many, arms.few]);
    await few.drop();
    await many.drop();
  }
}

async function connect(database: BoardDatabase, role: 'app' | 'owner'): Promise<Arm> {
  const connectionString = role === 'app' ? database.appUrl : database.ownerUrl;
  const client = new pg.Client({ connectionString });
  await client.connect();
  return { client, database };
}

async function close(arms: readonly Arm[]): Promise<void> {
  await Promise.all(arms.map(({ client }) => client.end()));
}

/** Ratios of p95, a round each; the order within a pair changes, so that neither arm always finds a warm cache. */
export async function compare(
  numerator: () => Promise<number>,
  denominator: () => Promise<number>,
  rounds: number,
  boards: number,
  log: (text: string) => void,
): Promise<number[]> {
  for (let warm = 0; warm < 20; warm += 1) for (const arm of [numerator, denominator]) await arm();
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const times = { numerator: [] as number[], denominator: [] as number[] };
    for (let board = 0; board < boards; board += 1) {
      const first = board % 2 === 0;
      if (first) times.numerator.push(await numerator());
      times.denominator.push(await denominator());
      if (!first) times.numerator.push(await numerator());
    }
    const [above, below] = [p95(times.numerator), p95(times.denominator)];
    log(`round ${round + 1}: ${above.toFixed(2)} ms ÷ ${below.toFixed(2)} ms`);
    ratios.push(above / below);
  }
  return ratios;
}

/** Milliseconds of one board. Throws when it is not full. */
async function timed(arm: Arm): Promise<number> {
  const from = performance.now();
  const { deals, total } = await loadBoard(arm);
  const time = performance.now() - from;
  if (deals.length !== STAGES.length * ROWS || total !== arm.database.dealsOfTenant)
    throw new Error(`a board has ${deals.length} deals of ${total}; it should be full`);
  return time;
}

/** What a request for a board does in the database, from BEGIN to COMMIT. */
async function loadBoard({
  client,
  database,
}: Arm): Promise<{ deals: DealListRow[]; total: number }> {
  const { tenantId, pipelineId } = database;
  const repository = new DealsRepository();
  const tx: Pick<Transaction, 'query'> = {
    query: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(sql, [...values])).rows,
  };
  await client.query('BEGIN');
  await client.query("SELECT set_config('mak.tenant', $1, true)", [tenantId]);
  const counters = await repository.counters(tx as Transaction, tenantId, { pipelineId });
  const deals = await repository.board(tx as Transaction, tenantId, {
    pipelineId,
    places: STAGES.map((stage, column) => ({ column, stage, businessStage: '' })),
    byBusinessStage: false,
    filter: { pipelineId },
    sort: DEFAULT_SORT,
    limit: ROWS,
    present: 0,
  });
  await client.query('COMMIT');
  return { deals, total: counters.reduce((sum, row) => sum + Number(row.deals), 0) };
}

async function refuseUnfairRoles(under: pg.Client, without: pg.Client): Promise<void> {
  const bypasses = async (client: pg.Client): Promise<boolean> => {
    const { rows } = await client.query<{ bypasses: boolean }>(
      'SELECT rolsuper OR rolbypassrls AS bypasses FROM pg_roles WHERE rolname = current_user',
    );
    return rows[0]?.bypasses === true;
  };
  if (await bypasses(under))
    throw new Error('row-level security does not hold for the application role');
  if (!(await bypasses(without)))
    throw new Error(
      'the owner of the database must be able to bypass row-level security for this benchmark',
    );
}

function p95(times: readonly number[]): number {
  const sorted = times.toSorted((left, right) => left - right);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] as number;
}
