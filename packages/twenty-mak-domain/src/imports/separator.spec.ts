import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectSeparator, SEPARATORS } from './separator.ts';

describe('detectSeparator', () => {
  it.each([
    ['a,b\n1,2\n', ','],
    ['a;b\n1;2\n', ';'],
    ['a\tb\n1\t2\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['a;b;c\n1,5;2;3\n4,5;5;6\n', ';'],
    ['name, full;city;note\nx;y;z\nx;y;z, w, v\n', ';'],
    ['a,b;c\r\n1,2;3\r\n', ','],
    ['a,b;c;d\r\n1,2;3;4\r\n', ';'],
    ['"a;b;c",d\n"x;y;z",1\n', ','],
    ['"a\nb;c;d",e\n1,2\n', ','],
    ['"a""b;c",d\n', ','],
    ['\n\na;b\n\n1;2\n', ';'],
    ['a;b\n1;2,3,4,5', ';'],
    ['a\n1\n', ','],
    ['', ','],
    ['a;b', ';'],
    ['a,b|c,d|e\n1,2,3|4\n', ','],
    ['x;y\n1;2\n3\n4\n5,6\n', ';'],
  ])('of %j is %j', (text, separator) => {
    expect(detectSeparator(text, true)).toBe(separator);
  });

  it('does not count a row that the sample cuts, unless there is no other', () => {
    const text = 'a;b,c\n1;2,3\n4;5;6,';
    expect(detectSeparator(text, false)).toBe(',');
    expect(detectSeparator('a;b,c\n1;2,3\n4;5,6', false)).toBe(',');
    expect(detectSeparator('a,b;c\n1,2;3\n4,5,6;7', true)).toBe(';');
    expect(detectSeparator('a,b;c\n1,2;3\n4,5,6;7', false)).toBe(',');
    expect(detectSeparator('a;b;c', false)).toBe(';');
  });

  it('finds what a table was written with, whatever stands in its cells', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', ',', ';', '\t', '|', '"', '\n'),
      maxLength: 4,
    });
    const cases = fc.integer({ min: 2, max: 4 }).chain((width) =>
      fc.record({
        separator: fc.constantFrom(...SEPARATORS),
        rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
          minLength: 1,
          maxLength: 4,
        }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ separator, rows }) => {
        const text = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(separator))
          .join('\r\n');
        expect(detectSeparator(text, true)).toBe(separator);
      }),
    );
  });
});
