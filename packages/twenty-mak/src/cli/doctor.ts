import type { Command } from 'commander';
import { printJson } from './print-state.ts';
import { resolvePaths } from './stack/index.ts';

export function register(program: Command): void {
  program
    .command('doctor')
    .description('Look whether this machine has what MaK needs, and say what to do if not')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', '\nIt ends with 1 when something has to be done.')
    .action(async (options: { json?: true }) => {
      const { examine } = await import('./doctor-checks.ts');
      const findings = await examine(resolvePaths());
      if (options.json) printJson(findings);
      else {
        for (const { check, ok, detail, advice } of findings) {
          process.stdout.write(`${ok ? 'ok  ' : 'FAIL'}  ${check.padEnd(13)} ${detail}\n`);
          if (advice !== '') process.stdout.write(`${' '.repeat(20)}${advice}\n`);
        }
      }
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}
