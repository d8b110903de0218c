import { describe, expect, it } from 'vitest';
import { ONCE_BROKEN, simulate } from '../../../test/sync-simulation/simulate.ts';
import { BUGS } from '../../../test/sync-simulation/world.ts';
import type { Bug } from '../../../test/sync-simulation/world.ts';

const SEEDS = 400;
/** Every planted bug is found within so many stories. */
const ENOUGH = 4_000;

/** From a seed that no run had before, so that many runs see many stories; a failure names its seed. */
const FIRST = Math.floor(Math.random() * 1e9);

async function firstBroken(bug: Bug): Promise<number | null> {
  for (let seed = 1; seed <= ENOUGH; seed += 1)
    if ((await simulate(seed, [bug])).broken.length > 0) return seed;
  return null;
}

describe('the sync engine on virtual time', () => {
  it(
    `keeps its promises in ${SEEDS} stories of crashes, lost messages and people who edit meanwhile`,
    { timeout: 60_000 },
    async () => {
      const sum: Record<string, number> = {};
      for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
        const { broken, counts } = await simulate(seed);
        expect({ seed, broken }).toEqual({ seed, broken: [] });
        for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
      }
      // Stories in which nothing goes wrong would prove nothing.
      expect(Math.min(...Object.values(sum))).toBeGreaterThan(100);
    },
  );

  it.each(ONCE_BROKEN)('keeps its promises in the story %i', async (seed) => {
    expect((await simulate(seed)).broken).toEqual([]);
  });

  it('tells the same story for the same seed', async () => {
    expect(await simulate(7)).toEqual(await simulate(7));
  });

  it.each(Object.keys(BUGS) as Bug[])(
    'would notice a bug: %s',
    { timeout: 60_000 },
    async (bug) => {
      expect(await firstBroken(bug)).not.toBeNull();
    },
  );
});
