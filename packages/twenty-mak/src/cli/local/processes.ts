import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Names one process for ever. A pid alone is reused by the system; together with its start time
 * (clock ticks since boot) and the boot it belongs to, it never is.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTicks: string;
  readonly bootId: string;
}

const SIGNAL_POLL_MS = 20;

/** Fields of /proc/PID/stat after the command name, which may itself contain spaces and brackets. */
function readStat(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/**
 * False also for a zombie: it holds no file, no port and no lock any more. It does as long as it
 * has other threads, which end a little later than the first.
 */
export function isAlive(pid: number): boolean {
  const stat = readStat(pid);
  return stat !== null && (stat[0] !== 'Z' || Number(stat[17]) > 1);
}

/** The identity of a living process, or null. */
export function identify(pid: number): ProcessIdentity | null {
  const stat = readStat(pid);
  const startTicks = stat?.[19];
  if (!stat || startTicks === undefined || !isAlive(pid)) return null;
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return { pid, startTicks, bootId };
}

/** True while exactly this process lives, and not a later one that got its pid. */
export function isRunning(identity: ProcessIdentity): boolean {
  const now = identify(identity.pid);
  return now?.startTicks === identity.startTicks && now.bootId === identity.bootId;
}

/**
 * Living processes of a program that work in a folder. A database server changes into its data
 * folder, so this finds it and its children even when whoever started them left no note.
 */
export function findByFolder(folder: string, program: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const sameFolder = readlinkSync(`/proc/${pid}/cwd`) === folder;
        return sameFolder && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === program;
      } catch {
        return false;
      }
    })
    .filter(isAlive);
}

export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until the pid is gone; false when it is still there after `timeoutMs`. */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(SIGNAL_POLL_MS);
  }
  return true;
}

/** Asks a process to end, waits, and ends it by force when it does not. */
export async function terminate(
  pid: number,
  signal: NodeJS.Signals,
  patienceMs: number,
): Promise<void> {
  send(pid, signal);
  if (await waitForExit(pid, patienceMs)) return;
  send(pid, 'SIGKILL');
  await waitForExit(pid, 5_000);
}
