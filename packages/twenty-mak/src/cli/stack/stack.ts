import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { z } from 'zod';
import { CliError } from '../local/cli-error.ts';
import { isPortFree, portNear } from '../local/ports.ts';
import { inspectPostgres, removePostgres, startPostgres, stopPostgres } from '../local/postgres.ts';
import { inspectRedis, startRedis, stopRedis } from '../local/redis.ts';
import { buildServer, buildWebApp } from './build.ts';
import { runOnce, readDemo, seedDemo } from './demo.ts';
import type { Demo } from './demo.ts';
import { ownerEnvironment, serverEnvironment } from './environment.ts';
import type { Backing, ServerPorts } from './environment.ts';
import { readJson, writeJson } from './json-file.ts';
import type { Paths } from './paths.ts';
import {
  findService,
  isReady,
  launchService,
  logFile,
  SERVICE_NAMES,
  stopService,
  waitForService,
} from './services.ts';
import type { ServiceName, ServiceRecord } from './services.ts';

const DEFAULT_PORT = 3000;

const portsSchema = z.object({ api: z.number(), worker: z.number() });

export interface ProcessState {
  readonly name: 'postgres' | 'redis' | ServiceName;
  readonly running: boolean;
  /** True when it answers that it can work. */
  readonly ready: boolean;
  readonly pid: number | null;
  readonly port: number | null;
  /** True when the user named a server of their own; it is never started or stopped here. */
  readonly external: boolean;
}

export interface StackState {
  readonly running: boolean;
  /** Of the web application and of the API. */
  readonly url: string | null;
  readonly worker_url: string | null;
  /** Where letters are written; null when SMTP_URL names a mail server. */
  readonly mail_folder: string | null;
  readonly processes: readonly ProcessState[];
  readonly demo: Demo | null;
}

export interface StartOptions {
  /** Port of the api; without it the remembered one, 3000, or a free one. */
  readonly port?: number;
  /** Told before each step that may take a while. */
  readonly progress?: (step: string) => void;
}

const externalPostgres = () => process.env['PG_DATABASE_URL'] || null;
const externalRedis = () => process.env['REDIS_URL'] || null;

/** Brings up everything that does not run yet, in order, and waits until it works. */
export async function startStack(paths: Paths, options: StartOptions = {}): Promise<StackState> {
  const progress = options.progress ?? (() => undefined);
  progress('Starting PostgreSQL and Redis');
  const backing = await startBacking(paths);
  progress('Building the server and the web application');
  const fingerprints = [buildServer(paths), buildWebApp(paths)];
  const ports = await choosePorts(paths, options.port);
  const environment = serverEnvironment(paths, backing, ports);
  const owner = ownerEnvironment(paths, backing, ports);
  const expected = createHash('sha256')
    .update(JSON.stringify([fingerprints, backing, ports]))
    .digest('hex');

  // An old build must not work on a new schema, so it stops before the migrations run.
  for (const name of SERVICE_NAMES) {
    if (findService(paths, name)?.fingerprint !== expected) await stopService(paths, name);
  }
  progress('Migrating the database');
  await runOnce(paths, 'migrate', owner);

  progress('Starting api and worker');
  const records = new Map<ServiceName, ServiceRecord>();
  for (const name of SERVICE_NAMES) {
    const start = { port: ports[name], fingerprint: expected, environment };
    records.set(name, findService(paths, name) ?? (await launchService(paths, name, start)));
  }
  await Promise.all([...records].map(([name, record]) => waitForService(paths, name, record)));

  await seedDemo(paths, backing.postgresUrl, owner, progress);
  return inspectStack(paths);
}

/** PostgreSQL and Redis: the user's own when their addresses are set, else private ones. */
export async function startBacking(paths: Paths): Promise<Backing> {
  const postgresUrl =
    externalPostgres() ??
    (await startPostgres({ dir: paths.postgres, logFile: logFile(paths, 'postgres') })).url;
  const redisUrl =
    externalRedis() ??
    (
      await startRedis({
        dir: paths.redis,
        toolsDir: paths.tools,
        logFile: logFile(paths, 'redis'),
      })
    ).url;
  return { postgresUrl, redisUrl };
}

async function choosePorts(paths: Paths, wanted: number | undefined): Promise<ServerPorts> {
  const file = join(paths.run, 'ports.json');
  const known = readJson(file, portsSchema);
  const running = {
    api: findService(paths, 'api')?.port,
    worker: findService(paths, 'worker')?.port,
  };
  if (wanted !== undefined && wanted !== running.api && !(await isPortFree(wanted))) {
    throw new CliError(
      `Port ${wanted} of 127.0.0.1 is taken by another program.`,
      'Choose another one with --port, or leave --port out to get a free one.',
    );
  }
  const ports = {
    api: wanted ?? running.api ?? (await portNear(known?.api ?? DEFAULT_PORT)),
    worker: running.worker ?? (await portNear(known?.worker)),
  };
  writeJson(file, ports);
  return ports;
}

/** Stops everything that was started here. Returns the names of what was running. */
export async function stopStack(paths: Paths): Promise<string[]> {
  const stopped: string[] = [];
  await Promise.all(
    SERVICE_NAMES.map(async (name) => {
      if ((await stopService(paths, name)) > 0) stopped.push(name);
    }),
  );
  if (await stopRedis(paths.redis)) stopped.push('redis');
  if (await stopPostgres(paths.postgres)) stopped.push('postgres');
  return stopped;
}

/** Stops everything and forgets it: data, secrets, logs. The tools that were fetched stay. */
export async function resetStack(paths: Paths): Promise<void> {
  await stopStack(paths);
  await removePostgres(paths.postgres);
  for (const path of [
    join(paths.state, 'data'),
    paths.run,
    paths.logs,
    paths.mail,
    paths.files,
    paths.secrets,
    paths.demo,
  ]) {
    rmSync(path, { recursive: true, force: true });
  }
}

/** What runs at this moment; changes nothing. */
export async function inspectStack(paths: Paths): Promise<StackState> {
  const postgres = externalPostgres() === null ? inspectPostgres(paths.postgres) : null;
  const redis = externalRedis() === null ? inspectRedis(paths.redis) : null;
  const processes: ProcessState[] = [
    backingState('postgres', postgres, externalPostgres()),
    backingState('redis', redis, externalRedis()),
  ];
  for (const name of SERVICE_NAMES) {
    const record = findService(paths, name);
    processes.push({
      name,
      running: record !== null,
      ready: record !== null && (await isReady(record.port)),
      pid: record?.pid ?? null,
      port: record?.port ?? null,
      external: false,
    });
  }
  const [api, worker] = SERVICE_NAMES.map((name) => processes.find((state) => state.name === name));
  const address = (state: ProcessState | undefined) =>
    state?.port ? `http://127.0.0.1:${state.port}` : null;
  return {
    running: processes.every((state) => state.ready),
    url: address(api),
    worker_url: address(worker),
    mail_folder: process.env['SMTP_URL'] ? null : (process.env['MAK_MAIL_DIR'] ?? paths.mail),
    processes,
    demo: readDemo(paths),
  };
}

function backingState(
  name: 'postgres' | 'redis',
  found: { pid: number; port: number } | null,
  external: string | null,
): ProcessState {
  const running = found !== null || external !== null;
  return {
    name,
    running,
    ready: running,
    pid: found?.pid ?? null,
    port: found?.port ?? (external === null ? null : Number(new URL(external).port) || null),
    external: external !== null,
  };
}
