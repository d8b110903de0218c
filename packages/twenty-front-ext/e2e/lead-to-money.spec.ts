import type { APIRequestContext, Page, TestInfo } from '@playwright/test';
import {
  askForReturn,
  bid,
  bidField,
  decideReturn,
  openAuction,
  panel,
  prospect,
  visit,
} from './support/auction.ts';
import { cardIn, liftToNext } from './support/board.ts';
import { expect, expectAccessible, test } from './support/journey.ts';
import { enterLead, openNewLead, typeLead } from './support/leads.ts';
import { visitor } from './support/newcomers.ts';
import { takePictures } from './support/picture.ts';
import {
  acceptInvitation,
  applicant,
  approve,
  fillIn,
  sendRegistration,
} from './support/registration.ts';

test.describe.configure({ timeout: 600_000 });
// What is refused, and pages of people who are not signed in yet, are reported by the browser.
test.use({ expectedErrors: [/status of 4\d\d/] });

const LOT = 'Kyiv · Dental care';
/** What each franchisee puts into its wallet, and what the winner pays, in minor units. */
const MONEY = 100_000;
const PRICE = 18_735;
/** A bid is late, and moves the end, when less than this is left, in milliseconds. */
const LATE = 70_000;

const person = prospect();

/** Nothing of the person behind the lead is on the page. */
async function expectHidden(page: Page): Promise<void> {
  await expect(page.locator('body')).not.toContainText(person.name);
  await expect(page.locator('body')).not.toContainText(person.phone);
}

/** What can be spent, as the page of the wallet shows it, and that nothing is held. */
async function expectWallet(page: Page, money: string): Promise<void> {
  await page.goto('/wallet');
  // Available, held for bids, balance.
  await expect(page.getByRole('definition')).toHaveText([money, '€0.00', money]);
}

interface Line {
  readonly kind: string;
  readonly amount: number;
  readonly balance: number;
}

/** The books of these owners: each balance is the sum of its lines, and what was paid among them sums to zero. */
async function expectLedger(
  api: APIRequestContext,
  balances: ReadonlyMap<string, number>,
): Promise<void> {
  const audit = await api.get('/v1/wallet/audit');
  expect(await audit.json()).toEqual({ ok: true, faults: [] });
  let paid = 0;
  for (const [owner, expected] of balances) {
    const wallet = (await (await api.get(`/v1/wallet?account_id=${owner}`)).json()) as {
      balance: number;
      held: number;
    };
    expect(wallet).toMatchObject({ balance: expected, held: 0 });
    const statement = await api.get(`/v1/wallet/statement?account_id=${owner}&limit=100`);
    const { items } = (await statement.json()) as { items: readonly Line[] };
    const sum = (lines: readonly Line[]): number =>
      lines.reduce((total, { amount }) => total + amount, 0);
    expect(sum(items)).toBe(expected);
    expect(items[0]?.balance ?? 0).toBe(expected);
    paid += sum(items.filter(({ kind }) => kind !== 'top_up'));
  }
  expect(paid).toBe(0);
}

/** Milliseconds until the lot ends. */
async function timeLeft(api: APIRequestContext, lot: string): Promise<number> {
  const answer = await api.get(`/v1/lots/${lot}`);
  const { ends_at: endsAt } = (await answer.json()) as { ends_at: string };
  return Date.parse(endsAt) - Date.now();
}

