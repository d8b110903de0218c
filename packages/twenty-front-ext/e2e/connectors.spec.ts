import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { AmocrmSimulator } from '../../twenty-mak/src/connectors/amocrm/simulator/index.ts';
import { KeyCrmSimulator } from '../../twenty-mak/src/connectors/keycrm/simulator/index.ts';
import { connectedTwenty } from './support/connected-twenty.ts';
import type { ConnectedTwenty } from './support/connected-twenty.ts';
import { expect, expectAccessible, signInAs, test } from './support/journey.ts';
import { asOwnAdmin } from './support/newcomers.ts';
import { takePictures } from './support/picture.ts';
import { ADDRESS } from './support/stack.ts';

const PATH = '/settings/connectors/twenty';
/** There are other connectors beside it. */
const cardOf = (page: Page): Locator => page.getByRole('region', { name: 'twenty', exact: true });
/** Text that must stay text. */
const HOSTILE = '<img src=x onerror=alert(1)>';

interface Deal {
  readonly id: string;
  readonly version: number;
}

/** What an API key of the tenant can do. */
function apiOf(page: Page, key: string) {
  const headers = { authorization: `Bearer ${key}` };
  const answer = async <T>(response: ReturnType<typeof page.request.get>): Promise<T> => {
    const got = await response;
    expect(got.ok(), await got.text()).toBe(true);
    return (await got.json()) as T;
  };
  const read = (id: string): Promise<Deal> =>
    answer<Deal>(page.request.get(`${ADDRESS}/v1/deals/${id}`, { headers }));
  return {
    create: async (name: string): Promise<string> => {
      const own = { ...headers, 'idempotency-key': randomUUID() };
      const data = { name, amount: 100, currency: 'EUR' };
      return (await answer<Deal>(page.request.post(`${ADDRESS}/v1/deals`, { data, headers: own })))
        .id;
    },
    rename: async (id: string, name: string): Promise<void> => {
      const { version } = await read(id);
      const data = { version, name };
      await answer(page.request.patch(`${ADDRESS}/v1/deals/${id}`, { data, headers }));
    },
    connector: (connector = 'twenty') =>
      answer<Record<string, unknown> & { version: number }>(
        page.request.get(`${ADDRESS}/v1/connectors/${connector}`, { headers }),
      ),
    /** Publishes a pipeline that ships with the product. */
    publish: (preset: string) =>
      answer<{ version: number }>(
        page.request.post(`${ADDRESS}/v1/pipelines`, { data: { preset, publish: true }, headers }),
      ),
    archive: (pipeline: string, version: number) =>
      answer(
        page.request.post(`${ADDRESS}/v1/pipelines/${pipeline}/archive`, {
          data: { version, archived: true },
          headers,
        }),
      ),
    set: (data: object, connector = 'twenty') =>
      answer(page.request.put(`${ADDRESS}/v1/connectors/${connector}`, { data, headers })),
  };
}

/** While it is being saved the button cannot be pressed either; changes can be discarded until they are saved. */
async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Discard changes' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
}

async function openTab(page: Page, name: RegExp | string): Promise<void> {
  await page.getByRole('tab', { name }).click();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
}

