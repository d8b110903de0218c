import type { Locator, Page } from '@playwright/test';
import { announcer, card, cardIn, column, liftToNext } from './support/board.ts';
import { createDeal, sendFacts } from './support/deals.ts';
import {
  expect,
  expectAccessible,
  expectAccessibleInBoth,
  signInAs,
  test,
} from './support/journey.ts';

async function openBoard(page: Page, query = ''): Promise<void> {
  await signInAs(page, 'sales');
  await page.goto(`/board${query}`);
  await expect(page.locator('[data-card]').first()).toBeVisible();
}

/**
 * Drags with the mouse as a hand does: press, pull a little, go over the target, wait, let go.
 * A deal that somebody makes meanwhile pushes the card away from under the hand, which then holds
 * another one: people see that, put it back and take theirs.
 */
async function dragOver(page: Page, name: string, to: Locator): Promise<void> {
  await expect(async () => {
    const start = await card(page, name).boundingBox();
    if (start === null) throw new Error('The card is not in sight.');
    await page.mouse.move(start.x + 40, start.y + 20);
    await page.mouse.down();
    await page.mouse.move(start.x + 60, start.y + 30, { steps: 4 });
    try {
      const inHand = page.locator('[data-rfd-draggable-id][data-lifted]');
      await expect(inHand).toContainText(name, { timeout: 2_000 });
    } catch (error) {
      await page.keyboard.press('Escape');
      await page.mouse.up();
      throw error;
    }
  }).toPass();
  const end = await to.boundingBox();
  if (end === null) throw new Error('The column is not in sight.');
  await page.mouse.move(end.x + end.width / 2, end.y + 200, { steps: 12 });
}

/** What a screen reader is given of each column: title, number and sum, cards, and whether a lifted deal may go there. */
async function expectTree(
  page: Page,
  columns: Readonly<Record<string, { readonly cards?: number; readonly verdict?: string }>>,
): Promise<void> {
  for (const [title, { cards = 0, verdict }] of Object.entries(columns)) {
    const tree = [
      `- region "${title} ${cards}":`,
      '  - /children: equal',
      `  - heading "${title} ${cards}" [level=2]`,
      `  - paragraph${cards === 0 ? '' : ': €12.5K'}`,
      `  - list "${title}"${cards === 0 ? '' : ':'}`,
      ...Array(cards).fill('    - listitem:\n      - button /Tree .* €12,500\\.00 .* SLA/'),
      ...(cards === 0 ? ['  - paragraph: No deals'] : []),
      ...(verdict === undefined ? [] : [`  - paragraph: "${verdict}"`]),
    ];
    await expect(column(page, title)).toMatchAriaSnapshot(tree.join('\n'));
  }
}

