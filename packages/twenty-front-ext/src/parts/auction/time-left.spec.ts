import { expect, it } from 'vitest';
import { timeLeft } from './time-left.ts';

it.each([
  [0, '0:00'],
  [-5_000, '0:00'],
  [1, '0:01'],
  [59_000, '0:59'],
  [245_000, '4:05'],
  [3_845_000, '1:04:05'],
  [86_399_500, '24:00:00'],
])('shows %d ms as %s', (milliseconds, text) => {
  expect(timeLeft(milliseconds)).toBe(text);
});
