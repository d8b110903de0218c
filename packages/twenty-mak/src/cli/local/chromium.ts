import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CliError, messageOf } from './cli-error.ts';
import { libraryPathOf, unpackDebianPackage } from './debian-package.ts';

export interface ChromiumBinary {
  readonly program: string;
  /** Folders of libraries unpacked beside the program; empty for one of the system. */
  readonly libraryPath: string;
}

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * The Chromium of the machine, else a private copy of the system's package below `toolsDir`.
 *
 * Errors: CliError when there is none and the system's packages cannot be fetched.
 */
export function chromiumBinary(toolsDir: string): ChromiumBinary {
  const found = KNOWN.find((file) => existsSync(file));
  if (found !== undefined) return { program: found, libraryPath: '' };
  try {
    const folder = unpackDebianPackage('chromium', join(toolsDir, 'chromium'));
    // Not usr/bin/chromium: that is a script which looks for its parts in the system's folders.
    const program = join(folder, 'usr/lib/chromium/chromium');
    return { program, libraryPath: libraryPathOf(folder) };
  } catch (error) {
    throw new CliError(
      `The machine has no Chromium and it could not be fetched: ${messageOf(error)}`,
      'Install chromium with the packages of your system.',
      { cause: error },
    );
  }
}
