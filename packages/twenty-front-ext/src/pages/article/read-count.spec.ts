import { expect, it } from 'vitest';
import { readCount } from './read-count.ts';

it('reads a count as people type it', () => {
  const typed = ['12', '1 000', '0,125', '-3', '1.2345', '', 'x', '9999999999'];
  expect(typed.map(readCount)).toEqual([12, 1_000, 0.125, -3, null, null, null, null]);
});
