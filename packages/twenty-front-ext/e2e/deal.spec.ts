import type { Browser, Locator, Page } from '@playwright/test';
import { createDeal, sendFacts } from './support/deals.ts';
import type { Fact, NewDeal } from './support/deals.ts';
import {
  expect,
  expectAccessible,
  expectAccessibleInBoth,
  signInAs,
  test,
} from './support/journey.ts';
import type { Person } from './support/journey.ts';

const HOSTILE = '<img src=x onerror=alert(1)> {{7*7}} \u202Eevil';

async function openDeal(page: Page, name: string, facts: readonly Fact[] = []): Promise<NewDeal> {
  await signInAs(page, 'sales');
  await page.goto('/deals');
  const deal = await createDeal(page, name, facts);
  await page.goto(`/deals/${deal.id}`);
  await expect(heading(page)).toHaveText(deal.name);
  return deal;
}

const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 });
const card = (page: Page, title: string): Locator => page.getByRole('region', { name: title });
const message = (page: Page, text: string): Locator =>
  page.getByRole('dialog').filter({ hasText: text });

/** The same deal in the browser of somebody else. */
async function asSomebodyElse(
  browser: Browser,
  page: Page,
  person: Person,
): Promise<{ page: Page; close: () => Promise<void> }> {
  const context = await browser.newContext({ baseURL: new URL(page.url()).origin });
  const other = await context.newPage();
  await signInAs(other, person);
  await other.goto(new URL(page.url()).pathname);
  return { page: other, close: () => context.close() };
}

async function typeName(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
}

