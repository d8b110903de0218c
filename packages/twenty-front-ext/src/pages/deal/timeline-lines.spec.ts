import { describe, expect, it } from 'vitest';
import { dataLines, textIn } from './timeline-lines.ts';

describe('textIn', () => {
  it('reads texts and numbers, and nothing that every object has', () => {
    const detail = { type: 'x', version: 2, deep: {}, nothing: null };
    const names = ['type', 'version', 'deep', 'nothing', 'constructor', 'missing'];
    expect(names.map((name) => textIn(detail, name))).toEqual(['x', '2', null, null, null, null]);
    expect(textIn('text', 'length')).toBeNull();
  });
});

describe('dataLines', () => {
  it('writes what was sent', () => {
    expect(dataLines({ data: { a: 'x', b: [1], c: null } })).toEqual([
      ['a', 'x'],
      ['b', '[1]'],
      ['c', 'null'],
    ]);
    expect(dataLines({})).toEqual([]);
  });
});
