import { describe, expect, it } from 'vitest';
import { batchesOf } from './batches.ts';
import type { Batch, Line } from './batches.ts';
import { seededRandom } from './random.ts';

async function* lines(count: number, perGroup: number, chunk = 70): AsyncGenerator<Line[]> {
  const all = Array.from({ length: count }, (_, index) => ({
    json: String(index),
    group: String(Math.floor(index / perGroup)),
  }));
  for (let from = 0; from < count; from += chunk) yield all.slice(from, from + chunk);
}

async function collect(batches: AsyncIterable<Batch>): Promise<number[][]> {
  const bodies: number[][] = [];
  for await (const { body, events } of batches) {
    const ids = JSON.parse(body) as number[];
    expect(ids).toHaveLength(events);
    bodies.push(ids);
  }
  return bodies;
}

const inOrder = { random: seededRandom('x'), shuffle: false, duplicate: 0 };
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('batches of a replay', () => {
  it('hold all events in order, at most 500, and part no group', async () => {
    const batches = await collect(batchesOf(lines(2_010, 20), inOrder));
    expect(batches.flat()).toEqual(numbers(2_010));
    expect(batches.map((batch) => batch.length)).toEqual([500, 500, 500, 500, 10]);
    const odd = await collect(batchesOf(lines(1_000, 300), inOrder));
    expect(odd.map((batch) => batch.length)).toEqual([300, 300, 400]);
    const large = await collect(batchesOf(lines(1_200, 5_000), inOrder));
    expect(large.map((batch) => batch.length)).toEqual([500, 500, 200]);
  });

  it('stay small when events are large', async () => {
    async function* large(): AsyncGenerator<Line[]> {
      for (let index = 0; index < 5; index += 1)
        yield [{ json: JSON.stringify('x'.repeat(600_000)), group: 'a' }];
    }
    let count = 0;
    for await (const { events } of batchesOf(large(), inOrder)) {
      expect(events).toBe(1);
      count += 1;
    }
    expect(count).toBe(5);
  });

  it('shuffle by the seed and lose nothing', async () => {
    const order = async (seed: string): Promise<number[]> =>
      (
        await collect(
          batchesOf(lines(1_500, 20), { random: seededRandom(seed), shuffle: true, duplicate: 0 }),
        )
      ).flat();
    const one = await order('1');
    expect(one).toEqual(await order('1'));
    expect(one).not.toEqual(await order('2'));
    expect(one.toSorted((left, right) => left - right)).toEqual(numbers(1_500));
  });

  it.each([true, false])('repeat a share of the events (shuffled: %s)', async (shuffle) => {
    const repeated = (
      await collect(
        batchesOf(lines(5_000, 20), { random: seededRandom('r'), shuffle, duplicate: 0.2 }),
      )
    ).flat();
    expect(new Set(repeated).size).toBe(5_000);
    expect(repeated.length).toBeGreaterThan(5_800);
    expect(repeated.length).toBeLessThan(6_200);
    const all = (
      await collect(batchesOf(lines(300, 20), { random: seededRandom('r'), shuffle, duplicate: 1 }))
    ).flat();
    expect(all).toHaveLength(600);
  });
});
