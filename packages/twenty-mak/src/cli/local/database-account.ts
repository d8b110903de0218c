import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { CliError } from './cli-error.ts';

export interface SystemAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account PostgreSQL runs as. It refuses to run as root, so root lends it `postgres` or
 * `nobody`, whichever the machine has; null means "the present user".
 */
export function databaseAccount(): SystemAccount | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , uid, gid] =
      lines.find((line) => line.startsWith(`${wanted}:`))?.split(':') ?? [];
    if (name !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new CliError(
    'PostgreSQL cannot run as root, and the machine has neither a postgres nor a nobody account.',
    'Start MaK as an ordinary user.',
  );
}

/** Whether the account gets through every parent folder, tried as that account. */
export function canEnter(account: SystemAccount | null, folder: string): boolean {
  if (account === null) return true;
  const tried = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
    uid: account.uid,
    gid: account.gid,
    cwd: '/',
    stdio: 'ignore',
  });
  return tried.status === 0;
}

/** Creates a folder that only the account (or, without one, the present user) may open. */
export function ownFolder(account: SystemAccount | null, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account !== null) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
}

/**
 * A folder outside the checkout for what the database account cannot reach inside it. The name
 * follows from the folder it stands for, so the same checkout always finds its own.
 */
export function reachableTwin(folder: string): string {
  const twin = `/var/tmp/mak-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  mkdirSync(twin, { recursive: true, mode: 0o711 });
  const found = lstatSync(twin);
  // Anyone may create names in /var/tmp; a folder or link put there by somebody else is a trap.
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new CliError(`${twin} exists and belongs to somebody else.`, `Remove ${twin}.`);
  }
  chmodSync(twin, 0o711);
  return twin;
}
