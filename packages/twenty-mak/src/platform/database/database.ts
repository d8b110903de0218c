import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DataSource, QueryRunnerAlreadyReleasedError } from 'typeorm';
import type { EntityManager, EntitySchema, QueryRunner } from 'typeorm';
import type { Config } from '../config/config.ts';
import { isOutage } from '../errors/index.ts';
import { isUuid } from '../ids/index.ts';
import { AmbientTransaction, ambientTransaction, committing, withAmbient } from './ambient.ts';
import { Batcher } from './batcher.ts';
import { FairShare } from './fair-share.ts';
import { SnakeNaming } from './naming.ts';

export type Entity = (new () => object) | EntitySchema;

/** `timestamptz` and `bigint` arrive as milliseconds and numbers: instants and minor units are integers everywhere. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.TIMESTAMPTZ)
      return (text: string | null) => (text === null ? null : readTime(text));
    if (oid === pg.types.builtins.INT8)
      return (text: string | null) => (text === null ? null : Number(text));
    return pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
  },
};

const plainTime = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;

function readTime(text: string): number {
  return plainTime(text).getTime();
}

/** One open transaction, under one tenant or under none. */
export interface Transaction {
  /**
   * Runs one statement and gives its rows. Statements that are not waited for one by one travel together and run in
   * the order of the calls. A `name` lets the connection keep the plan: for the few statements of the hot path.
   */
  query<Row extends object>(
    sql: string,
    values?: readonly unknown[],
    name?: string,
  ): Promise<Row[]>;
  /** Runs one statement and gives the number of rows it changed. */
  execute(sql: string, values?: readonly unknown[], name?: string): Promise<number>;
  /**
   * Runs one statement whose answer nobody needs: it travels with those that follow, at last with the commit. If it
   * fails, the transaction fails.
   */
  send(sql: string, values?: readonly unknown[], name?: string): void;
  /** For rows one at a time; sets of rows go through `query`. */
  readonly manager: EntityManager;
}

/** Whose rows a transaction may see. Every member becomes a setting that is local to the transaction. */
export interface Scope {
  readonly tenantId?: string;
  /** Head account of the company to whose rows a partner or franchisee is restricted. */
  readonly restrictedTo?: string | undefined;
  /** The person of that company, who alone sees what is personal. */
  readonly accountId?: string | undefined;
  /** Lets a credential be looked up before its tenant is known. */
  readonly credential?: string;
  readonly userId?: string;
  /** Lets one tenant be looked up by its key before anybody is known. */
  readonly tenantKey?: string;
  /** The operator of the installation sees the list of tenants. */
  readonly operator?: boolean;
}

/** Part of the connections that one tenant may hold at a time. */
const SHARE = 0.75;
/** How long a connection is waited for, in milliseconds. */
const PATIENCE = 10_000;

/**
 * For a transaction that others wait for: its locks are free as soon as it is committed and before that is on disk. Nobody
 * may be told of it before `durable` has resolved.
 */
export const COMMIT_BEFORE_DISK = 'SET LOCAL synchronous_commit = off';

/** A commit of its own that waits for the disk, and with it for all that was committed before. */
const FLUSH = "SELECT pg_logical_emit_message(true, 'mak.durable', '')";

/**
 * The two doors to PostgreSQL: `within` as the role that row-level security holds for, `scan` as the role that sees
 * tenant, id and due time of waiting work and nothing else. All decisions of time use the database's clock.
 */
export class Database {
  private readonly app: DataSource;
  private readonly scanner: pg.Pool;
  private readonly shares: FairShare;
  /** Whoever comes while one waits for the disk waits for the next one. */
  private readonly flushes = new Batcher<null, null>({
    write: async (_key, waiting) => {
      await this.scanner.query(FLUSH);
      return [...waiting];
    },
    limit: Infinity,
    isOutage,
  });

  private constructor(app: DataSource, scanner: pg.Pool, poolSize: number) {
    this.app = app;
    this.scanner = scanner;
    this.shares = new FairShare(Math.max(1, Math.floor(poolSize * SHARE)), PATIENCE);
  }

  /**
   * Connects both roles. `entities` are all tables that a transaction's manager may be asked for. A PostgreSQL that is
   * starting or recovering is waited for, half a minute at most.
   */
  static async connect(
    config: Pick<Config, 'PG_APP_URL' | 'PG_SCAN_URL' | 'PG_POOL_SIZE'>,
    entities: readonly Entity[],
  ): Promise<Database> {
    const app = new DataSource({
      type: 'postgres',
      url: config.PG_APP_URL,
      entities: [...entities],
      namingStrategy: new SnakeNaming(),
      // An idle connection that PostgreSQL closes is replaced at the next use; without a handler it would end the process.
      poolErrorHandler: () => undefined,
      extra: {
        max: config.PG_POOL_SIZE,
        types,
        connectionTimeoutMillis: PATIENCE,
        pipeline: true,
      },
    });
    await insist(() => app.initialize());
    const scanner = new pg.Pool({
      connectionString: config.PG_SCAN_URL,
      max: 4,
      types,
      connectionTimeoutMillis: 10_000,
    });
    scanner.on('error', () => undefined);
    return new Database(app, scanner, config.PG_POOL_SIZE);
  }

  /** Runs `work` in one transaction under `scope`. Commits when it resolves, rolls back when it rejects. */
  async within<T>(scope: Scope, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const ambient = ambientTransaction();
    return ambient?.hosts(scope) === true ? ambient.nest(scope, work) : this.begin(scope, work);
  }

  /** The same, and every `within` of the same tenant that `work` leads to joins the one transaction. */
  async together<T>(scope: Scope, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.begin(scope, (transaction) =>
      withAmbient(new AmbientTransaction(transaction, scope), () => work(transaction)),
    );
  }

