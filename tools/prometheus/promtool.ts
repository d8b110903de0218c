import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CliError } from '../../packages/twenty-mak/src/cli/local/cli-error.ts';
import { unpackDebianPackage } from '../../packages/twenty-mak/src/cli/local/debian-package.ts';

/**
 * The promtool of the machine, else a private copy of Debian's below `toolsDir`. Where it cannot be fetched: null on the machine
 * of a person, who is told; CI checks everything or fails.
 *
 * Errors: CliError in CI.
 */
export function promtool(toolsDir: string): string | null {
  if (spawnSync('promtool', ['--version'], { stdio: 'ignore' }).status === 0) return 'promtool';
  try {
    return join(
      unpackDebianPackage('prometheus', join(toolsDir, 'prometheus')),
      'usr/bin/promtool',
    );
  } catch (error) {
    if (!(error instanceof CliError) || process.env['CI'] !== undefined) throw error;
    process.stderr.write(`
!!! There is no promtool and it could not be fetched: alert rules and dashboards are NOT checked.
!!! ${error.message} ${error.advice}
`);
    return null;
  }
}
