import { beforeEach, expect, it } from 'vitest';
import { BidKeys } from './bid-keys.ts';

let keys: BidKeys;

beforeEach(() => {
  let made = 0;
  keys = new BidKeys(() => `key ${(made += 1)}`);
});

it('repeats the key while nobody knows what became of the bid', () => {
  const key = keys.of(100);
  keys.answered({ code: 'offline' });
  expect(keys.unsure).toBe(100);
  expect(keys.of(100)).toBe(key);
  keys.answered({ code: 'too_slow' });
  expect(keys.of(100)).toBe(key);
});

it.each([null, { code: 'bid_too_low' }])('takes a new key after an answer: %o', (answer) => {
  const key = keys.of(100);
  keys.answered(answer);
  expect(keys.unsure).toBeNull();
  expect(keys.of(100)).not.toBe(key);
});

it('takes a new key for another amount', () => {
  const key = keys.of(100);
  keys.answered({ code: 'offline' });
  expect(keys.of(200)).not.toBe(key);
});