  private async begin<T>(scope: Scope, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const { tenantId } = scope;
    if (tenantId === undefined) return committing(() => this.transact(scope, work));
    await this.shares.enter(tenantId);
    try {
      return await committing(() => this.transact(scope, work));
    } finally {
      this.shares.leave(tenantId);
    }
  }

  private async transact<T>(
    scope: Scope,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    const runner = this.app.createQueryRunner();
    try {
      const client = (await runner.connect()) as pg.PoolClient;
      // Sent together with the first statements of `work`: the connection pipelines what is not waited for.
      const transaction = new RunnerTransaction(runner, client);
      transaction.send(`BEGIN; ${settings(scope)}`);
      markActive(runner, true);
      const result = await work(transaction);
      const { command } = await client.query('COMMIT');
      if (command === 'COMMIT') return result;
      throw (
        transaction.failure ?? new Error('a statement failed unnoticed, so nothing was committed')
      );
    } catch (error) {
      // The first error is the one to tell; a rollback over a lost connection fails as well.
      if (runner.isTransactionActive) await rollBack(runner);
      // A connection that is lost between two statements is given up before the next one notices.
      throw error instanceof QueryRunnerAlreadyReleasedError ? connectionLost(error) : error;
    } finally {
      markActive(runner, false);
      await runner.release();
    }
  }

  /** Resolves when all that was committed before the call is on disk. */
  async durable(): Promise<void> {
    await this.flushes.submit('', [null]);
  }

  /** One statement as the scanning role. */
  async scan<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.scanner.query<Row>(sql, [...values]);
    return rows;
  }

  /** Whether PostgreSQL answers within two seconds. */
  async alive(): Promise<boolean> {
    const late = new Promise<false>((resolve) => setTimeout(resolve, 2_000, false).unref());
    return Promise.race([
      late,
      this.scanner.query('SELECT 1').then(
        () => true,
        () => false,
      ),
    ]);
  }

  async close(): Promise<void> {
    await Promise.all([this.app.destroy(), this.scanner.end()]);
  }
}

class RunnerTransaction implements Transaction {
  /** Of the first statement that failed and that nobody waited for. */
  failure: Error | undefined;

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: pg.PoolClient,
  ) {}

  get manager(): EntityManager {
    return this.runner.manager;
  }

  async query<Row extends object>(
    sql: string,
    values: readonly unknown[] = [],
    name?: string,
  ): Promise<Row[]> {
    const { rows } = await this.run<Row>(sql, values, name);
    return rows;
  }

  async execute(sql: string, values: readonly unknown[] = [], name?: string): Promise<number> {
    const { rowCount } = await this.run(sql, values, name);
    return rowCount ?? 0;
  }

  send(sql: string, values: readonly unknown[] = [], name?: string): void {
    this.submit(sql, values, name).catch((error: Error) => (this.failure ??= error));
  }

  private async run<Row extends object>(
    sql: string,
    values: readonly unknown[],
    name: string | undefined,
  ): Promise<pg.QueryResult<Row>> {
    try {
      return await this.submit<Row>(sql, values, name);
    } catch (error) {
      // Refused only because a statement before it failed; that one has the reason to tell.
      throw (error as { code?: string }).code === ABORTED ? (this.failure ?? error) : error;
    }
  }

  /** What is sent in one go leaves in one packet; a system call for each statement would cost more than most of them. */
  private submit<Row extends object>(
    sql: string,
    values: readonly unknown[],
    name: string | undefined,
  ): Promise<pg.QueryResult<Row>> {
    const { stream } = this.client.connection;
    stream.cork();
    queueMicrotask(() => stream.uncork());
    return this.client.query<Row>({
      text: sql,
      values: [...values],
      ...(name === undefined ? {} : { name }),
    });
  }
}

/** SQLSTATE of a statement in a transaction that failed before. */
const ABORTED = '25P02';

/** So that the manager joins this transaction instead of beginning one of its own. */
function markActive(runner: QueryRunner, active: boolean): void {
  (runner as { isTransactionActive: boolean }).isTransactionActive = active;
}

async function rollBack(runner: QueryRunner): Promise<void> {
  await runner.query('ROLLBACK').catch(() => undefined);
}

/** How long a process that starts waits for PostgreSQL, and between two attempts, in milliseconds. */
const START_PATIENCE = 30_000;
const START_PAUSE = 250;

async function insist(connect: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + START_PATIENCE;
  for (;;) {
    try {
      await connect();
      return;
    } catch (error) {
      if (!isOutage(error) || performance.now() > deadline) throw error;
      await sleep(START_PAUSE);
    }
  }
}

function connectionLost(cause: Error): Error {
  return Object.assign(new Error('Connection terminated unexpectedly', { cause }), {
    code: '08006',
  });
}

function settings(scope: Scope): string {
  const pairs: [string, string][] = [];
  if (scope.tenantId !== undefined) {
    if (!isUuid(scope.tenantId)) throw new TypeError('a tenant id is a lower-case UUID');
    pairs.push(['mak.tenant', scope.tenantId]);
  }
  if (scope.restrictedTo !== undefined) pairs.push(['mak.restricted_to', scope.restrictedTo]);
  if (scope.accountId !== undefined) pairs.push(['mak.account', scope.accountId]);
  if (scope.credential !== undefined) pairs.push(['mak.credential', scope.credential]);
  if (scope.userId !== undefined) pairs.push(['mak.user', scope.userId]);
  if (scope.tenantKey !== undefined) pairs.push(['mak.tenant_key', scope.tenantKey]);
  if (scope.operator === true) pairs.push(['mak.operator', 'on']);
  if (pairs.length === 0) return 'SELECT 1';
  return `SELECT ${pairs.map(([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`).join(', ')}`;
}
