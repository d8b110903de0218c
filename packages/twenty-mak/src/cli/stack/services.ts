import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CliError } from '../local/cli-error.ts';
import { identify, isAlive, isRunning, terminate } from '../local/processes.ts';
import { readJson, writeJson } from './json-file.ts';
import type { Paths } from './paths.ts';

/** The processes of the server, and the compiled file that each one runs. */
export const SERVICES = { api: 'main.js', worker: 'worker.js' } as const;
export type ServiceName = keyof typeof SERVICES;
export const SERVICE_NAMES: readonly ServiceName[] = ['api', 'worker'];

const recordSchema = z.object({
  pid: z.number(),
  startTicks: z.string(),
  bootId: z.string(),
  port: z.number(),
  /** What the process was started from; another one now means that it has to be restarted. */
  fingerprint: z.string(),
});

export type ServiceRecord = z.infer<typeof recordSchema>;

const READY_TIMEOUT_MS = 90_000;
const STOP_PATIENCE_MS = 20_000;
const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

const recordFile = (paths: Paths, name: ServiceName) => join(paths.run, `${name}.json`);

/** The running process of a service, or null. */
export function findService(paths: Paths, name: ServiceName): ServiceRecord | null {
  const record = readJson(recordFile(paths, name), recordSchema);
  return record !== null && isRunning(record) ? record : null;
}

/**
 * Processes of a service that no record tells of, because their starter was killed before it could
 * write one. They are recognised by what only this checkout gives to its children.
 */
function findUnrecorded(paths: Paths, name: ServiceName): number[] {
  const marks = [`MAK_SERVICE=${name}`, `MAK_STATE_DIR=${paths.state}`];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => {
      try {
        const environment = readFileSync(`/proc/${entry}/environ`, 'utf8').split('\0');
        return marks.every((mark) => environment.includes(mark));
      } catch {
        return false; // a process of somebody else, or one that just ended
      }
    })
    .map(Number)
    .filter(isAlive);
}

export interface ServiceStart {
  readonly port: number;
  readonly fingerprint: string;
  readonly environment: Record<string, string>;
}

/** Path of the log of a service. */
export function logFile(paths: Paths, name: string): string {
  return join(paths.logs, `${name}.log`);
}

/**
 * A batch of events lives for some milliseconds and is a few megabytes: with a young generation of
 * the default size most of it would be copied to the old one.
 */
const NODE_FLAGS = [
  '--enable-source-maps',
  '--max-semi-space-size=64',
  // Nest sets its error handler after ours and calls ours for what it does not know; that is meant.
  '--disable-warning=FSTWRN004',
];

export function openLog(paths: Paths, name: string): number {
  mkdirSync(paths.logs, { recursive: true });
  const file = logFile(paths, name);
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** Starts a service; it outlives this command. Ready only after `waitForService`. */
export async function launchService(
  paths: Paths,
  name: ServiceName,
  { port, fingerprint, environment }: ServiceStart,
): Promise<ServiceRecord> {
  const log = openLog(paths, name);
  const child = spawn(
    process.execPath,
    [...NODE_FLAGS, join(paths.server, 'dist', SERVICES[name])],
    {
      cwd: paths.server,
      env: { ...environment, MAK_SERVICE: name, MAK_STATE_DIR: paths.state },
      // Detached: Ctrl-C in the terminal reaches only this command, which then stops all in order.
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  await once(child, 'spawn');
  child.unref();
  const identity = identify(child.pid ?? 0);
  if (identity === null) throw failedStart(paths, name, 'ended at once');
  const record = { ...identity, port, fingerprint };
  writeJson(recordFile(paths, name), record);
  return record;
}

/** Waits until the service says that it can work. Errors: CliError with the end of its log. */
export async function waitForService(
  paths: Paths,
  name: ServiceName,
  record: ServiceRecord,
): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (!(await isReady(record.port))) {
    if (!isRunning(record)) throw failedStart(paths, name, 'ended while starting');
    if (performance.now() > deadline) {
      throw failedStart(paths, name, `is not ready after ${READY_TIMEOUT_MS / 1000} seconds`);
    }
    await sleep(50);
  }
}

/** Whether the process on this port answers that it is ready. */
export async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
      signal: AbortSignal.timeout(5_000),
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

export function tailOfLog(paths: Paths, name: string, lines = 15): string {
  const file = logFile(paths, name);
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

function failedStart(paths: Paths, name: ServiceName, what: string): CliError {
  return new CliError(
    `The ${name} process ${what}. Its last words:\n${tailOfLog(paths, name)}`,
    `The whole log is ${logFile(paths, name)}.`,
  );
}

/** Stops a service, also one whose starter was killed. Returns how many processes it ended. */
export async function stopService(paths: Paths, name: ServiceName): Promise<number> {
  const recorded = findService(paths, name)?.pid;
  const pids = new Set([
    ...(recorded === undefined ? [] : [recorded]),
    ...findUnrecorded(paths, name),
  ]);
  await Promise.all([...pids].map((pid) => terminate(pid, 'SIGTERM', STOP_PATIENCE_MS)));
  rmSync(recordFile(paths, name), { force: true });
  return pids.size;
}
