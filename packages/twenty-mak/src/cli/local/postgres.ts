import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CliError, messageOf } from './cli-error.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import * as clusters from './postgres-cluster.ts';
import type { Cluster, ClusterSettings } from './postgres-cluster.ts';
import { isPortFree, portNear } from './ports.ts';
import { findByFolder, isAlive, send, terminate, waitForExit } from './processes.ts';

export interface PostgresOptions {
  /** Folder for the cluster and its settings; created when missing. */
  readonly dir: string;
  /** A fixed port; without it the remembered one, or a free one. */
  readonly port?: number;
  /** False only for tests that never look at what a crash leaves. Default true. */
  readonly fsync?: boolean;
  /** Where the server writes its log. Default `<dir>/postgres.log`. */
  readonly logFile?: string;
}

/**
 * `smart` waits for clients, `fast` rolls them back, `immediate` is a crash of all processes that
 * the next start recovers from, `kill` is a crash of the main process alone.
 */
export type PostgresStopMode = 'smart' | 'fast' | 'immediate' | 'kill';

export interface RunningPostgres {
  /** Connects as the owner (a superuser of this private cluster) to the database `mak`. */
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  stop(mode?: PostgresStopMode): Promise<void>;
}

const START_ATTEMPTS = 3;
/** Recovery after a crash reads up to max_wal_size again; that may take minutes on a slow disk. */
const READY_TIMEOUT_MS = 300_000;
const STOP_SIGNALS = { smart: 'SIGTERM', fast: 'SIGINT', immediate: 'SIGQUIT' } as const;
const STOP_PATIENCE_MS = { smart: 120_000, fast: 60_000, immediate: 10_000 } as const;

/**
 * Starts a private PostgreSQL over `dir`, or adopts the one that runs there already. It listens on
 * 127.0.0.1 only and keeps its port and password in `<dir>/postgres.json`.
 *
 * Errors: CliError when the binaries are missing, the port is taken, or the server does not come up.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const cluster = clusters.locateCluster(options.dir);
  const binaries = postgresBinaries(cluster.account, cluster.twin);
  const known = clusters.readSettings(cluster);
  const password = known?.password ?? randomBytes(18).toString('base64url');

  if (!clusters.isCreated(cluster)) {
    await clearLeftovers(cluster);
    clusters.createCluster(cluster, binaries, password);
  }
  const adopted = await adopt(cluster, password);
  if (adopted !== null) return adopted;

  if (options.port !== undefined && !(await isPortFree(options.port))) {
    throw new CliError(
      `Port ${options.port} of 127.0.0.1 is taken by another program.`,
      'Choose another port, or leave it out to get a free one.',
    );
  }
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const remembered = attempt === 1 ? known?.port || undefined : undefined;
    const port = options.port ?? (await portNear(remembered));
    const started = await launch(cluster, binaries, { port, password }, options);
    if (started !== null) return started;
  }
  throw new CliError(
    `PostgreSQL did not start over ${cluster.data}.`,
    `Its log says why: ${logFileOf(cluster, options)}`,
  );
}

/** Stops the server over `dir`, whoever started it. False when none runs there. */
export async function stopPostgres(dir: string, mode: PostgresStopMode = 'fast'): Promise<boolean> {
  if (!existsSync(dir)) return false;
  const cluster = clusters.locateCluster(dir);
  const running = clusters.findServer(cluster);
  if (running === null) await clearLeftovers(cluster);
  else await stopServer(cluster, running.pid, mode);
  return running !== null;
}

/** The server over `dir` if one runs there; starts nothing. */
export function inspectPostgres(dir: string): RunningPostgres | null {
  if (!existsSync(dir)) return null;
  const cluster = clusters.locateCluster(dir);
  const settings = clusters.readSettings(cluster);
  const running = clusters.findServer(cluster);
  if (settings === null || running === null) return null;
  return handle(cluster, { ...settings, port: running.port }, running.pid);
}

