import type { Command } from 'commander';
import type { RawTwentyOptions } from './twenty/options.ts';
import type { RawTrialOptions } from './twenty/trial/options.ts';

const WHAT_IT_READS = `
Everything may come from the environment: MAK_TWENTY_URL, MAK_TWENTY_API_KEY, MAK_URL, MAK_API_KEY. Keys given there
are not seen in the list of processes. Without --mak-url it is the MaK of this checkout, with its demo tenant.`;

const WHAT_IT_TRIES = `
It starts a MaK of its own with a company of its own, which nobody needs afterwards, and leaves the workspace as it was, also
after Ctrl-C. Address and key of twenty may come from MAK_TWENTY_URL and MAK_TWENTY_API_KEY. A twenty on another machine
reaches it only at a --mak-url; without that it hears of nothing by webhook, and MaK asks.`;

function withOptions(command: Command): Command {
  return command
    .option('--url <address>', 'address of twenty as browsers open it')
    .option('--api-key <key>', 'API key of the workspace, with the role Admin')
    .option('--mak-url <address>', 'address of MaK as browsers open it')
    .option('--mak-api-key <key>', 'API key of an admin of MaK')
    .option(
      '--tenant <key>',
      'company in MaK; the one of its API key is meant, this only checks it',
    )
    .option('--json', 'print the steps as JSON');
}

export function register(program: Command): void {
  const twenty = program.command('twenty').description('Connect a workspace of twenty with MaK');
  withOptions(twenty.command('install'))
    .description('Install or upgrade the app, connect the workspace, make boards of the pipelines')
    .option('--package <file>', 'a built package of the app; without it, it is built from here')
    .option(
      '--newcomer-role <role>',
      'what people become in MaK who come from twenty (default: as it is, else employee)',
    )
    .option(
      '--calls-per-minute <number>',
      'what twenty allows the workspace (default: as it is, else 100)',
    )
    .addHelpText('after', WHAT_IT_READS)
    .action(async (options: RawTwentyOptions) => {
      const { installTwenty } = await import('./twenty/install.ts');
      await installTwenty(options);
    });
  withOptions(twenty.command('uninstall'))
    .description('Take the pages of MaK out of the workspace; all records stay')
    .addHelpText('after', WHAT_IT_READS)
    .action(async (options: RawTwentyOptions) => {
      const { uninstallTwenty } = await import('./twenty/uninstall.ts');
      await uninstallTwenty(options);
    });
  twenty
    .command('test')
    .description('Try MaK in a live workspace: edits on both sides, killed processes, a table')
    .option('--url <address>', 'address of twenty as browsers open it')
    .option('--api-key <key>', 'API key of the workspace, with the role Admin')
    .option('--calls-per-minute <number>', 'what twenty allows the workspace (default: 100)')
    .option('--deals <number>', 'deals that people make in MaK', '6')
    .option('--events <number>', 'events of other systems, twice', '100')
    .option('--patience <seconds>', 'how long both sides may differ after each thing', '240')
    .option('--poll-seconds <number>', 'how often MaK asks twenty what changed', '60')
    .option('--mak-port <port>', 'port of the MaK of the trial (default: any that is free)')
    .option('--mak-url <address>', 'where twenty reaches it (default: that port of this machine)')
    .option('--package <file>', 'a built package of the app; without it, it is built from here')
    .option('--login <email:password>', 'a member of the workspace, who edits and looks at pages')
    .option('--no-browser', 'look at no pages')
    .option('--screenshots <folder>', 'where pictures of these pages go (default: a new folder)')
    .option('--json', 'print the table as JSON')
    .addHelpText('after', WHAT_IT_TRIES)
    .action(async (options: RawTrialOptions) => {
      const { tryTwenty } = await import('./twenty/trial/run.ts');
      if (!(await tryTwenty(options))) process.exitCode = 1;
    });
}
