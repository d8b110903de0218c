import { randomUUID } from 'node:crypto';
import { BenchAmocrm, LEADS_PER_SECOND } from './amocrm.ts';
import type { BenchPlace } from './frame.ts';
import { articlesPerSecond, BATCH, BenchKeyCrm } from './keycrm.ts';

const ROUNDS = 5;
/** Deals of a round; each becomes a lead. */
const DEALS = 1_500;
/** How much faster the limit of the simulated KeyCRM is; with its own, a round would take a minute. */
const SPEED = 4;
const ARTICLES = 40 * BATCH;
const ORDERS = 12;

/**
 * Leads a second that are made in amoCRM ÷ what the configured calls allow, three for fifty. Everything else that the connector
 * asks counts against it: what changed there, and what amoCRM's messages of our own writes make it look at.
 */
export async function syncAmocrmRatios(place: BenchPlace): Promise<number[]> {
  const amocrm = await BenchAmocrm.open(place);
  place.log('the limits of amoCRM, k = 1');
  try {
    const ratios: number[] = [];
    // The first round only warms up, with fewer.
    for (let round = 0; round <= ROUNDS; round += 1) {
      await amocrm.set('pause');
      await amocrm.makeDeals(`b${round}-${randomUUID()}`, round === 0 ? DEALS / 5 : DEALS, 'UAH');
      const before = amocrm.leads;
      amocrm.callsSince();
      const begin = performance.now();
      await amocrm.set('resume');
      await amocrm.drained();
      const seconds = (performance.now() - begin) / 1_000;
      const leads = amocrm.leads - before;
      const ratio = leads / seconds / LEADS_PER_SECOND;
      place.log(
        `round ${round}: ${leads} leads in ${seconds.toFixed(1)} s = ${ratio.toFixed(3)}; ${amocrm.callsSince()}`,
      );
      await amocrm.assertNoLooks();
      await amocrm.assertEqual();
      if (round > 0) ratios.push(ratio);
    }
    return ratios;
  } finally {
    await amocrm.close();
  }
}

/** Stocks a second that go to KeyCRM ÷ what the configured calls allow, three for fifty; then orders, both ways. */
export async function syncKeyCrmRatios(place: BenchPlace): Promise<number[]> {
  const keycrm = await BenchKeyCrm.open(place, SPEED);
  place.log(`the limit of KeyCRM, k = ${SPEED} times as fast`);
  try {
    await keycrm.makeArticles(ARTICLES);
    const ratios: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const quantity = 1 + round;
      await keycrm.set('pause');
      await keycrm.count(quantity);
      const { taken } = keycrm.simulator.limits;
      const begin = performance.now();
      await keycrm.set('resume');
      await keycrm.drained();
      const seconds = (performance.now() - begin) / 1_000;
      const ratio = ARTICLES / seconds / articlesPerSecond(SPEED);
      place.log(
        `round ${round}: ${ARTICLES} stocks in ${seconds.toFixed(1)} s and ${keycrm.simulator.limits.taken - taken} calls = ${ratio.toFixed(3)}`,
      );
      keycrm.assertCounted(quantity);
      if (round > 0) ratios.push(ratio);
    }
    await ordersBothWays(place, keycrm);
    return ratios;
  } finally {
    await keycrm.close();
  }
}

/** Throws unless each order is there once, each move of people there arrives here, and neither side hears of its own again. */
async function ordersBothWays({ log }: BenchPlace, keycrm: BenchKeyCrm): Promise<void> {
  const began = performance.now();
  const ids: string[] = [];
  for (let order = 0; order < ORDERS; order += 1) ids.push(await keycrm.placeOrder(`W-${order}`));
  await keycrm.drained();
  const there = performance.now();
  const made = await Promise.all(ids.map((id) => keycrm.orderHere(id)));
  keycrm.writesSince();
  await keycrm.asked();
  const heard = await Promise.all(ids.map((id) => keycrm.orderHere(id)));
  const echoes = heard.filter(({ version }, index) => version !== made[index]?.version).length;
  const doubled = ids.filter((id) => keycrm.ordersThere(id) !== 1).length;
  const moved = performance.now();
  keycrm.moveOrders();
  await keycrm.asked();
  const after = await Promise.all(ids.map((id) => keycrm.orderHere(id)));
  const unmoved = after.filter(({ status }, index) => status === made[index]?.status).length;
  const writes = keycrm.writesSince();
  const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(1);
  log(
    `${ORDERS} orders were there after ${seconds(there - began)} s, their moves here after ${seconds(performance.now() - moved)} s`,
  );
  if (doubled + echoes + unmoved + writes > 0)
    throw new Error(
      `of ${ORDERS} orders ${doubled} are not there once, ${echoes} came back, ${unmoved} moves did not; ${writes} writes for them`,
    );
  keycrm.assertAllowed();
}
