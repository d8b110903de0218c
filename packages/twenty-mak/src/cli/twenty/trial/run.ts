import { randomBytes } from 'node:crypto';
import { CliError, messageOf } from '../../local/cli-error.ts';
import { readWorkspace } from '../application.ts';
import type { Workspace } from '../application.ts';
import { checkoutVersion } from '../app-package.ts';
import { install } from '../install.ts';
import { MakClient } from '../mak-client.ts';
import { readPipelines } from '../pipelines.ts';
import { findWebhooks } from '../records.ts';
import { Steps } from '../steps.ts';
import { TwentyClient } from '../twenty-client.ts';
import { takePictures } from './browser.ts';
import { MakSide } from './mak-side.ts';
import { outsidersOf } from './market-scenario.ts';
import { readTrialOptions } from './options.ts';
import type { RawTrialOptions, TrialOptions } from './options.ts';
import { OwnMak } from './own-mak.ts';
import { signedIn } from './person.ts';
import { Report } from './report.ts';
import { LOOKING } from './measure.ts';
import { Scenario } from './scenario.ts';
import { clearAway, remember } from './traces.ts';
import type { Traces } from './traces.ts';
import { TwentySide } from './twenty-side.ts';
import type { Member } from './twenty-side.ts';
import { NotInTime, refuseInterrupted } from './until.ts';

/** What the trial makes and can clear away without touching anything of the workspace's own. */
const KINDS = [
  ...['pipeline', 'stage', 'deal', 'sla_run'],
  ...['contact', 'note', 'task', 'opportunity'],
  ...['partner', 'franchisee', 'lead', 'lead_auction', 'bid'],
];

/**
 * Tries MaK in a live workspace: a MaK of its own is installed there, people and systems work on both sides, processes are
 * killed. Gives whether both sides became equal in time, each time. The workspace is left as it was, also after Ctrl-C.
 * Throws a CliError.
 */
