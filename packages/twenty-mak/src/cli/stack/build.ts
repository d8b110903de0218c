import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../local/cli-error.ts';
import type { Paths } from './paths.ts';

interface Build {
  /** What is built, for the person who reads that it failed. */
  readonly name: string;
  readonly folder: string;
  /** Globs of everything that the result is made of, seen from the checkout. */
  readonly sources: readonly string[];
  readonly isSource: (file: string) => boolean;
  /** Programs of Node with their arguments, one after the other; each leaves what it makes in `fresh`. */
  readonly steps: (fresh: string) => readonly (readonly string[])[];
}

const isNoTest = (file: string): boolean => !/spec\.tsx?$/.test(file);

function server(paths: Paths): Build {
  const swc = join(paths.checkout, 'node_modules/@swc/cli/bin/swc.js');
  return {
    name: 'server',
    folder: paths.server,
    sources: [
      'package-lock.json',
      'packages/twenty-mak/.swcrc',
      'packages/twenty-mak/package.json',
      'packages/twenty-mak/src/**/*.ts',
      'packages/twenty-mak-domain/src/**/*.ts',
    ],
    isSource: (file) => isNoTest(file) && !file.includes('/src/cli/'),
    steps: (fresh) => [
      [
        ...[swc, 'src', '-d', fresh, '--strip-leading-paths', '--quiet'],
        ...['--ignore', '**/*spec.ts', '--ignore', 'src/cli/**'],
      ],
    ],
  };
}

function webApp(paths: Paths): Build {
  const vite = join(paths.checkout, 'node_modules/vite/bin/vite.js');
  return {
    name: 'web application',
    folder: paths.web,
    sources: [
      'package-lock.json',
      'packages/twenty-front-ext/*.{ts,json,html}',
      'packages/twenty-front-ext/{src,public}/**/*.*',
      'packages/twenty-mak-domain/src/**/*.ts',
    ],
    isSource: isNoTest,
    steps: (fresh) => [
      [vite, 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'error'],
      [join(paths.web, 'precompress.ts'), fresh],
    ],
  };
}

/**
 * Builds the server when its sources changed since the last build. Returns the fingerprint of the sources.
 *
 * Errors: CliError with the compiler's words.
 */
export function buildServer(paths: Paths): string {
  return buildOnce(server(paths), paths);
}

/** The same for the web application. */
export function buildWebApp(paths: Paths): string {
  return buildOnce(webApp(paths), paths);
}

function buildOnce(build: Build, paths: Paths): string {
  const fingerprint = fingerprintOf(build, paths);
  const dist = join(build.folder, 'dist');
  const marker = join(dist, '.sources');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === fingerprint) return fingerprint;
  // Built aside and exchanged: a failed or killed build leaves the last good one in place.
  const fresh = `${dist}.${process.pid}`;
  for (const step of build.steps(fresh)) run(build, step, fresh);
  writeFileSync(join(fresh, '.sources'), fingerprint);
  const old = `${dist}.old.${process.pid}`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
  return fingerprint;
}

function run({ name, folder }: Build, step: readonly string[], fresh: string): void {
  const env = { ...process.env, NODE_ENV: 'production' };
  const ran = spawnSync(process.execPath, step, { cwd: folder, env, encoding: 'utf8' });
  if (ran.status === 0) return;
  rmSync(fresh, { recursive: true, force: true });
  throw new CliError(
    `The ${name} does not compile:\n${ran.stderr.trim()}`,
    'Correct the source named above and try again.',
  );
}

function fingerprintOf({ sources, isSource }: Build, { checkout }: Paths): string {
  const hash = createHash('sha256');
  for (const file of globSync(sources, { cwd: checkout }).filter(isSource).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(checkout, file)))
      .update('\0');
  }
  return hash.digest('hex');
}
