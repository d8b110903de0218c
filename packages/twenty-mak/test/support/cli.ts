import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

export interface CliRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `./mak …` as a process of its own, with variables besides those of the test. */
export function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CliRun> {
  const cli = resolve(import.meta.dirname, '../../src/cli/mak.ts');
  return new Promise((done) => {
    execFile(
      process.execPath,
      [cli, ...args],
      { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        done({
          status: error === null ? 0 : ((error as { code?: number }).code ?? -1),
          stdout,
          stderr,
        });
      },
    );
  });
}
