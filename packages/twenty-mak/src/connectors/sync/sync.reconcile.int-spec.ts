import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { RECONCILE_HOUR, SyncReconciliation } from './sync.reconcile.ts';

let mak: TestApp;

beforeAll(async () => {
  mak = await startApp();
});
afterAll(() => mak.close());

/** A tenant where it is this hour now, with a connector that was compared so many hours ago. */
async function tenantAt(hour: number, hoursAgo: number): Promise<string> {
  const [clock] = await mak.database.query<{ hour: number }>(
    "SELECT extract(hour FROM now() AT TIME ZONE 'UTC')::int AS hour",
  );
  const ahead = ((hour - (clock?.hour ?? 0) + 36) % 24) - 12;
  // The signs of these names are those of POSIX: west is positive.
  const timeZone = ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  const { id } = await mak.createTenant({ time_zone: timeZone });
  await mak.database.query(
    `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities, resync)
     VALUES ($1, 'outer', 'running', '{}', '{deal}', jsonb_build_object('listed', true, 'startedAt',
       (extract(epoch FROM now() - $2 * interval '1 hour') * 1000)::bigint))`,
    [id, hoursAgo],
  );
  return id;
}

async function isCompared(tenantId: string): Promise<boolean> {
  const job = mak.app.get(SyncReconciliation);
  const found = (await job.find()).filter((place) => place.tenantId === tenantId);
  for (const place of found) await job.handle(place);
  const [row] = await mak.database.query<{ listed: boolean }>(
    "SELECT (resync ->> 'listed')::boolean AS listed FROM sync_connector WHERE tenant_id = $1",
    [tenantId],
  );
  return row?.listed === false;
}

it('compares everything once in the night of the tenant', async () => {
  const tenant = await tenantAt(RECONCILE_HOUR, 24);
  expect(await isCompared(tenant)).toBe(true);
  await mak.database.query(
    `UPDATE sync_connector SET resync = resync || '{"listed": true}' WHERE tenant_id = $1`,
    [tenant],
  );
  expect(await isCompared(tenant)).toBe(false);
});

it('leaves the day alone, and what was compared lately', async () => {
  expect(await isCompared(await tenantAt(RECONCILE_HOUR + 2, 24))).toBe(false);
  expect(await isCompared(await tenantAt(RECONCILE_HOUR, 10))).toBe(false);
});
