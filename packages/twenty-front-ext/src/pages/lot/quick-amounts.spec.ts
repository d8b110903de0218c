import { expect, it } from 'vitest';
import { quickAmounts } from './quick-amounts.ts';

it('goes up by steps', () => {
  expect(quickAmounts(1_000, 100, null)).toEqual([1_000, 1_100, 1_400]);
});

it('stays below the price to buy now, which has a button of its own', () => {
  expect(quickAmounts(1_000, 100, 1_100)).toEqual([1_000]);
});

it('says an amount once', () => {
  expect(quickAmounts(1_000, 0, null)).toEqual([1_000]);
});