test.describe('an admin of connectors', () => {
  let twenty: ConnectedTwenty;
  test.setTimeout(300_000);
  test.use({ expectedErrors: [/Failed to load resource/] });
  test.beforeAll(async () => {
    twenty = await connectedTwenty();
  });
  test.afterAll(() => twenty.close());

  test('connects twenty, sees how it goes, and decides', async ({ page }) => {
    const tenant = await asOwnAdmin(page);
    const api = apiOf(page, tenant.apiKey);
    const good = await api.create('Good deal');
    await api.create(HOSTILE);
    // Its SLA runs are not taken.
    twenty.refused.add('Lead to brief');

    await test.step('sets it up; its progress is seen', async () => {
      await page.goto('/settings/connectors');
      await expect(cardOf(page).getByText('Not set up')).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'connect it by hand' }).click();
      await page.getByLabel('Address of twenty').fill(twenty.address);
      await page.getByLabel('API key of twenty').fill(twenty.apiKey);
      // Slow enough to be looked at.
      await page.getByLabel('Calls a second').fill('1');
      await page.getByLabel('Calls at once').fill('1');
      await page.getByLabel('Calls a minute that twenty allows').fill('100000');
      await page.getByLabel('Seconds between two looks').fill('5');
      await page.getByRole('button', { name: 'Connect' }).click();
      await expect(page.getByText('Saved')).toBeVisible();
      await openTab(page, 'Overview');
      await expect(page.getByRole('progressbar', { name: 'Full resync' })).toBeVisible();
      await expectAccessible(page);
      await openTab(page, 'Settings');
      await expect(page.getByLabel('API key of twenty')).toHaveValue('');
      await page.getByLabel('Calls a second').fill('80');
      await page.getByLabel('Calls at once').fill('20');
      await page.getByRole('button', { name: 'Save' }).click();
      await expectSaved(page);
      await expectAccessible(page);
      await openTab(page, 'Overview');
      await expect(page.getByText(/The last one began on/)).toBeVisible();
      await expect(page.getByText('Works', { exact: true })).toBeVisible();
    });

    await test.step('tries one dead letter again and drops the other', async () => {
      await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
      const told = page.getByRole('dialog', { name: 'Notifications' });
      await told.getByRole('link', { name: /A record does not go over/ }).click();
      await expect(page).toHaveURL(new RegExp(`${PATH}/dead-letters$`));
      await expect(told).toHaveCount(0);
      await openTab(page, /Dead letters 2/);
      const rows = page.getByRole('table', { name: 'Dead letters' }).getByRole('row');
      const row = rows.filter({ hasText: HOSTILE });
      await expect(row).toContainText('No such names here.');
      await expectAccessible(page);
      twenty.refused.clear();
      await row.getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Try chosen again' }).click();
      await expect(page.getByText('Tried again: 1')).toBeVisible();
      await expect(row).toHaveCount(0);
      await page.getByRole('button', { name: 'Drop all' }).click();
      const dialog = page.getByRole('dialog', { name: /Drop all dead letters/ });
      await dialog.getByRole('button', { name: 'Drop' }).click();
      await expect(page.getByText('No dead letters')).toBeVisible();
    });

    await test.step('changes a rule, which takes effect, and exports all', async () => {
      // By the keyboard.
      await page.getByRole('tab', { name: 'Overview' }).focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(new RegExp(`${PATH}/fields$`));
      await expectAccessible(page);
      const direction = page.getByLabel('Direction: Deals, Name');
      await expect(page.getByLabel('Direction: Deals, Stage')).toHaveCount(0);
      await direction.selectOption('To twenty');
      await page.getByRole('button', { name: 'Save' }).click();
      await expectSaved(page);
      twenty.edit(good, { name: 'Renamed there' });
      await expect.poll(() => twenty.deal(good)?.['name']).toBe('Good deal');
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export as a table' }).click(),
      ]);
      expect(await readFile(await file.path(), 'utf8')).toContain('deal,name,out,mak,false,false');
    });

    await test.step('meets somebody who changed the same rule', async () => {
      const { version, settings } = await api.connector();
      const rule = { field: 'name', direction: 'both', priority: 'mak', critical: true };
      await page.getByLabel('Direction: Deals, Name').selectOption('To MaK');
      await api.set({ version, settings, poll_seconds: 5, matrix: { deal: [rule] } });
      await page.getByRole('button', { name: 'Save' }).click();
      const dialog = page.getByRole('dialog', { name: 'Somebody else changed this' });
      await expect(dialog.getByRole('row').nth(1)).toContainText('Both ways, MaK wins, critical');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Keep theirs' }).click();
      await expect(page.getByLabel('Critical: Deals, Name')).toBeChecked();
      await page.getByRole('button', { name: /Reset.*Deals, Name/ }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await expectSaved(page);
      await expect(page.getByLabel('Critical: Deals, Name')).not.toBeChecked();
    });

    await test.step('pauses it; what changes waits until it goes on', async () => {
      await openTab(page, 'Overview');
      await page.route('**/graphql', (route) => route.abort());
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect(page.getByText(/no connection to the server/).first()).toBeVisible();
      await page.unroute('**/graphql');
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect(page.getByText('Paused', { exact: true })).toBeVisible();
      await api.rename(good, 'Renamed here');
      const waiting = page.getByRole('list', { name: 'What waits' }).getByRole('listitem').first();
      await expect(waiting).toHaveText(/Edits of people that wait\s*1/);
      expect(twenty.deal(good)?.['name']).toBe('Good deal');
      await page.getByRole('button', { name: 'Resume' }).click();
      await expect.poll(() => twenty.deal(good)?.['name']).toBe('Renamed here');
      await expect(waiting).toHaveText(/Edits of people that wait\s*0/);
    });

    await test.step('reads what was done with a deal', async () => {
      await page.goto(`/deals/${good}`);
      await page.getByRole('link', { name: 'History of the sync with twenty' }).click();
      const entry = page.getByRole('row').filter({ hasText: 'Renamed here' }).first();
      await expect(entry).toContainText('Written to twenty');
      await expect(entry.locator('del')).toHaveText('Good deal');
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectAccessible(page);
      await page.getByLabel('What was done').selectOption('Dead letter');
      await expect(page.getByText('Nothing to show')).toBeVisible();
      await page.goto(`${PATH}/history?kind=dead`);
      await expect(page.getByRole('link', { name: HOSTILE, exact: true })).toBeVisible();
    });

    await test.step('sees what stays different', async () => {
      await openTab(page, 'Differences');
      await expect(page.getByText('No differences')).toBeVisible();
      twenty.refused.add('Not this one');
      await api.rename(good, 'Not this one');
      await openTab(page, /Differences 1/);
      const row = page.getByRole('row').filter({ hasText: 'Not this one' });
      await expect(row).toContainText('No such names here.');
      await expectAccessible(page);
      twenty.refused.clear();
    });

    await test.step('is told of a conflict on a critical field, and decides', async () => {
      const { version, settings } = await api.connector();
      const rule = { field: 'name', direction: 'both', priority: 'mak', critical: true };
      await api.set({ version, settings, poll_seconds: 5, matrix: { deal: [rule] } });
      await page.goto(PATH);
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect(page.getByText('Paused', { exact: true })).toBeVisible();
      twenty.edit(good, { name: 'Named there' });
      await api.rename(good, 'Named here');
      await page.getByRole('button', { name: 'Resume' }).click();
      await expect.poll(() => twenty.deal(good)?.['name']).toBe('Named here');
      await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
      const told = page.getByRole('dialog', { name: 'Notifications' });
      const link = told.getByRole('link', { name: /twenty both changed a critical field/ });
      await expect(link).toBeVisible();
      await expectAccessible(page);
      await link.focus();
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(new RegExp(`${PATH}/conflicts$`));
      await expect(told).toHaveCount(0);
      const conflicts = page.getByRole('list', { name: 'Conflicts' }).getByRole('listitem');
      const row = conflicts.filter({ hasText: 'Named there' });
      await expect(row).toContainText('Named here');
      await expectAccessible(page);
      // A phone shows both versions beside each other, and what to do.
      await page.setViewportSize({ width: 360, height: 740 });
      await row
        .getByRole('button', { name: 'Take the version of twenty' })
        .scrollIntoViewIfNeeded();
      for (const part of ['In MaK', 'Named here', 'In twenty', 'Named there', 'Let it stand'])
        await expect(row.getByText(part).last()).toBeInViewport({ ratio: 1 });
      await expectAccessible(page);
      await page.setViewportSize({ width: 1280, height: 800 });
      await row.getByRole('button', { name: 'Take the version of twenty' }).click();
      await expect(row).toContainText('twenty, decided by');
      await expect.poll(() => twenty.deal(good)?.['name']).toBe('Named there');
      await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
    });

    await test.step('limits the sync to chosen records, and sees how many calls are free', async () => {
      await openTab(page, 'Settings');
      await page.getByLabel('Only chosen records: Deals').check();
      await page.getByLabel('Deals with these ids in MaK').fill(good);
      await page.getByRole('button', { name: 'Save' }).click();
      await expectSaved(page);
      await expectAccessible(page);
      expect(await api.connector()).toMatchObject({
        chosen: { deal: { ids: [good], created_there: true } },
      });
      await openTab(page, 'Overview');
      await expect(page.getByRole('progressbar', { name: 'Free now, at once' })).toBeVisible();
    });

    await test.step('compares everything anew, and disconnects', async () => {
      await openTab(page, 'Overview');
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Compare everything' }).click();
      const asked = page.getByRole('dialog', { name: 'Compare everything anew?' });
      await asked.getByRole('button', { name: 'Compare everything' }).click();
      await expect(page.getByText('All records of both sides are compared anew.')).toBeVisible();
      await page.getByRole('button', { name: 'Disconnect' }).click();
      const dialog = page.getByRole('dialog', { name: 'Disconnect twenty?' });
      await dialog.getByRole('button', { name: 'Disconnect' }).click();
      await expect(page).toHaveURL(/\/settings\/connectors$/);
      await expect(cardOf(page).getByText('Not set up')).toBeVisible();
      await page.goto('/settings/audit');
      await expect(page.getByRole('cell', { name: /disconnected a connector/ })).toBeVisible();
    });
  });

  test('makes deals of opportunities of twenty', async ({ page }) => {
    const tenant = await asOwnAdmin(page);
    const api = apiOf(page, tenant.apiKey);
    const { version } = await api.publish('credit');
    await api.set({
      version: 0,
      settings: { address: twenty.address, calls_per_minute: 100_000 },
      secrets: { api_key: twenty.apiKey, webhook_secret: randomUUID() },
      poll_seconds: 5,
    });
    twenty.addOpportunity('There already');
    const pipeline = page.getByLabel('New opportunities of twenty become deals of');
    const since = page.getByLabel('Only those made since');
    const chosen = pipeline.locator('option:checked');
    const save = page.getByRole('button', { name: 'Save' });

    await test.step('none does at first; what is there already is told of', async () => {
      await page.goto(`${PATH}/settings`);
      await expect(chosen).toHaveText('none (default)');
      await expect(since).toHaveCount(0);
      await expect(page.getByText('Opportunities that are there already')).toBeVisible();
      await expect(page.getByRole('checkbox', { name: 'Opportunities' })).toHaveCount(0);
    });

    await test.step('chooses a pipeline and a day by the keyboard; both are there afterwards', async () => {
      // The keyboard goes nowhere while the pipelines are being read.
      await expect(pipeline).toBeEnabled();
      await pipeline.focus();
      await page.keyboard.type('Loan');
      await page.keyboard.press('Tab');
      await expect(since).toBeFocused();
      // The same in every order of day and month.
      await page.keyboard.type('01012099');
      await expect(since).toHaveValue('2099-01-01');
      await expectAccessible(page);
      await page.keyboard.press('Enter');
      await expectSaved(page);
      await page.reload();
      await expect(chosen).toHaveText('Loan brokerage');
      await expect(since).toHaveValue('2099-01-01');
      await expect(page.getByLabel('Only chosen records: Opportunities')).toBeVisible();
    });

    await test.step('takes the day back, on a phone and in dark colours', async () => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(twenty.dealsOf('There already')).toEqual([]);
      await since.fill('');
      await expect(page.getByText(/brought over at night/)).toBeVisible();
      await expectAccessible(page);
      await save.click();
      await expectSaved(page);
      await page.goto(PATH);
      await page.getByRole('button', { name: 'Compare everything' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Compare everything' }).click();
      await expect.poll(() => twenty.dealsOf('There already')).toHaveLength(1);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.emulateMedia({ colorScheme: 'light' });
    });

    await test.step('is told that the pipeline was archived meanwhile; nothing is changed', async () => {
      await page.goto(`${PATH}/settings`);
      await pipeline.selectOption('none (default)');
      await expect(page.getByText(/are not kept equal with them any more/)).toBeVisible();
      await save.click();
      await expectSaved(page);
      await pipeline.selectOption('Loan brokerage');
      await api.archive('credit', version);
      await save.click();
      const alert = page.getByRole('alert').filter({ hasText: 'or it is archived' });
      await expect(alert).toBeInViewport();
      await expectAccessible(page);
      expect(await api.connector()).toMatchObject({ settings: { opportunities: null } });
    });
  });

  test('connects amoCRM by a consent, and matches statuses by their names', async ({ page }) => {
    await asOwnAdmin(page);
    const path = '/settings/connectors/amocrm';
    await page.goto(`${path}/settings`);
    const redirectUri = `${ADDRESS}${path}/settings`;
    await expect(page.getByText(redirectUri)).toBeVisible();
    await expectAccessible(page);

    const amocrm = new AmocrmSimulator({ oauth: { redirectUri } });
    amocrm.account.addPipeline('Advertising', ['DRAFT', 'Briefed!']);
    amocrm.account.addPipeline('Inbound', ['IN WORK']);
    const { clientId, clientSecret } = amocrm.oauth.integration;
    await page.getByLabel('Address of the account').fill(await amocrm.listen());
    await page.getByLabel('Integration id').fill(clientId);
    await page.getByLabel('Secret key of the integration').fill(clientSecret);
    await page.getByRole('button', { name: 'Connect amoCRM' }).click();
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(page.getByRole('button', { name: 'Connect amoCRM again' })).toBeVisible();
    await expect(page).toHaveURL(redirectUri);

    // Its people are listed; one of them has another address here.
    const [robot, person] = amocrm.account.users;
    const people = page.getByRole('table', { name: 'People' });
    await expect(people.getByRole('row').filter({ hasText: person?.email ?? '?' })).toBeVisible();
    const chosen = page.getByLabel(`In MaK: ${person?.name ?? '?'}`);
    await chosen.selectOption({ index: 1 });
    const nobody = page.getByLabel('Responsible there for deals without an owner');
    await nobody.selectOption({ label: `${robot?.name ?? '?'}, ${robot?.email ?? '?'}` });
    // Leads of one of its pipelines are leads here, and no deals.
    await page.getByLabel('Inbound', { exact: true }).check();
    await page.getByRole('button', { name: 'Match statuses by names' }).click();
    const inWork = page.getByLabel('In work', { exact: true }).locator('option:checked');
    const converted = page.getByLabel('Converted', { exact: true }).locator('option:checked');
    await expect(inWork).toHaveText('Inbound: IN WORK');
    await page.getByRole('button', { name: 'Save' }).click();
    await expectSaved(page);
    await expectAccessible(page);
    await page.reload();
    await expect(nobody).toHaveValue(robot?.email ?? '?');
    await expect(chosen).not.toHaveValue('');
    await expect(inWork).toHaveText('Inbound: IN WORK');
    await expect(converted).toHaveText('Inbound: Closed - won');

    await openTab(page, 'Statuses');
    await page.getByRole('button', { name: /^Match by names/ }).click();
    const shown = (stage: string): Locator =>
      page.getByLabel(new RegExp(`^Status of ${stage}`)).locator('option:checked');
    await expect(shown('Draft')).toHaveText('Advertising: DRAFT');
    await expect(shown('Briefed')).toHaveText('Advertising: Briefed!');
    await expect(shown('Planning')).toHaveText('none');
    await page.getByRole('button', { name: 'Save' }).click();
    await expectSaved(page);
    await expectAccessible(page);
    await amocrm.close();
  });

  test('connects KeyCRM, choosing by name what settings name there', async ({ page }) => {
    const tenant = await asOwnAdmin(page);
    const keycrm = new KeyCrmSimulator({ limit: { calls: 100_000, window: 60_000 } });
    const address = await keycrm.listen();
    await page.goto('/settings/connectors');
    await page.getByRole('link', { name: 'Connect KeyCRM' }).click();
    const [where, key] = [
      page.getByLabel('Address of KeyCRM'),
      page.getByLabel('API key of KeyCRM'),
    ];
    await expect(where).toHaveValue('https://openapi.keycrm.app/v1');
    await where.fill(address);
    await page.getByLabel('Calls a minute that KeyCRM allows').fill('60000');
    await key.fill('wrong');
    const check = page.getByRole('button', { name: 'Check the connection' });
    await check.click();
    await expect(page.getByRole('alert')).toContainText('does not let MaK in');
    await key.fill(keycrm.apiKey);
    await check.click();
    await expect(page.getByText('KeyCRM answers.', { exact: true })).toBeVisible();
    await expectAccessible(page);

    await page.getByLabel('Source of orders of MaK').selectOption('Export (EUR)');
    await page.getByLabel('In MaK: Production').selectOption('In work');
    const funnels = page.getByRole('group', { name: 'Funnels that are kept equal' });
    await funnels.getByLabel('Sales').check();
    await page
      .getByLabel('Custom field of leads for the id of the deal')
      .selectOption('MasterDeal (LD_1021)');
    const { email } = tenant.employee;
    await page
      .getByLabel('In MaK: Ira Bondar')
      .selectOption({ label: `${tenant.employee.name}, ${email}` });
    await page.getByRole('button', { name: /^Connect/ }).click();
    const told = page.getByRole('dialog', { name: 'Addresses for messages of KeyCRM' });
    await expect(
      told.getByText(/\/api\/keycrm\/webhook\/order-updated\/.+\/[0-9a-f]{64}$/),
    ).toBeVisible();
    await expectAccessible(page);
    await told.getByRole('button', { name: 'I have kept it' }).click();
    await expect(key).toHaveValue('');
    await expectSaved(page);
    expect(await apiOf(page, tenant.apiKey).connector('keycrm')).toMatchObject({
      has_secrets: true,
      settings: {
        address,
        source: expect.any(Number),
        statuses: [{ mak: 'in_work' }],
        cards: { funnels: [expect.any(Number)], pipeline: null, field: 'LD_1021' },
        people: [{ mak: email, keycrm: 'ira@example.test' }],
      },
    });

    // A kept key goes to no other address.
    await where.fill('https://elsewhere.example');
    await expect(check).toBeDisabled();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(key).toBeFocused();
    await keycrm.close();
  });

  test('is asked twice before another account is taken for the same one', async ({
    page,
  }, info) => {
    const tenant = await asOwnAdmin(page);
    const api = apiOf(page, tenant.apiKey);
    const limit = { calls: 100_000, window: 60_000 };
    const first = new KeyCrmSimulator({ limit });
    // Made on another day.
    const now = () => Date.now() - 86_400_000;
    const other = new KeyCrmSimulator({ apiKey: first.apiKey, limit, now });
    const connect = async (keycrm: KeyCrmSimulator, version: number): Promise<void> => {
      const data = {
        version,
        settings: {
          address: await keycrm.listen(),
          source: keycrm.account.settings.sources.all[0]?.id,
          calls_per_minute: 60_000,
        },
        secrets: { api_key: keycrm.apiKey },
        poll_seconds: 5,
      };
      await api.set(data, 'keycrm');
    };
    await connect(first, 0);
    await expect
      .poll(() => api.connector('keycrm'))
      .toMatchObject({ health: { polled_at: expect.any(String) } });
    await connect(other, 1);

    await page.goto('/settings/connectors/keycrm');
    await expect(page.getByRole('alert')).toContainText('looks like another account of KeyCRM');
    await expectAccessible(page);
    await takePictures(page, info, 'another-account');
    await page.getByRole('button', { name: 'It is the same account' }).click();
    const asked = page.getByRole('dialog', { name: 'Is it the same account of KeyCRM?' });
    const goOn = asked.getByRole('button', { name: 'Go on with this account' });
    await expect(goOn).toBeDisabled();
    await expectAccessible(page);
    await takePictures(page, info, 'same-account');
    await asked.getByRole('checkbox').check();
    await asked.getByRole('button', { name: 'Cancel' }).click();
    // Who turns back is asked anew.
    await page.getByRole('button', { name: 'It is the same account' }).click();
    await expect(goOn).toBeDisabled();
    await asked.getByRole('checkbox').check();
    await goOn.click();
    await expect(page.getByText('Works', { exact: true })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await Promise.all([first.close(), other.close()]);
  });

  test('is told when a connector is stopped, and what to do', async ({ page }) => {
    const tenant = await asOwnAdmin(page);
    await apiOf(page, tenant.apiKey).set({
      version: 0,
      settings: { address: twenty.address },
      secrets: { api_key: 'wrong', webhook_secret: randomUUID() },
    });
    await page.goto(PATH);
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible();
    await expect(page.getByRole('alert')).toContainText(/key/i);
    await expectAccessible(page);
    await page.goto(`${PATH}/nowhere`);
    await expect(page).toHaveURL(new RegExp(`${PATH}$`));
    await page.goto('/settings/connectors/nothing');
    await expect(page.getByRole('alert')).toContainText('Not found');
  });
});

test('connectors are not for people who are no admins', async ({ page }) => {
  await signInAs(page, 'sales');
  for (const path of ['/settings/connectors', PATH]) {
    await page.goto(path);
    await expect(page.getByRole('alert')).toContainText('You may not see this');
  }
});
