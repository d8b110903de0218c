import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
  expect,
  expectAccessible,
  expectAccessibleInBoth,
  signInAs,
  test,
} from './support/journey.ts';
import { createPipeline, newestDefinition, originHeader, saveDraft } from './support/pipelines.ts';

async function openEditor(page: Page, key: string, tab = 'stages'): Promise<void> {
  await page.goto(`/settings/pipelines/${key}?tab=${tab}`);
  await expect(page.getByRole('tab', { name: 'Stages' })).toBeVisible();
}

/** Opens a stage and gives it another name. */
async function renameStage(page: Page, from: string, to: string): Promise<void> {
  const row = page.locator('[data-row]').filter({ hasText: from }).first();
  if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
  await page.getByLabel('Name', { exact: true }).first().fill(to);
}

const HOSTILE = `<img src=x onerror=alert(1)> '"; DROP TABLE deal; --`;

test.describe('a draft', () => {
  test('is not lost when somebody else saves first: both are shown, and one is chosen', async ({
    page,
  }) => {
    await signInAs(page, 'admin');
    const { key } = await createPipeline(page, 'conflict');
    await openEditor(page, key);
    await renameStage(page, 'Briefed', 'Brief is here');
    await saveDraft(page, key, { title: 'Theirs' });

    await page.getByRole('button', { name: 'Save draft' }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this pipeline' });
    await expect(dialog).toContainText('Theirs');
    await expect(dialog).toContainText('Brief is here');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Take theirs' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Theirs');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.locator('[data-row]').nth(1)).toContainText('Brief is here');

    await saveDraft(page, key, { title: 'Theirs again' });
    await page.getByRole('button', { name: 'Save draft' }).click();
    await dialog.getByRole('button', { name: 'Save mine over it' }).click();
    await expect(dialog).toBeHidden();
    const saved = await newestDefinition(page, key);
    expect(saved.stages[1]?.title).toBe('Brief is here');
    expect(saved.title).toBe('Journey conflict');
  });

  test.describe('without a connection', () => {
    test.use({ expectedErrors: [/Failed to load resource/] });

    test('stays when the connection is lost, and is asked about before the page is left', async ({
      page,
    }) => {
      await signInAs(page, 'admin');
      const { key } = await createPipeline(page, 'offline');
      await openEditor(page, key);
      await renameStage(page, 'Briefed', HOSTILE);
      await page.route('**/graphql', (route) => route.abort());
      await page.getByRole('button', { name: 'Save draft' }).click();
      await expect(page.getByRole('alert').first()).toContainText('There is no connection');
      await expect(page.locator('[data-row]').nth(1)).toContainText('<img src=x');
      await page.unroute('**/graphql');

      await page.getByRole('link', { name: 'All pipelines' }).click();
      const leaving = page.getByRole('dialog', { name: 'Leave without saving?' });
      await expectAccessible(page);
      await leaving.getByRole('button', { name: 'Cancel' }).click();
      await page.keyboard.press('ControlOrMeta+s');
      await expect(page.getByText('The draft is saved.').first()).toBeVisible();
      await page.getByRole('link', { name: 'All pipelines' }).click();
      await expect(page).toHaveURL(/\/settings\/pipelines$/);
    });

    test('says so when the pipeline cannot be loaded, and tries again', async ({ page }) => {
      await signInAs(page, 'admin');
      const { key } = await createPipeline(page, 'load');
      await page.goto('/settings/pipelines');
      await page.route('**/graphql', (route) =>
        route.request().postData()?.includes('EditedPipeline') === true
          ? route.fulfill({ status: 503, body: 'no' })
          : route.continue(),
      );
      await page.getByRole('row').filter({ hasText: key }).getByRole('link').click();
      await expect(page.getByRole('alert')).toContainText('This could not be loaded');
      await page.unroute('**/graphql');
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(page.getByRole('tab', { name: 'Stages' })).toBeVisible();
    });
  });

  test('takes all parts of a pipeline: stage, gate, event, timer with a calendar', async ({
    page,
  }) => {
    await signInAs(page, 'admin');
    const { key } = await createPipeline(page, 'parts');
    await openEditor(page, key, 'gates');
    await page.getByRole('button', { name: 'Add gate' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Paid in full');
    await page.getByLabel('Key', { exact: true }).fill('paid');
    await page.keyboard.press('Tab');
    await expect(page.locator('[data-row]').last()).toContainText('paid');

    await page.getByRole('tab', { name: 'Events' }).click();
    await page.getByRole('button', { name: 'Add event' }).click();
    await page.getByLabel('Type', { exact: true }).fill('dcm.invoice.paid');
    await page
      .getByRole('group', { name: 'Makes true' })
      .getByRole('checkbox', { name: 'Paid in full' })
      .check();
    await page.getByRole('textbox', { name: 'Known types' }).fill('dcm.invoice.paid');
    await page.keyboard.press('Enter');

    await page.getByRole('tab', { name: 'Stages' }).click();
    await page.getByRole('button', { name: 'Add stage' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Paid');
    await page.getByRole('radio', { name: 'Purple' }).check();
    await page.getByRole('textbox', { name: /A deal is here when/ }).click();
    await page.keyboard.type('gates.paid && gates.closeout_completed');
    await page.keyboard.press('Escape');

    await page.getByRole('tab', { name: 'Timers' }).click();
    await page.getByLabel('Name of another calendar').fill('office');
    await page.getByRole('button', { name: 'Add calendar' }).click();
    const calendar = page.getByRole('group', { name: 'Calendar office' });
    await calendar.getByLabel('Time zone').fill('Europe/Nowhere');
    await expect(calendar).toContainText('Europe/Nowhere');
    await calendar.getByLabel('Time zone').fill('Europe/Kyiv');
    await calendar.getByLabel('Friday: to').fill('16:00');
    await calendar.getByLabel('Holidays', { exact: true }).fill('2026-12-25');
    await calendar.getByRole('button', { name: 'Add to Holidays' }).click();
    await page.getByRole('button', { name: 'Add timer' }).click();
    await page.getByRole('textbox', { name: 'Stops when' }).click();
    await page.keyboard.type('gates.paid');
    await page.keyboard.press('Escape');
    await page.getByLabel('Target', { exact: true }).fill('3');
    await page.getByLabel('Calendar', { exact: true }).selectOption('office');
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Save draft' }).click();
    await expect(page.getByText('The draft is saved.').first()).toBeVisible();
    const saved = await newestDefinition(page, key);
    expect(saved.gates.at(-1)).toEqual({ key: 'paid', title: 'Paid in full' });
    expect(saved.events.at(-1)).toEqual({ type: 'dcm.invoice.paid', sets: ['paid'] });
    expect(saved.stages.at(-1)).toMatchObject({ title: 'Paid', color: 'purple' });
    expect(saved.rules[0]).toEqual({
      stage: saved.stages.at(-1)?.key,
      when: 'gates.paid && gates.closeout_completed',
    });
    expect(saved.timers?.at(-1)).toMatchObject({
      stop: 'gates.paid',
      target: { amount: 3, unit: 'days' },
      calendar: 'office',
    });
    expect(saved.calendars?.['office']).toMatchObject({
      timeZone: 'Europe/Kyiv',
      week: { 5: [{ from: '09:00', to: '16:00' }] },
      holidays: ['2026-12-25'],
    });
    await page.getByRole('tab', { name: 'Check' }).click();
    await expect(page.getByText('This can be published.')).toBeVisible();
  });

  test('shows what it changes, is published, and takes the deals along', async ({ page }) => {
    await signInAs(page, 'admin');
    const { key } = await createPipeline(page, 'migrate');
    const events = ['crm.deal.created', 'crm.brief.submitted'].map((type, minute) => ({
      event_id: `${key}-${type}`,
      source: 'journey',
      type,
      occurred_at: new Date(Date.UTC(2026, 0, 5, 9, minute)).toISOString(),
      external_refs: [{ system: 'journey', id: key }],
      data: { pipeline: key, name: `Deal of ${key}` },
    }));
    const sent = await page.request.post('/v1/events', {
      data: { events },
      headers: originHeader(),
    });
    expect(sent.status(), await sent.text()).toBeLessThan(300);

    await openEditor(page, key);
    await page.getByRole('button', { name: 'Actions of Briefed' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    const removing = page.getByRole('dialog', { name: 'Remove the stage Briefed?' });
    await removing.getByLabel('Deals are then in').selectOption('Planning');
    await expectAccessible(page);
    await removing.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('tab', { name: 'Versions' }).click();
    await expect(page.getByText('stages › briefed')).toBeVisible();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Publish …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish version 2?' });
    await dialog.getByText('What changes').click();
    await expect(dialog).toContainText('stages › briefed');
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await expect(page.getByText('Version 2 is published.')).toBeVisible();

    await page.getByRole('button', { name: 'Show what would change' }).click();
    await expect(page.getByText(/1 deals? (is|are) in (an )?older version/)).toBeVisible();
    await expect(page.getByRole('table')).toContainText('Planning');
    await page.getByText('Examples').click();
    await expect(page.getByRole('link', { name: `Deal of ${key}` })).toBeVisible();
    await page.getByRole('button', { name: 'Migrate …' }).click();
    await page
      .getByRole('dialog', { name: 'Migrate the deals?' })
      .getByRole('button', { name: 'Migrate' })
      .click();
    await expect(
      page.getByText(/1 deals? (is|are) in version 2, 1 (of them )?in another stage/),
    ).toBeVisible({ timeout: 20_000 });
  });

  test('goes into a file and comes back from one', async ({ page }) => {
    await signInAs(page, 'admin');
    const { key } = await createPipeline(page, 'file');
    await openEditor(page, key);
    await page.getByRole('button', { name: 'More actions' }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export as a file' }).click();
    const file = await (await downloading).path();
    const definition = JSON.parse(readFileSync(file, 'utf8')) as { title: string };
    expect(definition).toEqual(await newestDefinition(page, key));

    const choose = async (text: string): Promise<void> => {
      await page.getByRole('button', { name: 'More actions' }).click();
      const choosing = page.waitForEvent('filechooser');
      await page.getByRole('menuitem', { name: 'Import a file …' }).click();
      const buffer = Buffer.from(text);
      await (await choosing).setFiles({ name: 'p.json', mimeType: 'application/json', buffer });
    };
    await choose('{"title": 1}');
    await expect(page.getByText(/The file was not taken/).first()).toBeVisible();
    await choose('no json');
    await expect(
      page.getByText('The file was not taken: The file is no JSON.').first(),
    ).toBeVisible();
    await choose(JSON.stringify({ ...definition, key: 'other', title: 'From a file' }));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('From a file');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await expect(page.getByText('The draft is saved.').first()).toBeVisible();
    expect((await newestDefinition(page, key)).title).toBe('From a file');

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Back to what is published' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Journey file');
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 360, height: 740 } });

    test('can be read and used on every tab, in both themes', async ({ page }) => {
      // Eight tabs, each looked at for barriers.
      test.slow();
      await signInAs(page, 'admin');
      const { key } = await createPipeline(page, 'phone');
      const tabs = ['stages', 'gates', 'events', 'rules', 'timers', 'check', 'try', 'versions'];
      for (const tab of tabs) {
        await openEditor(page, key, tab);
        const rows = page.locator('[data-row]');
        if ((await rows.count()) > 0) await rows.first().click();
        await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
        await expectAccessibleInBoth(page);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(360);
      }
    });
  });
});
