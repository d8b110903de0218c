import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { KeyCrmSimulator } from '../../twenty-mak/src/connectors/keycrm/simulator/index.ts';
import { createClient } from './support/clients.ts';
import { expect, expectAccessible, expectAccessibleInBoth, test } from './support/journey.ts';
import { asOwnAdmin, enter, visitor } from './support/newcomers.ts';
import type { NewTenant } from './support/newcomers.ts';
import { takePictures } from './support/picture.ts';
import { ADDRESS } from './support/stack.ts';

/** Text that must stay text. */
const HOSTILE = '<img src=x onerror=alert(1)>';
/** Of the simulated account: an order that is on its way. */
const DELIVERY = 4;

/** Sends something as the stock system does. */
async function feed(page: Page, { apiKey }: NewTenant, path: string, data: object, put = false) {
  const headers = { authorization: `Bearer ${apiKey}`, 'idempotency-key': randomUUID() };
  const answer = await page.request[put ? 'put' : 'post'](`${ADDRESS}${path}`, { data, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as { id: string };
}

interface Connected {
  readonly version: number;
  readonly settings: unknown;
  readonly health: { readonly pending: number; readonly polled_at: string | null };
}

async function connectorOf(page: Page, { apiKey }: NewTenant): Promise<Connected> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const answer = await page.request.get(`${ADDRESS}/v1/connectors/keycrm`, { headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Connected;
}

/** The status of the order, which whoever reads the page by ear hears too. */
const stateOf = (page: Page): Locator => page.getByRole('status', { name: 'Status' });

test.describe('orders of the catalogue', () => {
  let keycrm: KeyCrmSimulator;
  let address: string;
  test.setTimeout(240_000);
  test.beforeAll(async () => {
    keycrm = new KeyCrmSimulator({ limit: { calls: 100_000, window: 60_000 } });
    address = await keycrm.listen();
  });
  test.afterAll(() => keycrm.close());

  test('are made by hand, appear in KeyCRM, and what changes there is seen at once', async ({
    page,
  }, info) => {
    const tenant = await asOwnAdmin(page);
    await page.goto('/orders');
    await expect(page.getByText('No orders yet')).toBeVisible();
    await expectAccessible(page);
    const { account } = keycrm;
    await feed(
      page,
      tenant,
      '/v1/connectors/keycrm',
      {
        version: 0,
        settings: {
          address,
          source: account.settings.sources.all[0]?.id,
          calls_per_minute: 60_000,
          warehouses: [{ mak: 'main', keycrm: account.settings.warehouses.all[0]?.id }],
        },
        secrets: { api_key: keycrm.apiKey },
        poll_seconds: 5,
      },
      true,
    );
    const shirt = { sku: 'TSH-M', name: `T-shirt ${HOSTILE}`, price: 59_900, currency: 'UAH' };
    await feed(page, tenant, '/v1/articles', shirt);
    const contacts = [{ name: 'Anna Koval', email: 'anna@example.com', phone: '+380671112233' }];
    const client = await createClient(page, 'Anna', { contacts });

    await test.step('made by hand, with an article and a line of its own', async () => {
      await page.getByRole('button', { name: 'New order' }).click();
      const dialog = page.getByRole('dialog', { name: 'New order' });
      await dialog.getByLabel('Number', { exact: true }).first().fill('WEB-1');
      await dialog.getByLabel('Currency', { exact: true }).fill('uah');
      await dialog.getByRole('combobox', { name: 'Client' }).fill(client.name);
      await page.getByRole('option', { name: client.name }).click();
      await dialog.getByRole('combobox', { name: 'Add an article' }).fill('TSH');
      await page.getByRole('option', { name: /TSH-M/ }).click();
      const first = dialog.getByRole('group', { name: 'Line 1' });
      await expect(first.getByLabel('Price, UAH')).toHaveValue('599');
      await first.getByLabel('Quantity').fill('2');
      await dialog.getByRole('button', { name: 'Add a line' }).click();
      const second = dialog.getByRole('group', { name: 'Line 2' });
      await second.getByLabel('Name').fill('Gift wrap');
      await second.getByLabel('Price, UAH').fill('a lot');
      await expect(second.getByRole('alert')).toContainText('Type an amount');
      await expect(dialog.getByRole('button', { name: 'Create' })).toBeDisabled();
      await second.getByLabel('Price, UAH').fill('50,5');
      await dialog.getByLabel('Tracking code').fill('20450001');
      await dialog.getByLabel('Discount on the order, UAH').fill('5000');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Create' }).click();
      await expect(dialog.getByRole('alert')).toContainText('A discount is larger');
      await dialog.getByLabel('Discount on the order, UAH').fill('48.50');
      await dialog.getByRole('button', { name: 'Create' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'WEB-1' })).toBeVisible();
      const lines = page.getByRole('region', { name: 'What is bought' });
      await expect(lines.getByText('UAH 1,200.00')).toBeVisible();
      await expect(lines).toContainText(HOSTILE);
      await expect(page.getByRole('link', { name: client.name })).toBeVisible();
    });

    await test.step('paid', async () => {
      await page.getByRole('button', { name: 'Add a payment' }).click();
      const dialog = page.getByRole('dialog', { name: 'New payment' });
      await expect(dialog.getByLabel('Amount, UAH')).toHaveValue('1200');
      await dialog.getByLabel('Amount, UAH').fill('700');
      await dialog.getByLabel('Method').fill('card');
      await dialog.getByRole('button', { name: 'Add' }).click();
      await expect(stateOf(page)).toContainText('Paid in part');
    });

    const systems = page.getByRole('region', { name: 'In other systems' });
    await test.step('in KeyCRM with who buys, the payment and the parcel', async () => {
      await expect
        .poll(() => account.orders.rows.all)
        .toMatchObject([
          {
            manager_comment: 'WEB-1',
            shipping: { tracking_code: '20450001' },
            payments: [{ amount: 700, status: 'paid' }],
            products: [{ sku: 'TSH-M' }, { name: 'Gift wrap' }],
          },
        ]);
      expect(account.buyers.rows.all).toMatchObject([{ full_name: 'Anna Koval' }]);
      const [there] = account.orders.rows.all;
      await expect(systems).toContainText('KeyCRM');
      await expect(systems).toContainText(`There: ${there?.id}`);
      await expect(systems).toContainText('Synced');
      await expectAccessibleInBoth(page);
      await takePictures(page, info, 'order');
    });

    await test.step('moved in KeyCRM, and seen here without a reload', async () => {
      account.orders.edit(account.orders.rows.all[0]?.id, { status_id: DELIVERY });
      await expect(stateOf(page)).toContainText('Shipped');
    });

    await test.step('moved here, and its payment cancelled', async () => {
      await page.getByRole('button', { name: 'Move to' }).click();
      await page.getByRole('menuitem', { name: 'Done' }).click();
      await expect(stateOf(page)).toContainText('Done');
      await page.getByRole('button', { name: /^What to do with the payment/ }).click();
      await page.getByRole('menuitem', { name: 'Cancel the payment' }).click();
      const sure = page.getByRole('dialog', { name: 'Cancel the payment?' });
      await sure.getByRole('button', { name: 'Cancel the payment' }).click();
      await expect(stateOf(page)).toContainText('Not paid');
      await expect
        .poll(() => account.orders.rows.all)
        .toMatchObject([{ status_id: 5, payments: [{ status: 'canceled' }] }]);
    });

    await test.step('compared at once for who does not want to wait', async () => {
      // By itself KeyCRM is asked once more, and then not for a day.
      const { version, settings, health } = await connectorOf(page, tenant);
      const seldom = { version, settings, poll_seconds: 86_400 };
      await feed(page, tenant, '/v1/connectors/keycrm', seldom, true);
      await expect
        .poll(async () => (await connectorOf(page, tenant)).health.polled_at)
        .not.toBe(health.polled_at);
      account.orders.edit(account.orders.rows.all[0]?.id, { status_id: DELIVERY });
      await systems.getByRole('button', { name: 'Sync now' }).click();
      await expect(stateOf(page)).toContainText('Shipped');
      await expect(systems).toContainText('Synced');

      const colleague = await visitor(page);
      await enter(colleague, tenant.employee);
      await colleague.goto(page.url());
      const seen = colleague.getByRole('region', { name: 'In other systems' });
      await expect(seen).toContainText('KeyCRM');
      await expect(seen.getByRole('button')).toHaveCount(0);
      await colleague.context().close();
    });

    await test.step('in the list, which is live too', async () => {
      await page.goto('/orders');
      const grid = page.getByRole('grid', { name: 'Orders' });
      await expect(grid).toContainText('WEB-1');
      await expect(grid).toContainText('Synced');
      await feed(page, tenant, '/v1/orders', {
        number: 'WEB-2',
        client_id: client.id,
        currency: 'UAH',
        lines: [{ name: 'Mug', quantity: 1, price: 100 }],
      });
      await expect(grid.getByRole('link', { name: 'WEB-2' })).toBeVisible();
      await expectAccessibleInBoth(page);
      await takePictures(page, info, 'orders');
      const search = page.getByRole('search', { name: 'Orders' });
      await search.getByRole('button', { name: 'Filter' }).click();
      await page.getByLabel('Status', { exact: true }).selectOption('Shipped');
      await page.keyboard.press('Escape');
      await expect(grid.getByRole('link', { name: 'WEB-2' })).toHaveCount(0);
      await expect(grid.getByRole('link', { name: 'WEB-1' })).toBeVisible();
      await expect(page).toHaveURL(/status=shipped/);
    });

    await test.step('what is counted here is counted there, that of many in one call', async () => {
      const skus = Array.from({ length: 12 }, (_, index) => `CUP-${index}`);
      for (const sku of skus)
        await feed(page, tenant, '/v1/articles', { sku, name: sku, price: 9_900, currency: 'UAH' });
      const count = async (quantity: number): Promise<void> => {
        const stocks = skus.map((sku) => ({ sku, warehouse: 'main', quantity }));
        await feed(page, tenant, '/v1/articles/stocks', { stocks }, true);
        await expect
          .poll(() => skus.map((sku) => [...(account.catalogue.bySku(sku)?.stock.values() ?? [])]))
          .toEqual(skus.map(() => [quantity]));
        await expect.poll(async () => (await connectorOf(page, tenant)).health.pending).toBe(0);
      };
      await count(5);
      keycrm.calls.length = 0;
      await count(4);
      const told = keycrm.calls.filter(({ call }) => call === 'PUT /offers/stocks');
      expect(told).toHaveLength(1);
    });

    await test.step('and with the client who bought', async () => {
      await page.goto(`/clients/${client.id}`);
      const orders = page.getByRole('region', { name: 'Orders' });
      await expect(orders).toContainText('WEB-2');
      await expectAccessible(page);
      await orders.getByRole('link', { name: 'WEB-1' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'WEB-1' })).toBeVisible();
    });
  });
});

test('articles are added, edited, counted and archived', async ({ page }, info) => {
  const tenant = await asOwnAdmin(page);
  await page.goto('/articles');
  await expect(page.getByText('No articles yet')).toBeVisible();
  await expectAccessible(page);

  await test.step('added', async () => {
    await page.getByRole('button', { name: 'New article' }).click();
    const dialog = page.getByRole('dialog', { name: 'New article' });
    await dialog.getByLabel('Name', { exact: true }).fill(`Tea ${HOSTILE}`);
    await dialog.getByLabel('Number', { exact: true }).fill('TEA');
    await dialog.getByLabel('Price', { exact: true }).fill('12,50');
    await dialog.getByLabel('Currency').fill('eu');
    await expect(dialog.getByText('Three letters, e.g. EUR.')).toBeVisible();
    await dialog.getByLabel('Currency').fill('eur');
    await dialog.getByRole('button', { name: 'Add a property' }).click();
    await dialog.getByRole('group', { name: 'Property 1' }).getByLabel('Name').fill('Weight');
    await dialog.getByRole('group', { name: 'Property 1' }).getByLabel('Value').fill('100 g');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Tea ${HOSTILE}`);
    const facts = page.getByRole('region', { name: 'Article' });
    await expect(facts).toContainText('€12.50');
    await expect(facts).toContainText('100 g');
  });

  await test.step('edited while somebody else edits it: both win, or the person chooses', async () => {
    await page.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit article' });
    await dialog.getByLabel('Price', { exact: true }).fill('13');
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const edited = await page.request.patch(`${ADDRESS}/v1/articles/${id}`, {
      data: { version: 1, price: 1_400, unit: 'kg' },
      headers: { authorization: `Bearer ${tenant.apiKey}` },
    });
    expect(edited.ok(), await edited.text()).toBe(true);
    await dialog.getByRole('button', { name: 'Save' }).click();
    const choice = page.getByRole('dialog', { name: 'Somebody else changed this' });
    await expect(choice.getByRole('row', { name: /Price/ })).toContainText('14');
    await choice.getByRole('button', { name: 'Save mine' }).click();
    const facts = page.getByRole('region', { name: 'Article' });
    await expect(facts).toContainText('€13.00');
    await expect(facts).toContainText('kg');
  });

  await test.step('counted', async () => {
    await page.getByRole('button', { name: 'Add a warehouse' }).click();
    const dialog = page.getByRole('dialog', { name: 'Count the stock' });
    await dialog.getByLabel('Warehouse').fill('main');
    await dialog.getByLabel('In stock').fill('7,5');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('table', { name: 'Stock' })).toContainText('7.5');
    await expectAccessibleInBoth(page);
    await takePictures(page, info, 'article');
  });

  await test.step('counted anew while a stock system counts: the person sees it first', async () => {
    await page.getByRole('button', { name: 'Count anew: main' }).click();
    const dialog = page.getByRole('dialog', { name: 'Count the stock' });
    await dialog.getByLabel('In stock').fill('7');
    const stocks = [{ sku: 'TEA', warehouse: 'main', quantity: 6, reserved: 2 }];
    await feed(page, tenant, '/v1/articles/stocks', { stocks }, true);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('alert')).toContainText('6 in stock, 2 of them reserved');
    await expect(dialog.getByLabel('In stock')).toHaveValue('7');
    await expect(dialog.getByLabel('Reserved')).toHaveValue('2');
    await dialog.getByLabel('In stock').fill('7,5');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('table', { name: 'Stock' })).toContainText('7.5');
  });

  await test.step('archived, and found among those', async () => {
    await page.getByRole('button', { name: 'Archive' }).click();
    await expect(page.getByText('This article is archived')).toBeVisible();
    await page.goto('/articles');
    await expect(page.getByText('No articles yet')).toBeVisible();
    await page.getByLabel('Archived articles').check();
    const grid = page.getByRole('grid', { name: 'Articles' });
    await expect(grid).toContainText('7.5 kg');
    await expect(grid).toContainText('€13.00');
    await expectAccessibleInBoth(page);
    await takePictures(page, info, 'articles');
  });
});
