import {
  acceptReturn,
  askForReturn,
  bid,
  bidField,
  enterLead,
  offer,
  openAuction,
  panel,
  prospect,
  RISING,
  visit,
} from './support/auction.ts';
import { expect, expectAccessible, test } from './support/journey.ts';

test.describe.configure({ timeout: 400_000 });
// What is refused, and an answer that is lost on purpose, are reported by the browser.
test.use({ expectedErrors: [/status of 4\d\d|net::ERR_/] });

test('three franchisees bid, one wins, returns the lead, and the money is right', async ({
  page,
}) => {
  const { api, companies } = await openAuction(page, 3);
  const person = prospect();
  await enterLead(api, person);
  const [one, two, three] = await Promise.all(companies.map((company) => visit(page, company)));
  if (one === undefined || two === undefined || three === undefined) throw new Error('nobody');

  await test.step('the head office puts a lead on auction', async () => {
    await page.goto('/auction');
    await page.getByRole('button', { name: 'New lot' }).click();
    await page.getByRole('button', { name: 'Put on auction' }).click();
    await expect(page.getByText('Choose at least one lead.')).toBeVisible();
    await page.getByRole('checkbox', { name: /^Lead from/ }).check();
    await page.getByLabel('Start price, EUR').fill('100');
    await page.getByLabel('Step, EUR').fill('10');
    await page.getByLabel('Buy now, EUR').fill('600');
    await page.getByLabel('Late: in the last seconds').fill('90000');
    await page.getByLabel('New end: seconds after the bid').fill('90000');
    await page.getByRole('button', { name: 'Put on auction' }).click();
    await expect(page.getByRole('heading', { name: 'Kyiv · Dental care', level: 1 })).toBeVisible();
  });

  await test.step('franchisees see the lot, and nothing of the person', async () => {
    for (const buyer of [one, two, three]) {
      await buyer.goto('/auction');
      await buyer.getByRole('link', { name: 'Kyiv · Dental care' }).click();
      await expect(panel(buyer)).toContainText('€100.00');
      await expect(buyer.locator('body')).not.toContainText(person.name);
      await expect(buyer.locator('body')).not.toContainText(person.phone);
    }
  });

  await test.step('a bid moves price and end for everybody, and holds the money', async () => {
    const quick = one.getByRole('group', { name: 'Quick amounts' });
    await quick.getByRole('button', { name: /^€100\.00/ }).click();
    await one.getByRole('button', { name: 'Bid €100.00' }).click();
    await expect(panel(one)).toContainText('You lead');
    await expect(panel(one)).toContainText('Held for this lot€100.00');
    await expect(panel(one)).toContainText('€900.00');
    for (const other of [two, three, page]) {
      await expect(panel(other)).toContainText('Bids: 1');
      await expect(panel(other)).toContainText('Extended');
    }
  });

  await test.step('who is outbid sees it, gets the money back, and is told', async () => {
    await bidField(two).fill('120');
    await bidField(two).press('Enter');
    await expect(panel(two)).toContainText('You lead');
    await expect(panel(one)).toContainText('You are outbid');
    await expect(panel(one)).toContainText('€120.00');
    await expect(panel(one)).toContainText('€1,000.00');
    await expect(one.getByRole('table', { name: 'Bids' })).toContainText('Bidder 2');
    await one.getByRole('button', { name: /Notifications/ }).click();
    await expect(one.getByText('Somebody has outbid you').first()).toBeVisible();
    await one.keyboard.press('Escape');
    await expectAccessible(one);
  });

  await test.step('too little is refused in words', async () => {
    await bidField(three).fill('125');
    await expect(three.getByText('The least that can be bid now is €130.00.')).toBeVisible();
    await expect(three.getByRole('button', { name: 'Bid €125.00' })).toBeDisabled();
  });

  await test.step('a bid whose answer is lost is sent again and counts once', async () => {
    const keys: string[] = [];
    await three.route('**/graphql', async (route) => {
      const { operationName, variables } = (route.request().postDataJSON() ?? {}) as {
        operationName?: string;
        variables?: { key?: string };
      };
      if (operationName !== 'PlaceBid') return route.continue();
      keys.push(variables?.key ?? '');
      if (keys.length > 1) return route.continue();
      // The server takes the bid; the page never hears of it.
      await route.fetch();
      return route.abort();
    });
    await bid(three, '150');
    await expect(three.getByText('There is no connection to the server')).toBeVisible();
    await expect(bidField(three)).toHaveValue('150');
    await bid(three, '150');
    await expect(three.getByText('Your bid of €150.00 counts.')).toBeVisible();
    expect(keys).toHaveLength(2);
    expect(keys[1]).toBe(keys[0]);
    await three.unroute('**/graphql');
    await expect(panel(page)).toContainText('Bids: 3');
  });

  await test.step('one buys now and sees the contact; nobody else does', async () => {
    await two.getByRole('button', { name: 'Buy now for €600.00' }).click();
    await two.getByRole('dialog').getByRole('button', { name: 'Buy' }).click();
    await expect(panel(two)).toContainText('You have won');
    await expect(two.getByText(person.name)).toBeVisible();
    await expect(two.getByRole('link', { name: person.phone })).toBeVisible();
    for (const other of [one, three]) {
      await expect(panel(other)).toContainText('You did not win');
      await expect(other.locator('body')).not.toContainText(person.name);
    }
    await expectAccessible(two);
  });

  await test.step('the money is right to the unit', async () => {
    await two.goto('/wallet');
    await expect(two.getByText('Lead bought')).toBeVisible();
    await expect(two.getByRole('definition').first()).toHaveText('€400.00');
    await three.goto('/wallet');
    await expect(three.getByRole('definition').first()).toHaveText('€1,000.00');
  });

  await test.step('the buyer asks for a return, and the arbiter accepts it', async () => {
    await askForReturn(two, 'Kyiv · Dental care');
    await acceptReturn(page);
    await two.reload();
    await expect(two.getByText('Returned', { exact: true })).toBeVisible();
    await two.goto('/wallet');
    await expect(two.getByRole('definition').first()).toHaveText('€1,000.00');
  });

  const audit = await api.get('/v1/wallet/audit');
  expect(await audit.json()).toEqual({ ok: true, faults: [] });
  for (const buyer of [one, two, three]) await buyer.context().close();
  await api.dispose();
});

