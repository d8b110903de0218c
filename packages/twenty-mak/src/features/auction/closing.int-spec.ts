import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { faultsOf } from '../../../test/support/auction-checks.ts';
import { ASCENDING, makeLot, openCrowd } from '../../../test/support/auction.ts';
import type { PlacedBid } from './bids.dto.ts';

let mak: TestApp;
let workers: TestApp[];
let tenant: TestTenant;
let bidders: string[];

beforeAll(async () => {
  const env = { MAK_POLL_INTERVAL_MS: '200' };
  mak = await startApp({ env });
  const { database } = mak;
  workers = [
    await startApp({ role: 'worker', database, env }),
    await startApp({ role: 'worker', database, env }),
  ];
  ({ tenant, ids: bidders } = await openCrowd(mak, 10));
});
afterAll(async () => {
  for (const worker of workers) await worker.close();
  await mak.close();
});

interface Closed {
  readonly outcome: string | null;
  readonly late: number;
}
const read = async (lot: string): Promise<Closed> => {
  const [row] = await mak.database.query<Closed>(
    'SELECT outcome, (extract(epoch FROM closed_at - ends_at) * 1000)::float8 AS late FROM lot WHERE id = $1',
    [lot],
  );
  if (row === undefined) throw new Error('no lot');
  return row;
};
const bid = (lot: string, bidder_id: string | undefined, amount: number) =>
  mak.call<PlacedBid & { code?: string }>(`/v1/lots/${lot}/bids`, {
    key: tenant.apiKey,
    body: { key: randomUUID(), amount, bidder_id },
  });

it('lots are closed by themselves, by one of the workers, soon after their end', async () => {
  const lots = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      makeLot(mak, tenant, { endsIn: 5_000 + index * 50, leads: 2 }),
    ),
  );
  for (const [index, lot] of lots.entries()) await bid(lot, bidders[index], 100);
  await expect
    .poll(async () => (await Promise.all(lots.map(read))).map(({ outcome }) => outcome), {
      timeout: 25_000,
    })
    .toEqual(lots.map(() => 'sold'));
  for (const lot of lots) {
    const { late } = await read(lot);
    expect(late).toBeGreaterThanOrEqual(0);
    // A busy machine may be late; a poll of somebody who looks now and then would be later.
    expect(late).toBeLessThan(5_000);
    expect(await faultsOf(mak.database, tenant.id, lot)).toEqual([]);
  }
});

it('bids go on over the end, which moves as often as it may, and none counts after it', async () => {
  const antiSniping = { window: 3_000, extension: 2_000, times: 3 };
  const terms = { ...ASCENDING, start: 1, step: 1, antiSniping };
  const lot = await makeLot(mak, tenant, { terms, endsIn: 3_000 });
  let amount = 0;
  let over = false;
  const codes = new Set<string>();
  const send = async (bidder: string): Promise<void> => {
    while (!over) {
      const { status, body } = await bid(lot, bidder, (amount += 5));
      codes.add(status === 200 ? 'taken' : (body.code ?? ''));
      over ||= body.code === 'lot_ended' || body.code === 'lot_closed';
    }
    for (let more = 0; more < 3; more += 1) {
      const { body } = await bid(lot, bidder, (amount += 5));
      expect(['lot_ended', 'lot_closed']).toContain(body.code);
      await sleep(20);
    }
  };
  await Promise.all(bidders.map(send));
  expect(codes).toContain('taken');
  await expect.poll(async () => (await read(lot)).outcome).toBe('sold');
  const [row] = await mak.database.query<{ extensions: number; late: number }>(
    `SELECT lot.extensions, (SELECT count(*)::int FROM bid WHERE lot_id = lot.id AND at >= lot.ends_at) AS late
     FROM lot WHERE id = $1`,
    [lot],
  );
  expect(row?.late).toBe(0);
  expect(row?.extensions).toBeGreaterThan(0);
  expect(row?.extensions).toBeLessThanOrEqual(3);
  expect(await faultsOf(mak.database, tenant.id, lot)).toEqual([]);
});
