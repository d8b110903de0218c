import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { adminOf, PASSWORD } from '../../../test/support/people.ts';
import { Database } from '../../platform/database/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import type { NotificationPage } from './notifications.dto.ts';

let api: TestApp;
let tenant: TestTenant;
let key: string;
let account: string;

beforeAll(async () => {
  api = await startApp();
  const email = 'admin@notifications.example';
  tenant = await api.createTenant({ admin: { email, name: 'Admin', password: PASSWORD } });
  ({ token: key } = await adminOf(api, email));
  const [row] = await api.database.query<{ id: string }>(
    'SELECT id FROM account WHERE tenant_id = $1 AND email = $2',
    [tenant.id, email],
  );
  account = row?.id ?? '';
});
afterAll(() => api.close());

const tell = (count: number) =>
  api.app.get(Database).within({ tenantId: tenant.id }, (tx) =>
    notify(
      tx,
      tenant.id,
      Array.from({ length: count }, (_, index) => ({
        accountId: account,
        kind: 'task.assigned',
        dealId: null,
        data: { title: `Task ${index}` },
      })),
    ),
  );
const list = async (query = ''): Promise<NotificationPage> =>
  (await api.call<NotificationPage>(`/v1/notifications${query}`, { key })).body;
const read = (body: object) => api.call('/v1/notifications/read', { key, body });

it('are counted as long as they are unread, and come in pages', async () => {
  expect(await list()).toEqual({ items: [], next: null, unread: 0 });
  await tell(3);
  const first = await list('?limit=2');
  expect(first).toMatchObject({ items: [{ data: { title: 'Task 2' } }, {}], unread: 3 });
  const rest = await list(`?limit=2&cursor=${first.next ?? ''}`);
  expect(rest).toMatchObject({ items: [{ data: { title: 'Task 0' } }], next: null, unread: 3 });
  const [newest] = first.items;
  expect((await read({ ids: [newest?.id] })).body).toEqual({ read: 1 });
  expect((await list()).unread).toBe(2);
  expect((await list('?unread=true')).items).toHaveLength(2);
  const query = '{ notifications(limit: 1) { unread items { kind readAt } } }';
  expect((await api.call('/graphql', { key, body: { query } })).body).toEqual({
    data: {
      notifications: {
        unread: 2,
        items: [{ kind: 'task.assigned', readAt: expect.any(String) }],
      },
    },
  });
  expect((await read({})).body).toEqual({ read: 2 });
  expect((await list()).unread).toBe(0);
});

it('are counted up to a hundred', async () => {
  await tell(101);
  expect((await list('?limit=1')).unread).toBe(100);
});
