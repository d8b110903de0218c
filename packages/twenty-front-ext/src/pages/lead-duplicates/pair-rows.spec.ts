import { expect, it } from 'vitest';
import { likenessOf, listed } from './pair-rows.ts';

it.each([
  [['a'], ['a'], 'same'],
  [['a', 'b'], ['b', 'a'], 'same'],
  [['a'], ['b'], 'different'],
  [['a', 'b'], ['a'], 'different'],
  [[], ['b'], 'one'],
  [['a'], [], 'one'],
] as const)('%j beside %j: %s', (left, right, likeness) => {
  expect(likenessOf({ left, right })).toBe(likeness);
});

it('is nothing where nobody said anything', () => {
  expect([listed(null), listed(''), listed('x')]).toEqual([[], [], ['x']]);
});
