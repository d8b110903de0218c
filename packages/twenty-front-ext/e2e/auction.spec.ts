import {
  askForReturn,
  bid,
  bidField,
  bidFor,
  decideReturn,
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
    await decideReturn(page, 'Accept the return', 'The number is wrong');
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
  const person = prospect();
  const falling = await offer(api, person, {
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

  await test.step('a return that is refused leaves the lead and the money where they are', async () => {
    const wallets = async (): Promise<unknown> => (await api.get('/v1/wallets')).json();
    const before = await wallets();
    await askForReturn(buyer, 'Kyiv · Dental care');
    const why = 'The person has answered us';
    await decideReturn(page, 'Refuse the return', why);
    await buyer.getByRole('tab', { name: 'Decided returns' }).click();
    const decided = buyer.getByRole('listitem').filter({ hasText: 'Nobody answers' });
    await expect(decided).toContainText(why);
    await expect(decided.getByText('Refused', { exact: true })).toBeVisible();
    await expectAccessible(buyer);
    await buyer.getByRole('tab', { name: 'Bought', exact: true }).click();
    await expect(buyer.getByText('Return refused', { exact: true })).toBeVisible();
    await expect(buyer.getByRole('button', { name: /^Return / })).toHaveCount(0);
    await buyer.getByRole('link', { name: 'Open the lead' }).click();
    await expect(buyer.getByRole('heading', { level: 1, name: person.name })).toBeVisible();
    expect(await wallets()).toEqual(before);
  });
  await buyer.context().close();
  await api.dispose();
});

test('my bids say how each of them stands', async ({ page }) => {
  const { api, companies } = await openAuction(page, 2);
  const [mine, rival] = companies;
  if (mine === undefined || rival === undefined) throw new Error('nobody');
  const sold = { ...RISING, buy_now: 20_000 };
  const [leading, outbid, sealed, won, lost, other] = await Promise.all([
    offer(api, prospect()),
    offer(api, prospect()),
    offer(api, prospect(), { kind: 'sealed', reserve: 5_000 }),
    offer(api, prospect(), sold),
    offer(api, prospect(), sold),
    offer(api, prospect()),
  ]);
  for (const lot of [leading, outbid, lost]) await bidFor(api, lot, mine, 10_000);
  for (const lot of [outbid, other]) await bidFor(api, lot, rival, 12_000);
  await bidFor(api, sealed, mine, 6_000);
  await bidFor(api, won, mine, 20_000);
  await bidFor(api, lost, rival, 20_000);

  const buyer = await visit(page, mine);
  await buyer.setViewportSize({ width: 390, height: 844 });
  const cards = buyer.getByRole('list', { name: 'Lots' }).getByRole('listitem');
  const card = (lot: string) => cards.filter({ has: buyer.locator(`a[href="/auction/${lot}"]`) });
  await buyer.goto('/auction');
  await buyer.getByRole('tab', { name: 'My bids' }).click();
  await expect(cards).toHaveCount(3);
  await expect(card(leading)).toContainText('You lead');
  await expect(card(outbid)).toContainText('You are outbid');
  await expect(card(sealed)).toContainText('You have bid');
  await expectAccessible(buyer);
  await bidFor(api, leading, rival, 13_000);
  await expect(card(leading)).toContainText('You are outbid');
  await buyer.getByLabel('Shown').selectOption({ label: 'Over' });
  await expect(cards).toHaveCount(2);
  await expect(card(won)).toContainText('You have won');
  await expect(card(lost)).toContainText('You did not win');
  await buyer.context().close();
  await api.dispose();
});

test('a lead is put on auction from its page, and leads to its lot from then on', async ({
  page,
}) => {
  const { api } = await openAuction(page, 0);
  const [person, other] = [prospect(), prospect()];
  const lead = await enterLead(api, person);
  await enterLead(api, other, { city: 'lviv', niche: 'fitness' });

  await page.goto(`/leads/${lead}`);
  await page.getByRole('button', { name: 'Put on auction' }).click();
  const leads = page.getByRole('table', { name: 'Leads to offer' });
  await expect(leads.getByRole('checkbox')).toHaveCount(2);
  await expect(leads.getByRole('row', { name: /Kyiv/ }).getByRole('checkbox')).toBeChecked();
  await expect(leads.getByRole('row', { name: /Lviv/ }).getByRole('checkbox')).not.toBeChecked();
  // What was chosen stays in sight while another one is looked for.
  await page.getByRole('searchbox', { name: 'Whole name, number or e-mail' }).fill('+380000000000');
  await expect(leads.getByRole('checkbox')).toHaveCount(1);
  await expect(leads.getByRole('checkbox')).toBeChecked();
  await expect(page.getByText('No lead that could be offered fits.')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Start price, EUR').fill('100');
  await page.getByLabel('Step, EUR').fill('10');
  await page.getByRole('button', { name: 'Put on auction' }).click();
  await expect(page.getByRole('heading', { name: 'Kyiv · Dental care', level: 1 })).toBeVisible();
  const lot = new URL(page.url()).pathname;

  await page.goto(`/leads/${lead}`);
  await expect(page.getByRole('button', { name: 'Convert' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Put on auction' })).toBeHidden();
  await page.getByRole('link', { name: 'Open the lot' }).click();
  await expect(page).toHaveURL(lot);
  await page.getByRole('link', { name: 'Open the lead' }).click();
  await expect(page).toHaveURL(`/leads/${lead}`);
  await api.dispose();
});

test('lots are followed, filtered and withdrawn', async ({ page }) => {
  const { api, companies } = await openAuction(page, 1);
  const lot = await offer(api, prospect(), RISING);
  await offer(api, prospect(), { kind: 'sealed', reserve: 5_000 });
  await offer(api, prospect(), RISING, { city: 'lviv', niche: 'fitness' });
  const [company] = companies;
  if (company === undefined) throw new Error('nobody');
  const buyer = await visit(page, company);
  const cards = buyer.getByRole('list', { name: 'Lots' }).getByRole('listitem');

  await test.step('by city and niche', async () => {
    const all = page.getByRole('list', { name: 'Lots' }).getByRole('listitem');
    await page.goto('/auction');
    await expect(all).toHaveCount(3);
    await page.getByLabel('City').selectOption({ label: 'Lviv' });
    await expect(all).toHaveCount(1);
    await expect(all).toContainText('Lviv · Fitness');
    await page.getByLabel('Niche').selectOption({ label: 'Dental care' });
    await expect(page.getByText('No lot fits these filters.')).toBeVisible();
    await page.getByLabel('City').selectOption({ label: 'All cities' });
    await expect(all).toHaveCount(2);
    // The address has the filters.
    await page.reload();
    await expect(page.getByLabel('Niche')).toHaveValue('dental');
    await expect(all).toHaveCount(2);
  });

  await test.step('by source', async () => {
    const all = page.getByRole('list', { name: 'Lots' }).getByRole('listitem');
    await page.goto('/auction');
    await page.getByLabel('Source').selectOption({ label: 'Cold base' });
    await expect(page.getByText('No lot fits these filters.')).toBeVisible();
    await page.getByLabel('Source').selectOption({ label: 'External' });
    await expect(all).toHaveCount(3);
  });

  // Lots of a city where the company does not work are none for it.
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

  const payments = page.getByRole('region', { name: 'Payment providers' });
  await expect(payments.getByText('Nobody tells of payments yet.')).toBeVisible();
  await payments.getByLabel('Name of the provider').fill('liqpay');
  await payments.getByRole('button', { name: 'Add a provider' }).click();
  const secret = page.getByRole('dialog', { name: 'The provider may tell of payments' });
  await expect(secret).toContainText(/\/v1\/payments\/.+\/liqpay/);
  await expectAccessible(page);
  await secret.getByRole('button', { name: 'I have kept it' }).click();
  await payments.getByRole('button', { name: 'Remove liqpay' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(payments.getByText('Nobody tells of payments yet.')).toBeVisible();

  await page.goto('/auction/new');
  await expect(page.getByLabel('Lasts')).toHaveValue('36');
  await expect(page.getByLabel('Start price, EUR')).toHaveValue('20.50');
  await expect(page.getByLabel('A late bid moves the end')).not.toBeChecked();
  await api.dispose();
});
