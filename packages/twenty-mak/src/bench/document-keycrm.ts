import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectedPlace } from './connected.ts';
import { AT_ONCE } from './document.ts';
import type { DocumentFigure } from './document.ts';
import { BenchKeyCrm } from './keycrm.ts';
import { answerTimes } from './latency.ts';

/** Statuses of orders here and in a new account there. */
const SENT = { mak: 'shipped', keycrm: 4 } as const;
const ENDED = { mak: 'done', keycrm: 5 } as const;
const COUNTED = 7;
/** Crowds of the same kind, of which the middle one counts. */
const CROWDS = 3;

/**
 * What the source document asks for, of KeyCRM with its own limit of sixty calls a minute: milliseconds of the slowest. Throws
 * when an order is there twice, or KeyCRM was asked too often.
 */
export async function documentTimes(
  place: ConnectedPlace,
): Promise<Readonly<Record<DocumentFigure, number>>> {
  const keycrm = await BenchKeyCrm.open(place, 1);
  try {
    await keycrm.makeArticles(1);
    const begun = performance.now();
    const id = await keycrm.placeOrder('DOCUMENT');
    const order = await since(begun, () => keycrm.ordersThere(id) > 0);
    await keycrm.drained();
    const sync = await slowestSync(place, keycrm, id);
    const api = await slowestAnswer(place, keycrm, id);
    const webhook = await slowestMessage(place, keycrm);
    if (keycrm.ordersThere(id) !== 1) throw new Error('KeyCRM has the order twice.');
    keycrm.assertAllowed();
    return { sync, webhook, api, order };
  } finally {
    await keycrm.close();
  }
}

/** A status that is changed here, another one there, and a stock that is counted here. */
async function slowestSync(
  place: ConnectedPlace,
  keycrm: BenchKeyCrm,
  id: string,
): Promise<number> {
  const { orders, webhooks } = keycrm.simulator.account;
  const url = `${place.url}${keycrm.webhookPath}`;
  webhooks.triggers.push({
    ...{ event: 'order.change_order_status', url, method: 'POST' },
    ...{ statuses: [], sources: [] },
  });
  const there = () => orders.rows.all[0];
  const here = () => keycrm.call<{ status: string; version: number }>('GET', `/v1/orders/${id}`);
  const { version } = await here();
  const times: number[] = [];

  let begun = performance.now();
  await keycrm.call('POST', `/v1/orders/${id}/status`, { version, status: SENT.mak });
  times.push(await since(begun, () => there()?.status_id === SENT.keycrm));
  await keycrm.drained();

  begun = performance.now();
  orders.edit(there()?.id, { status_id: ENDED.keycrm });
  times.push(await since(begun, async () => (await here()).status === ENDED.mak));
  await keycrm.drained();

  begun = performance.now();
  await keycrm.count(COUNTED);
  times.push(await since(begun, () => keycrm.counted(COUNTED) === 1));
  await keycrm.drained();
  return Math.max(...times);
}

/** Of a hundred questions at once: a third each lists orders, asks how it goes, and wants an order to be synced. */
function slowestAnswer(
  { url }: ConnectedPlace,
  { tenant }: BenchKeyCrm,
  id: string,
): Promise<number> {
  const headers = { authorization: `Bearer ${tenant.apiKey}` };
  const asked = [
    { method: 'GET', path: '/v1/orders?limit=50', count: 34 },
    { method: 'GET', path: '/api/keycrm/sync/status', count: 33 },
    { method: 'POST', path: `/api/keycrm/sync/orders/${id}`, count: 33 },
  ] as const;
  return ofCrowds(async () => {
    const times = await Promise.all(
      asked.map(({ count, ...one }) => {
        const bodies = Array.from({ length: count }, () => '');
        return answerTimes({ ...one, url, headers, bodies, connections: count });
      }),
    );
    return times.flat();
  });
}

/** Of a hundred messages at once, all about one order, so that what they lead to takes few calls. */
function slowestMessage({ url }: ConnectedPlace, keycrm: BenchKeyCrm): Promise<number> {
  const [row] = keycrm.simulator.account.orders.rows.all;
  const event = 'order.change_order_status';
  return ofCrowds((crowd) =>
    answerTimes({
      ...{ url, path: keycrm.webhookPath, method: 'POST', connections: AT_ONCE },
      headers: { 'content-type': 'application/json' },
      bodies: Array.from({ length: AT_ONCE }, (_, index) => {
        const context = { id: row?.id, status_id: row?.status_id, nth: crowd * AT_ONCE + index };
        return JSON.stringify({ event, context });
      }),
    }),
  );
}

/** The slowest of the crowd in the middle: the first one meets a server that has just begun. */
async function ofCrowds(timesOf: (crowd: number) => Promise<readonly number[]>): Promise<number> {
  const slowest: number[] = [];
  for (let crowd = 0; crowd < CROWDS; crowd += 1) slowest.push(Math.max(...(await timesOf(crowd))));
  return slowest.toSorted((left, right) => left - right)[Math.floor(CROWDS / 2)] ?? 0;
}

/** Milliseconds from a moment until something is so. */
async function since(begun: number, isSo: () => boolean | Promise<boolean>): Promise<number> {
  while (!(await isSo())) await sleep(20);
  return performance.now() - begun;
}
