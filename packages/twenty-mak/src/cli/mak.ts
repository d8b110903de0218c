import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { CliError } from './local/cli-error.ts';

/**
 * The commands, in the order of the help text. Each file exports `register(program)` and imports
 * what is heavy only when its command runs.
 */
const COMMANDS = [
  'start',
  'stop',
  'status',
  'reset',
  'doctor',
  'test',
  'replay',
  'simulate',
  'bench',
  'twenty',
  'sandbox',
  'generate',
];

interface CommandModule {
  register(program: Command): void;
}

const program = new Command('mak')
  .description(
    'MaK: one MasterDeal across many systems. Everything a checkout needs, in one command.',
  )
  .showHelpAfterError('(--help shows how the command is used)')
  .helpCommand(false);

for (const name of COMMANDS) {
  if (!existsSync(join(import.meta.dirname, `${name}.ts`))) continue;
  const command = (await import(`./${name}.ts`)) as CommandModule;
  command.register(program);
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CliError) {
    process.stderr.write(`error: ${error.message}\n       ${error.advice}\n`);
  } else {
    process.stderr.write(
      `error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.stderr.write('       This is a defect of MaK; ./mak doctor may still show a cause.\n');
  }
  process.exitCode = 1;
}
