import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../local/cli-error.ts';
import { resolvePaths } from '../stack/index.ts';

const packageSchema = z.object({ name: z.literal('twenty-mak-app'), version: z.string() });

/** What it is for people's data that counts; twenty reads the rest. */
const manifestSchema = z.looseObject({
  application: z.looseObject({ universalIdentifier: z.string(), displayName: z.string() }),
});
export type Manifest = z.output<typeof manifestSchema>;

/** The app, built. */
export interface AppPackage {
  readonly version: string;
  readonly manifest: Manifest;
  readonly tarball: Uint8Array<ArrayBuffer>;
}

const appFolder = (): string => join(resolvePaths().checkout, 'packages/twenty-mak-app');

/** Version of the app in this checkout. */
export function checkoutVersion(): string {
  const text = readFileSync(join(appFolder(), 'package.json'), 'utf8');
  return packageSchema.parse(JSON.parse(text)).version;
}

/** Builds the app with twenty's SDK; that needs no server and takes half a minute. Throws a CliError. */
export async function buildApp(): Promise<AppPackage> {
  const folder = appFolder();
  const cli = join(resolvePaths().checkout, 'node_modules/twenty-sdk/dist/cli.cjs');
  if (!existsSync(cli)) {
    throw new CliError(
      'The SDK of twenty is not installed.',
      'Run the command in a checkout with its development packages.',
    );
  }
  // Where npm was called, inside an npm script; the SDK would look for the app there.
  const { INIT_CWD: _, ...env } = process.env;
  const child = spawn(process.execPath, [cli, 'dev:build', '--tarball'], {
    cwd: folder,
    env: { ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new CliError(
      `The app cannot be built:\n${output.trim()}`,
      'This is a defect of the checkout; take a version of MaK that CI has passed.',
    );
  }
  const version = checkoutVersion();
  return readPackage(join(folder, '.twenty/output', `twenty-mak-app-${version}.tgz`));
}

/** Reads a built package. Throws a CliError when the file is none. */
export function readPackage(file: string): AppPackage {
  if (!existsSync(file))
    throw new CliError(`There is no file ${file}.`, 'Check --package, or leave it out.');
  try {
    const { version } = packageSchema.parse(JSON.parse(member(file, 'package/package.json')));
    const manifest = manifestSchema.parse(JSON.parse(member(file, 'package/manifest.json')));
    return { version, manifest, tarball: Uint8Array.from(readFileSync(file)) };
  } catch (error) {
    throw new CliError(
      `${file} is no package of the MaK app.`,
      'Build one with: npx twenty dev:build --tarball, in packages/twenty-mak-app.',
      { cause: error },
    );
  }
}

function member(tarball: string, name: string): string {
  const ran = spawnSync('tar', ['-xzOf', tarball, name], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout;
}
