import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { CliError } from './local/cli-error.ts';
import { resetStack, resolvePaths, withLock } from './stack/index.ts';

export function register(program: Command): void {
  program
    .command('reset')
    .description('Stop everything and delete all data, secrets and logs of this checkout')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nA database of your own (PG_DATABASE_URL) is not touched.')
    .action(async (options: { yes?: true }) => {
      const paths = resolvePaths();
      if (!options.yes && !(await confirmed(paths.state))) {
        process.stdout.write('Nothing was deleted.\n');
        return;
      }
      await withLock(paths.lock, () => resetStack(paths));
      process.stdout.write('Everything is deleted. ./mak start begins anew.\n');
    });
}

async function confirmed(folder: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CliError('Nobody is here to confirm the deletion.', 'Say ./mak reset --yes.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`Delete all deals and settings in ${folder}? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