test.describe('the pipeline board', () => {
  test('shows a deal with what sales people look for', async ({ page }) => {
    await openBoard(page);
    const { name } = await createDeal(page, 'Glance', [{ type: 'media.mediaplan.ready' }]);
    const shown = card(page, name);
    await expect(shown).toBeVisible();
    await expect(shown).toContainText('€12,500.00');
    await expect(shown).toContainText('Gates: Media plan is ready');
    await expect(shown).toContainText('Missing: Lead is qualified, Brief is received');
    await expect(shown).toContainText('SLA due in');
    await expectAccessible(page);
  });

  test('moves a card when an outer system sends a fact, without a reload', async ({ page }) => {
    await openBoard(page);
    const { name, ref } = await createDeal(page, 'Live');
    await expect(
      column(page, 'Draft').locator('[data-card]').filter({ hasText: name }),
    ).toBeVisible();
    const before = await column(page, 'Briefed').getByRole('heading').textContent();
    await sendFacts(page, ref, [{ type: 'crm.brief.submitted' }]);
    await expect(
      column(page, 'Briefed').locator('[data-card]').filter({ hasText: name }),
    ).toBeVisible();
    await expect(
      column(page, 'Draft').locator('[data-card]').filter({ hasText: name }),
    ).toHaveCount(0);
    await expect(column(page, 'Briefed').getByRole('heading')).not.toHaveText(before ?? '');
  });

  test('records the fact that leads to a possible column', async ({ page }) => {
    await openBoard(page);
    const { name } = await createDeal(page, 'Drag');
    await dragOver(page, name, column(page, 'Briefed'));
    await expect(announcer(page)).toHaveText('Briefed: possible.');
    await expect(column(page, 'Planning')).toContainText(
      'Missing: Brief is received, Media plan is ready.',
    );
    await page.mouse.up();
    const dialog = page.getByRole('dialog', { name: 'Move to Briefed' });
    await expect(dialog).toContainText('sets Brief is received');
    await expectAccessible(page);
    await dialog.getByLabel('Comment').fill('Sent by mail <b>today</b>');
    await dialog.getByRole('button', { name: 'Record' }).click();
    await expect(dialog).toBeHidden();
    await expect(
      column(page, 'Briefed').locator('[data-card]').filter({ hasText: name }),
    ).toBeVisible();
  });

  test('takes back a fact that was just recorded', async ({ page }) => {
    await openBoard(page);
    const { name, id } = await createDeal(page, 'Undo');
    const dialog = await liftToNext(page, name, 'Draft', 'Briefed');
    await dialog.getByRole('button', { name: 'Record' }).click();
    const within = (title: string): Locator => cardIn(page, title, name);
    await expect(within('Briefed')).toBeVisible();
    const message = page.getByRole('dialog').filter({ hasText: 'goes to Briefed' });
    await message.getByRole('button', { name: 'Undo' }).click();
    await expect(within('Draft')).toBeVisible();
    await expect(within('Draft')).not.toContainText('Gates: Brief is received');
    await expect(page.getByText('Taken back')).toBeVisible();

    // Nothing is deleted: the history tells both, and which takes back which.
    const answer = await page.request.get(`/v1/deals/${id}/events`);
    const { items } = (await answer.json()) as {
      items: { event_id: string; type: string; data: { undoes?: string } }[];
    };
    const [recorded, undone] = items.slice(-2);
    expect([recorded?.type, undone?.type]).toEqual(['crm.brief.submitted', 'crm.brief.withdrawn']);
    expect(undone?.data.undoes).toBe(recorded?.event_id);
  });

  test('offers no undo of a fact that no event takes back', async ({ page }) => {
    await openBoard(page);
    const { name } = await createDeal(page, 'Signed', [
      { type: 'crm.brief.submitted' },
      { type: 'media.mediaplan.ready' },
      { type: 'crm.offer.approved' },
    ]);
    await card(page, name).focus();
    await page.keyboard.press('Space');
    await expect(announcer(page)).toContainText('is lifted from Offer ready.');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(announcer(page)).toHaveText('Launching: possible.');
    await page.keyboard.press('Space');
    await page
      .getByRole('dialog', { name: 'Move to Launching' })
      .getByRole('button', { name: 'Record' })
      .click();
    const message = page.getByRole('dialog').filter({ hasText: 'goes to Launching' });
    await expect(message).toBeVisible();
    await expect(message.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  });

  test('puts a card back when the form is left', async ({ page }) => {
    await openBoard(page);
    const { name } = await createDeal(page, 'Back');
    await dragOver(page, name, column(page, 'Briefed'));
    await expect(announcer(page)).toHaveText('Briefed: possible.');
    await page.mouse.up();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(
      column(page, 'Draft').locator('[data-card]').filter({ hasText: name }),
    ).toBeVisible();
  });

  test('explains a drop on a column that is not possible, and goes on from there', async ({
    page,
  }) => {
    await openBoard(page);
    const { name } = await createDeal(page, 'Explain');
    await dragOver(page, name, column(page, 'Planning'));
    await expect(announcer(page)).toContainText('Planning: not possible.');
    await page.mouse.up();
    const dialog = page.getByRole('dialog', { name: 'Planning is not possible yet' });
    await expect(dialog).toContainText('Brief is received');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Record Brief is received' }).click();
    const form = page.getByRole('dialog', { name: 'Record a fact' });
    await form.getByRole('button', { name: 'Record' }).click();
    await expect(form).toBeHidden();
    await expect(
      column(page, 'Briefed').locator('[data-card]').filter({ hasText: name }),
    ).toBeVisible();
  });

  test('moves by keyboard, and says every step', async ({ page }) => {
    await openBoard(page);
    const { name } = await createDeal(page, 'Keys');
    const moved = card(page, name);
    await expect(moved).toBeVisible();
    await moved.focus();
    await expect(moved).toHaveAccessibleDescription(/Press space to move this deal/);
    await page.keyboard.press('Space');
    await expect(announcer(page)).toContainText(`${name} is lifted from Draft.`);
    await page.keyboard.press('ArrowRight');
    await expect(announcer(page)).toHaveText('Briefed: possible.');
    await page.keyboard.press('ArrowRight');
    await expect(announcer(page)).toContainText('Planning: not possible. Missing:');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(announcer(page)).toHaveText('Draft: the deal is here now.');
    await page.keyboard.press('Escape');
    await expect(announcer(page)).toHaveText(`Cancelled. ${name} stays in Draft.`);
    await expect(moved).toBeFocused();

    await page.keyboard.press('Space');
    await expect(announcer(page)).toContainText('is lifted');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await expect(announcer(page)).toHaveText(`${name} is dropped on Briefed.`);
    const dialog = page.getByRole('dialog', { name: 'Move to Briefed' });
    await expect(dialog).toBeVisible();
    await dialog.getByRole('button', { name: 'Record' }).press('Enter');
    await expect(
      column(page, 'Briefed').locator('[data-card]').filter({ hasText: name }),
    ).toBeVisible();
  });

  test('is a tree of columns and cards at every move of the keyboard', async ({ page }) => {
    await openBoard(page);
    const { name } = await createDeal(page, 'Tree');
    await page.goto(`/board?text=${encodeURIComponent(name)}`);
    await expect(card(page, name)).toBeVisible();
    await card(page, name).focus();
    await expectTree(page, { Draft: { cards: 1 }, Briefed: {}, Planning: {} });

    // Whatever column is chosen, each says whether the deal may go there.
    const lifted = {
      Draft: { cards: 1 },
      Briefed: { verdict: 'Possible' },
      Planning: { verdict: 'Missing: Brief is received, Media plan is ready.' },
    };
    for (const [key, said] of [
      ['Space', `${name} is lifted from Draft.`],
      ['ArrowRight', 'Briefed: possible.'],
      ['ArrowRight', 'Planning: not possible.'],
      ['ArrowLeft', 'Briefed: possible.'],
    ] as const) {
      await page.keyboard.press(key);
      await expect(announcer(page)).toContainText(said);
      await expectTree(page, lifted);
    }
    await page.keyboard.press('Escape');
    await expect(announcer(page)).toHaveText(`Cancelled. ${name} stays in Draft.`);
    await expectTree(page, { Draft: { cards: 1 }, Briefed: {}, Planning: {} });

    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    const form = page.getByRole('dialog', { name: 'Move to Briefed' });
    await form.getByRole('button', { name: 'Record' }).press('Enter');
    await expect(form).toBeHidden();
    await expectTree(page, { Draft: {}, Briefed: { cards: 1 }, Planning: {} });
  });

  test('walks over the cards with the arrows', async ({ page }) => {
    await openBoard(page);
    await page.locator('[data-card]').first().focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[data-card][data-index="1"]').first()).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(page.locator('[data-card]').first()).toBeFocused();
  });

  test('is grouped by business stage and tells them apart', async ({ page }) => {
    await openBoard(page, '?columns=business');
    const { name, ref } = await createDeal(page, 'Business');
    await expect(
      column(page, 'Lead Imported').locator('[data-card]').filter({ hasText: name }),
    ).toBeVisible();
    await sendFacts(page, ref, [{ type: 'crm.lead.qualified' }]);
    await expect(
      column(page, 'Lead Qualified (ICP/BANT)').locator('[data-card]').filter({ hasText: name }),
    ).toBeVisible();
  });

  test('finds by name, also hostile ones, and keeps the search in the address', async ({
    page,
  }) => {
    await openBoard(page);
    const { name } = await createDeal(page, `<img src=x onerror=alert(1)> %_'"; ‮rtl`);
    await page.getByRole('searchbox', { name: 'Search by name' }).fill(name.slice(-8));
    await expect(page.locator('[data-card]')).toHaveCount(1);
    await expect(card(page, name.slice(-8))).toContainText('<img src=x');
    await page.reload();
    await expect(page.locator('[data-card]')).toHaveCount(1);
  });

  test('keeps a view under a name and brings it back', async ({ page }) => {
    await openBoard(page, '?columns=business&sort=name');
    const name = `Board ${Date.now()}`;
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save as a new view' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save as a new view' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('button', { name })).toBeVisible();

    await page.goto('/board');
    await expect(column(page, 'Draft')).toBeVisible();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name }).click();
    await expect(column(page, 'Lead Imported')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Order: By name' })).toBeVisible();
    await page.getByRole('button', { name }).click();
    await page.getByRole('menuitem', { name: `Delete ${name}` }).click();
  });

  test('drops a card, and the table its row, that was given to somebody else', async ({
    page,
    browser,
  }) => {
    await signInAs(page, 'partner');
    await page.goto('/board');
    const { tenants } = (await (await page.request.get('/v1/me')).json()) as {
      tenants: { account_id: string }[];
    };
    const partner = tenants[0]?.account_id ?? '';
    const context = await browser.newContext({ baseURL: new URL(page.url()).origin });
    const office = await context.newPage();
    await signInAs(office, 'sales');
    await office.goto('/board');
    const headers = { origin: new URL(office.url()).origin };
    const edit = async (id: string, owner: string | null): Promise<void> => {
      const { version } = (await (await office.request.get(`/v1/deals/${id}`)).json()) as {
        version: number;
      };
      const data = { version, owner_id: owner };
      const answer = await office.request.patch(`/v1/deals/${id}`, { data, headers });
      expect(answer.status(), await answer.text()).toBe(200);
    };

    const deal = await createDeal(office, 'Given away');
    await edit(deal.id, partner);
    await expect(card(page, deal.name)).toBeVisible();
    await edit(deal.id, null);
    await expect(card(page, deal.name)).toHaveCount(0);

    await edit(deal.id, partner);
    await page.goto(`/deals?text=${encodeURIComponent(deal.name)}`);
    const row = page.getByRole('row').filter({ hasText: deal.name });
    await expect(row).toBeVisible();
    await edit(deal.id, null);
    await expect(row).toHaveCount(0);
    await context.close();
  });

  test('is read only for people who may not record facts', async ({ page }) => {
    await signInAs(page, 'partner');
    await page.goto('/board');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Advertising sales');
    await expect(column(page, 'Draft')).toBeVisible();
    await expectAccessible(page);
  });

  test('is usable on a phone, in both themes', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await openBoard(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    await expectAccessibleInBoth(page);
    await page.getByRole('button', { name: 'Navigation' }).click();
    await expect(page.getByRole('link', { name: 'Pipeline board' })).toBeVisible();
  });
});

