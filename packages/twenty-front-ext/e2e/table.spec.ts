import type { Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { createDeal, sendFacts } from './support/deals.ts';
import {
  expect,
  expectAccessible,
  expectAccessibleInBoth,
  signInAs,
  test,
} from './support/journey.ts';

const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Deals' });
const row = (page: Page, name: string): Locator =>
  grid(page).getByRole('row').filter({ hasText: name });
const header = (page: Page, title: string): Locator =>
  grid(page).getByRole('columnheader', { name: title, exact: true });

async function openTable(page: Page, query = ''): Promise<void> {
  await signInAs(page, 'sales');
  await page.goto(`/deals${query}`);
  await expect(grid(page).getByRole('row').nth(1)).toBeVisible();
}

async function chooseInMenu(page: Page, title: string, action: string): Promise<void> {
  await header(page, title).getByRole('button').click();
  await page.getByRole('menuitem', { name: action }).click();
}

test.describe('the table of deals', () => {
  test('is accessible in both themes, also on a phone', async ({ page }) => {
    await openTable(page);
    await expectAccessibleInBoth(page);
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(page.getByRole('dialog', { name: 'Filters' })).toBeVisible();
    await expectAccessibleInBoth(page);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 360, height: 740 });
    await expectAccessibleInBoth(page);
  });

  test('is searched and filtered; the address keeps it', async ({ page }) => {
    await openTable(page);
    const { name } = await createDeal(page, 'Searched', [{ type: 'crm.brief.submitted' }]);
    await page.getByRole('searchbox', { name: 'Search by name' }).fill(name);
    await expect(row(page, name)).toBeVisible();
    await expect(grid(page).getByRole('row')).toHaveCount(2);

    await page.getByRole('button', { name: 'Filter' }).click();
    const filters = page.getByRole('dialog', { name: 'Filters' });
    await filters.getByRole('checkbox', { name: 'Draft' }).check();
    await page.keyboard.press('Escape');
    await expect(page.getByText('No deal fits')).toBeVisible();
    await page.reload();
    await expect(page.getByText('No deal fits')).toBeVisible();
    await page.getByRole('button', { name: 'Remove filter Stage' }).click();
    await expect(row(page, name)).toBeVisible();
  });

  test('is sorted by the server, and loads more while it is scrolled', async ({ page }) => {
    await openTable(page);
    await chooseInMenu(page, 'Name', 'Sort ascending');
    await expect(header(page, 'Name')).toHaveAttribute('aria-sort', 'ascending');
    await expect(page).toHaveURL(/sort=name/);
    await grid(page).hover();
    await expect(async () => {
      await page.mouse.wheel(0, 4_000);
      const places = await grid(page)
        .getByRole('row')
        .evaluateAll((rows) => rows.map((one) => Number(one.getAttribute('aria-rowindex'))));
      expect(Math.max(...places)).toBeGreaterThan(150);
    }).toPass();
    const shown = await grid(page).getByRole('row').count();
    expect(shown).toBeLessThan(80);
  });

  test('has the columns that somebody wants, by keyboard too', async ({ page }) => {
    await openTable(page);
    const titles = (): Promise<string[]> => grid(page).getByRole('columnheader').allTextContents();
    expect((await titles()).slice(0, 3)).toEqual(['Name', 'Stage', 'Client']);

    await grid(page).getByRole('gridcell').first().getByRole('link').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await expect(header(page, 'Stage').getByRole('button')).toBeFocused();
    const width = async (): Promise<number> =>
      (await header(page, 'Stage').boundingBox())?.width ?? 0;
    const before = await width();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Wider' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect.poll(width).toBe(before + 48);
    await page.getByRole('menuitem', { name: 'Move right' }).click();
    await expect
      .poll(async () => (await titles()).slice(0, 3))
      .toEqual(['Name', 'Client', 'Stage']);

    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Created' }).check();
    await page.keyboard.press('Escape');
    await page.reload();
    await expect(header(page, 'Created')).toBeAttached();
    expect((await titles()).slice(0, 3)).toEqual(['Name', 'Client', 'Stage']);

    const edge = await header(page, 'Client').boundingBox();
    if (edge === null) throw new Error('The column is not in sight.');
    await page.mouse.move(edge.x + edge.width, edge.y + 10);
    await page.mouse.down();
    await page.mouse.move(edge.x + edge.width + 60, edge.y + 10, { steps: 5 });
    await page.mouse.up();
    expect((await header(page, 'Client').boundingBox())?.width).toBeCloseTo(edge.width + 60, -1);
  });

  test('moves between cells by keyboard, edits in place and opens the deal', async ({ page }) => {
    await openTable(page);
    const { name } = await createDeal(page, 'In place');
    await page.goto(`/deals?text=${encodeURIComponent(name)}`);
    await expect(row(page, name)).toBeVisible();
    await row(page, name).getByRole('link').focus();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
    await expect(row(page, name).getByRole('gridcell').nth(3)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Amount, EUR' })).toBeFocused();
    await page.keyboard.type('99.90');
    await page.keyboard.press('Enter');
    await expect(row(page, name)).toContainText('€99.90');
    await expect(row(page, name).getByRole('gridcell').nth(3)).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await expect(page.getByText('€99.90')).toBeVisible();
  });

  test('shows what others change, and offers what is new', async ({ page }) => {
    await openTable(page);
    const { name, ref } = await createDeal(page, 'Changing');
    await page.goto(`/deals?text=${encodeURIComponent(name)}`);
    await expect(row(page, name)).toContainText('Draft');
    await sendFacts(page, ref, [{ type: 'crm.brief.submitted' }]);
    await expect(row(page, name)).toContainText('Briefed');
    await createDeal(page, 'Later');
    await expect(page.getByRole('button', { name: /Show \d+ new/ })).toBeVisible();
  });

  test('keeps a view and brings it back', async ({ page }) => {
    await openTable(page);
    const name = `View ${Date.now()}`;
    await chooseInMenu(page, 'Amount', 'Sort descending');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page
      .getByRole('dialog', { name: 'Filters' })
      .getByRole('checkbox', { name: 'Planning' })
      .check();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save as a new view' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save as a new view' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('button', { name })).toBeVisible();

    await page.goto('/deals');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name }).click();
    await expect(page.getByRole('button', { name: 'Remove filter Stage' })).toBeVisible();
    await expect(header(page, 'Amount')).toHaveAttribute('aria-sort', 'descending');

    await page.getByRole('button', { name }).click();
    await page.getByRole('menuitem', { name: `Delete ${name}` }).click();
    await page.getByRole('button', { name: 'Views' }).click();
    await expect(page.getByRole('menuitem', { name })).toHaveCount(0);
  });

  test('asks before a view that somebody else has changed is saved over', async ({ page }) => {
    await openTable(page);
    const name = `Disputed ${Date.now()}`;
    const origin = { origin: new URL(page.url()).origin };
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save as a new view' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save as a new view' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('button', { name: 'Save' }).click();
    const views = page.getByRole('button', { name });
    await expect(views).toBeVisible();
    const stored = async (): Promise<{ id: string; version: number; definition: unknown }> => {
      const answer = await page.request.get('/v1/views?kind=table');
      const { items } = (await answer.json()) as {
        items: { id: string; name: string; version: number; definition: unknown }[];
      };
      const found = items.find((one) => one.name === name);
      if (found === undefined) throw new Error('The view is not there.');
      return found;
    };
    const { id, version } = await stored();
    const theirs = await page.request.patch(`/v1/views/${id}`, {
      data: { version, definition: { sort: 'name' } },
      headers: origin,
    });
    expect(theirs.ok(), await theirs.text()).toBe(true);
    await chooseInMenu(page, 'Amount', 'Sort descending');
    await views.click();
    await page.getByRole('menuitem', { name: `Save changes to ${name}` }).click();
    await page.getByText('Save mine', { exact: true }).click();
    await expect(page.getByText('View saved')).toBeVisible();
    expect(JSON.stringify((await stored()).definition)).toContain('-amount');
    await page.request.delete(`/v1/views/${id}`, { headers: origin });
  });

  test('goes out as a file, as shown and as event log', async ({ page }) => {
    await openTable(page);
    const { name } = await createDeal(page, '=Formula, "quoted"', [
      { type: 'crm.brief.submitted' },
    ]);
    await page.goto(`/deals?text=${encodeURIComponent(name)}`);
    await expect(row(page, name)).toBeVisible();
    const save = async (item: string): Promise<string> => {
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: item }).click();
      return readFile(await (await downloading).path(), 'utf8');
    };
    const table = await save('Table as CSV');
    expect(table.split('\r\n')[0]).toContain('Name,Stage');
    expect(table).toContain(`"'${name.replaceAll('"', '""')}",Briefed`);
    expect(table).toContain('12500 EUR');
    const log = await save('Event log as XES');
    expect(log.match(/<trace>/g)).toHaveLength(1);
    expect(log).toContain('crm.brief.submitted');
  });

  test.describe('with failures', () => {
    test.use({ expectedErrors: [/Failed to load resource/] });

    test('takes an edit back when the server does not answer, and tries again', async ({
      page,
    }) => {
      await openTable(page);
      const { name } = await createDeal(page, 'Rollback');
      await page.goto(`/deals?text=${encodeURIComponent(name)}`);
      await page.route('**/graphql', (route) =>
        route.request().postData()?.includes('editDeal') === true
          ? route.abort('connectionfailed')
          : route.continue(),
      );
      await row(page, name).getByRole('gridcell').nth(3).click();
      await page.getByRole('textbox', { name: 'Amount, EUR' }).fill('1');
      await page.keyboard.press('Enter');
      await expect(row(page, name)).toContainText('€12,500.00');
      await page.unroute('**/graphql');
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(row(page, name)).toContainText('€1.00');
    });

    test('says that it could not be loaded', async ({ page }) => {
      await openTable(page);
      await page.route('**/graphql', (route) =>
        route.request().postData()?.includes('DealTable') === true
          ? route.fulfill({ status: 500, json: { code: 'internal', title: 'Broken', status: 500 } })
          : route.continue(),
      );
      await page.reload();
      await expect(
        page.getByRole('alert').filter({ hasText: 'could not be loaded' }),
      ).toBeVisible();
      await page.unroute('**/graphql');
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(grid(page)).toBeVisible();
    });
  });
});
