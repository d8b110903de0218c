import { CliError } from '../local/cli-error.ts';
import { buildApp } from './app-package.ts';
import { findApp, readWorkspace, refuseLosses, replaceManifest } from './application.ts';
import { MakClient } from './mak-client.ts';
import { disconnectWorkspace, readTenant } from './mak-workspace.ts';
import { makDoor, twentyDoor } from './options.ts';
import type { RawTwentyOptions } from './options.ts';
import { recordsOnly } from './records-only.ts';
import { disconnectRecords, findWebhooks, removeWebhooks } from './records.ts';
import { Steps } from './steps.ts';
import { TwentyClient } from './twenty-client.ts';
import { RECORDS_ONLY } from './versions.ts';

/**
 * Takes the pages of MaK and the connection out of a workspace. Objects, records, views and roles stay: twenty's own
 * uninstall would delete all objects of the app with what people have written. Throws a CliError.
 */
export async function uninstallTwenty(options: RawTwentyOptions): Promise<void> {
  const steps = new Steps(options.json ? 'json' : 'text');
  const twenty = new TwentyClient(twentyDoor(options), steps.paused);
  const workspace = await readWorkspace(twenty);
  steps.add('twenty', 'unchanged', `${twenty.address}, workspace ${workspace.name}`);

  await turnOff(options, workspace.id, twenty.address, steps);
  const webhooks = await removeWebhooks(twenty, await findWebhooks(twenty));
  steps.add(
    'webhooks',
    webhooks === 0 ? 'unchanged' : 'changed',
    'twenty tells no MaK of its changes',
  );

  const installed = await findApp(twenty);
  if (installed === undefined) {
    steps.add('app', 'unchanged', 'is not installed');
  } else if (installed.version === RECORDS_ONLY) {
    steps.add('app', 'unchanged', 'its pages are out already; its records stay');
  } else {
    await takeOutPages(twenty);
    steps.add('app', 'changed', 'pages, tabs and commands of MaK are out; all records stay');
  }
  steps.end(
    'There was nothing to take out; nothing was changed.',
    'Done. ./mak twenty install brings it back.',
  );
}

/** MaK may be gone already; then there is nothing to turn off in it. */
async function turnOff(
  options: RawTwentyOptions,
  workspaceId: string,
  address: string,
  steps: Steps,
): Promise<void> {
  try {
    const mak = new MakClient(makDoor(options));
    await readTenant(mak, options.tenant);
    const disconnected = await disconnectRecords(mak, address);
    steps.add(
      'records',
      disconnected ? 'changed' : 'unchanged',
      'MaK and this workspace are not kept equal any more',
    );
    const changed = await disconnectWorkspace(mak, workspaceId);
    steps.add(
      'sign-in',
      changed ? 'changed' : 'unchanged',
      'nobody signs in to MaK from this workspace',
    );
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    steps.add('MaK', 'note', `left as it is: ${error.message}`);
  }
}

/** Leaves of the app what holds records. Throws a CliError before anything of people would go. */
export async function takeOutPages(twenty: TwentyClient): Promise<void> {
  const rest = recordsOnly((await buildApp()).manifest);
  await refuseLosses(twenty, rest.manifest, rest.connection);
  await replaceManifest(twenty, rest.manifest, RECORDS_ONLY);
}
