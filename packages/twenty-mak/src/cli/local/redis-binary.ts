import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CliError } from './cli-error.ts';

export interface RedisBinary {
  readonly program: string;
  /** Folder of libraries unpacked beside the program; empty for one of the system. */
  readonly libraryPath: string;
}

const ADVICE =
  'Install redis-server with the packages of your system, or set REDIS_URL to a server of your own.';

function findInPath(): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  const found = folders
    .map((folder) => join(folder, 'redis-server'))
    .find((file) => existsSync(file));
  return found ?? null;
}

function apt(program: 'apt-get' | 'dpkg', args: string[], cwd: string): string {
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const ran = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  if (ran.status === 0) return ran.stdout;
  const reason = ran.error?.message ?? ran.stderr.trim().split('\n').at(-1) ?? 'unknown reason';
  throw new CliError(`No redis-server here, and "${program} ${args[0]}" failed: ${reason}`, ADVICE);
}

/**
 * Downloads redis-server and whatever the machine lacks of its dependencies, and unpacks them into
 * `target` without installing: that needs no root, and no service of the system is started.
 */
function unpackInto(target: string): void {
  const work = `${target}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  const folders = ['lists/partial', 'archives/partial', 'root'].map((name) => join(work, name));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  const own = ['-o', `Dir::Cache=${work}`, '-o', 'Debug::NoLocking=1'];
  const ownLists = ['-o', `Dir::State::lists=${join(work, 'lists')}`, ...own];
  const download = (options: string[]) => {
    const plan = apt(
      'apt-get',
      ['install', '--simulate', '--no-install-recommends', ...options, 'redis-server'],
      work,
    );
    const packages = [...plan.matchAll(/^Inst (\S+)/gm)].map((line) => line[1] ?? '');
    apt('apt-get', ['download', '-q', ...options, ...packages], work);
  };
  try {
    try {
      download(own);
    } catch {
      // The machine's own package lists are missing or old.
      apt('apt-get', ['update', '-q', ...ownLists], work);
      download(ownLists);
    }
    for (const file of readdirSync(work).filter((name) => name.endsWith('.deb'))) {
      apt('dpkg', ['-x', file, 'root'], work);
    }
    writeFileSync(join(work, 'root', '.complete'), '');
    rmSync(target, { recursive: true, force: true });
    renameSync(join(work, 'root'), target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * The redis-server of the machine, else a private copy of the system's package below `toolsDir`.
 *
 * Errors: CliError when there is none and the system's packages cannot be fetched.
 */
export function redisBinary(toolsDir: string): RedisBinary {
  const found = findInPath();
  if (found !== null) return { program: found, libraryPath: '' };
  const folder = join(toolsDir, 'redis');
  if (!existsSync(join(folder, '.complete'))) {
    mkdirSync(toolsDir, { recursive: true });
    unpackInto(folder);
  }
  const libraries = join(folder, 'usr', 'lib');
  const triplets = readdirSync(libraries).map((name) => join(libraries, name));
  return {
    program: join(folder, 'usr', 'bin', 'redis-server'),
    libraryPath: [libraries, ...triplets].join(delimiter),
  };
}
