import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, signInAs, test } from './support/journey.ts';
import { createPipeline, newestDefinition, ownKey, saveDraft } from './support/pipelines.ts';

async function openEditor(page: Page, key: string, tab = 'stages'): Promise<void> {
  await page.goto(`/settings/pipelines/${key}?tab=${tab}`);
  await expect(page.getByRole('tab', { name: 'Stages' })).toBeVisible();
}

/** The rows of a list of the editor, in their order. */
const names = (page: Page, list: string): Locator =>
  page.getByRole('list', { name: list, exact: true }).locator('[data-row]');

const row = (page: Page, list: string, name: string): Locator =>
  names(page, list).filter({ hasText: name }).first();

/** Writes a condition as a person does, in place of what stands there. */
async function writeCondition(page: Page, label: string, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: label, exact: true });
  // The editor's code comes when it is needed; until then a plain field stands there.
  await expect(editor).toHaveClass(/cm-content/);
  await editor.click();
  await expect(editor).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect(page.getByText('The draft is saved.').first()).toBeVisible();
}

test.describe('pipelines', () => {
  test('are made, published, archived and restored', async ({ page }) => {
    await signInAs(page, 'admin');
    await page.goto('/settings/pipelines');
    await expect(page.getByRole('row', { name: /Advertising sales/ }).first()).toContainText(
      'Default',
    );
    await expectAccessible(page);

    const key = ownKey('made');
    await page.getByRole('button', { name: 'New pipeline' }).click();
    const dialog = page.getByRole('dialog', { name: 'New pipeline' });
    await dialog.getByLabel('Name').fill('Made <b>here</b>');
    await dialog.getByLabel('Key').fill('adtech');
    await expect(dialog).toContainText('There already is a pipeline with this key.');
    await expectAccessible(page);
    await dialog.getByLabel('Key').fill(key);
    await dialog.getByRole('button', { name: 'Create' }).click();

    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Made <b>here</b>');
    await expect(names(page, 'Stages')).toHaveCount(3);
    await page.getByRole('tab', { name: 'Versions' }).click();
    await expect(page.getByText('Nothing is published yet')).toBeVisible();
    await page.getByRole('button', { name: 'Publish …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await expect(page.getByText('Version 1 is published.')).toBeVisible();

    await page.goto('/settings/pipelines');
    const line = page.getByRole('row').filter({ hasText: key });
    await line.getByRole('button', { name: /Actions/ }).click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
    await expect(line).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(line).toBeVisible();
  });

  test('show what a role may not change, and nothing to whom they do not concern', async ({
    page,
  }) => {
    await signInAs(page, 'sales');
    await openEditor(page, 'adtech');
    await expect(page.getByText('Read only')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save draft' })).toHaveCount(0);
    await row(page, 'Stages', 'Briefed').click();
    await expect(page.getByLabel('Name', { exact: true })).toBeDisabled();
    await expectAccessible(page);
    await page.goto('/settings/pipelines');
    await expect(page.getByRole('link', { name: 'Advertising sales' }).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'New pipeline' })).toHaveCount(0);

    await page.goto('/settings/pipelines/nothing-of-this-name');
    await expect(page.getByRole('alert')).toContainText('Not found');

    await page.context().clearCookies();
    await signInAs(page, 'guest');
    await page.goto('/settings/pipelines');
    await expect(page.getByText(/You may not see this|Advertising sales/).first()).toBeVisible();
  });
});

test.describe('the pipeline editor', () => {
  test('keeps the cursor and what is typed when the editor of conditions arrives late', async ({
    page,
  }) => {
    await signInAs(page, 'admin');
    const { key } = await createPipeline(page, 'late');
    const arrival = Promise.withResolvers<void>();
    await page.route(/code-mirror/, async (route) => {
      await arrival.promise;
      await route.continue();
    });
    await openEditor(page, key, 'rules');
    await names(page, 'Rules').first().click();
    const condition = page.getByRole('textbox', { name: 'When', exact: true });
    await condition.fill('gates. && true');
    await condition.press('Home');
    await page.keyboard.press('ArrowRight');
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.type('qual');
    arrival.resolve();
    await expect(condition).toHaveClass(/cm-content/);
    await expect(condition).toBeFocused();
    await page.keyboard.type('ified');
    await expect(condition).toHaveText('gates.qualified && true');
  });

  test('changes the order of the stages by keyboard and says each step', async ({ page }) => {
    await signInAs(page, 'admin');
    const { key } = await createPipeline(page, 'order');
    await openEditor(page, key);
    const announced = page.locator('[id^="rfd-announcement"]').first();
    const handle = page.getByRole('button', { name: 'Move Briefed' });
    await handle.focus();
    await page.keyboard.press('Space');
    await expect(announced).toHaveText(
      'Briefed is taken. It is at place 2 of 9. Move it with the arrow keys.',
    );
    await page.keyboard.press('ArrowDown');
    await expect(announced).toHaveText('Briefed is now at place 3 of 9.');
    await page.keyboard.press('Escape');
    await expect(announced).toHaveText('Briefed stays where it was.');
    await expect(names(page, 'Stages').nth(1)).toContainText('Briefed');

    await handle.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await expect(announced).toHaveText('Briefed is now at place 3 of 9.');
    await page.keyboard.press('Space');
    await expect(announced).toHaveText('Briefed is moved to place 3 of 9.');
    await expect(names(page, 'Stages').nth(2)).toContainText('Briefed');
    await expect(handle).toBeFocused();

    // The same without dragging, and back again.
    await page.getByRole('button', { name: 'Actions of Briefed' }).click();
    await page.getByRole('menuitem', { name: 'Move up' }).click();
    await expect(names(page, 'Stages').nth(1)).toContainText('Briefed');
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await expect(names(page, 'Stages').nth(2)).toContainText('Briefed');
    await save(page);
    const { stages } = await newestDefinition(page, key);
    expect(stages[2]?.key).toBe('briefed');
  });

  test('drags a stage with the mouse', async ({ page }) => {
    await signInAs(page, 'admin');
    const { key } = await createPipeline(page, 'drag');
    await openEditor(page, key);
    const from = await page.getByRole('button', { name: 'Move Closing' }).boundingBox();
    const to = await page.getByRole('button', { name: 'Move Briefed' }).boundingBox();
    if (from === null || to === null) throw new Error('The handles are not in sight.');
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 10, from.y - 20, { steps: 5 });
    await page.mouse.move(to.x + 10, to.y + 4, { steps: 15 });
    await page.mouse.up();
    await expect(names(page, 'Stages').nth(1)).toContainText('Closing');
  });

  test('completes names in a condition and shows an error where it is', async ({ page }) => {
    await signInAs(page, 'admin');
    const { key } = await createPipeline(page, 'rule');
    await openEditor(page, key, 'rules');
    await row(page, 'Rules', 'Contracting').click();
    await writeCondition(page, 'When', 'gates.contr');
    await expect(page.getByRole('option', { name: /contract_signed/ })).toBeVisible();
    await expectAccessible(page);
    // An editor takes no completion in the first moment, so that Enter is not taken by mistake.
    await page.waitForTimeout(150);
    await page.keyboard.press('Enter');
    const editor = page.getByRole('textbox', { name: 'When', exact: true });
    await expect(editor).toHaveText('gates.contract_signed');
    await page.keyboard.type(' && domains.legal == "in_');
    await page.getByRole('option', { name: 'in_review' }).click();
    await expect(editor).toContainText('domains.legal == "in_review');

    await writeCondition(page, 'When', 'gates.offer_approved && gates.nothing');
    await expect(page.getByText('There is no gate “nothing”.')).toBeVisible();
    await expect(page.locator('.cm-lintRange-error')).toHaveText('gates.nothing');
    await expect(editor).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible(page);

    // The server says the same; nothing that was typed is lost.
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await expect(page.getByRole('alert').first()).toContainText(/no gate/);
    await expect(editor).toHaveText('gates.offer_approved && gates.nothing');

    await writeCondition(page, 'When', 'gates.offer_approved &&');
    await expect(page.getByText(/not a CEL expression/).first()).toBeVisible();
    await writeCondition(page, 'When', 'gates.offer_approved && gates.contract_signed');
    await save(page);
    const { rules } = await newestDefinition(page, key);
    expect(rules.find(({ stage }) => stage === 'contracting')?.when).toBe(
      'gates.offer_approved && gates.contract_signed',
    );
  });

  test('says what the verifier finds, and asks for every step back before it publishes', async ({
    page,
  }) => {
    await signInAs(page, 'admin');
    const { key } = await createPipeline(page, 'verify');
    const { rules } = await newestDefinition(page, key);
    await openEditor(page, key, 'check');
    await expect(page.getByText('This can be published.')).toBeVisible();

    // A rule above all others makes the others useless.
    await saveDraft(page, key, { rules: [{ stage: 'closed', when: 'true' }, ...rules] });
    await openEditor(page, key, 'check');
    await expect(page.getByText('This cannot be published yet, but saved.')).toBeVisible();
    await expect(page.getByText(/The rule for “briefed” never decides/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Publish …' }).click();
    const dialog = page.getByRole('dialog', { name: /Publish version/ });
    await expect(dialog.getByRole('button', { name: 'Publish' })).toBeDisabled();
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    // A signed contract that moves a running deal back is refused until it is meant.
    const back = [{ stage: 'launching', when: 'gates.contract_signed' }, ...rules.slice(0, 3)];
    await saveDraft(page, key, { rules: [...back, ...rules.slice(4)] });
    await openEditor(page, key, 'check');
    const meant = page.getByRole('checkbox', { name: /“Contract is signed” moves a deal back/ });
    await expect(meant.first()).toBeVisible();
    const count = await meant.count();
    await page.getByRole('button', { name: 'Publish …' }).click();
    await expect(dialog.getByRole('checkbox')).toHaveCount(count);
    await expectAccessible(page);
    const publish = dialog.getByRole('button', { name: 'Publish' });
    for (const box of await dialog.getByRole('checkbox').all()) {
      await expect(publish).toBeDisabled();
      await box.check();
    }
    await publish.click();
    await expect(page.getByText('Version 2 is published.')).toBeVisible();
  });

  test('shows the truth table, whole or compact, by fact and by stage', async ({ page }) => {
    await signInAs(page, 'admin');
    const { key } = await createPipeline(page, 'table');
    await openEditor(page, key, 'check');
    const table = page.getByRole('table');
    await expect(table.getByRole('row')).toHaveCount(13);
    await page.getByLabel('Lines').selectOption('All combinations');
    await expect(page.getByText('1 to 50 of 2,048')).toBeVisible();
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByText('51 to 100 of 2,048')).toBeVisible();
    await page.getByLabel('Stage', { exact: true }).selectOption('Closing');
    await page.getByLabel('Brief is received').selectOption('false');
    await expect(page.getByText('1 to 50 of 128')).toBeVisible();
    await expect(table.getByRole('row').nth(1)).toContainText('Closing');
    await expectAccessible(page);
  });

  test('tries supposed facts and says what comes next', async ({ page }) => {
    await signInAs(page, 'admin');
    const { key } = await createPipeline(page, 'try');
    await openEditor(page, key, 'try');
    const outcome = page.getByRole('region', { name: 'Then the deal is in' });
    await expect(outcome).toContainText('No rule holds, so it is the first stage.');
    await page.getByRole('checkbox', { name: 'G2 Media plan is ready' }).check();
    await page.getByRole('checkbox', { name: 'G3 Offer is approved' }).check();
    await expect(outcome.getByRole('status')).toContainText('Offer ready');
    await expect(outcome.getByRole('status')).toContainText(
      'Missing although a later gate is true: G0, G1.',
    );
    await page.getByLabel('Stage in legal').selectOption('in_review');
    await expect(outcome.getByRole('status')).toContainText('Contracting');
    await expect(outcome.getByRole('status')).toContainText('Rule 5 decides');
    await expect(outcome.getByRole('listitem').filter({ hasText: 'Launching' })).toContainText(
      'docflow.contract.signed',
    );
    await expectAccessible(page);
  });
});