/** Stops the server over `dir` and removes its data, also what lives outside the checkout. */
export async function removePostgres(dir: string): Promise<void> {
  if (!existsSync(dir)) return;
  await stopPostgres(dir, 'immediate');
  const cluster = clusters.locateCluster(dir);
  rmSync(dirname(cluster.data), { recursive: true, force: true });
  rmSync(cluster.home, { recursive: true, force: true });
}

function logFileOf(cluster: Cluster, options: PostgresOptions): string {
  return options.logFile ?? join(cluster.home, 'postgres.log');
}

function handle(cluster: Cluster, settings: ClusterSettings, pid: number): RunningPostgres {
  return {
    url: clusters.urlOf(settings),
    pid,
    port: settings.port,
    stop: (mode = 'fast') => stopServer(cluster, pid, mode),
  };
}

async function adopt(cluster: Cluster, password: string): Promise<RunningPostgres | null> {
  const found = clusters.findServer(cluster);
  if (found !== null && (await waitUntilReady(cluster, found.pid))) {
    return remember(cluster, { port: found.port, password }, found.pid);
  }
  await clearLeftovers(cluster);
  // Nobody works in the folder any more, so a pid file there is stale. It has to go: its number may
  // belong to another program by now, and the server would refuse to start because of it.
  rmSync(join(cluster.data, 'postmaster.pid'), { force: true });
  return null;
}

async function launch(
  cluster: Cluster,
  binaries: PostgresBinaries,
  settings: ClusterSettings,
  options: PostgresOptions,
): Promise<RunningPostgres | null> {
  const logFile = logFileOf(cluster, options);
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const flags = clusters.serverFlags(cluster, settings.port, options.fsync ?? true);
  // Detached: the server outlives this command, and Ctrl-C in the terminal does not reach it.
  const child = spawn(binaries.postgres, flags, {
    ...clusters.runAs(cluster.account),
    cwd: '/',
    env: clusters.serverEnvironment,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  child.unref();
  if (child.pid === undefined || !(await waitUntilReady(cluster, child.pid))) return null;
  return remember(cluster, settings, child.pid);
}

/** Waits until the server says it is ready; false when it ended instead. */
async function waitUntilReady(cluster: Cluster, pid: number): Promise<boolean> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (isAlive(pid)) {
    const found = clusters.findServer(cluster);
    if (found?.pid === pid && found.ready) return true;
    if (performance.now() > deadline) {
      throw new CliError(
        `PostgreSQL (process ${pid}) is not ready after ${READY_TIMEOUT_MS / 1000} seconds.`,
        `Look into the log in ${cluster.home}, run ./mak stop, then try again.`,
      );
    }
    await sleep(25);
  }
  return false;
}

async function remember(
  cluster: Cluster,
  settings: ClusterSettings,
  pid: number,
): Promise<RunningPostgres> {
  clusters.writeSettings(cluster, settings);
  const client = new pg.Client({ connectionString: clusters.urlOf(settings, 'postgres') });
  try {
    await client.connect();
    const sql = 'select 1 from pg_database where datname = $1';
    const found = await client.query(sql, [clusters.DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${clusters.DATABASE}`);
  } catch (error) {
    throw new CliError(
      `PostgreSQL on port ${settings.port} does not let its owner in: ${messageOf(error)}`,
      'Try again; if it stays so, ./mak reset creates a new, empty database.',
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  return handle(cluster, settings, pid);
}

async function stopServer(cluster: Cluster, pid: number, mode: PostgresStopMode): Promise<void> {
  if (mode === 'kill') {
    send(pid, 'SIGKILL');
    await waitForExit(pid, 5_000);
    return;
  }
  await terminate(pid, STOP_SIGNALS[mode], STOP_PATIENCE_MS[mode]);
  await clearLeftovers(cluster);
}

/**
 * When the main process is killed, its children live on for a moment. A new server must not start
 * beside them: they still write into the memory and the files of the old one.
 */
async function clearLeftovers(cluster: Cluster): Promise<void> {
  const deadline = performance.now() + 5_000;
  for (;;) {
    const left = findByFolder(cluster.data, 'postgres');
    if (left.length === 0) return;
    if (performance.now() > deadline) left.forEach((pid) => send(pid, 'SIGKILL'));
    await sleep(25);
  }
}