export async function tryTwenty(raw: RawTrialOptions): Promise<boolean> {
  const options = readTrialOptions(raw);
  const report = new Report(options.json);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    await inWorkspace(options, report, stop.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
  return report.end();
}

async function inWorkspace(
  options: TrialOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const client = new TwentyClient(options.twenty);
  const workspace = await readWorkspace(client);
  await refuseOthers(client);
  const before = await remember(client);
  const begin = new Date().toISOString();
  report.fact('twenty', `${client.address}, workspace ${workspace.name}`);
  report.fact('app', checkoutVersion());
  report.fact('limit', `${options.callsPerMinute} calls a minute`);

  const editor = await editorOf(options, workspace, report);

  const run = randomBytes(3).toString('hex');
  const mark = `MaK trial ${run}:`;
  const own = await OwnMak.start({
    publicUrl: options.makUrl,
    port: options.makPort,
    pages: options.browser,
  });
  const tenant = `trial-${run}`;
  const webhook = `${own.publicUrl}/v1/twenty/${tenant}/webhook`;
  const traces: Traces = { mark, webhook, pipelines: [] };
  try {
    const twenty = new TwentySide(client, mark, editor);
    const members = await twoMembers(twenty);
    const emails = [...new Set(members.map(({ email }) => email))];
    const mak = await MakSide.make(own.url, own.operatorKey, {
      ...{ tenant, emails },
      outsiders: outsidersOf(mark),
    });
    traces.pipelines = await pipelinesOf(own, mak);
    refuseInterrupted(signal);
    const [pipeline = ''] = traces.pipelines;
    const to = { mak: { address: own.publicUrl, key: mak.apiKey }, pipeline, since: begin };
    await connect(options, to, report);
    await twenty.usePipelines(traces.pipelines);
    await new Scenario({ own, mak, twenty, members, mark, options, report, signal }).play();
    const [deal = ''] = (await twenty.ids()).values();
    await pictures(options, workspace, report, signal, deal);
  } catch (error) {
    if (!(error instanceof NotInTime)) throw error;
    report.add({ what: 'the rest of the trial', seconds: null, ok: false, detail: error.message });
  } finally {
    await own.close();
    await clear(client, before, traces);
    report.fact('workspace', 'is as it was before');
  }
}

/** Two MaKs in one workspace would both take over what people make there. Throws a CliError. */
async function refuseOthers(client: TwentyClient): Promise<void> {
  const [other] = await findWebhooks(client);
  if (other === undefined) return;
  throw new CliError(
    `The workspace is connected with the MaK at ${new URL(other.targetUrl).origin}, which would take over the deals of the trial.`,
    'Try it in a workspace of its own, or take that MaK out before: ./mak twenty uninstall',
  );
}

/** A person where one can sign in. What the key of MaK changes is not told apart from what MaK changes. */
async function editorOf(
  { login, twenty: { address } }: TrialOptions,
  { pages }: Workspace,
  report: Report,
): Promise<TwentyClient | null> {
  report.fact('edits by', login === null ? 'the API key of MaK' : login.email);
  return login === null ? null : signedIn(address, pages ?? address, login);
}

/** Throws a CliError when the workspace has nobody. */
async function twoMembers(twenty: TwentySide): Promise<readonly [Member, Member]> {
  const [first, second = first] = await twenty.readMembers(2);
  if (first !== undefined && second !== undefined) return [first, second];
  throw new CliError('The workspace has no members.', 'Invite somebody in twenty first.');
}

async function pipelinesOf(own: OwnMak, mak: MakSide): Promise<readonly string[]> {
  const pipelines = await readPipelines(new MakClient({ address: own.url, key: mak.apiKey }));
  return pipelines.map(({ makId }) => makId);
}

interface To {
  readonly mak: { readonly address: string; readonly key: string };
  /** Where opportunities become deals. */
  readonly pipeline: string;
  /** When the trial began. */
  readonly since: string;
}

async function connect(
  { twenty, package: file, callsPerMinute, pollSeconds }: TrialOptions,
  { mak, pipeline, since }: To,
  report: Report,
): Promise<void> {
  const what = './mak twenty install';
  report.begin(what);
  const begin = performance.now();
  const calls = Math.max(10, Math.floor(callsPerMinute * (1 - LOOKING)));
  const wanted = {
    twenty,
    mak,
    package: file,
    callsPerMinute: calls,
    pollSeconds,
    entities: KINDS,
    // Opportunities of the workspace's own stay what they are.
    opportunities: { pipeline, since },
    // So do its people, also those whom deals of others name.
    chosen: { contact: { created_there: false } },
  };
  await install(wanted, new Steps('silent'));
  const seconds = (performance.now() - begin) / 1_000;
  report.add({ what, seconds, ok: true, detail: '' });
}

async function pictures(
  { login, browser, screenshots, twenty }: TrialOptions,
  { pages }: Workspace,
  report: Report,
  signal: AbortSignal,
  deal: string,
): Promise<void> {
  refuseInterrupted(signal);
  if (login === null || !browser) {
    const how = browser ? ' Give --login email:password' : '';
    report.fact('BROWSER', `SKIPPED: nobody looked at the pages.${how}`);
    return;
  }
  const begin = performance.now();
  const what = 'signed in to twenty, pages of MaK opened inside it';
  const { folder, problem } = await takePictures(pages ?? twenty.address, login, {
    deal,
    folder: screenshots,
  });
  const seconds = (performance.now() - begin) / 1_000;
  report.add({ what, seconds, ok: problem === null, detail: problem ?? '' });
  report.fact('pictures', folder);
}

async function clear(
  client: TwentyClient,
  before: Parameters<typeof clearAway>[1],
  traces: Traces,
): Promise<void> {
  try {
    await clearAway(client, before, traces);
  } catch (error) {
    throw new CliError(
      `The workspace could not be cleared: ${messageOf(error)}`,
      `What is left there is named "${traces.mark} …", with the webhook ${traces.webhook}.`,
      { cause: error },
    );
  }
}
