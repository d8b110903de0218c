import type { Command } from 'commander';
import type { RawTwentyOptions } from './twenty/options.ts';

const WHAT_IT_READS = `
Everything may come from the environment: MAK_TWENTY_URL, MAK_TWENTY_API_KEY, MAK_URL, MAK_API_KEY. Keys given there
are not seen in the list of processes. Without --mak-url it is the MaK of this checkout, with its demo tenant.`;

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
}