test('sealed bids stay secret, and a falling price is taken', async ({ page }) => {
  const { api, companies } = await openAuction(page, 1);
  const sealed = await offer(api, prospect(), { kind: 'sealed', reserve: 5_000 });
  const falling = await offer(api, prospect(), {
    kind: 'descending',
    start: 50_000,
    step: 1_000,
    floor: 49_000,
    interval_seconds: 1,
  });
  const [company] = companies;
  if (company === undefined) throw new Error('nobody');
  const buyer = await visit(page, company);

  await buyer.goto(`/auction/${sealed}`);
  await bid(buyer, '70');
  await expect(panel(buyer)).toContainText('You have bid');
  await expect(panel(buyer)).toContainText('Held for this lot€70.00');
  await bidField(buyer).fill('60');
  await expect(buyer.getByText('A sealed bid can only be raised.')).toBeVisible();
  await page.goto(`/auction/${sealed}`);
  await expect(page.getByText('Bids are secret until the lot is closed.')).toBeVisible();
  await expect(page.locator('body')).not.toContainText('€70.00');
  // Nothing on the page says whether there are bids; the server does.
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByRole('dialog')).toContainText('A lot with bids cannot be withdrawn.');

  await buyer.goto(`/auction/${falling}`);
  await expect(panel(buyer)).toContainText('This is the lowest price.');
  await buyer.getByRole('button', { name: 'Buy now for €490.00' }).click();
  await buyer.getByRole('dialog').getByRole('button', { name: 'Buy' }).click();
  await expect(panel(buyer)).toContainText('You have won');
  await buyer.context().close();
  await api.dispose();
});

test('lots are followed, filtered and withdrawn', async ({ page }) => {
  const { api, companies } = await openAuction(page, 1);
  const lot = await offer(api, prospect(), RISING);
  await offer(api, prospect(), { kind: 'sealed', reserve: 5_000 });
  const [company] = companies;
  if (company === undefined) throw new Error('nobody');
  const buyer = await visit(page, company);
  const cards = buyer.getByRole('list', { name: 'Lots' }).getByRole('listitem');

  await buyer.goto('/auction');
  await expect(cards).toHaveCount(2);
  // The leads are worth 3,000: in the second of the bands that are shipped.
  await buyer.getByLabel('Amount').selectOption({ index: 1 });
  await expect(buyer.getByText('No lot fits these filters.')).toBeVisible();
  await buyer.getByLabel('Amount').selectOption({ index: 2 });
  await expect(cards).toHaveCount(2);
  await buyer.getByLabel('Kind').selectOption({ label: 'Rising price' });
  await expect(cards).toHaveCount(1);
  await buyer.getByRole('button', { name: 'Follow Kyiv · Dental care' }).click();
  await expect(buyer.getByRole('button', { name: 'Follow Kyiv · Dental care' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await buyer.getByRole('tab', { name: 'Followed' }).click();
  await expect(cards).toHaveCount(1);

  await page.goto(`/auction/${lot}`);
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await expect(panel(page)).toContainText('Withdrawn');
  await expect(cards.first()).toContainText('Withdrawn');
  await buyer.getByRole('tab', { name: 'My bids' }).click();
  await expect(buyer.getByText('No lot fits these filters.')).toBeVisible();
  await buyer.context().close();
  await api.dispose();
});

test('an admin tops up a wallet once, and changes the rules', async ({ page }) => {
  const { api, companies } = await openAuction(page, 1, 0);
  const [company] = companies;
  if (company === undefined) throw new Error('nobody');
  for (let time = 1; time <= 2; time += 1) {
    await page.goto(`/wallet/${company.id}`);
    await page.getByRole('button', { name: 'Top up' }).click();
    await page.getByLabel('Amount, EUR').fill('12.34');
    await page.getByLabel('Number of the payment').fill('bank 1');
    await page.getByRole('button', { name: 'Record' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('definition').first()).toHaveText('€12.34');
  }
  await expectAccessible(page);
  await page.goto('/wallet');
  await expect(page.getByRole('row').filter({ hasText: company.name })).toContainText('€12.34');

  await page.goto('/settings/auction');
  await page.getByLabel('Cheaper each time, percent').fill('25');
  await page.getByLabel('Hours for a return').fill('many');
  await expect(page.getByText('A field is empty or has a value')).toBeVisible();
  await page.getByLabel('Hours for a return').fill('48');
  await page.getByLabel('Lasts, hours').fill('36');
  await page.getByLabel('Start price, EUR').fill('20.50');
  await page.getByLabel('A late bid moves the end').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Discard changes' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel('Cheaper each time, percent')).toHaveValue('25');
  await expect(page.getByLabel('Hours for a return')).toHaveValue('48');
  await expectAccessible(page);
  await page.goto('/auction/new');
  await expect(page.getByLabel('Lasts')).toHaveValue('36');
  await expect(page.getByLabel('Start price, EUR')).toHaveValue('20.50');
  await expect(page.getByLabel('A late bid moves the end')).not.toBeChecked();
  await api.dispose();
});
