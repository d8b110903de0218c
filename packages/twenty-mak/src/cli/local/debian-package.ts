import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CliError } from './cli-error.ts';

const COMPLETE = '.complete';

function run(program: 'apt-get' | 'dpkg', args: string[], cwd: string): string {
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const ran = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  if (ran.status === 0) return ran.stdout;
  const reason = ran.error?.message ?? ran.stderr.trim().split('\n').at(-1) ?? 'unknown reason';
  throw new CliError(
    `"${program} ${args[0]}" failed: ${reason}`,
    'Install it with the packages of your system, then try again.',
  );
}

/** Downloads a package and whatever of its dependencies the machine lacks into `folder`. */
function download(name: string, folder: string, options: string[]): void {
  const simulate = ['install', '--simulate', '--no-install-recommends', ...options, name];
  const plan = run('apt-get', simulate, folder);
  const packages = [...plan.matchAll(/^Inst (\S+)/gm)].map((line) => line[1] ?? '');
  run('apt-get', ['download', '-q', ...options, ...packages], folder);
}

/**
 * Unpacks a package of Debian, with what the machine lacks of its dependencies, into `target`
 * without installing it: that needs no root, changes nothing of the system and starts no service.
 * Does nothing when it is there already. Returns `target`.
 *
 * Errors: CliError when there is no apt, or it cannot fetch the package.
 */
export function unpackDebianPackage(name: string, target: string): string {
  if (existsSync(join(target, COMPLETE))) return target;
  const work = `${target}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  for (const folder of ['lists/partial', 'archives/partial', 'root']) {
    mkdirSync(join(work, folder), { recursive: true });
  }
  const own = ['-o', `Dir::Cache=${work}`, '-o', 'Debug::NoLocking=1'];
  const ownLists = ['-o', `Dir::State::lists=${join(work, 'lists')}`, ...own];
  try {
    try {
      download(name, work, own);
    } catch {
      // The machine's own package lists are missing or old.
      run('apt-get', ['update', '-q', ...ownLists], work);
      download(name, work, ownLists);
    }
    for (const file of readdirSync(work).filter((entry) => entry.endsWith('.deb'))) {
      run('dpkg', ['-x', file, 'root'], work);
    }
    writeFileSync(join(work, 'root', COMPLETE), '');
    rmSync(target, { recursive: true, force: true });
    renameSync(join(work, 'root'), target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return target;
}

const IS_LIBRARY = /\.so(\.\d+)*$/;

/**
 * Where the programs of an unpacked package find their libraries: a value of LD_LIBRARY_PATH. Some
 * libraries lie deeper than their folder of the architecture, and who needs them names that place
 * of the system, where they are not.
 */
export function libraryPathOf(target: string): string {
  const libraries = join(target, 'usr', 'lib');
  if (!existsSync(libraries)) return '';
  const folders = readdirSync(libraries, { recursive: true, withFileTypes: true })
    .filter((entry) => IS_LIBRARY.test(entry.name))
    .map((entry) => entry.parentPath);
  return [...new Set(folders)].toSorted().join(delimiter);
}
