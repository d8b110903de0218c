import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { runCli } from '../../../test/support/cli.ts';
import type { CliRun } from '../../../test/support/cli.ts';
import { startTwenty } from '../../../test/support/twenty.ts';
import { TwentySimulator } from '../../connectors/twenty/simulator/index.ts';
import { checkoutVersion } from './app-package.ts';
import { TwentyClient } from './twenty-client.ts';

const LONG = 600_000;
const CONNECTOR = '/v1/connectors/twenty';
const MAK_APP = '3f6f1d6e-6b0f-4c83-9d3b-2a5e8c7d9b10';
const { MAK_TWENTY_URL: url = '', MAK_TWENTY_API_KEY: apiKey = '' } = process.env;
const isLive = url !== '' && apiKey !== '';
if (!isLive) {
  process.stderr.write(
    '\n*** SKIPPED: ./mak twenty install on a real twenty. Set MAK_TWENTY_URL and MAK_TWENTY_API_KEY; the workspace is disconnected at the end. ***\n\n',
  );
}

let app: TestApp;
let tenant: TestTenant;
let folder: string;

beforeAll(async () => {
  app = await startApp();
  tenant = await app.createTenant({ pipelines: ['adtech'] });
  folder = mkdtempSync(join(tmpdir(), 'mak-twenty-'));
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `./mak twenty …`; the keys go by the environment. */
function twenty(args: readonly string[], env: Record<string, string> = {}): Promise<CliRun> {
  return runCli(['twenty', ...args], {
    MAK_URL: app.url,
    MAK_API_KEY: tenant.apiKey,
    MAK_STATE_DIR: join(folder, 'state'),
    ...env,
  });
}

describe('what is wrong', () => {
  const SECRET = 'no-such-key-0123456789';
  const elsewhere = { MAK_TWENTY_URL: 'http://127.0.0.1:1', MAK_TWENTY_API_KEY: SECRET };

  it.each([
    ['no address', { MAK_TWENTY_URL: '' }, '--url is missing'],
    ['no key', { MAK_TWENTY_API_KEY: '' }, '--api-key is missing'],
    ['a key of MaK that nobody made', { MAK_API_KEY: SECRET }, 'does not know the API key'],
    ['MaK that does not answer', { MAK_URL: 'http://127.0.0.1:1' }, 'does not answer'],
    ['twenty that does not answer', {}, 'http://127.0.0.1:1 does not answer'],
    ['an address with a path', { MAK_TWENTY_URL: 'http://127.0.0.1:1/x' }, 'has a path'],
    [
      'https around http',
      { MAK_TWENTY_URL: 'https://127.0.0.1:1', MAK_URL: 'http://mak.test' },
      'browsers refuse',
    ],
  ])('%s is said, without a key', async (_, env, words) => {
    const run = await twenty(['install'], { ...elsewhere, ...env });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain(words);
    expect(run.stderr).toMatch(/^error: .+\n {7}.+/);
    expect(run.stdout + run.stderr).not.toContain(SECRET);
    expect(run.stderr).not.toContain('defect');
  });

  it('another company than the one of the key is refused', async () => {
    const run = await twenty(['install', '--tenant', 'north'], elsewhere);
    expect(run.stderr).toContain(`belongs to the company ${tenant.key}, not to north`);
  });

  it('a server that is no twenty is told apart, and MaK stays as it was', async () => {
    const server = await startTwenty();
    const run = await twenty(['install'], { ...elsewhere, MAK_TWENTY_URL: server.address });
    await server.close();
    expect(run.status).toBe(1);
    const { status } = await app.call('/v1/twenty/workspace', { key: tenant.apiKey });
    expect(status).toBe(404);
  });
});

describe('our simulator of twenty', () => {
  it(
    'is connected although it allows few requests, which takes longer and is said',
    async () => {
      const narrow = new TwentySimulator({ limits: [{ calls: 3, window: 10_000 }] });
      const version = checkoutVersion();
      narrow.workspace.applications.push({
        id: randomUUID(),
        universalIdentifier: MAK_APP,
        version,
      });
      const env = { MAK_TWENTY_URL: await narrow.listen(), MAK_TWENTY_API_KEY: narrow.apiKey };
      const own = await app.createTenant({ pipelines: ['adtech'] });
      const first = await twenty(['install'], { ...env, MAK_API_KEY: own.apiKey });
      expect(first.stderr).toMatch(/^ {2}twenty takes no more requests this minute; waiting/);
      expect(first.stdout).toContain('+ records');
      expect(first.status).toBe(0);
      const asAdmin = { key: own.apiKey };
      const { body } = await app.call<{ version: number; settings: object }>(CONNECTOR, asAdmin);
      expect(body).toMatchObject({ state: 'running', settings: { address: env.MAK_TWENTY_URL } });
      const { version: read, settings } = body;
      const chosen = { version: read, settings, entities: ['deal'] };
      await app.call(CONNECTOR, { ...asAdmin, method: 'PUT', body: chosen });
      const again = await twenty(['install', '--json'], { ...env, MAK_API_KEY: own.apiKey });
      await narrow.close();
      const { changed, steps } = stepsSchema.parse(JSON.parse(again.stdout));
      expect(changed).toBe(false);
      expect(steps.map(({ detail }) => detail)).toContainEqual(
        expect.stringMatching(/^not kept equal: .*lead, .*Settings, Connectors, twenty$/),
      );
    },
    LONG,
  );
});

const stepsSchema = z.object({
  changed: z.boolean(),
  steps: z.array(z.object({ step: z.string(), outcome: z.string(), detail: z.string() })),
});

describe.runIf(isLive)('a real twenty', () => {
  const client = new TwentyClient({ address: url, key: apiKey });
  const deals = () =>
    client.records(
      '{ masterDeals(first: 1) { totalCount } makStages(first: 1) { totalCount } }',
      {},
      z.object({
        masterDeals: z.object({ totalCount: z.int() }),
        makStages: z.object({ totalCount: z.int() }),
      }),
    );
  const connector = () => app.call<{ state: string }>(CONNECTOR, { key: tenant.apiKey });
  const connections = () =>
    client.records(
      '{ makConnections { edges { node { makUrl tenantKey } } } }',
      {},
      z.object({ makConnections: z.object({ edges: z.array(z.object({ node: z.unknown() })) }) }),
    );
  const run = async (command: 'install' | 'uninstall') => {
    const { status, stdout, stderr } = await twenty([command, '--json']);
    expect(status, stderr).toBe(0);
    expect(stdout + stderr).not.toContain(apiKey);
    return stepsSchema.parse(JSON.parse(stdout));
  };

  it('is connected, and a second time nothing is left to do', { timeout: LONG }, async () => {
    await run('install');
    const { makConnections } = await connections();
    expect(makConnections.edges).toEqual([{ node: { makUrl: app.url, tenantKey: tenant.key } }]);
    const { body } = await app.call<{ enabled: boolean; address: string }>('/v1/twenty/workspace', {
      key: tenant.apiKey,
    });
    expect(body).toMatchObject({ enabled: true, address: url });
    expect((await connector()).body).toMatchObject({
      state: 'running',
      settings: { address: url },
    });
    const again = await run('install');
    expect(again.steps.filter(({ outcome }) => outcome === 'changed')).toEqual([]);
    expect(again.changed).toBe(false);
  });

  it('keeps all records when MaK goes, and gets it back', { timeout: LONG }, async () => {
    const before = await deals();
    expect((await run('uninstall')).changed).toBe(true);
    expect(await deals()).toEqual(before);
    await expect(connections()).rejects.toThrow('makConnection');
    const { body } = await app.call<{ enabled: boolean }>('/v1/twenty/workspace', {
      key: tenant.apiKey,
    });
    expect(body.enabled).toBe(false);
    expect((await connector()).status).toBe(404);
    expect((await run('uninstall')).changed).toBe(false);

    const { steps } = await run('install');
    expect(steps.find(({ step }) => step === 'app')?.detail).toContain('over its records');
    expect(await deals()).toEqual(before);
    await run('uninstall');
  });

  it('knows no wrong key', { timeout: LONG }, async () => {
    const refused = await twenty(['install'], { MAK_TWENTY_API_KEY: 'wrong' });
    expect(refused.stderr).toContain('does not know the API key');
  });
});
