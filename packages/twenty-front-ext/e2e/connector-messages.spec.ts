import { randomUUID } from 'node:crypto';
import { KeyCrmSimulator } from '../../twenty-mak/src/connectors/keycrm/simulator/index.ts';
import { expectFitting } from './support/fitting.ts';
import { expect, expectAccessibleInBoth, test } from './support/journey.ts';
import { asOwnAdmin } from './support/newcomers.ts';
import { takePictures } from './support/picture.ts';
import { ADDRESS } from './support/stack.ts';

const PATH = '/settings/connectors/keycrm/messages';
const DESK = { width: 1280, height: 800 };

let keycrm: KeyCrmSimulator;
test.beforeEach(async () => {
  keycrm = new KeyCrmSimulator({ limit: { calls: 100_000, window: 60_000 } });
});
test.afterEach(() => keycrm.close());

test('messages of KeyCRM are read by an admin, on every screen and in every language', async ({
  page,
}, info) => {
  const { key } = await asOwnAdmin(page);
  const secret = randomUUID();
  const set = await page.request.put('/v1/connectors/keycrm', {
    headers: { origin: ADDRESS },
    data: {
      version: 0,
      settings: {
        address: await keycrm.listen(),
        source: keycrm.account.settings.sources.all[0]?.id,
        calls_per_minute: 60_000,
      },
      secrets: { api_key: keycrm.apiKey, webhook_secret: secret },
      poll_seconds: 3_600,
    },
  });
  expect(set.ok(), await set.text()).toBe(true);
  const tell = async (body: unknown): Promise<void> => {
    const door = `/api/keycrm/webhook/order-updated/${key}/${secret}`;
    const told = await page.request.post(door, { data: body });
    expect(told.ok(), await told.text()).toBe(true);
  };
  const table = page.getByRole('table', { name: 'Messages' });
  const rows = table.getByRole('row');
  const rowOf = (text: string) => rows.filter({ hasText: text });
  const filter = page.getByLabel('What became of it');
  const empty = page.getByText('No messages', { exact: true });

  await page.goto(PATH);
  await expect(empty).toBeVisible();

  // They come while somebody looks.
  await tell({ event: 'order.change_order_status', context: { id: 4_711 } });
  await expect(rowOf('Order 4711')).toContainText('order.change_order_status');
  const stocks = Array.from({ length: 12 }, (_, index) => ({ offer_id: index + 1, in_stock: 5 }));
  await tell(stocks);
  await tell({ event: `task.${'a'.repeat(90)}`, context: { id: 1 } });
  await page.reload();
  await expect(rows).toHaveCount(4);
  await expect(rowOf('Order 4711').getByText('Read', { exact: true })).toBeVisible();
  await expect(rowOf('Article 10').getByText('and 2 more')).toBeVisible();
  await expectAccessibleInBoth(page);

  await filter.selectOption('Not all of it was read');
  await expect(page).toHaveURL(/state=not_read/);
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toContainText('It tells of an event that is not known.');
  await filter.selectOption('Waits to be read');
  await expect(empty).toBeVisible();

  for (const language of ['ru', 'uk', 'en']) {
    await page.addInitScript((chosen) => localStorage.setItem('mak.language', chosen), language);
    await page.goto(PATH);
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(4);
    await expectFitting(page, language);
    await page.setViewportSize(DESK);
    await takePictures(page, info, `messages-${language}`);
  }
});
