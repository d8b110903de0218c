import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/simulator/random.ts';
import type { Installation } from './installation.ts';

type Strike = (installation: Installation, random: Random) => Promise<void>;

interface Fault {
  readonly weight: number;
  readonly strike: Strike;
}

async function flushRedis({ redisUrl }: Installation): Promise<void> {
  const client = new Redis(redisUrl, { maxRetriesPerRequest: 1, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.flushall();
  } catch {
    // It is away, and so is everything in it.
  } finally {
    client.disconnect();
  }
}

/** What goes wrong, and how often compared to the others. */
const SINGLE = {
  'kill api': { weight: 22, strike: ({ apis }, random) => random.pick(apis).kill() },
  'kill worker': { weight: 22, strike: ({ workers }, random) => random.pick(workers).kill() },
  'kill redis': { weight: 14, strike: (all, random) => all.crashRedis(random.int(0, 500)) },
  flushall: { weight: 12, strike: flushRedis },
  'stop postgres': {
    weight: 14,
    strike: (all, random) => all.crashPostgres('immediate', random.int(0, 400)),
  },
  'kill postgres': {
    weight: 5,
    strike: (all, random) => all.crashPostgres('kill', random.int(0, 200)),
  },
  'kill a session': { weight: 5, strike: (all) => all.crashSession() },
  'stop a process': { weight: 6, strike: ({ replicas }, random) => random.pick(replicas).stop() },
  'freeze a process': {
    weight: 6,
    strike: ({ replicas }, random) => random.pick(replicas).freeze(random.int(200, 1_500)),
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof SINGLE;
export const FAULT_NAMES = Object.keys(SINGLE) as FaultName[];

const WEIGHTED = FAULT_NAMES.map((name) => [name, SINGLE[name].weight] as const);
/** Of the rounds with two faults at once. */
const DOUBLE = 0.15;

/** The faults of one round: one, or two at once. */
export function chooseFaults(random: Random): readonly FaultName[] {
  const first = random.weighted(WEIGHTED);
  if (!random.chance(DOUBLE)) return [first];
  const others = WEIGHTED.filter(([name]) => !sameServer(first, name));
  return [first, random.weighted(others)];
}

/** Strikes and resolves when what restarts at once is back; processes come back by themselves, later. */
export async function strike(
  names: readonly FaultName[],
  installation: Installation,
  random: Random,
): Promise<void> {
  await Promise.all(
    names.map(async (name, index) => {
      if (index > 0) await sleep(random.int(0, 200));
      await (SINGLE[name].strike as Strike)(installation, random);
    }),
  );
}

/** Whether both would stop and start the same server; two processes of a kind may well die at once. */
function sameServer(one: FaultName, other: FaultName): boolean {
  const server = (name: FaultName): string =>
    /redis|flushall/.test(name) ? 'redis' : /postgres|session/.test(name) ? 'postgres' : name;
  return server(one) === server(other) && !/api|worker|process/.test(one);
}
