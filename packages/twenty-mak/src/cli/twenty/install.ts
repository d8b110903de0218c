import { CliError } from '../local/cli-error.ts';
import { buildApp, checkoutVersion, readPackage } from './app-package.ts';
import { findApp, installApp, readWorkspace } from './application.ts';
import type { InstalledApp } from './application.ts';
import { lockConnection, writeConnection } from './connection.ts';
import { MakClient } from './mak-client.ts';
import { connectWorkspace, probeTwenty, readSettings, readTenant } from './mak-workspace.ts';
import { callsPerMinute, makDoor, twentyDoor } from './options.ts';
import type { Door, RawTwentyOptions } from './options.ts';
import { providePipelines, readPipelines } from './pipelines.ts';
import { connectRecords, readConnector, refuseOtherTwenty } from './records.ts';
import type { Chosen, Connected, OpportunitySetting } from './records.ts';
import { Steps } from './steps.ts';
import { TwentyClient } from './twenty-client.ts';
import { compareVersions, RECORDS_ONLY } from './versions.ts';

/**
 * Brings MaK into a workspace of twenty. May be run at any time: it changes only what is not yet as it should be, and after
 * a failure it goes on where it stopped. Throws a CliError.
 */
export async function installTwenty(options: RawTwentyOptions): Promise<void> {
  const wanted = {
    twenty: twentyDoor(options),
    mak: makDoor(options),
    tenant: options.tenant,
    package: options.package,
    newcomerRole: options.newcomerRole,
    callsPerMinute: callsPerMinute(options),
  };
  await install(wanted, new Steps(options.json ? 'json' : 'text'));
}

/** What is to be installed where. */
export interface Installation {
  readonly twenty: Door;
  readonly mak: Door;
  /** The company that is meant; undefined: that of the key. */
  readonly tenant?: string | undefined;
  readonly package?: string | undefined;
  readonly newcomerRole?: string | undefined;
  readonly callsPerMinute?: number | undefined;
  /** How often MaK asks what changed, unless that was set before. */
  readonly pollSeconds?: number | undefined;
  /** Kinds of records, unless they were chosen before; undefined: all. */
  readonly entities?: readonly string[] | undefined;
  /** Which opportunities become deals of which pipeline, unless that was set before; undefined: none do. */
  readonly opportunities?: OpportunitySetting | undefined;
  /** By kind, to which records this is limited, unless that was set before; undefined: it is not. */
  readonly chosen?: Chosen | undefined;
}

/** Throws a CliError. */
export async function install(wanted: Installation, steps: Steps): Promise<void> {
  const twenty = new TwentyClient(wanted.twenty, steps.paused);
  const mak = new MakClient(wanted.mak);
  refuseMixedContent(twenty.address, mak.address);

  const tenant = await readTenant(mak, wanted.tenant);
  const workspace = await readWorkspace(twenty);
  steps.add('twenty', 'unchanged', `${twenty.address}, workspace ${workspace.name}`);
  steps.add('MaK', 'unchanged', `${mak.address}, company ${tenant.key}`);
  const known = await readSettings(mak);
  refuseOtherTwenty(await readConnector(mak), twenty, known?.workspace_id === workspace.id);

  const app = await ensureApp(twenty, wanted.package, steps);

  const written = await writeConnection(twenty, { makUrl: mak.address, tenantKey: tenant.key });
  const locked = await lockConnection(twenty);
  const locks = locked.length === 0 ? '' : `; ${locked.join(', ')} may only read it now`;
  steps.add(
    'connection',
    written || locked.length > 0 ? 'changed' : 'unchanged',
    `pages of twenty find MaK at ${mak.address}${locks}`,
  );

  const pipelines = await readPipelines(mak);
  const { changes } = await providePipelines(twenty, pipelines);
  steps.add(
    'pipelines',
    changes === 0 ? 'unchanged' : 'changed',
    `${count(pipelines.length, 'pipeline')} with stages and boards${changes === 0 ? '' : `, ${count(changes, 'change')}`}`,
  );

  const connected = await connectWorkspace(mak, {
    address: twenty.address,
    workspace_id: workspace.id,
    application_id: app.id,
    newcomer_role: wanted.newcomerRole,
  });
  await probeTwenty(mak, tenant.key, { workspaceId: workspace.id, applicationId: app.id });
  steps.add(
    'sign-in',
    connected ? 'changed' : 'unchanged',
    'people of this workspace are signed in to MaK; MaK reaches twenty',
  );

  addRecords(steps, await connectRecords(mak, wanted));

  const { pages } = workspace;
  if (pages !== null && pages !== twenty.address && pages !== tenant.twenty_url) {
    steps.add(
      'pages',
      'note',
      `people open this workspace at ${pages}: set it as address of twenty in MaK, or browsers refuse to show MaK there`,
    );
  }
  steps.end(
    'All was as it should be; nothing was changed.',
    `Done. Open ${pages ?? twenty.address} and choose MaK, Pipeline board.`,
  );
}

function addRecords(steps: Steps, { connector, changed }: Connected): void {
  const { state, settings, entities } = connector;
  const pace = `at most ${settings.calls_per_minute} calls a minute`;
  steps.add(
    'records',
    changed ? 'changed' : 'unchanged',
    `${entities
      .filter(({ enabled }) => enabled)
      .map(({ name }) => name)
      .join(', ')}: kept equal on both sides, ${pace}`,
  );
  if (state === 'paused')
    steps.add(
      'records',
      'note',
      'an admin of MaK has paused this; changes wait until it is resumed',
    );
  const others = entities.filter(({ enabled }) => !enabled).map(({ name }) => name);
  if (others.length > 0)
    steps.add(
      'records',
      'note',
      `not kept equal: ${others.join(', ')}; in MaK an admin chooses them under Settings, Connectors, twenty`,
    );
}

async function ensureApp(
  twenty: TwentyClient,
  file: string | undefined,
  steps: Steps,
): Promise<InstalledApp> {
  const given = file === undefined ? null : readPackage(file);
  const version = given?.version ?? checkoutVersion();
  const installed = await findApp(twenty);
  const before = installed?.version ?? null;
  const order = before === null ? 1 : compareVersions(version, before);
  if (installed !== undefined && order === 0) {
    steps.add('app', 'unchanged', `version ${version} is installed`);
    return installed;
  }
  if (order < 0) {
    throw new CliError(
      `The workspace has version ${before} of the app, this is ${version}.`,
      'twenty installs no older version. Take the version of MaK that fits it, or a newer one.',
    );
  }
  const app = await installApp(twenty, given ?? (await buildApp()), installed);
  const was =
    before === null ? '' : before === RECORDS_ONLY ? ', over its records' : `, it was ${before}`;
  steps.add('app', 'changed', `version ${version} installed${was}`);
  return app;
}

/** Browsers show no http page inside an https page, except one of this machine. */
function refuseMixedContent(twenty: string, mak: string): void {
  const url = new URL(mak);
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (!twenty.startsWith('https:') || url.protocol === 'https:' || isLocal) return;
  throw new CliError(
    'twenty is at an https address and MaK is not; browsers refuse to show MaK inside it.',
    'Put MaK behind TLS, and give its https address as --mak-url.',
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
