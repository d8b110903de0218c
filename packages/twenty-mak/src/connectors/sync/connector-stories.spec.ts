import { describe, expect, it } from 'vitest';
import { AmocrmSide } from '../../../test/sync-simulation/amocrm-side.ts';
import { ADDRESS_BOOK, KeyCrmBuyersSide } from '../../../test/sync-simulation/keycrm-buyers.ts';
import { KeyCrmCardsSide } from '../../../test/sync-simulation/keycrm-cards.ts';
import { KeyCrmOffersSide } from '../../../test/sync-simulation/keycrm-offers.ts';
import { KeyCrmOrdersSide } from '../../../test/sync-simulation/keycrm-orders.ts';
import { seedsOf } from '../../../test/sync-simulation/seeds.ts';
import { RemoteModel } from '../../../test/sync-simulation/sides.ts';
import { simulate } from '../../../test/sync-simulation/simulate.ts';
import type { System } from '../../../test/sync-simulation/simulate.ts';
import { TwentySide } from '../../../test/sync-simulation/twenty-side.ts';
import type { Bug } from '../../../test/sync-simulation/world.ts';

/*
 * The stories of `engine.spec.ts` with the connectors of the product over the simulators of twenty, of amoCRM and of KeyCRM, and
 * with two or three systems that are kept equal with the same records. `MAK_STORIES=5000 MAK_FIRST_STORY=1000` plays more of them.
 */
const MODEL: System = (world) => new RemoteModel(world);
const PEOPLE: System = (world) => new RemoteModel(world, ADDRESS_BOOK);
const AMOCRM: System = (world) => new AmocrmSide(world);
const TWENTY: System = (world) => new TwentySide(world);
const CARDS: System = (world) => new KeyCrmCardsSide(world);
const ORDERS: System = (world) => new KeyCrmOrdersSide(world);
const BUYERS: System = (world) => new KeyCrmBuyersSide(world);
const OFFERS: System = (world) => new KeyCrmOffersSide(world);

/**
 * Something was lost in them once: what a person wrote between a write and its answer was taken for the answer, or what
 * they wrote after leads were read, while others of the batch were made; a sum that amoCRM had cut was written again and again.
 */
const ONCE = [167, 309, 418, 434, 467];

const SYSTEMS = [
  { name: 'amoCRM', systems: [AMOCRM], seeds: [...ONCE, ...seedsOf(60)] },
  { name: 'two systems at once', systems: [MODEL, AMOCRM], seeds: [...ONCE, ...seedsOf(60)] },
  { name: 'twenty', systems: [TWENTY], seeds: seedsOf(60) },
  { name: 'cards of KeyCRM', systems: [CARDS], seeds: seedsOf(60) },
  { name: 'three systems at once', systems: [TWENTY, AMOCRM, CARDS], seeds: seedsOf(40) },
  { name: 'orders of KeyCRM', systems: [ORDERS], seeds: seedsOf(30) },
  { name: 'buyers of KeyCRM', systems: [BUYERS], seeds: seedsOf(30) },
  { name: 'buyers, and people elsewhere', systems: [PEOPLE, BUYERS], seeds: seedsOf(50) },
  { name: 'stocks of KeyCRM', systems: [OFFERS], seeds: seedsOf(30), refuses: false },
];

describe.each(SYSTEMS)('the sync with $name', ({ systems, seeds, refuses = true }) => {
  it(`keeps its promises in ${seeds.length} stories`, { timeout: 3_600_000 }, async () => {
    const sum: Record<string, number> = {};
    for (const seed of seeds) {
      const { broken, counts } = await simulate(seed, [], undefined, systems);
      expect({ seed, broken }).toEqual({ seed, broken: [] });
      for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
    }
    const { refusals = 0, ...others } = sum;
    // Stories in which nothing goes wrong would prove nothing.
    expect(Math.min(...Object.values(others), refuses ? refusals : Infinity)).toBeGreaterThan(20);
  });
});

const BUGS: readonly { name: string; systems: readonly System[]; bug: Bug }[] = [
  ...SYSTEMS.slice(0, 2).flatMap(({ name, systems }) => [
    { name, systems, bug: 'overtakes a person' as const },
    { name, systems, bug: 'forgets what people moved' as const },
  ]),
  { name: 'twenty', systems: [TWENTY], bug: 'writes over a person' },
  { name: 'cards of KeyCRM', systems: [CARDS], bug: 'writes over a person' },
  { name: 'orders of KeyCRM', systems: [ORDERS], bug: 'writes over a person' },
  { name: 'orders of KeyCRM', systems: [ORDERS], bug: 'takes a person for the answer' },
  { name: 'stocks of KeyCRM', systems: [OFFERS], bug: 'takes a person for the answer' },
];

describe('stories of connectors', () => {
  it.each(BUGS)('would notice a bug in $name: $bug', async ({ systems, bug }) => {
    const found: string[] = [];
    for (let seed = 1; seed <= 100 && found.length === 0; seed += 1)
      found.push(...(await simulate(seed, [bug], undefined, systems)).broken);
    expect(found).not.toEqual([]);
  });
});
