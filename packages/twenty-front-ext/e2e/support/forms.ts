import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { createClient } from './clients.ts';
import { createDeal } from './deals.ts';
import { as, asNewcomer, isGone, isSaid, page, press, window, windowOf } from './form-case.ts';
import type { FormCase } from './form-case.ts';
import { expect, speakEnglish } from './journey.ts';
import { asOwnAdmin, invite } from './newcomers.ts';
import type { Newcomer } from './newcomers.ts';
import { createPipeline } from './pipelines.ts';

/** The second step of signing in, of an admin with an authenticator. */
function secondStep(name: string, arrive: (page: Page) => Promise<void>): FormCase {
  let admin: Newcomer | null = null;
  return page(name, '', {
    enter: async (one) => {
      ({ admin } = await asOwnAdmin(one));
      await one.context().clearCookies();
    },
    open: async (one) => {
      await one.goto('/sign-in');
      await one.getByLabel('E-mail').fill(admin?.email ?? '');
      await one.getByLabel('Password', { exact: true }).fill(admin?.password ?? '');
      await one.getByRole('button', { name: 'Sign in' }).click();
      await expect(one.getByLabel('Code from your authenticator')).toBeVisible();
      await arrive(one);
      return one.locator('main');
    },
    send: press('Sign in'),
    taken: () => Promise.resolve(false),
    keeps: false,
  });
}

const entrance: readonly FormCase[] = [
  page('sign-in', '/sign-in', {
    enter: speakEnglish,
    valid: { 'E-mail': 'nobody@demo.example' },
    send: press('Sign in'),
    taken: isGone,
  }),
  secondStep('code from the authenticator', async () => undefined),
  secondStep('recovery code', (one) =>
    one.getByRole('button', { name: 'Use a recovery code' }).click(),
  ),
  page('forgotten password', '/forgot-password', { enter: speakEnglish }),
  page('new password', `/reset-password?token=${encodeURIComponent('"><script>1</script>')}`, {
    enter: speakEnglish,
    send: press('Change the password'),
    taken: isSaid('This link does not work'),
    shows: false,
  }),
  page('invitation', '', {
    enter: speakEnglish,
    open: async (one) => {
      const { token } = await invite();
      await one.context().clearCookies();
      await one.goto(`/invitation?token=${token}`);
      await one.getByRole('button', { name: 'Accept the invitation' }).click();
      await expect(one.getByLabel('New password')).toBeVisible();
      return one.locator('main');
    },
    send: press('Accept the invitation'),
    taken: (one) => one.getByRole('navigation', { name: 'Main' }).isVisible(),
    shows: false,
  }),
];

const section = (one: Page, name: string): Locator => one.getByRole('region', { name });

const profile: readonly FormCase[] = [
  page('own name', '/settings/profile', {
    enter: asNewcomer,
    open: async (one) => {
      await one.goto('/settings/profile');
      await expect(one.getByLabel('Name', { exact: true })).toBeVisible();
      return one.locator('form').filter({ has: one.getByLabel('Name', { exact: true }) });
    },
    send: press('Save'),
    taken: isSaid('Saved'),
  }),
  page('own password', '/settings/profile', {
    enter: asNewcomer,
    open: async (one) => {
      await one.goto('/settings/profile');
      await expect(one.getByLabel('Present password')).toBeVisible();
      return one.locator('form').filter({ has: one.getByLabel('Present password') });
    },
    send: press('Change the password'),
    taken: isSaid('Your password is changed.'),
    shows: false,
  }),
  windowOf('second factor', '/settings/profile', 'Set up', 'Continue', {
    enter: asNewcomer,
    shows: false,
  }),
];

/** A deal of its own, and something on its page. */
function onDeal(name: string, rest: Partial<FormCase>): FormCase {
  return page(name, '', {
    enter: as('sales'),
    ...rest,
    open: async (one) => {
      if (one.url() === 'about:blank') await one.goto('/deals');
      const { id } = await createDeal(one, 'Hostile');
      await one.goto(`/deals/${id}`);
      await expect(one.getByRole('heading', { level: 1 })).toContainText('Hostile');
      return (await rest.open?.(one)) ?? one.locator('main');
    },
  });
}

const editing =
  (field: string) =>
  async (one: Page): Promise<Locator> => {
    await one.getByRole('button', { name: `Edit ${field}` }).click();
    return one.getByRole('main').locator('dl');
  };
const pressEnter = (form: Locator): Promise<void> => form.getByRole('textbox').press('Enter');

const deals: readonly FormCase[] = [
  onDeal('name of a deal', { open: editing('Name'), send: pressEnter, taken: isSaid('Saved') }),
  onDeal('amount of a deal', { open: editing('Amount'), send: pressEnter }),
  onDeal('client of a deal', { open: editing('Client') }),
  onDeal('owner of a deal', { open: editing('Owner') }),
  onDeal('people of a deal by role', {
    open: async (one) => {
      const people = section(one, 'People');
      await people
        .getByRole('button', { name: /^Edit / })
        .first()
        .click();
      return people;
    },
  }),
  onDeal('note on a deal', {
    open: (one) => Promise.resolve(section(one, 'Timeline')),
    send: press('Add note'),
    taken: async (_, form) => (await form.getByRole('textbox').inputValue()) === '',
  }),
  onDeal('fact about a deal', {
    open: async (one) => {
      await one.getByRole('button', { name: 'Record a fact' }).click();
      return window(one);
    },
    send: press('Record'),
    taken: isGone,
    shows: false,
  }),
  page('search of the board', '/board', { enter: as('sales') }),
  page('search of the table', '/deals', { enter: as('sales') }),
  ...['/board', '/deals'].map((path) =>
    page(`filters of ${path}`, path, {
      enter: as('sales'),
      open: async (one) => {
        await one.goto(path);
        await one.getByRole('button', { name: 'Filter' }).click();
        return one.getByRole('dialog', { name: 'Filters' });
      },
    }),
  ),
  windowOf('name of a view', '/deals', 'Views', 'Save', {
    enter: as('sales'),
    open: async (one) => {
      await one.goto('/deals');
      await one.getByRole('button', { name: 'Views' }).click();
      await one.getByRole('menuitem', { name: 'Save as a new view' }).click();
      return window(one);
    },
  }),
  page('name of a deal in the table', '', {
    enter: as('sales'),
    open: async (one) => {
      if (one.url() === 'about:blank') await one.goto('/deals');
      const { name } = await createDeal(one, 'Cell');
      await one.goto(`/deals?text=${encodeURIComponent(name)}`);
      await one.getByRole('grid').getByRole('link', { name }).focus();
      await one.keyboard.press('F2');
      return one.getByRole('grid');
    },
    send: pressEnter,
    taken: isSaid('Saved'),
  }),
];

