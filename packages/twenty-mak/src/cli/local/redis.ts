import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { CliError } from './cli-error.ts';
import { isPortFree, portNear } from './ports.ts';
import { findByFolder, isAlive, send, terminate, waitForExit } from './processes.ts';
import { redisBinary } from './redis-binary.ts';

export interface RedisOptions {
  /** Folder for settings and log; created when missing. */
  readonly dir: string;
  /** Where a private copy of the program is kept when the machine has none. */
  readonly toolsDir: string;
  /** A fixed port; without it the remembered one, or a free one. */
  readonly port?: number;
  /** Where the server writes its log. Default `<dir>/redis.log`. */
  readonly logFile?: string;
}

export type RedisStopMode = 'clean' | 'kill';

export interface RunningRedis {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  stop(mode?: RedisStopMode): Promise<void>;
}

interface Settings {
  readonly port: number;
  readonly password: string;
}

const START_ATTEMPTS = 3;
const READY_TIMEOUT_MS = 20_000;

/**
 * Starts a private Redis that keeps nothing on disk, or adopts the one that runs over `dir` already.
 * It listens on 127.0.0.1 only and keeps its port and password in `<dir>/redis.json`.
 *
 * Errors: CliError when there is no program, the port is taken, or the server does not come up.
 */
export async function startRedis(options: RedisOptions): Promise<RunningRedis> {
  mkdirSync(options.dir, { recursive: true });
  const dir = realpathSync(options.dir);
  const running = inspectRedis(dir);
  if (running !== null && (await waitUntilReady(running.pid, running.url))) return running;

  if (options.port !== undefined && !(await isPortFree(options.port))) {
    throw new CliError(
      `Port ${options.port} of 127.0.0.1 is taken by another program.`,
      'Choose another port, or leave it out to get a free one.',
    );
  }
  const known = readSettings(dir);
  const password = known?.password ?? randomBytes(18).toString('base64url');
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const port = options.port ?? (await portNear(attempt === 1 ? known?.port : undefined));
    const started = await launch(dir, { port, password }, options);
    if (started !== null) return started;
  }
  throw new CliError('Redis did not start.', `Its log says why: ${logFileOf(dir, options)}`);
}

/** The server over `dir` if one runs there; starts nothing. */
export function inspectRedis(dir: string): RunningRedis | null {
  if (!existsSync(dir)) return null;
  const settings = readSettings(realpathSync(dir));
  const pid = findByFolder(realpathSync(dir), 'redis-server')[0];
  return settings === null || pid === undefined ? null : handle(settings, pid);
}

/** Stops the server over `dir`, whoever started it. False when none runs there. */
export async function stopRedis(dir: string, mode: RedisStopMode = 'clean'): Promise<boolean> {
  if (!existsSync(dir)) return false;
  const pids = findByFolder(realpathSync(dir), 'redis-server');
  for (const pid of pids) await stopServer(pid, mode);
  return pids.length > 0;
}

function logFileOf(dir: string, options: RedisOptions): string {
  return options.logFile ?? join(dir, 'redis.log');
}

function readSettings(dir: string): Settings | null {
  const file = join(dir, 'redis.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Settings) : null;
}

function handle(settings: Settings, pid: number): RunningRedis {
  return {
    url: `redis://:${settings.password}@127.0.0.1:${settings.port}/0`,
    pid,
    port: settings.port,
    stop: (mode = 'clean') => stopServer(pid, mode),
  };
}

async function stopServer(pid: number, mode: RedisStopMode): Promise<void> {
  if (mode === 'clean') return terminate(pid, 'SIGTERM', 5_000);
  send(pid, 'SIGKILL');
  await waitForExit(pid, 5_000);
}

async function launch(
  dir: string,
  settings: Settings,
  options: RedisOptions,
): Promise<RunningRedis | null> {
  const { program, libraryPath } = redisBinary(options.toolsDir);
  // A file and not arguments: arguments, and so the password, are visible to every user.
  const config = [
    'bind 127.0.0.1',
    `port ${settings.port}`,
    `requirepass ${settings.password}`,
    `dir ${JSON.stringify(dir)}`,
    'save ""',
    'appendonly no',
    'daemonize no',
    // BullMQ needs its keys to stay: an evicted one would be a lost job.
    'maxmemory-policy noeviction',
  ];
  writeFileSync(join(dir, 'redis.conf'), `${config.join('\n')}\n`, { mode: 0o600 });
  writeFileSync(join(dir, 'redis.json'), `${JSON.stringify(settings)}\n`, { mode: 0o600 });

  const logFile = logFileOf(dir, options);
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(program, [join(dir, 'redis.conf')], {
    cwd: dir,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', LD_LIBRARY_PATH: libraryPath },
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  child.unref();
  if (child.pid === undefined) return null;
  const started = handle(settings, child.pid);
  return (await waitUntilReady(child.pid, started.url)) ? started : null;
}

/** Waits until the server answers with our password; false when it ended instead. */
async function waitUntilReady(pid: number, url: string): Promise<boolean> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (isAlive(pid)) {
    if (await answers(url)) return true;
    if (performance.now() > deadline) {
      throw new CliError(
        `Redis (process ${pid}) does not answer after ${READY_TIMEOUT_MS / 1000} seconds.`,
        'Look into its log, run ./mak stop, then try again.',
      );
    }
    await sleep(25);
  }
  return false;
}

async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

/** Stops the server over `dir` and removes what it left. */
export async function removeRedis(dir: string): Promise<void> {
  await stopRedis(dir, 'kill');
  rmSync(dir, { recursive: true, force: true });
}
