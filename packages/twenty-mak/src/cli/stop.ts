import type { Command } from 'commander';
import { printJson } from './print-state.ts';
import { resolvePaths, stopStack, withLock } from './stack/index.ts';

export function register(program: Command): void {
  program
    .command('stop')
    .description('Stop everything that ./mak start started, also after a crash; the data stays')
    .option('--json', 'print what was stopped as JSON')
    .action(async (options: { json?: true }) => {
      const paths = resolvePaths();
      const stopped = await withLock(paths.lock, () => stopStack(paths));
      if (options.json) printJson({ stopped });
      else if (stopped.length === 0) process.stdout.write('Nothing was running.\n');
      else process.stdout.write(`Stopped ${stopped.join(', ')}.\n`);
    });
}
