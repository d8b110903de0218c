import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../local/cli-error.ts';
import { readJson, writeJson } from './json-file.ts';
import type { Paths } from './paths.ts';
import { logFile, openLog, tailOfLog } from './services.ts';

/** What `seed-demo` prints as its last line, in JSON. */
const demoSchema = z.object({
  tenant: z.string(),
  logins: z.array(z.object({ role: z.string(), email: z.string(), password: z.string() })),
  api_key: z.string(),
});

export type Demo = z.infer<typeof demoSchema>;

const fileSchema = demoSchema.extend({ database: z.string() });

export function readDemo(paths: Paths): Demo | null {
  return readJson(paths.demo, demoSchema);
}

/** Runs a compiled program of the server once. Returns what it printed; its log keeps the rest. */
export async function runOnce(
  paths: Paths,
  name: string,
  environment: Record<string, string>,
): Promise<string> {
  const log = openLog(paths, name);
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', join(paths.server, 'dist', `${name}.js`)],
    { cwd: paths.server, env: environment, stdio: ['ignore', 'pipe', log] },
  );
  closeSync(log);
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return printed;
  const words = `${printed.trim()}\n${tailOfLog(paths, name)}`.trim();
  throw new CliError(`${name} failed:\n${words}`, `The whole log is ${logFile(paths, name)}.`);
}

/** Makes the demo tenant once per database. Null when this build has none. */
export async function seedDemo(
  paths: Paths,
  postgresUrl: string,
  environment: Record<string, string>,
  progress: (step: string) => void,
): Promise<Demo | null> {
  // The private database may change its port, and is deleted only together with this note.
  const external = process.env['PG_DATABASE_URL'] ? new URL(postgresUrl) : null;
  const database = external === null ? 'private' : `${external.host}${external.pathname}`;
  const known = readJson(paths.demo, fileSchema);
  if (known?.database === database) return known;
  if (environment['MAK_MODE'] !== 'demo') return null;
  if (!existsSync(join(paths.server, 'dist/seed-demo.js'))) return null;
  progress('Making the demo tenant');
  const lastLine = (await runOnce(paths, 'seed-demo', environment)).trimEnd().split('\n').at(-1);
  const demo = demoSchema.parse(JSON.parse(lastLine ?? ''));
  writeJson(paths.demo, { ...demo, database });
  return demo;
}
