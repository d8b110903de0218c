import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { CliError } from './local/cli-error.ts';
import { isAlive } from './local/processes.ts';
import { describeState, printJson } from './print-state.ts';
import {
  inspectStack,
  logFile,
  resolvePaths,
  startStack,
  stopStack,
  withLock,
} from './stack/index.ts';
import type { Paths, StackState, StartOptions } from './stack/index.ts';

interface Options {
  detach?: true;
  port?: number;
  json?: true;
}

const WATCH_INTERVAL_MS = 500;

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError('A port is a whole number from 1 to 65535.');
}

export function register(program: Command): void {
  program
    .command('start')
    .description('Start PostgreSQL, Redis, api and worker; make the demo tenant the first time')
    .option('--detach', 'return when everything works, and leave it running')
    .option('--port <number>', 'port of the api on 127.0.0.1', parsePort)
    .option('--json', 'print the state as JSON')
    .addHelpText(
      'after',
      '\nWithout --detach it stays in the foreground and Ctrl-C stops everything.' +
        '\nPG_DATABASE_URL and REDIS_URL name servers of your own; then none is started.',
    )
    .action(start);
}

async function start(options: Options): Promise<void> {
  const paths = resolvePaths();
  let interrupted = false;
  const interrupt = () => {
    // The second time somebody is in a hurry; what runs on is found by the next stop or start.
    if (interrupted) process.exit(130);
    interrupted = true;
    process.stderr.write('\nStopping ...\n');
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt).on('SIGHUP', interrupt);

  const before = await inspectStack(paths);
  const startOptions: StartOptions = {
    ...(options.port === undefined ? {} : { port: options.port }),
    progress: (step) => process.stderr.write(`${step} ...\n`),
  };
  const state = await withLock(paths.lock, () => startOrUndo(paths, before, startOptions));
  if (interrupted) return stopAll(paths);
  if (options.json) printJson(state);
  else process.stdout.write(describeState(state));

  if (options.detach) return;
  const unchanged = before.running && sameProcesses(before, state);
  if (unchanged) {
    process.stderr.write('\nIt was running already. ./mak stop stops it.\n');
    return;
  }
  process.stderr.write(`\nLogs are in ${paths.logs}. Ctrl-C stops everything.\n`);
  const ended = await watch(paths, state, () => interrupted);
  if (ended === 'stopped-elsewhere') return;
  await stopAll(paths);
  if (ended !== 'interrupted') {
    throw new CliError(
      `${ended.lost} ended by itself, so everything was stopped.`,
      `Its log says why: ${logFile(paths, ended.lost)}`,
    );
  }
}

/** A start that fails leaves nothing running that did not run before. */
async function startOrUndo(
  paths: Paths,
  before: StackState,
  options: StartOptions,
): Promise<StackState> {
  try {
    return await startStack(paths, options);
  } catch (error) {
    const nothingRan = before.processes.every((state) => state.external || !state.running);
    if (nothingRan) await stopStack(paths);
    throw error;
  }
}

const pidsOf = (state: StackState) => state.processes.map(({ pid }) => pid).join();
const sameProcesses = (one: StackState, other: StackState) => pidsOf(one) === pidsOf(other);

type Ending = 'interrupted' | 'stopped-elsewhere' | { readonly lost: string };

/** Waits for Ctrl-C, for a ./mak stop in another terminal, or for a process that ends by itself. */
async function watch(paths: Paths, state: StackState, interrupted: () => boolean): Promise<Ending> {
  let watched = state;
  while (!interrupted()) {
    const gone = watched.processes.some(({ pid }) => pid !== null && !isAlive(pid));
    if (gone) {
      // Another command may be stopping or restarting things; what it leaves is what counts.
      watched = await withLock(paths.lock, () => inspectStack(paths));
      if (watched.processes.every((process) => process.external || !process.running)) {
        return 'stopped-elsewhere';
      }
      const lost = watched.processes.find((process) => !process.running);
      if (lost !== undefined) return { lost: lost.name };
    }
    await sleep(WATCH_INTERVAL_MS);
  }
  return 'interrupted';
}

async function stopAll(paths: Paths): Promise<void> {
  const stopped = await withLock(paths.lock, () => stopStack(paths));
  process.stderr.write(`Stopped ${stopped.join(', ') || 'nothing'}.\n`);
}
