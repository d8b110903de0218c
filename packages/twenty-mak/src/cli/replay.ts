import type { Command } from 'commander';
import type { RawOptions } from './replay/options.ts';

export function register(program: Command): void {
  program
    .command('replay')
    .description('Send a log of events through the running server and count what came of it')
    .argument('<file>', 'log in XES, CSV or JSON Lines, plain or gzip')
    .requiredOption(
      '--pipeline <key|file>',
      'preset (adtech, adtech-canonical-case, credit), or a definition in JSON or YAML',
    )
    .option('--tenant <name>', 'name of the tenant; without it a new one')
    .option('--shuffle <seed>', 'send the events in a random order')
    .option('--duplicate <share>', 'send this share of the events twice, 0 to 1')
    .option('--mapping <file>', 'which columns are what, in JSON or YAML; CSV needs one')
    .option('--format <format>', 'xes, csv or jsonl; without it the file tells')
    .option('--encoding <name>', 'encoding of the text, e.g. windows-1251; without it UTF-8')
    .option('--concurrency <requests>', 'requests at a time', '8')
    .option('--json', 'print only the counts, as JSON in one line')
    .action(async (file: string, options: RawOptions) => {
      const { replay } = await import('./replay/run.ts');
      const { report, tenant, lost, examples } = await replay(file, options);
      if (!options.json) process.stdout.write(`Tenant ${tenant}\n`);
      process.stdout.write(
        `${options.json ? JSON.stringify(report) : JSON.stringify(report, null, 2)}\n`,
      );
      if (lost === 0) return;
      const lines = examples.map(
        ({ eventId, code, reason }) => `         ${eventId}: ${code}: ${reason}\n`,
      );
      process.stderr.write(
        `error: ${lost} events did not come in. The first of them:\n${lines.join('')}       Correct them and send the file again; what came in does not count twice.\n`,
      );
      process.exitCode = 1;
    });
}
