import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../local/cli-error.ts';
import type { Paths } from './paths.ts';

/** A hash over everything that the running server is made of. */
function sourceFingerprint(paths: Paths): string {
  const hash = createHash('sha256');
  const sources = globSync(
    [
      'package-lock.json',
      'packages/twenty-mak/.swcrc',
      'packages/twenty-mak/package.json',
      'packages/twenty-mak/src/**/*.ts',
      'packages/twenty-mak-domain/src/**/*.ts',
    ],
    { cwd: paths.checkout },
  )
    .filter((file) => !file.endsWith('spec.ts') && !file.includes('/src/cli/'))
    .sort();
  for (const file of sources) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(paths.checkout, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * Builds the server when its sources changed since the last build.
 * Returns the fingerprint of the sources and whether a build was needed.
 *
 * Errors: CliError with the compiler's words.
 */
export function buildServer(paths: Paths): { fingerprint: string; built: boolean } {
  const fingerprint = sourceFingerprint(paths);
  const dist = join(paths.server, 'dist');
  const marker = join(dist, '.sources');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === fingerprint) {
    return { fingerprint, built: false };
  }
  // Built aside and exchanged: a failed or killed build leaves the last good one in place.
  const fresh = `${dist}.${process.pid}`;
  const swc = join(paths.checkout, 'node_modules/@swc/cli/bin/swc.js');
  const ran = spawnSync(
    process.execPath,
    [
      ...[swc, 'src', '-d', fresh, '--strip-leading-paths', '--quiet'],
      ...['--ignore', '**/*spec.ts', '--ignore', 'src/cli/**'],
    ],
    { cwd: paths.server, encoding: 'utf8' },
  );
  if (ran.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new CliError(
      `The server does not compile:\n${ran.stderr.trim()}`,
      'Correct the source named above and try again.',
    );
  }
  writeFileSync(join(fresh, '.sources'), fingerprint);
  const old = `${dist}.old.${process.pid}`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
  return { fingerprint, built: true };
}
