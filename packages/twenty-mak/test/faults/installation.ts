import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../src/cli/local/ports.ts';
import { startPostgres } from '../../src/cli/local/postgres.ts';
import type { RunningPostgres } from '../../src/cli/local/postgres.ts';
import { isAlive, send } from '../../src/cli/local/processes.ts';
import { startRedis } from '../../src/cli/local/redis.ts';
import type { RunningRedis } from '../../src/cli/local/redis.ts';
import { buildServer } from '../../src/cli/stack/build.ts';
import { runOnce } from '../../src/cli/stack/demo.ts';
import {
  loadSecrets,
  ownerEnvironment,
  resolvePaths,
  serverEnvironment,
} from '../../src/cli/stack/index.ts';
import type { Backing, Paths } from '../../src/cli/stack/index.ts';
import { keepFolder, makeFolders, removeFolders } from './folders.ts';
import type { Folders } from './folders.ts';
import { Replica } from './replica.ts';

/** Short pauses, so that a run of a minute sees what otherwise takes hours. */
const SETTINGS = {
  NODE_ENV: 'production',
  MAK_MODE: 'production',
  LOG_LEVEL: 'error',
  PG_POOL_SIZE: '8',
  MAK_ALLOW_PRIVATE_WEBHOOKS: 'true',
  MAK_POLL_INTERVAL_MS: '300',
  MAK_WEBHOOK_RETRY_MS: '50',
  MAK_WEBHOOK_ATTEMPTS: '50',
  MAK_WEBHOOK_TIMEOUT_MS: '1000',
};

/**
 * A whole installation of its own in a temporary folder: PostgreSQL with fsync, Redis, two apis and two workers from
 * the built server, each a process that can be killed and comes back.
 */
export class Installation {
  readonly apis: readonly Replica[];
  readonly workers: readonly Replica[];
  readonly operatorKey: string;
  /** The owner of the schema: sees every row. */
  readonly ownerUrl: string;
  private readonly folders: Folders;
  private postgres: RunningPostgres;
  private redis: RunningRedis;

  private constructor(
    folders: Folders,
    servers: { postgres: RunningPostgres; redis: RunningRedis },
    replicas: { apis: readonly Replica[]; workers: readonly Replica[] },
    operatorKey: string,
  ) {
    this.folders = folders;
    this.postgres = servers.postgres;
    this.redis = servers.redis;
    this.apis = replicas.apis;
    this.workers = replicas.workers;
    this.operatorKey = operatorKey;
    this.ownerUrl = servers.postgres.url;
  }

  static async start(): Promise<Installation> {
    const folders = await makeFolders();
    try {
      return await Installation.build(folders);
    } catch (error) {
      await removeFolders(folders);
      throw error;
    }
  }

  private static async build(folders: Folders): Promise<Installation> {
    const { folder, first, second } = folders;
    const fingerprint = buildServer(first);
    const tools = resolvePaths().tools;
    const postgres = await startPostgres({ dir: first.postgres });
    const redis = await startRedis({ dir: first.redis, toolsDir: tools });
    const backing: Backing = { postgresUrl: postgres.url, redisUrl: redis.url };
    const ports = [
      { api: await freePort(), worker: await freePort() },
      { api: await freePort(), worker: await freePort() },
    ] as const;
    const cache = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
    const owner = { ...ownerEnvironment(first, backing, ports[0]), ...SETTINGS, ...cache };
    await runOnce(first, 'migrate', owner);
    const make = (paths: Paths, name: 'api' | 'worker', index: 0 | 1): Replica => {
      const environment = {
        ...serverEnvironment(first, backing, ports[index]),
        ...SETTINGS,
        ...cache,
      };
      return new Replica(paths, name, { port: ports[index][name], fingerprint, environment });
    };
    const replicas = {
      apis: [make(first, 'api', 0), make(second, 'api', 1)],
      workers: [make(first, 'worker', 0), make(second, 'worker', 1)],
    };
    const { operatorKey } = loadSecrets(first);
    const made = new Installation(folders, { postgres, redis }, replicas, operatorKey);
    for (const replica of made.replicas) replica.start();
    await made.up();
    // A process that ends in peace leaves its compiled code, with which all later ones start faster.
    await Promise.all([made.apis[0]?.stop(), made.workers[0]?.stop()]);
    await made.up();
    return made;
  }

  get replicas(): readonly Replica[] {
    return [...this.apis, ...this.workers];
  }

  /** Waits until every process works. */
  async up(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.up()));
  }

  /** `immediate`: all processes end as in a power cut; `kill`: only the main one. Back after `pause` milliseconds. */
  async crashPostgres(mode: 'immediate' | 'kill', pause: number): Promise<void> {
    for (const replica of this.replicas) replica.databaseWasAway();
    await this.postgres.stop(mode);
    await sleep(pause);
    const { port } = this.postgres;
    this.postgres = await startPostgres({ dir: this.folders.first.postgres, port });
    for (const replica of this.replicas) replica.databaseWasAway();
  }

  /** Kills one session of the server; PostgreSQL then throws out all others and recovers by itself. */
  async crashSession(): Promise<void> {
    for (const replica of this.replicas) replica.databaseWasAway();
    const client = new pg.Client({ connectionString: this.ownerUrl });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE usename = 'mak_app' ORDER BY random() LIMIT 1",
      );
      const [row] = rows;
      if (row !== undefined) send(row.pid, 'SIGKILL');
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async crashRedis(pause: number): Promise<void> {
    await this.redis.stop('kill');
    await sleep(pause);
    const { port } = this.redis;
    const toolsDir = resolvePaths().tools;
    this.redis = await startRedis({ dir: this.folders.first.redis, toolsDir, port });
  }

  get redisUrl(): string {
    return this.redis.url;
  }

  /** A process must outlive its servers, and end when it is asked to. */
  get misdeeds(): readonly string[] {
    return this.replicas.flatMap(({ misdeeds }) => misdeeds);
  }

  /** Ends everything; `keep` leaves the logs for whoever looks into a violation. */
  async close(keep: boolean): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.end()));
    if (!keep) return removeFolders(this.folders);
    await this.redis.stop();
    if (isAlive(this.postgres.pid)) await this.postgres.stop();
    keepFolder(this.folders);
    process.stderr.write(`Logs and data are kept in ${this.folders.folder}\n`);
  }
}
