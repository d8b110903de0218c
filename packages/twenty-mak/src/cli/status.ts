import type { Command } from 'commander';
import { describeState, printJson } from './print-state.ts';
import { inspectStack, resolvePaths } from './stack/index.ts';

export function register(program: Command): void {
  program
    .command('status')
    .description('Show addresses, processes, the demo logins and the API key of the demo tenant')
    .option('--json', 'print it as JSON')
    .action(async (options: { json?: true }) => {
      const state = await inspectStack(resolvePaths());
      if (options.json) printJson(state);
      else process.stdout.write(describeState(state));
    });
}
