import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accept, compareBytewise, refuse } from './index.ts';

describe('compareBytewise', () => {
  it.each([
    ['a', 'a', 0],
    ['a', 'b', -1],
    ['b', 'a', 1],
    ['B', 'a', -1],
    ['10', '9', -1],
    ['a', 'a ', -1],
    ['', '', 0],
    ['~', ' ', 1],
  ])('%j to %j is %i', (left, right, order) => expect(compareBytewise(left, right)).toBe(order));

  it('orders printable ASCII as bytes', () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 8 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        const [one, other] = [bytes(left), bytes(right)];
        const first = one.findIndex((byte, index) => byte !== other[index]);
        const byBytes =
          first < 0 ? one.length - other.length : (one[first] ?? 0) - (other[first] ?? -1);
        expect(compareBytewise(left, right)).toBe(Math.sign(byBytes));
      }),
    );
  });
});

describe('decisions', () => {
  it('accept carries the value', () => expect(accept(7)).toEqual({ ok: true, value: 7 }));

  it('refuse carries code and reason, and the field only if there is one', () => {
    expect(refuse('too_old', 'Too old.')).toStrictEqual({
      ok: false,
      refusal: { code: 'too_old', reason: 'Too old.' },
    });
    expect(refuse('too_old', 'Too old.', 'occurred_at')).toStrictEqual({
      ok: false,
      refusal: { code: 'too_old', reason: 'Too old.', field: 'occurred_at' },
    });
  });
});

function bytes(ascii: string): number[] {
  return Array.from(ascii, (character) => character.charCodeAt(0));
}
