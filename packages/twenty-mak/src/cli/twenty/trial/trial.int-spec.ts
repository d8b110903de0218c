import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from '../../../../test/support/cli.ts';
import { TwentySimulator } from '../../../connectors/twenty/simulator/index.ts';
import { checkoutVersion } from '../app-package.ts';

const MAK_APP = '3f6f1d6e-6b0f-4c83-9d3b-2a5e8c7d9b10';
const PASSWORD = 'password of the spec';
const LIMITS = [
  { calls: 100, window: 1_000 },
  { calls: 100_000, window: 60_000 },
];

const reportSchema = z.object({
  ok: z.boolean(),
  BROWSER: z.string(),
  workspace: z.string(),
  rows: z.array(
    z.object({
      what: z.string(),
      seconds: z.number().nullable(),
      ok: z.boolean(),
      detail: z.string(),
    }),
  ),
});

let twenty: TwentySimulator;
let address: string;
let state: string;

beforeAll(async () => {
  twenty = new TwentySimulator({ limits: LIMITS });
  address = await twenty.listen();
  state = mkdtempSync(join(tmpdir(), 'mak-trial-spec-'));
  const { workspace } = twenty;
  const version = checkoutVersion();
  workspace.applications.push({ id: randomUUID(), universalIdentifier: MAK_APP, version });
  const members = ['ada@example.com', 'ben@example.com'];
  workspace.upsert(
    'workspaceMember',
    members.map((userEmail) => ({ userEmail })),
    { userId: null },
  );
  twenty.signIn.addPerson('ada@example.com', PASSWORD);
  const connection = {
    makId: 'mak',
    name: 'MaK',
    makUrl: 'https://mak.example.com',
    tenantKey: 'north',
  };
  workspace.upsert('makConnection', [connection], { userId: null });
  addOwnRecords();
});
afterAll(async () => {
  await twenty.close();
  rmSync(state, { recursive: true, force: true });
});

/** What a workspace has before, of every kind that the trial touches. */
function addOwnRecords(): void {
  const person = { userId: randomUUID() };
  const add = (object: string, fields: object): string =>
    twenty.workspace.upsert(object, [{ ...fields }], person)[0]?.id ?? '';
  const contact = add('person', { name: { firstName: 'Eve', lastName: 'Own' }, jobTitle: 'Buyer' });
  const opportunity = add('opportunity', { name: 'Own', pointOfContactId: contact });
  const deal = add('masterDeal', {
    ...{ makId: randomUUID(), name: 'Of others' },
    ...{ opportunityId: opportunity, pointOfContactId: contact },
  });
  const noteId = add('note', { title: 'Own', bodyV2: { markdown: 'Text', blocknote: null } });
  add('noteTarget', { noteId, targetMasterDealId: deal });
  const taskId = add('task', { title: 'Own', status: 'TODO' });
  add('taskTarget', { taskId, targetMasterDealId: deal });
  for (const company of ['makPartner', 'makFranchisee']) add(company, { name: 'Own' });
  const leadId = add('makLead', { name: 'Own' });
  const auctionId = add('makLeadAuction', { name: 'Own', leadId });
  add('makBid', { name: 'Own', auctionId });
}

/** What somebody of the workspace makes while MaK is connected; gives the id. */
async function addMeanwhile(): Promise<string> {
  const { workspace } = twenty;
  await expect.poll(() => workspace.webhooks.all.size, { timeout: 180_000, interval: 200 }).toBe(1);
  const person = { userId: randomUUID() };
  return workspace.upsert('opportunity', [{ name: 'Made meanwhile' }], person)[0]?.id ?? '';
}

const trial = (...args: readonly string[]) =>
  runCli(['twenty', 'test', '--json', ...args], {
    MAK_TWENTY_URL: address,
    MAK_TWENTY_API_KEY: twenty.apiKey,
  });

/** Everything that people of the workspace may see. */
function workspaceNow(): object {
  const { workspace } = twenty;
  const records = workspace.objects.map(({ singular }) => [
    singular,
    [...workspace.table(singular).rows.values()].map((row) => ({ ...row, updatedAt: null })),
  ]);
  const { views, items } = workspace.pages;
  return { records, views: [...views], items: [...items], webhooks: [...workspace.webhooks.all] };
}

describe('./mak twenty test', () => {
  it('finds both sides equal whatever happens, and leaves the workspace as it was', async () => {
    const before = workspaceNow();
    const ended = trial(
      ...['--calls-per-minute', '100000', '--deals', '3', '--events', '40', '--poll-seconds', '5'],
      ...['--login', `ada@example.com:${PASSWORD}`, '--no-browser', '--patience', '400'],
    );
    const meanwhile = await addMeanwhile();
    const { status, stdout, stderr } = await ended;
    expect(stderr).toBe('');
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.rows.filter(({ ok }) => !ok)).toEqual([]);
    expect(report.rows).toHaveLength(28);
    expect(report.rows.at(-1)?.what).toMatch(
      /: \d+ deals, [3-9] notes and tasks, the trade in leads, \d{3,} values compared/,
    );
    expect(report).toMatchObject({
      ok: true,
      BROWSER: expect.stringContaining('SKIPPED') as string,
    });
    expect(status).toBe(0);
    const opportunities = twenty.workspace.table('opportunity');
    // It was a deal of the trial, and is nobody's but theirs again.
    expect(opportunities.rows.get(meanwhile)).toMatchObject({
      ...{ name: 'Made meanwhile', makId: '', deletedAt: null },
      updatedBy: { source: 'API' },
    });
    opportunities.destroyMany({ id: { eq: meanwhile } });
    expect(workspaceNow()).toEqual(before);
    expect(stdout).not.toContain(twenty.apiKey);
  }, 900_000);

  it('does not begin where another MaK is connected', async () => {
    const { webhooks } = twenty.workspace;
    const targetUrl = 'https://mak.example.com/v1/twenty/north/webhook';
    const { id } = webhooks.create({ targetUrl, operations: [] });
    const { status, stderr } = await trial();
    webhooks.all.delete(id);
    expect(status).toBe(1);
    expect(stderr).toContain('is connected with the MaK at https://mak.example.com');
  });

  it.each([
    [['--deals', '1'], '--deals 1 is no whole number'],
    [['--login', 'ada@example.com'], '--login is not of the form'],
    [['--mak-url', 'mak'], '--mak-url is no address'],
    [['--login', 'ada@example.com:wrong', '--no-browser'], 'does not sign ada@example.com in'],
  ])('refuses %j', async (args, words) => {
    const { status, stderr } = await trial(...args);
    expect(status).toBe(1);
    expect(stderr).toContain(words);
  });
});
