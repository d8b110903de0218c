import { describe, expect, it } from 'vitest';
import { ChangeQueue } from './change-queue.ts';
import type { Changed } from './change-queue.ts';

/** A reader whose answers are given by hand. */
function slowReader(queue: ChangeQueue) {
  const asked: Changed[] = [];
  const answers: PromiseWithResolvers<void>[] = [];
  queue.readBy((changed) => {
    asked.push(changed);
    const answer = Promise.withResolvers<void>();
    answers.push(answer);
    return answer.promise;
  });
  return { asked, answers };
}
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('changes that are heard', () => {
  it('are read one after another; what comes meanwhile is read together', async () => {
    const queue = new ChangeQueue();
    const { asked, answers } = slowReader(queue);
    queue.setReady(true);
    const first = queue.add(['a']);
    const second = queue.add(['b']);
    const third = queue.add(['c', 'b']);
    await rest();
    expect(asked).toEqual([['a']]);
    answers[0]?.resolve();
    await first;
    await rest();
    expect(asked).toEqual([['a'], ['b', 'c']]);
    answers[1]?.resolve();
    await Promise.all([second, third]);
    await rest();
    expect(asked).toHaveLength(2);
  });

  it('wait until the page is read, and are not lost with it', async () => {
    const queue = new ChangeQueue();
    const { asked, answers } = slowReader(queue);
    void queue.add(['a']);
    void queue.add(['b']);
    await rest();
    expect(asked).toEqual([]);
    queue.setReady(true);
    await rest();
    expect(asked).toEqual([['a', 'b']]);
    queue.setReady(false);
    answers[0]?.resolve();
    void queue.add(['c']);
    await rest();
    expect(asked).toHaveLength(1);
    queue.setReady(true);
    await rest();
    expect(asked).toEqual([['a', 'b'], ['c']]);
  });

  it('are all deals as soon as it is not known which', async () => {
    const queue = new ChangeQueue();
    const { asked } = slowReader(queue);
    void queue.add(['a']);
    void queue.add(null);
    void queue.add(['b']);
    queue.setReady(true);
    await rest();
    expect(asked).toEqual([null]);
  });

  it('go on after a reading that failed, which whoever waits for it learns', async () => {
    const queue = new ChangeQueue();
    const { asked, answers } = slowReader(queue);
    queue.setReady(true);
    const failed = queue.add(['a']);
    await rest();
    answers[0]?.reject(new Error('offline'));
    await expect(failed).rejects.toThrow('offline');
    void queue.add(['b']);
    await rest();
    expect(asked).toEqual([['a'], ['b']]);
  });
});
