import { describe, expect, it } from 'vitest';
import { isSameAccount } from './same-account.ts';

describe('an account', () => {
  it.each([
    [['a', 'b', 'c'], ['a', 'b', 'c'], true],
    [['a', 'b', 'c'], ['c', 'b', 'd', 'e'], true],
    [['a', 'b', 'c', 'd'], ['a', 'b', 'x'], true],
    [['a', 'b', 'c'], ['a', 'x', 'y'], false],
    [['a', 'b', 'c'], [], false],
    [[], ['a'], true],
  ])('that was known by %j and is known by %j now: the same is %s', (before, now, same) => {
    expect(isSameAccount(before, now)).toBe(same);
  });
});
