import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BATCH } from '../connectors/twenty/entities.ts';
import type { BenchPlace } from './frame.ts';
import { ALLOWED_PER_SECOND, BenchTwenty, SPEED } from './twenty.ts';

const ROUNDS = 5;
/** Deals of a round; each starts an SLA run, which is a record too. */
const DEALS = 24_000;
/** Records a second that the configured calls allow. */
const ALLOWED = ALLOWED_PER_SECOND * BATCH;

async function withTwenty<T>(
  place: BenchPlace,
  measure: (twenty: BenchTwenty) => Promise<T>,
): Promise<T> {
  const twenty = await BenchTwenty.open(place);
  place.log(`the limits of twenty, k = ${SPEED} times as fast`);
  try {
    return await measure(twenty);
  } finally {
    await twenty.close();
  }
}

/** Records that were brought over while `run` ran, the seconds that it took, and what twenty was asked. */
async function counted(
  twenty: BenchTwenty,
  run: () => Promise<void>,
): Promise<{ records: number; seconds: number; calls: string }> {
  const { workspace } = twenty.simulator;
  const before = workspace.written.useful;
  twenty.callsSince();
  const begin = performance.now();
  await run();
  const seconds = (performance.now() - begin) / 1_000;
  return { records: workspace.written.useful - before, seconds, calls: twenty.callsSince() };
}

/**
 * Records a second that are brought to twenty ÷ what the configured calls allow, 200 records each. Everything that the
 * connector asks besides counts against it: what changed there, who is who.
 */
export function syncRatios(place: BenchPlace): Promise<number[]> {
  return withTwenty(place, async (twenty) => {
    const ratios: number[] = [];
    // The first round only warms up, with fewer.
    for (let round = 0; round <= ROUNDS; round += 1) {
      await twenty.set('pause');
      await twenty.makeDeals(`b${round}`, round === 0 ? DEALS / 6 : DEALS);
      const { records, seconds, calls } = await counted(twenty, async () => {
        await twenty.set('resume');
        await twenty.drained();
      });
      const ratio = records / seconds / ALLOWED;
      place.log(
        `round ${round}: ${records} records in ${seconds.toFixed(1)} s = ${ratio.toFixed(3)}; ${calls}`,
      );
      await twenty.assertEqual();
      if (round > 0) ratios.push(ratio);
    }
    return ratios;
  });
}

/** Seconds that a backlog needs after an outage ÷ the least that the configured calls allow for so many records. */
export function syncDrainRatios(place: BenchPlace): Promise<number[]> {
  /** Seconds; pauses after failures are at their longest by then. */
  const outage = 40;
  return withTwenty(place, async (twenty) => {
    await twenty.makeDeals('outage', DEALS);
    await twenty.drained();
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      twenty.isAway = true;
      const until = performance.now() + outage * 1_000;
      await twenty.record('outage', DEALS, 'deal.updated', () => ({ attributes: { round } }));
      await twenty.makeDeals(`away${round}`, DEALS);
      await sleep(Math.max(0, until - performance.now()));
      const { records, seconds, calls } = await counted(twenty, async () => {
        twenty.isAway = false;
        await twenty.drained();
      });
      const least = records / ALLOWED;
      ratios.push(seconds / least);
      place.log(
        `${records} records in ${seconds.toFixed(1)} s ÷ ${least.toFixed(1)} s = ${(seconds / least).toFixed(3)}; ${calls}`,
      );
      await twenty.assertEqual();
    }
    return ratios;
  });
}

/** p95 of the time from a person's edit to twenty while 100,000 records are brought over ÷ the same with nothing else to do. */
export function syncEditRatios(place: BenchPlace): Promise<number[]> {
  const backlog = 100_000;
  const edits = 20;
  return withTwenty(place, async (twenty) => {
    await twenty.makeDeals('edited', edits);
    await twenty.drained();
    const deals = twenty.linked(edits);
    /** Milliseconds. */
    const edited = async (): Promise<number> => {
      const times: number[] = [];
      for (const { id, remoteId } of deals) {
        const name = randomUUID();
        const begin = performance.now();
        await twenty.rename(id, name);
        while (twenty.nameThere(remoteId) !== name) await sleep(5);
        times.push(performance.now() - begin);
        await sleep(1_000 / SPEED);
      }
      return times.toSorted((left, right) => left - right)[Math.ceil(edits * 0.95) - 1] as number;
    };
    await edited();
    const idle: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) idle.push(await edited());
    await twenty.set('pause');
    await twenty.makeDeals('backlog', backlog / 2);
    await twenty.set('resume');
    const ratios: number[] = [];
    for (const before of idle) {
      const during = await edited();
      if ((await twenty.waiting()) < BATCH) throw new Error('the backfill ended before the edits');
      ratios.push(during / before);
      place.log(
        `${during.toFixed(0)} ms ÷ ${before.toFixed(0)} ms = ${(during / before).toFixed(3)}`,
      );
    }
    return ratios;
  });
}

/** Changes of one side that came back to it ÷ changes that people made. */
export function syncEchoRatios(place: BenchPlace): Promise<number[]> {
  const edits = 200;
  const person = { userId: randomUUID() };
  return withTwenty(place, async (twenty) => {
    await twenty.makeDeals('echo', edits);
    await twenty.drained();
    const deals = twenty.linked(edits);
    const { workspace } = twenty.simulator;
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = { ...workspace.written };
      const heard = await twenty.eventsFromThere();
      for (const { remoteId } of deals)
        workspace.update('masterDeal', { id: { eq: remoteId } }, { name: randomUUID() }, person);
      while ((await twenty.eventsFromThere()) < heard + edits) await sleep(100);
      await twenty.drained();
      const { useful, useless } = workspace.written;
      const back = useful + useless - before.useful - before.useless;
      for (const { id } of deals) await twenty.rename(id, randomUUID());
      await twenty.drained();
      const again = (await twenty.eventsFromThere()) - heard - edits;
      ratios.push((back + again) / (2 * edits));
      place.log(`${back} and ${again} echoes of ${2 * edits} changes`);
      await twenty.assertEqual();
    }
    return ratios;
  });
}