const clients: readonly FormCase[] = [
  page('search of the clients', '/clients'),
  windowOf('new client', '/clients', 'New client', 'Create', {
    taken: (one) => Promise.resolve(/clients\/[0-9a-f-]{36}/.test(one.url())),
  }),
  ...(['Edit', 'Add a contact'] as const).map((opener) =>
    windowOf(`client: ${opener}`, '', '', 'Save', {
      valid: opener === 'Edit' ? {} : { 'E-mail address': `${randomUUID()}@client.example` },
      open: async (one) => {
        if (one.url() === 'about:blank') await one.goto('/clients');
        const { id } = await createClient(one, 'Hostile');
        await one.goto(`/clients/${id}`);
        await one.getByRole('button', { name: new RegExp(`^${opener}`) }).click();
        if (opener !== 'Edit')
          await window(one).getByRole('button', { name: 'Add a messenger' }).click();
        return window(one);
      },
    }),
  ),
  page('owner filter of the clients', '/clients', {
    open: async (one) => {
      await one.goto('/clients');
      await one.getByRole('button', { name: 'Filter' }).click();
      return one.getByRole('dialog').filter({ has: one.getByLabel('Key accounts only') });
    },
  }),
];

const settings: readonly FormCase[] = [
  page('search of people', '/settings/people'),
  windowOf('invitation of a person', '/settings/people', 'Invite', 'Invite', {
    valid: { 'E-mail': `${randomUUID()}@journeys.example` },
    taken: isSaid('invitation?token='),
  }),
  windowOf('API key', '/settings/api-keys', 'New key', 'Create', {
    open: async (one) => {
      await one.goto('/settings/api-keys');
      await one.getByRole('button', { name: 'New key' }).click();
      await window(one).getByLabel('Read the audit log').check();
      return window(one);
    },
    taken: (one) => window(one).locator('code').isVisible(),
  }),
  windowOf('webhook', '/settings/webhooks', 'New webhook', 'Create', {
    valid: { Address: 'https://journeys.invalid/hook' },
    taken: isSaid('Signing secret'),
    shows: false,
  }),
  page('filters of the audit log', '/settings/audit'),
  page('exchange rate', '/settings/company', {
    open: async (one) => {
      await one.goto('/settings/company');
      await one.getByLabel('From day').fill('2024-05-01');
      return one.locator('form').filter({ has: one.getByLabel('From day') });
    },
    send: press('Set the rate'),
    taken: isSaid('Saved'),
  }),
  page('company', '/settings/company', {
    open: async (one) => {
      await one.goto('/settings/company');
      await one.getByRole('button', { name: 'Add a working calendar' }).click();
      return one.locator('form').filter({ has: one.getByRole('group', { name: 'Working hours' }) });
    },
    send: press('Save'),
    // A currency and a time zone of such names do not exist.
    taken: () => Promise.resolve(false),
  }),
  page('twenty', '/settings/twenty', {
    send: press('Save'),
    taken: () => Promise.resolve(false),
  }),
  windowOf('new pipeline', '/settings/pipelines', 'New pipeline', 'Create'),
];

/** A part of a pipeline of its own, every row of it open. */
function onPipeline(tab: string, add: readonly string[], rest: Partial<FormCase> = {}): FormCase {
  return page(`pipeline: ${tab}`, '', {
    open: async (one) => {
      const { key } = await createPipeline(one, 'hostile');
      await one.goto(`/settings/pipelines/${key}?tab=${tab}`);
      await expect(one.getByRole('tab', { name: 'Stages' })).toBeVisible();
      const rows = one.locator('[data-row]');
      if ((await rows.count()) > 0) await rows.first().click();
      for (const name of add) await one.getByRole('button', { name }).first().click();
      return one.getByRole('tabpanel');
    },
    without: /^Key$/,
    send: (form) => form.page().getByRole('button', { name: 'Save draft' }).click(),
    taken: isSaid('The draft is saved.'),
    refusal: 'main [role=alert]:visible',
    ...rest,
  });
}

const pipelines: readonly FormCase[] = [
  onPipeline('stages', []),
  { ...onPipeline('stages', ['Add stage'], { without: /^(?!Key$)/ }), name: 'pipeline: keys' },
  onPipeline('gates', []),
  onPipeline('events', []),
  onPipeline('rules', []),
  onPipeline('timers', []),
];

export const FORMS: readonly FormCase[] = [
  ...entrance,
  ...profile,
  ...deals,
  ...clients,
  ...settings,
  ...pipelines,
];
