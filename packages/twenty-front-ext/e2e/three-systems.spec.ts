import { randomUUID } from 'node:crypto';
import { KeyCrmSimulator } from '../../twenty-mak/src/connectors/keycrm/simulator/index.ts';
import { cardIn } from './support/board.ts';
import { connectedAmocrm } from './support/connected-amocrm.ts';
import type { ConnectedAmocrm } from './support/connected-amocrm.ts';
import { connectedTwenty } from './support/connected-twenty.ts';
import type { ConnectedTwenty } from './support/connected-twenty.ts';
import { expect, expectAccessibleInBoth, test } from './support/journey.ts';
import { asOwnAdmin } from './support/newcomers.ts';
import { takePictures } from './support/picture.ts';
import { ADDRESS } from './support/stack.ts';

const ANNA = { name: 'Anna Koval', email: 'anna@north.example', phone: '+380671112233' };

test.describe('a deal of three systems', () => {
  let amocrm: ConnectedAmocrm;
  let twenty: ConnectedTwenty;
  let keycrm: KeyCrmSimulator;
  let addressOfKeyCrm: string;
  test.setTimeout(240_000);
  test.beforeAll(async () => {
    keycrm = new KeyCrmSimulator({ limit: { calls: 100_000, window: 60_000 } });
    [amocrm, twenty, addressOfKeyCrm] = await Promise.all([
      connectedAmocrm(),
      connectedTwenty(),
      keycrm.listen(),
    ]);
  });
  test.afterAll(() => Promise.all([amocrm.close(), twenty.close(), keycrm.close()]));

  test('begins in amoCRM, is moved by facts, and is one deal everywhere', async ({
    page,
  }, info) => {
    const tenant = await asOwnAdmin(page);
    const headers = { authorization: `Bearer ${tenant.apiKey}` };
    const call = async <Body>(method: string, path: string, data?: object): Promise<Body> => {
      const answer = await page.request.fetch(`${ADDRESS}${path}`, {
        method,
        headers: { ...headers, 'idempotency-key': randomUUID() },
        ...(data === undefined ? {} : { data }),
      });
      expect(answer.ok(), await answer.text()).toBe(true);
      return (await answer.json()) as Body;
    };
    const waiting = async (): Promise<number> => {
      const { health } = await call<{ health: { pending: number } }>(
        'GET',
        '/v1/connectors/amocrm',
      );
      return health.pending;
    };
    const { id: pipeline } = await call<{ id: string }>('GET', '/v1/pipelines/adtech');
    const { draft, briefed, lost } = amocrm.statuses;
    const lead = amocrm.makeDeal('Roof', 'North Ltd', ANNA);

    await test.step('three connectors are set up', async () => {
      await call('PUT', '/v1/connectors/amocrm', {
        version: 0,
        settings: {
          address: amocrm.address,
          nobody: amocrm.robot,
          people: [{ mak: tenant.employee.email, amocrm: amocrm.person }],
        },
        secrets: { token: amocrm.token },
        stage_tables: [{ pipeline, status_of: { draft, briefed } }],
        poll_seconds: 5,
      });
      await call('PUT', '/v1/connectors/twenty', {
        version: 0,
        settings: { address: twenty.address, calls_per_minute: 100_000 },
        secrets: { api_key: twenty.apiKey, webhook_secret: randomUUID() },
        poll_seconds: 5,
      });
      await call('PUT', '/v1/connectors/keycrm', {
        version: 0,
        settings: {
          address: addressOfKeyCrm,
          source: keycrm.account.settings.sources.all[0]?.id,
          calls_per_minute: 60_000,
        },
        secrets: { api_key: keycrm.apiKey },
        poll_seconds: 5,
      });
    });

    await page.goto('/board');
    await expect(cardIn(page, 'Draft', 'Roof')).toBeVisible();
    const { items } = await call<{ items: { id: string }[] }>('GET', '/v1/deals');
    expect(items).toHaveLength(1);
    const id = items[0]?.id ?? '';
    await test.step('the deal that is on the board now appears in twenty', async () => {
      await expect.poll(() => twenty.deal(id)).toMatchObject({ makId: id, name: 'Roof' });
      await expect.poll(() => twenty.stageOf(id)).toBe('Draft');
    });

    await test.step('a fact opens a gate: the card moves, and the statuses of both follow', async () => {
      await call('POST', '/v1/events', {
        events: [
          {
            ...{ event_id: randomUUID(), type: 'crm.brief.submitted', version: 1 },
            ...{ source: 'journeys', occurred_at: new Date().toISOString(), master_deal_id: id },
            data: {},
          },
        ],
      });
      await expect(cardIn(page, 'Briefed', 'Roof')).toBeVisible();
      await expect.poll(() => amocrm.deal(lead)['status']).toBe(briefed);
      expect(amocrm.deal(lead)['master_deal_id']).toBe(id);
      await expect.poll(() => twenty.stageOf(id)).toBe('Briefed');
      await expectAccessibleInBoth(page);
      await takePictures(page, info, 'board');
    });

    await test.step('an owner that is changed in amoCRM arrives', async () => {
      await page.goto(`/deals/${id}`);
      amocrm.edit(lead, { responsible: amocrm.person });
      const owner = page.getByRole('definition').filter({ hasText: tenant.employee.name });
      await expect(owner.first()).toBeVisible();
    });

    await test.step('a name that is changed in twenty arrives in amoCRM too', async () => {
      twenty.edit(id, { name: 'Roof and walls' });
      await expect(page.getByRole('heading', { level: 1, name: 'Roof and walls' })).toBeVisible();
      await expect.poll(() => amocrm.deal(lead)['name']).toBe('Roof and walls');
      await takePictures(page, info, 'deal');
    });

    await test.step('a status that is changed by hand is put right, and the history tells it', async () => {
      amocrm.edit(lead, { status: lost });
      await expect.poll(() => amocrm.deal(lead)['status']).toBe(briefed);
      await expect.poll(waiting).toBe(0);
      await page.getByRole('link', { name: 'History of the sync with amoCRM' }).click();
      const rows = page.getByRole('table', { name: 'History' }).getByRole('row');
      const moved = 'Advertising: Closed - lost';
      const put = rows.filter({ hasText: 'Written to amoCRM' }).filter({ hasText: moved });
      await expect(put.locator('del')).toHaveText(moved);
      await expect(put.locator('ins')).toHaveText('Advertising: Briefed');
      await expect(rows.filter({ hasText: 'Written to MaK' }).first()).toContainText(moved);
      await expectAccessibleInBoth(page);
      await takePictures(page, info, 'history');
      await page.goto('/board');
      await expect(cardIn(page, 'Briefed', 'Roof and walls')).toBeVisible();
    });

    await test.step('what its client orders is in KeyCRM', async () => {
      const { client_id } = await call<{ client_id: string }>('GET', `/v1/deals/${id}`);
      await call('POST', '/v1/orders', {
        ...{ number: 'ROOF-1', client_id, currency: 'UAH' },
        lines: [{ name: 'Tiles', quantity: 100, price: 12_500 }],
      });
      await expect
        .poll(() => keycrm.account.orders.rows.all)
        .toMatchObject([{ manager_comment: 'ROOF-1' }]);
      expect(keycrm.account.buyers.rows.all).toMatchObject([
        { full_name: ANNA.name, email: [ANNA.email] },
      ]);
      await page.goto(`/clients/${client_id}`);
      const systems = page.getByRole('region', { name: 'In other systems' });
      for (const title of ['amoCRM', 'KeyCRM', 'twenty'])
        await expect(
          systems.getByRole('listitem').filter({ hasText: title }).getByText('Synced'),
        ).toBeVisible();
      await systems.getByRole('button', { name: 'Sync now' }).click();
      await expect(systems.getByText('Synced')).toHaveCount(3);
      await expectAccessibleInBoth(page);
      await takePictures(page, info, 'client');
    });
  });
});
