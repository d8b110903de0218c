import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CliError, messageOf } from './cli-error.ts';
import { libraryPathOf, unpackDebianPackage } from './debian-package.ts';

export interface RedisBinary {
  readonly program: string;
  /** Folders of libraries unpacked beside the program; empty for one of the system. */
  readonly libraryPath: string;
}

function findInPath(): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  const found = folders
    .map((folder) => join(folder, 'redis-server'))
    .find((file) => existsSync(file));
  return found ?? null;
}

/**
 * The redis-server of the machine, else a private copy of the system's package below `toolsDir`.
 *
 * Errors: CliError when there is none and the system's packages cannot be fetched.
 */
export function redisBinary(toolsDir: string): RedisBinary {
  const found = findInPath();
  if (found !== null) return { program: found, libraryPath: '' };
  try {
    const folder = unpackDebianPackage('redis-server', join(toolsDir, 'redis'));
    return {
      program: join(folder, 'usr', 'bin', 'redis-server'),
      libraryPath: libraryPathOf(folder),
    };
  } catch (error) {
    throw new CliError(
      `The machine has no redis-server and it could not be fetched: ${messageOf(error)}`,
      'Install redis-server with the packages of your system, or set REDIS_URL to a server of your own.',
      { cause: error },
    );
  }
}