test.describe('the page of a deal', () => {
  test('shows the stage path, the gates with their events, and what is missing', async ({
    page,
  }) => {
    await openDeal(page, 'Path', [
      { type: 'crm.brief.submitted' },
      { type: 'docflow.contract.signed' },
    ]);
    await expect(
      page.getByRole('list', { name: 'Stages' }).locator('[aria-current=step]'),
    ).toContainText('Launching');
    const gates = card(page, 'Gates');
    await expect(gates.getByRole('note')).toContainText(
      'The deal went on without: Lead is qualified, Media plan is ready, Offer is approved.',
    );
    await expect(
      gates.getByRole('listitem').filter({ hasText: 'Contract is signed' }),
    ).toContainText('journeys');
    await expect(card(page, 'SLA')).toContainText('Contract to launch');
    await expect(card(page, 'SLA')).toContainText(/\d+ ?m of 2 ?d/);
    await expect(card(page, 'In other systems')).toContainText('journeys');
  });

  test('is accessible in both themes, also on a phone', async ({ page }) => {
    await openDeal(page, 'Accessible', [{ type: 'crm.offer.approved' }]);
    await expect(card(page, 'Timeline').getByRole('listitem').first()).toBeVisible();
    await expect(card(page, 'Qualification').getByRole('listitem')).toHaveCount(3);
    await expectAccessibleInBoth(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectAccessibleInBoth(page);
    const wide = await page.evaluate(() => {
      const content = document.querySelector('main');
      return (content?.scrollWidth ?? 0) > (content?.clientWidth ?? 0);
    });
    expect(wide).toBe(false);
  });

  test('follows what a system and a colleague do, without a reload', async ({ page, browser }) => {
    const deal = await openDeal(page, 'Live');
    await sendFacts(page, deal.ref, [{ type: 'crm.brief.submitted' }]);
    await expect(
      page.getByRole('list', { name: 'Stages' }).locator('[aria-current=step]'),
    ).toContainText('Briefed');
    await expect(card(page, 'Timeline')).toContainText('Gate holds: Brief is received');

    const colleague = await asSomebodyElse(browser, page, 'colleague');
    await colleague.page.getByRole('textbox', { name: 'Note' }).fill('They want it by spring.');
    await colleague.page.getByRole('button', { name: 'Add note' }).click();
    await typeName(colleague.page, `${deal.name} renamed`);
    await expect(heading(page)).toHaveText(`${deal.name} renamed`);
    await expect(card(page, 'Timeline')).toContainText('They want it by spring.');
    await colleague.close();
  });

  test('edits a field by keyboard and takes it back', async ({ page }) => {
    const deal = await openDeal(page, 'Edit');
    await page.getByRole('button', { name: 'Edit Name' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
    await page.keyboard.type('Another name');
    await page.keyboard.press('Escape');
    await expect(heading(page)).toHaveText(deal.name);
    await expect(page.getByRole('button', { name: 'Edit Name' })).toBeFocused();

    await page.keyboard.press('Enter');
    await page.keyboard.type('Another name');
    await page.keyboard.press('Enter');
    await expect(heading(page)).toHaveText('Another name');
    await message(page, 'Saved').getByRole('button', { name: 'Undo' }).click();
    await expect(heading(page)).toHaveText(deal.name);

    await page.getByRole('button', { name: 'Edit Amount' }).click();
    await page.getByRole('textbox', { name: 'Amount, EUR' }).fill('twelve');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'Type an amount' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Amount, EUR' }).fill('1 200,50');
    await page.keyboard.press('Enter');
    await expect(page.getByText('€1,200.50')).toBeVisible();
  });

  test('gives the deal and a role to somebody', async ({ page }) => {
    await openDeal(page, 'People');
    await page.getByRole('button', { name: 'Edit Owner' }).click();
    const owner = page.getByRole('combobox', { name: 'Owner' });
    await owner.fill('a');
    const option = page.getByRole('option').first();
    const name = (await option.textContent()) ?? '';
    await option.click();
    await expect(page.getByRole('definition').filter({ hasText: name }).first()).toBeVisible();

    const people = card(page, 'People');
    await people.getByRole('button', { name: 'Edit Legal' }).click();
    await people.getByRole('combobox', { name: 'Legal' }).press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(message(page, 'Saved').first()).toBeVisible();
    await expect(people.getByText('nobody')).not.toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('definition').filter({ hasText: name }).first()).toBeVisible();
  });

  test('asks which value stays when two people edit one field', async ({ page, browser }) => {
    const deal = await openDeal(page, 'Conflict');
    const colleague = await asSomebodyElse(browser, page, 'colleague');
    await expect(heading(colleague.page)).toHaveText(deal.name);
    await page.getByRole('button', { name: 'Edit Name' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Mine');
    await typeName(colleague.page, 'Theirs');
    await expect(heading(page)).toHaveText('Theirs');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this' });
    await expect(dialog.getByRole('row', { name: 'Name Mine Theirs' })).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save mine' }).click();
    await expect(heading(page)).toHaveText('Mine');
    await expect(heading(colleague.page)).toHaveText('Mine');
    await colleague.close();
  });

  test.describe('with failures', () => {
    test.use({ expectedErrors: [/Failed to load resource/] });

    test('keeps a note and takes an edit back when the connection is lost', async ({ page }) => {
      const deal = await openDeal(page, 'Offline');
      await page.route('**/graphql', (route) =>
        route.request().postData()?.includes('mutation') === true
          ? route.abort('connectionfailed')
          : route.continue(),
      );
      await page.getByRole('textbox', { name: 'Note' }).fill('Important');
      await page.getByRole('button', { name: 'Add note' }).click();
      await expect(card(page, 'Timeline').getByRole('alert')).toContainText('no connection');
      await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('Important');

      await typeName(page, 'Not saved yet');
      await expect(heading(page)).toHaveText(deal.name);
      const failure = page
        .getByRole('dialog')
        .filter({ hasText: 'There is no connection to the server.' });
      await expect(failure).toBeVisible();

      await page.unroute('**/graphql');
      await failure.getByRole('button', { name: 'Try again' }).click();
      await expect(heading(page)).toHaveText('Not saved yet');
      await page.getByRole('button', { name: 'Add note' }).click();
      await expect(
        card(page, 'Timeline').getByRole('listitem').filter({ hasText: 'Important' }),
      ).toBeVisible();
      await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('');
    });

    test('says what is wrong instead of an empty page, and tries again', async ({ page }) => {
      const deal = await openDeal(page, 'Error');
      await page.route('**/graphql', (route) =>
        route.request().postData()?.includes('DealPage') === true
          ? route.fulfill({ status: 500, json: { code: 'internal', title: 'Broken', status: 500 } })
          : route.continue(),
      );
      await page.reload();
      await expect(
        page.getByRole('alert').filter({ hasText: 'could not be loaded' }),
      ).toBeVisible();
      await page.unroute('**/graphql');
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(heading(page)).toHaveText(deal.name);
      await page.goto('/deals/01900000-0000-7000-8000-000000000000');
      await expect(page.getByRole('alert').filter({ hasText: 'Not found' })).toBeVisible();
    });
  });

  test('tells that the deal was merged or archived meanwhile, and what to do', async ({ page }) => {
    const survivor = await openDeal(page, 'Survivor');
    const deal = await openDeal(page, 'Doomed');
    const version = async (): Promise<number> => {
      const answer = await page.request.get(`/v1/deals/${deal.id}`);
      return ((await answer.json()) as { version: number }).version;
    };
    const headers = { origin: new URL(page.url()).origin };
    const archived = await page.request.post(`/v1/deals/${deal.id}/archive`, {
      data: { version: await version() },
      headers,
    });
    expect(archived.ok(), await archived.text()).toBe(true);
    const notice = page.getByRole('alert').filter({ hasText: 'Archived' });
    await expect(notice).toBeVisible();
    await notice.getByRole('button', { name: 'Restore' }).click();
    await expect(notice).toHaveCount(0);

    const merged = await page.request.post(`/v1/deals/${deal.id}/merge`, {
      data: { version: await version(), into: survivor.id },
      headers,
    });
    expect(merged.ok(), await merged.text()).toBe(true);
    await expect(page.getByRole('button', { name: 'Edit Name' })).toHaveCount(0);
    await page.getByRole('link', { name: 'Open that deal' }).click();
    await expect(page).toHaveURL(new RegExp(survivor.id));
    await expect(page.getByRole('button', { name: 'Edit Name' })).toBeVisible();
  });

  test('records a fact, ends the deal and opens it again, each after a question', async ({
    page,
  }) => {
    await openDeal(page, 'Actions');
    const current = page.getByRole('list', { name: 'Stages' }).locator('[aria-current=step]');
    await page.getByRole('button', { name: 'Record a fact' }).click();
    const form = page.getByRole('dialog', { name: 'Record a fact' });
    await form
      .getByRole('combobox', { name: 'What has happened' })
      .selectOption(await optionValue(form, 'Brief is received'));
    await form.getByRole('button', { name: 'Record' }).click();
    await expect(current).toContainText('Briefed');

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'End the deal' }).click();
    const ending = page.getByRole('dialog', { name: 'End the deal' });
    await expect(ending).toContainText('The deal ends with this.');
    await ending.getByRole('button', { name: 'Record' }).click();
    await expect(current).toContainText('Cancelled');

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Open again' }).click();
    await page
      .getByRole('dialog', { name: 'Open this deal again?' })
      .getByRole('button', { name: 'Open again' })
      .click();
    await expect(current).toContainText('Briefed');

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
    await page
      .getByRole('dialog', { name: 'Archive this deal?' })
      .getByRole('button', { name: 'Archive' })
      .click();
    await message(page, 'Archived').getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Archived' })).toHaveCount(0);
  });

  test('takes back a fact that was just recorded, where an event clears it', async ({ page }) => {
    await openDeal(page, 'Undone');
    const current = page.getByRole('list', { name: 'Stages' }).locator('[aria-current=step]');
    const record = async (fact: string): Promise<void> => {
      await page.getByRole('button', { name: 'Record a fact' }).click();
      const form = page.getByRole('dialog', { name: 'Record a fact' });
      await form
        .getByRole('combobox', { name: 'What has happened' })
        .selectOption(await optionValue(form, fact));
      await form.getByRole('button', { name: 'Record' }).click();
      await expect(form).toBeHidden();
    };
    await record('Brief is received');
    await expect(current).toContainText('Briefed');
    await message(page, 'Recorded').getByRole('button', { name: 'Undo' }).click();
    await expect(current).toContainText('Draft');
    await expect(message(page, 'Taken back')).toBeVisible();
    await expectAccessible(page);

    await message(page, 'Taken back').getByRole('button', { name: 'Close' }).click();
    await record('Contract is signed');
    await expect(message(page, 'Recorded').last()).toBeVisible();
    await expect(message(page, 'Recorded').getByRole('button', { name: 'Undo' })).toHaveCount(0);
  });

  test('answers a score card, which qualifies the deal', async ({ page }) => {
    await openDeal(page, 'Score');
    const cards = card(page, 'Qualification');
    await cards.getByRole('button', { name: 'Answer BANT' }).click();
    const dialog = page.getByRole('dialog', { name: 'BANT' });
    for (const field of await dialog.getByRole('combobox').all()) await field.selectOption('2');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(cards).toContainText('100 of 100, passed');
    await expect(
      card(page, 'Gates').getByRole('listitem').filter({ hasText: 'Lead is qualified' }),
    ).toContainText('holds');
  });

  test('asks which answer stays when two people answer one score card', async ({ page }) => {
    const { id } = await openDeal(page, 'Two scores');
    const cards = card(page, 'Qualification');
    await cards.getByRole('button', { name: 'Answer BANT' }).click();
    const dialog = page.getByRole('dialog', { name: 'BANT' });
    await dialog.getByLabel(/^Budget/).selectOption('2');
    const theirs = await page.request.put(`/v1/deals/${id}/qualification/bant`, {
      data: { answers: { budget: 0, need: 1 } },
      headers: { origin: new URL(page.url()).origin },
    });
    expect(theirs.ok(), await theirs.text()).toBe(true);
    await dialog.getByRole('button', { name: 'Save' }).click();
    const question = page.getByRole('dialog', { name: 'Somebody else changed this' });
    await expect(question.getByRole('row', { name: /Budget/ })).toHaveText(/Yes.*No/);
    await expectAccessible(page);
    await question.getByRole('button', { name: 'Save mine' }).click();
    await expect(question).toBeHidden();
    await cards.getByRole('button', { name: 'Change BANT' }).click();
    await expect(dialog.getByLabel(/^Budget/)).toHaveValue('2');
    // What only the other person has answered stays.
    await expect(dialog.getByLabel(/^Need/)).toHaveValue('1');
  });

  test('narrows the timeline and pages through it', async ({ page }) => {
    const facts = Array.from({ length: 30 }, (_, index) => ({
      type: index % 2 === 0 ? 'crm.brief.submitted' : 'crm.brief.withdrawn',
    }));
    await openDeal(page, 'Timeline', facts);
    const timeline = card(page, 'Timeline');
    await expect(timeline.getByRole('listitem')).toHaveCount(50);
    await timeline.getByRole('button', { name: 'Show earlier' }).click();
    await expect.poll(() => timeline.getByRole('listitem').count()).toBeGreaterThan(60);
    await timeline.getByRole('button', { name: 'Events out' }).click();
    await expect(timeline.getByText('masterdeal.created')).toBeVisible();
    await expect(timeline.getByText('crm.brief.submitted')).toHaveCount(0);
    await timeline.getByRole('button', { name: 'Notes' }).click();
    await expect(timeline.getByText('Nothing here')).toBeVisible();
  });

  test('shows hostile text as text', async ({ page }) => {
    let alerts = 0;
    page.on('dialog', () => (alerts += 1));
    await openDeal(page, HOSTILE);
    await page.getByRole('textbox', { name: 'Note' }).fill(HOSTILE);
    await page.getByRole('button', { name: 'Add note' }).click();
    await expect(card(page, 'Timeline').getByText(HOSTILE).first()).toBeVisible();
    await typeName(page, `${HOSTILE} ${'w'.repeat(400)}`);
    await expect(heading(page)).toContainText('<img src=x');
    expect(alerts).toBe(0);
  });

  test('lets a guest look and change nothing', async ({ page }) => {
    const { id, name } = await openDeal(page, 'Guest');
    await signInAs(page, 'guest');
    await page.goto(`/deals/${id}`);
    // A guest sees deals or does not, as the tenant's permissions say; never anything to change them with.
    await expect(
      heading(page)
        .filter({ hasText: name })
        .or(page.getByRole('alert').filter({ hasText: /may not|Not found/ }))
        .first(),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: /Edit|Record|More actions/ })).toHaveCount(0);
  });
});

async function optionValue(form: Locator, text: string): Promise<string> {
  const option = form.getByRole('option').filter({ hasText: text }).first();
  return (await option.getAttribute('value')) ?? '';
}