test('a lead goes from a partner to a deal and back, and the money with it', async ({
  page,
}, info: TestInfo) => {
  const { tenant, api, companies } = await openAuction(page, 3, MONEY);
  const [one, two, three] = await Promise.all(companies.map((company) => visit(page, company)));
  if (one === undefined || two === undefined || three === undefined) throw new Error('nobody');
  const somebody = applicant('Olha Petrenko', { role: 'Partner', niche: 'Dental care' });
  const partner = await visitor(page);
  const look = (whose: Page, name: string): Promise<void> => takePictures(whose, info, name);

  await test.step('a partner registers, and an admin approves', async () => {
    await partner.goto(`/register/${tenant.key}`);
    await fillIn(partner, somebody);
    await look(partner, '01-registration');
    await sendRegistration(partner, somebody);
    await page.goto('/settings/registrations');
    await approve(page, somebody, () => look(page, '02-approval'));
    await acceptInvitation(partner, somebody.email);
  });

  let lead = '';
  await test.step('the partner enters a lead, and is warned that there is such a one', async () => {
    await page.goto('/leads');
    await enterLead(page, { name: 'Known before', phones: [person.phone] });
    await partner.goto('/leads');
    await openNewLead(partner);
    await typeLead(partner, {
      ...person,
      city: 'Kyiv',
      niche: 'Dental care',
      amount: '3000',
      evidence: 'Form of the site',
    });
    await partner.getByRole('button', { name: 'Create' }).click();
    const text = 'There is such a lead already. Enter it all the same?';
    await expect(partner.getByRole('alert').filter({ hasText: text })).toBeVisible();
    await expect(partner.locator('body')).not.toContainText('Known before');
    await look(partner, '03-duplicate');
    await partner.getByRole('button', { name: 'Enter anyway' }).click();
    await expect(partner.getByRole('heading', { level: 1, name: person.name })).toBeVisible();
    lead = new URL(partner.url()).pathname.split('/').at(-1) ?? '';
  });

  let lot = '';
  await test.step('the partner puts it on auction', async () => {
    await partner.goto('/auction');
    await partner.getByRole('button', { name: 'New lot' }).click();
    await partner.getByRole('checkbox', { name: /^Lead from/ }).check();
    await partner.getByLabel('Start price, EUR').fill('100');
    await partner.getByLabel('Step, EUR').fill('10');
    await partner.getByLabel('Lasts').fill('2');
    await partner.getByLabel('Unit').selectOption('minutes');
    await partner.getByLabel('Late: in the last seconds').fill(String(LATE / 1_000));
    await partner.getByLabel('New end: seconds after the bid').fill(String(LATE / 1_000));
    await partner.getByRole('button', { name: 'Put on auction' }).click();
    await expect(partner.getByRole('heading', { name: LOT, level: 1 })).toBeVisible();
    lot = new URL(partner.url()).pathname.split('/').at(-1) ?? '';
    // What is offered is no longer the seller's to change.
    const own = await partner.request.get(`/v1/leads/${lead}`);
    expect(await own.json()).toMatchObject({ kind: 'auction', changeable: false });
  });

  await test.step('three franchisees see the lot and not the person, and bid at once', async () => {
    const bidders = [
      { buyer: one, amount: '100' },
      { buyer: two, amount: '110' },
      { buyer: three, amount: '120' },
    ];
    await Promise.all(
      bidders.map(async ({ buyer, amount }) => {
        await buyer.goto(`/auction/${lot}`);
        await expect(panel(buyer)).toContainText('€100.00');
        await expectHidden(buyer);
        expect((await buyer.request.get(`/v1/leads/${lead}`)).status()).toBe(404);
        await bidField(buyer).fill(amount);
      }),
    );
    // Whoever is late is refused, or sees it before and cannot bid any more; the highest always counts.
    await Promise.all(
      bidders.map(({ buyer }) =>
        buyer
          .getByRole('button', { name: /^Bid €/ })
          .click({ timeout: 3_000 })
          .catch(() => undefined),
      ),
    );
    await expect(panel(three)).toContainText('You lead');
    for (const other of [one, two, partner]) await expect(panel(other)).toContainText('€120.00');
    await look(three, '04-bidding');
  });

  await test.step('a late bid moves the end for everybody', async () => {
    await expect
      .poll(() => timeLeft(api, lot), { timeout: 120_000, intervals: [1_000] })
      .toBeLessThan(LATE - 5_000);
    await bid(one, '150');
    await expect(panel(one)).toContainText('You lead');
    for (const other of [one, two, three, partner])
      await expect(panel(other)).toContainText('Extended');
    await bid(two, '187.35');
    await expect(panel(two)).toContainText('You lead');
    await expect(panel(two)).toContainText('Held for this lot€187.35');
    await expect(panel(one)).toContainText('You are outbid');
    expect(await timeLeft(api, lot)).toBeGreaterThan(0);
    await look(two, '05-extended');
  });

  await test.step('when the time is over the highest wins and sees the contact; nobody else does', async () => {
    await expect(panel(two)).toContainText('You have won', { timeout: LATE + 60_000 });
    await expect(two.getByText(person.name)).toBeVisible();
    await expect(two.getByRole('link', { name: person.phone })).toBeVisible();
    await look(two, '06-won');
    for (const other of [one, three]) {
      await expect(panel(other)).toContainText('You did not win');
      await other.reload();
      await expect(panel(other)).toContainText('You did not win');
      await expectHidden(other);
      expect((await other.request.get(`/v1/leads/${lead}`)).status()).toBe(404);
    }
  });

  const [first, second, third] = companies.map(({ id }) => id);
  const seller = await test.step('the money is where it belongs', async () => {
    await expectWallet(two, '€812.65');
    await expect(two.getByRole('row', { name: /Lead bought/ })).toContainText('-€187.35');
    await look(two, '07-wallet');
    await expectWallet(partner, '€187.35');
    await expect(partner.getByRole('row', { name: /Lead sold/ })).toContainText('+€187.35');
    for (const other of [one, three]) await expectWallet(other, '€1,000.00');
    const { partner_id: account } = (await (await api.get(`/v1/leads/${lead}`)).json()) as {
      partner_id: string;
    };
    await expectLedger(
      api,
      new Map([
        [first ?? '', MONEY],
        [second ?? '', MONEY - PRICE],
        [third ?? '', MONEY],
        [account, PRICE],
      ]),
    );
    return account;
  });

  let client = '';
  await test.step('the winner works the deal on the board; a fact moves it', async () => {
    await two.goto(`/leads/${lead}`);
    await two.getByRole('button', { name: 'Convert' }).click();
    const dialog = two.getByRole('dialog', { name: 'Convert into a deal' });
    await dialog.getByLabel('Name of the deal').fill('Clinic in Kyiv');
    await dialog.getByRole('button', { name: 'Convert' }).click();
    // The deal is of a client that was made of the lead, whose contact is the winner's to know.
    await two.getByRole('link', { name: 'Open the deal' }).click();
    await expect(two.getByRole('heading', { level: 1, name: 'Clinic in Kyiv' })).toBeVisible();
    await two.getByRole('link', { name: person.name }).click();
    await expect(two.getByRole('heading', { level: 1, name: person.name })).toBeVisible();
    client = new URL(two.url()).pathname;
    await expect(two.getByRole('link', { name: person.phone })).toBeVisible();
    await expect(two.getByText('Lead converted into a deal')).toBeVisible();
    await expectAccessible(two);
    await look(two, '07-client');
    await two.goto('/board');
    await expect(cardIn(two, 'Draft', 'Clinic in Kyiv')).toBeVisible();
    const fact = await liftToNext(two, 'Clinic in Kyiv', 'Draft', 'Briefed');
    await expect(fact).toContainText('sets Brief is received');
    // A fact happens when a company tells it; only the office says that it was before.
    await expect(fact.getByLabel('When')).toHaveCount(0);
    await fact.getByLabel('Comment').fill('They sent it by mail');
    await expectAccessible(two);
    await look(two, '08-fact');
    await fact.getByRole('button', { name: 'Record' }).click();
    await expect(cardIn(two, 'Briefed', 'Clinic in Kyiv')).toBeVisible();
    await look(two, '09-board');
    for (const other of [one, three]) {
      await other.goto('/board');
      await expect(other.getByRole('region', { name: 'Draft' })).toBeVisible();
      await expect(other.locator('[data-card]')).toHaveCount(0);
    }
  });

  await test.step('the winner gives the lead back, and the arbiter decides', async () => {
    await askForReturn(two, LOT);
    await look(two, '10-return');
    await decideReturn(page, 'Accept the return', 'The number is wrong');
    await two.reload();
    await expect(two.getByText('Returned', { exact: true })).toBeVisible();
    expect((await two.request.get(`/v1/leads/${lead}`)).status()).toBe(404);
    expect((await two.request.get(`/v1${client}`)).status()).toBe(404);
    const own = await partner.request.get(`/v1/leads/${lead}`);
    expect(await own.json()).toMatchObject({ kind: 'returned', changeable: true });
  });

  await test.step('all have what they had before, to the last minor unit', async () => {
    for (const buyer of [one, two, three]) await expectWallet(buyer, '€1,000.00');
    await expectWallet(partner, '€0.00');
    await look(partner, '11-wallet-of-the-partner');
    const back = companies.map(({ id }): [string, number] => [id, MONEY]);
    await expectLedger(api, new Map([...back, [seller, 0]]));
  });

  for (const other of [one, two, three, partner]) await other.context().close();
  await api.dispose();
});
