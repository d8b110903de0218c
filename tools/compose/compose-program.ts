import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  libraryPathOf,
  unpackDebianPackage,
} from '../../packages/twenty-mak/src/cli/local/debian-package.ts';

export interface ComposeProgram {
  readonly command: readonly [string, ...string[]];
  readonly environment: Record<string, string>;
}

const answers = (program: string, args: string[]) =>
  spawnSync(program, [...args, 'version'], { stdio: 'ignore' }).status === 0;

/** A compose that reads and checks files; it needs no Docker engine for that. */
export function composeProgram(toolsDir: string): ComposeProgram {
  if (answers('docker', ['compose'])) return { command: ['docker', 'compose'], environment: {} };
  if (answers('docker-compose', [])) return { command: ['docker-compose'], environment: {} };
  const folder = unpackDebianPackage('docker-compose', join(toolsDir, 'docker-compose'));
  const ownPython = join(folder, 'usr/bin/python3');
  const environment = {
    PYTHONPATH: join(folder, 'usr/lib/python3/dist-packages'),
    LD_LIBRARY_PATH: libraryPathOf(folder),
  };
  const script = join(folder, 'usr/bin/docker-compose');
  // The Python of Debian, not one that happens to come first in PATH: only it knows Debian's modules.
  if (!existsSync(ownPython)) return { command: ['/usr/bin/python3', script], environment };
  return {
    command: [ownPython, script],
    environment: { ...environment, PYTHONHOME: join(folder, 'usr') },
  };
}
