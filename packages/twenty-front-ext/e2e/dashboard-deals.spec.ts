import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { sendFacts } from './support/deals.ts';
import type { Fact } from './support/deals.ts';
import { expect, expectAccessible, signInAs, test } from './support/journey.ts';
import type { Person } from './support/journey.ts';

const card = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const found = (page: Page): Locator => page.getByRole('status', { name: 'Found' });
const rows = (page: Page): Locator => page.getByRole('grid', { name: 'Deals' }).getByRole('row');

/** Deals of an industry that no other journey knows, so that the figures stand still. */
async function openDashboard(
  page: Page,
  deals: readonly (readonly [data: Record<string, unknown>, facts: readonly Fact[]])[],
  person: Person = 'sales',
): Promise<string> {
  const industry = `Industry ${randomUUID()}`;
  await signInAs(page, person);
  await page.goto('/dashboard');
  for (const [data, facts] of deals) {
    const created = {
      type: 'crm.deal.created',
      data: { name: 'Behind a figure', ...data, attributes: { industry } },
    };
    await sendFacts(page, randomUUID(), [created, ...facts]);
  }
  const address = `/dashboard?industry=${encodeURIComponent(industry)}`;
  await page.goto(address);
  await expect(card(page, 'Deals by stage')).toBeVisible();
  return address;
}

const kpi = (data: Record<string, unknown>): Fact => ({ type: 'kpi.reported', data });
const nps = (score: number): Fact => ({ type: 'nps.answered', data: { score } });

/** The first number of a text. */
function numberIn(text: string | null): number {
  return Number(/\d[\d,]*/.exec(text ?? '')?.[0].replaceAll(',', ''));
}

