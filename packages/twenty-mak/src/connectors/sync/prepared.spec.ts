import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Prepared } from './prepared.ts';

const LASTS = 1_000;

describe('what was read of an account', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  let reads = 0;
  const read = async (): Promise<number> => {
    reads += 1;
    return reads;
  };

  it('holds for each tenant, for its time, and for what it follows from', async () => {
    reads = 0;
    const prepared = new Prepared<number>(LASTS);
    expect(await prepared.get('a', ['settings'], read)).toBe(1);
    expect(await prepared.get('b', ['settings'], read)).toBe(2);
    vi.advanceTimersByTime(LASTS - 1);
    expect(await prepared.get('a', ['settings'], read)).toBe(1);
    expect(await prepared.get('a', ['other settings'], read)).toBe(3);
    vi.advanceTimersByTime(LASTS);
    expect(await prepared.get('a', ['other settings'], read)).toBe(4);
  });

  it('is told to who reads it anew, unless it was forgotten or could not be read', async () => {
    const prepared = new Prepared<string>(LASTS);
    const failing = prepared.get('a', [], () => Promise.reject(new Error('not now')));
    await expect(failing).rejects.toThrow('not now');
    const next = async (former: string | null): Promise<string> => `${former ?? 'nothing'}, then`;
    expect(await prepared.get('a', [1], next)).toBe('nothing, then');
    expect(await prepared.get('a', [2], next)).toBe('nothing, then, then');
    prepared.forget('a');
    expect(await prepared.get('a', [2], next)).toBe('nothing, then');
  });
});