test.describe('the pipeline board, errors expected', () => {
  test.use({ expectedErrors: [/503/] });

  test('says what is wrong when the server fails, and tries again', async ({ page }) => {
    await signInAs(page, 'sales');
    let broken = true;
    await page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName: string };
      if (broken && operationName === 'Board') await route.fulfill({ status: 503, body: '' });
      else await route.fallback();
    });
    await page.goto('/board');
    await expect(page.getByRole('alert')).toContainText('This could not be loaded');
    await expectAccessible(page);
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.locator('[data-card]').first()).toBeVisible();
  });

  test('rolls an optimistic move back when the fact is refused', async ({ page }) => {
    await openBoard(page);
    const { name } = await createDeal(page, 'Refused');
    await page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName: string };
      if (operationName === 'RecordFact') await route.fulfill({ status: 503, body: '' });
      else await route.fallback();
    });
    await dragOver(page, name, column(page, 'Briefed'));
    await expect(announcer(page)).toHaveText('Briefed: possible.');
    await page.mouse.up();
    const dialog = page.getByRole('dialog', { name: 'Move to Briefed' });
    await dialog.getByLabel('Comment').fill('typed with care');
    await dialog.getByRole('button', { name: 'Record' }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    await expect(dialog.getByLabel('Comment')).toHaveValue('typed with care');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(
      column(page, 'Draft').locator('[data-card]').filter({ hasText: name }),
    ).toBeVisible();
  });
});