test.describe('every figure of the dashboard', () => {
  test('opens as many deals as it says', async ({ page }) => {
    await openDashboard(page, [
      [
        { amount: 100_000, currency: 'EUR' },
        [
          { type: 'crm.brief.submitted' },
          kpi({ impressions: 1_000, spend: 12.5, currency: 'EUR' }),
          kpi({ impressions: 200 }),
          nps(10),
          nps(9),
        ],
      ],
      [{}, [kpi({ impressions: 300 }), nps(3)]],
      [{}, [nps(7), { type: 'crm.deal.lost' }]],
    ]);
    const figures: readonly (readonly [
      figure: (page: Page) => Locator,
      chip: string,
      unit: string | null,
      deals: number,
    ])[] = [
      [(on) => on.getByRole('link', { name: /^Open deals/ }), 'Stage: ', null, 2],
      [
        (on) => card(on, 'Deals by stage').getByRole('link', { name: /^Briefed/ }),
        'Stage: Briefed',
        null,
        1,
      ],
      [(on) => card(on, 'Conversion').getByRole('link', { name: /^Draft/ }), 'Industry: ', null, 3],
      [
        (on) => card(on, 'Bottlenecks').getByRole('link', { name: /deals in Briefed/ }),
        'Stage: Briefed',
        null,
        1,
      ],
      [(on) => card(on, 'Owners').getByRole('link', { name: /deals$/ }), 'Owner: Nobody', null, 3],
      [
        (on) => card(on, 'NPS').getByRole('link', { name: /^Promoters/ }),
        'NPS answer: 9 – 10',
        'answer',
        1,
      ],
      [
        (on) => card(on, 'NPS').getByRole('link', { name: /^Passives/ }),
        'NPS answer: 7 – 8',
        'answer',
        1,
      ],
      [
        (on) => card(on, 'NPS').getByRole('link', { name: /answers$/ }),
        'NPS answer: 0 – 10',
        'answer',
        3,
      ],
      [
        (on) => card(on, 'Campaign figures').getByRole('link', { name: /^impressions: / }),
        'Campaign figure: impressions',
        'report',
        2,
      ],
      [
        (on) => card(on, 'Campaign figures').getByRole('link', { name: /^spend, EUR: / }),
        'Campaign figure: spend, EUR',
        'report',
        1,
      ],
    ];
    for (const [figure, chip, unit, deals] of figures) {
      const link = figure(page);
      await expect(link).toBeVisible();
      const shown = numberIn(
        (await link.locator('[data-value]').count()) > 0
          ? await link.locator('[data-value]').textContent()
          : await link.textContent(),
      );
      await link.click();
      await expect(page).toHaveURL(/\/deals\?/);
      await expect(page.getByText(chip).first()).toBeVisible();
      const counted = `${deals} ${deals === 1 ? 'deal' : 'deals'}`;
      if (unit === null) {
        expect(shown).toBe(deals);
        await expect(found(page)).toHaveText(counted);
      } else {
        await expect(found(page)).toHaveText(
          new RegExp(`^${counted}, ${shown} ${unit}${shown === 1 ? '' : 's'}$`),
        );
      }
      await expect(rows(page)).toHaveCount(deals + 1);
      await page.goBack();
    }
  });

  test('leads from a day of a campaign, and the chip can be taken away', async ({ page }) => {
    await openDashboard(page, [
      [{}, [kpi({ clicks: 41 })]],
      [{}, []],
    ]);
    const figures = card(page, 'Campaign figures');
    await figures.getByText('Show as a table').click();
    await figures.getByRole('table').getByRole('link', { name: '41' }).click();
    await expect(page).toHaveURL(/kpi=clicks&kpi_currency=none&kpi_from=.+&kpi_before=/);
    await expect(found(page)).toHaveText('1 deal, 1 report');
    await expectAccessible(page);
    await page.reload();
    await expect(found(page)).toHaveText('1 deal, 1 report');
    await page.getByRole('button', { name: 'Remove filter Campaign figure' }).click();
    await page.getByRole('button', { name: 'Remove filter Reported' }).click();
    await expect(found(page)).toHaveText('2 deals');
    await expect(rows(page)).toHaveCount(3);
  });

  test('can be asked of the deals that nobody owns', async ({ page }) => {
    const address = await openDashboard(page, [
      [{ owner_id: randomUUID() }, []],
      [{}, [{ type: 'crm.brief.submitted' }]],
    ]);
    await page.getByRole('button', { name: /^Filter/ }).click();
    await page.getByRole('combobox', { name: 'Owner' }).fill('nobo');
    await page.getByRole('option', { name: 'Nobody' }).click();
    await expect(page).toHaveURL(/owner=nobody/);
    await page.keyboard.press('Escape');
    await expect(page.getByText('Owner: Nobody')).toBeVisible();
    const stages = card(page, 'Deals by stage');
    await expect(stages.getByRole('link')).toHaveCount(1);
    await stages.getByRole('link', { name: /^Briefed/ }).click();
    await expect(page.getByText('Owner: Nobody')).toBeVisible();
    await expect(found(page)).toHaveText('1 deal');
    await page.goto(address.replace('/dashboard', '/board'));
    await page.getByRole('button', { name: /^Filter/ }).click();
    await page.getByRole('combobox', { name: 'Owner' }).fill('nobo');
    await page.getByRole('option', { name: 'Nobody' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByText('Owner: Nobody')).toBeVisible();
    await expect(page.locator('[data-card]')).toHaveCount(1);
  });
});

/** Currencies of which nobody else has a deal. */
const RARE = ['BBD', 'BZD', 'CVE', 'ETB', 'FJD', 'GMD', 'HTG', 'JMD', 'KGS', 'NAD', 'SBD', 'SRD'];

test("the sums are in the company's currency, and what has no rate stands apart", async ({
  page,
}) => {
  const rare = RARE[Math.floor(Math.random() * RARE.length)] ?? 'BBD';
  await openDashboard(
    page,
    [
      [{ amount: 20_000, currency: 'EUR' }, []],
      [{ amount: 40_000, currency: rare }, []],
    ],
    'admin',
  );
  const bar = card(page, 'Deals by stage').getByRole('link', { name: /^Draft/ });
  await expect(bar).toContainText(`€200 + ${rare} 400`);
  const note = page.getByText(`No rate is known for ${rare}`);
  await expect(note).toBeVisible();
  await expectAccessible(page);

  const day = '2020-01-01';
  const headers = { origin: new URL(page.url()).origin };
  const set = await page.request.put('/v1/exchange-rates', {
    headers,
    data: { rates: [{ base: rare, quote: 'EUR', day, rate: '0.5' }] },
  });
  expect(set.status(), await set.text()).toBe(200);
  try {
    await page.reload();
    await expect(bar).toContainText('€400');
    await expect(bar).not.toContainText(rare);
    await expect(page.getByRole('link', { name: /^Open deals/ })).toContainText('€400');
    await expect(card(page, 'Owners').getByRole('row', { name: /Nobody/ })).toContainText('€400');
    await expect(note).toBeHidden();
  } finally {
    await page.request.delete(`/v1/exchange-rates/${rare}/EUR/${day}`, { headers });
  }
});
