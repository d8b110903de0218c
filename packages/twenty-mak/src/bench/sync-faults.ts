import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchAmocrm } from './amocrm.ts';
import type { BenchConnected } from './connected.ts';
import { Faults } from './faults.ts';
import type { BenchPlace } from './frame.ts';
import { BATCH, BenchKeyCrm } from './keycrm.ts';
import { BenchTwenty } from './twenty.ts';

export const FAULTY_SYSTEMS = ['twenty', 'amocrm', 'keycrm'] as const;
export type FaultySystem = (typeof FAULTY_SYSTEMS)[number];

const ROUNDS = 5;
/** How much faster than real ones the limits of the simulated twenty and KeyCRM are. */
const SPEED = 20;
const DEALS = 60;
const ORDERS = 15;
/** Between two edits, so that they are not all one call; milliseconds. */
const PAUSE = 100;
/** With fewer the figure would say nothing. */
const FEWEST_FAULTS = 10;

/** What of so many records is as it is here, when nothing waits any more. */
interface Arrived {
  readonly records: number;
  readonly arrived: number;
}

interface Stage {
  /** Makes and edits records, and waits until nothing is left to do. */
  readonly round: (count: number) => Promise<Arrived>;
  readonly close: () => Promise<void>;
}

/**
 * Records that are in the other system as they are here ÷ all, when nothing waits any more, though one call of twenty goes wrong.
 * Throws for a dead letter, a record that was made twice, and a change that came back.
 */
export async function syncFaultsRatios(place: BenchPlace, system: FaultySystem): Promise<number[]> {
  const faults = new Faults();
  const { round, close } = await STAGES[system](place, faults);
  faults.isOn = true;
  try {
    const ratios: number[] = [];
    for (let count = 0; count < ROUNDS; count += 1) {
      const begin = performance.now();
      const { records, arrived } = await round(count);
      const seconds = (performance.now() - begin) / 1_000;
      ratios.push(arrived / records);
      place.log(
        `${arrived} of ${records} records in ${seconds.toFixed(1)} s; so far ${faults.injected} of ${faults.calls} calls went wrong`,
      );
    }
    if (faults.injected < FEWEST_FAULTS)
      throw new Error(`only ${faults.injected} calls went wrong; that shows nothing`);
    return ratios;
  } finally {
    faults.isOn = false;
    await close();
  }
}

const STAGES: Readonly<
  Record<FaultySystem, (place: BenchPlace, faults: Faults) => Promise<Stage>>
> = {
  twenty: async (place, faults) => {
    const twenty = await BenchTwenty.open(place, SPEED);
    const { disturb } = twenty.simulator;
    twenty.simulator.disturb = (body, response) => {
      const passage = disturb(body, response);
      return passage === 'arrives' ? faults.pass(response) : passage;
    };
    return { round: (count) => dealsThrough(twenty, 'EUR', count), close: () => twenty.close() };
  },
  amocrm: async (place, faults) => {
    const amocrm = await BenchAmocrm.open(place);
    const { disturb } = amocrm.simulator;
    amocrm.simulator.disturb = (request, body, response) => {
      const passage = disturb(request, body, response);
      return passage === 'arrives' ? faults.pass(response) : passage;
    };
    return { round: (count) => dealsThrough(amocrm, 'UAH', count), close: () => amocrm.close() };
  },
  keycrm: async (place, faults) => {
    const keycrm = await BenchKeyCrm.open(place, SPEED);
    await keycrm.makeArticles(BATCH);
    keycrm.simulator.disturb = (_call, response) => faults.pass(response);
    return { round: (count) => goodsThrough(keycrm, count), close: () => keycrm.close() };
  },
};

/** Deals are made by events, and then edited one after the other. */
async function dealsThrough(
  bench: BenchTwenty | BenchAmocrm,
  currency: string,
  count: number,
): Promise<Arrived> {
  const prefix = `f${count}-${randomUUID()}`;
  await bench.makeDeals(prefix, DEALS, currency);
  await bench.drained();
  const made = (await bench.dealsHere()).filter(({ name }) => name.includes(prefix));
  for (const { id } of made) {
    await bench.rename(id, randomUUID());
    await sleep(PAUSE);
  }
  await bench.drained();
  await bench.assertClean();
  await assertNoEchoes(bench);
  const [here, there] = [await bench.dealsHere(), bench.namesThere()];
  return {
    records: here.length,
    arrived: here.filter(({ id, name }) => there.get(id) === name).length,
  };
}

/** Nobody changes anything there. */
async function assertNoEchoes(bench: BenchConnected): Promise<void> {
  const echoes = await bench.eventsFromThere();
  if (echoes > 0) throw new Error(`${echoes} changes came back`);
}

/** Articles are counted anew, and orders are placed one after the other. */
async function goodsThrough(keycrm: BenchKeyCrm, count: number): Promise<Arrived> {
  const quantity = 1 + count;
  await keycrm.count(quantity);
  const orders: string[] = [];
  for (let order = 0; order < ORDERS; order += 1) {
    orders.push(await keycrm.placeOrder(`FAULT-${count}-${order}`));
    await sleep(PAUSE);
  }
  await keycrm.drained();
  keycrm.assertAllowed();
  await assertNoEchoes(keycrm);
  const times = orders.map((id) => keycrm.ordersThere(id));
  const twice = times.filter((there) => there > 1).length;
  if (twice > 0) throw new Error(`${twice} orders were made twice`);
  return {
    records: BATCH + orders.length,
    arrived: keycrm.counted(quantity) + times.filter((there) => there === 1).length,
  };
}
