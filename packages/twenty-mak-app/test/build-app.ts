import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { manifestSchema } from './manifest-schema.ts';
import type { AppManifest } from './manifest-schema.ts';

const APP = dirname(import.meta.dirname);
const BUILDS = join(APP, '.twenty', 'builds');
const require = createRequire(import.meta.url);

/** Versions of the SDK that the app builds with: for twenty 2.21 and for the newest. */
export const SDKS = {
  '2.23': { sdk: 'twenty-sdk', client: 'twenty-client-sdk' },
  '2.43': { sdk: 'twenty-sdk-next', client: 'twenty-client-sdk-next' },
} as const;
export type Sdk = keyof typeof SDKS;

function packageFolder(name: string): string {
  const entry = require.resolve.paths(name)?.map((folder) => join(folder, name, 'package.json'));
  const found = entry?.find((file) => {
    try {
      return readFileSync(file).length > 0;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`${name} is not installed.`);
  return dirname(found);
}

/**
 * A copy of the app whose imports of `twenty-sdk` are of this version, also for the type check; `change` may alter it. The
 * type checker stands in its node_modules, because the CLI skips the check silently when it finds none there.
 */
function copyApp(name: string, version: Sdk, change: (folder: string) => void): string {
  const folder = join(BUILDS, name);
  rmSync(folder, { recursive: true, force: true });
  const bin = join(folder, 'node_modules', '.bin');
  mkdirSync(bin, { recursive: true });
  for (const part of ['src', 'locales', 'package.json']) {
    cpSync(join(APP, part), join(folder, part), { recursive: true });
  }
  const { compilerOptions } = JSON.parse(readFileSync(join(APP, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: object;
  };
  const tsconfig = {
    extends: join(APP, '../../tsconfig.base.json'),
    compilerOptions,
    include: ['src'],
    exclude: ['**/*.spec.ts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  const { sdk, client } = SDKS[version];
  symlinkSync(packageFolder(sdk), join(folder, 'node_modules', 'twenty-sdk'));
  symlinkSync(packageFolder(client), join(folder, 'node_modules', 'twenty-client-sdk'));
  symlinkSync(join(packageFolder('typescript'), 'bin', 'tsc'), join(bin, 'tsc'));
  change(folder);
  return folder;
}

export interface Build {
  readonly ok: boolean;
  /** What the CLI printed. */
  readonly output: string;
  /** Null when it failed. */
  readonly manifest: AppManifest | null;
  /** What twenty runs, by name of its file. */
  readonly components: ReadonlyMap<string, string>;
}

/** `twenty dev:build` of a copy, without a server. */
export async function buildApp(
  version: Sdk,
  name: string = version,
  change: (folder: string) => void = () => undefined,
): Promise<Build> {
  const folder = copyApp(name, version, change);
  const cli = join(packageFolder(SDKS[version].sdk), 'dist', 'cli.cjs');
  const child = spawn(process.execPath, [cli, 'dev:build'], {
    cwd: folder,
    // npm tells where it was called, and the CLI takes that for the place of the app.
    env: { ...process.env, INIT_CWD: folder, NO_COLOR: '1', HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) return { ok: false, output, manifest: null, components: new Map() };
  const built = join(folder, '.twenty', 'output');
  const manifest = readFileSync(join(built, 'manifest.json'), 'utf8');
  const files = globSync(join(built, 'src', 'front-components', '*.mjs'));
  return {
    ok: true,
    output,
    manifest: manifestSchema.parse(JSON.parse(manifest)),
    components: new Map(files.map((file) => [basename(file), readFileSync(file, 'utf8')])),
  };
}
