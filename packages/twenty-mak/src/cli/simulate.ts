import type { Command } from 'commander';
import type { RawSimulateOptions } from './simulate/options.ts';

export function register(program: Command): void {
  program
    .command('simulate')
    .description('Let a simulated advertising business work through the running server')
    .option('--tenant <name>', 'name of the tenant; without it a new one')
    .option('--deals <number>', 'deals to simulate', '300')
    .option('--seed <text>', 'the same seed gives the same business', 'mak')
    .option('--months <number>', 'how long ago the first deals began', '6')
    .option('--pipeline <key>', 'pipeline of the deals; the simulator knows adtech', 'adtech')
    .option('--late <share>', 'share of the events that arrive hours or days late', '0.03')
    .option('--repeats <share>', 'share of the events that are sent twice', '0.02')
    .option(
      '--password <text>',
      'password of all people of a new tenant; without it nobody can sign in',
    )
    .option('--concurrency <requests>', 'requests at a time', '4')
    .option('--rate <events>', 'then go on in real time with so many events a second')
    .option('--for <seconds>', 'how long to go on; without it until Ctrl-C')
    .option('--json', 'print only the counts, as JSON in one line')
    .addHelpText(
      'after',
      '\nThe same command again sends the same events, which change nothing.' +
        '\n--tenant demo --deals 0 --rate 5 lets the demo tenant live.',
    )
    .action(async (options: RawSimulateOptions) => {
      const { simulateTenant } = await import('./simulate/run.ts');
      const report = await simulateTenant(options);
      const space = options.json ? undefined : 2;
      process.stdout.write(`${JSON.stringify(report, null, space)}\n`);
    });
}
