import { describe, expect, it } from 'vitest';
import { isNestedDeeper } from './hostile-input.ts';

const nested = (levels: number): unknown =>
  JSON.parse('['.repeat(levels - 1) + '{"a":1}' + ']'.repeat(levels - 1));

describe('isNestedDeeper', () => {
  it.each([
    [1, 1, false],
    [2, 1, true],
    [100, 100, false],
    [101, 100, true],
    [100_000, 100, true],
  ])('%i levels, %i allowed: %s', (levels, allowed, answer) => {
    expect(isNestedDeeper(nested(levels), allowed)).toBe(answer);
  });

  it.each([undefined, null, 5, 'text', true])('is false for %s', (value) => {
    expect(isNestedDeeper(value, 0)).toBe(false);
  });

  it('finds the deep one among many', () => {
    const list = Array.from({ length: 500 }, () => ({ a: { b: 1 } }));
    expect(isNestedDeeper(list, 3)).toBe(false);
    expect(isNestedDeeper([...list, { a: { b: { c: 1 } } }], 3)).toBe(true);
  });
});
