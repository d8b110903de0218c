import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, isRunning } from '../../src/cli/local/processes.ts';
import type { ProcessIdentity } from '../../src/cli/local/processes.ts';
import { resetStack, resolvePaths } from '../../src/cli/stack/index.ts';
import type { Paths } from '../../src/cli/stack/index.ts';

const PREFIX = 'mak-faults-';
const OWNER = 'owner.json';

/** Where an installation of two replicas of each process lives. */
export interface Folders {
  readonly folder: string;
  /** The first one also has PostgreSQL, Redis and the secrets. */
  readonly first: Paths;
  readonly second: Paths;
}

/** A folder for this run. What a run that was killed left behind is ended and removed. */
export async function makeFolders(): Promise<Folders> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    const file = join(folder, OWNER);
    if (!existsSync(file)) continue;
    const owner = JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
    if (!isRunning(owner)) await removeFolders(foldersIn(folder));
  }
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  // PostgreSQL may run as another user and has to pass through.
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, OWNER), JSON.stringify(identify(process.pid)));
  return foldersIn(folder);
}

function foldersIn(folder: string): Folders {
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  return { folder, first: resolvePaths(first), second: resolvePaths(second) };
}

/** Ends all that runs there and removes it. */
export async function removeFolders({ folder, first, second }: Folders): Promise<void> {
  await resetStack(second);
  await resetStack(first);
  rmSync(folder, { recursive: true, force: true });
}

/** Leaves the folder to whoever looks into a violation. */
export function keepFolder({ folder }: Folders): void {
  rmSync(join(folder, OWNER), { force: true });
}
