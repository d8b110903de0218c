import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../test/support/app.ts';
import type { TestApp } from '../../test/support/app.ts';
import { ASCENDING, makeLot, openCrowd } from '../../test/support/auction.ts';
import { faultsOf } from '../../test/support/auction-checks.ts';
import { isInRealTime } from './auction-check.ts';
import { bidFor } from './bids.ts';

let mak: TestApp;
beforeAll(async () => {
  mak = await startApp();
});
afterAll(() => mak.close());

it('the load of the benchmark leaves a right history, and the checks see when it is not', async () => {
  const { tenant, ids: bidders } = await openCrowd(mak, 20);
  const terms = { ...ASCENDING, start: 1, step: 1 };
  const lot = await makeLot(mak, tenant, { terms });
  const { accepted, refused } = await bidFor({
    url: mak.url,
    path: `/v1/lots/${lot}/bids`,
    headers: { authorization: `Bearer ${tenant.apiKey}` },
    bidders,
    count: 1_000,
    connections: 50,
  });
  expect(accepted.length + refused).toBe(1_000);
  expect(isInRealTime(accepted)).toBe(true);
  const look = () => faultsOf(mak.database, tenant.id, lot);
  expect(await look()).toEqual([]);
  await mak.database.query('UPDATE wallet_hold SET amount = amount + 1 WHERE purpose = $1', [lot]);
  expect((await look()).length).toBeGreaterThan(0);
  await mak.database.query('UPDATE wallet_hold SET amount = amount - 1 WHERE purpose = $1', [lot]);
  await mak.database.query('UPDATE bid SET amount = 1 WHERE lot_id = $1 AND seq = 2', [lot]);
  expect((await look()).join()).toContain('history');
});

describe('the order of real time', () => {
  it.each([
    ['one after the other', [0, 1, 1], [2, 3, 2], true],
    ['at once, in any order', [0, 5, 2], [1, 4, 1], true],
    ['the later one first', [4, 5, 1], [0, 1, 2], false],
  ])('%s', (_case, [sent = 0, answered = 0, seq = 0], [next = 0, end = 0, then = 0], isRight) => {
    const bids = [
      { sent, answered, seq },
      { sent: next, answered: end, seq: then },
    ];
    expect(isInRealTime(bids)).toBe(isRight);
  });
});
