import { describe, expect, it } from 'vitest';
import { FairShare } from './fair-share.ts';

/** Whether the promise is fulfilled by now. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  void promise.then(() => (done = true));
  await new Promise((resolve) => setTimeout(resolve, 5));
  return done;
}

describe('FairShare', () => {
  it('lets a tenant wait when its share is spent, and no other', async () => {
    const shares = new FairShare(2, 1_000);
    await shares.enter('a');
    await shares.enter('a');
    const [third, fourth] = [shares.enter('a'), shares.enter('a')];
    expect(await isDone(third)).toBe(false);
    await shares.enter('b');
    shares.leave('a');
    expect(await isDone(third)).toBe(true);
    expect(await isDone(fourth)).toBe(false);
    shares.leave('a');
    expect(await isDone(fourth)).toBe(true);
  });

  it('forgets who left', async () => {
    const shares = new FairShare(1, 1_000);
    for (let round = 0; round < 3; round += 1) {
      await shares.enter('a');
      shares.leave('a');
    }
    await shares.enter('a');
    expect(await isDone(shares.enter('a'))).toBe(false);
  });

  it('gives up after its patience, and the place goes to the next', async () => {
    const shares = new FairShare(1, 20);
    await shares.enter('a');
    await expect(shares.enter('a')).rejects.toMatchObject({ code: '53300' });
    const next = shares.enter('a');
    shares.leave('a');
    expect(await isDone(next)).toBe(true);
  });
});
