import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Batcher } from './batcher.ts';

interface Begun {
  readonly items: readonly string[];
  readonly sent: () => void;
  readonly end: (error?: Error) => void;
}

/** A batcher whose batches the test moves on itself. */
function batcher(isOutage = false): { batches: Batcher<string, string>; begun: Begun[] } {
  const begun: Begun[] = [];
  const batches = new Batcher<string, string>({
    write: (_key, items, sent) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error): void =>
          error === undefined ? resolve(items.map((item) => `${item}!`)) : reject(error);
        begun.push({ items, sent, end });
      }),
    limit: 3,
    isOutage: () => isOutage,
  });
  return { batches, begun };
}

describe('group commit', () => {
  it('puts together what came while a batch was thought about, and answers each its own', async () => {
    const { batches, begun } = batcher();
    const first = batches.submit('tenant', ['a']);
    await turn();
    const second = batches.submit('tenant', ['b']);
    const third = batches.submit('tenant', ['c', 'd']);
    await turn();
    expect(begun.map(({ items }) => items)).toEqual([['a']]);
    begun[0]?.end();
    expect(await first).toEqual(['a!']);
    await turn();
    begun[1]?.end();
    expect(await Promise.all([second, third])).toEqual([['b!'], ['c!', 'd!']]);
    expect(begun).toHaveLength(2);
  });

  it('begins the next batch while the one before commits, and not before', async () => {
    const { batches, begun } = batcher();
    const first = batches.submit('tenant', ['a']);
    await turn();
    const second = batches.submit('tenant', ['b']);
    await turn();
    expect(begun).toHaveLength(1);
    begun[0]?.sent();
    await turn();
    expect(begun.map(({ items }) => items)).toEqual([['a'], ['b']]);
    begun[1]?.end();
    begun[0]?.end();
    expect(await Promise.all([first, second])).toEqual([['a!'], ['b!']]);
  });

  it('writes requests one by one when their batch fails, so that one does not spoil the others', async () => {
    const { batches, begun } = batcher();
    const both = Promise.allSettled([batches.submit('t', ['good']), batches.submit('t', ['bad'])]);
    await turn();
    begun[0]?.end(new Error('of the batch'));
    await turn();
    begun[1]?.end();
    await turn();
    begun[2]?.end(new Error('of its own'));
    const [good, bad] = await both;
    expect(good).toEqual({ status: 'fulfilled', value: ['good!'] });
    expect(bad).toEqual({ status: 'rejected', reason: new Error('of its own') });
  });

  it('tells an outage to all at once', async () => {
    const { batches, begun } = batcher(true);
    const both = Promise.allSettled([batches.submit('t', ['a']), batches.submit('t', ['b'])]);
    await turn();
    begun[0]?.end(new Error('away'));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(begun).toHaveLength(1);
  });

  it('takes no more than the limit, except one request that is larger', async () => {
    const { batches, begun } = batcher();
    const all = [
      batches.submit('t', ['1', '2', '3', '4']),
      batches.submit('t', ['5', '6']),
      batches.submit('t', ['7', '8']),
    ];
    for (let batch = 0; batch < 3; batch += 1) {
      await turn();
      begun[batch]?.end();
    }
    await Promise.all(all);
    expect(begun.map(({ items }) => items.length)).toEqual([4, 2, 2]);
  });
});
