import { describe, expect, it } from 'vitest';
import { dataLines, textIn, withFirstPage } from './timeline-lines.ts';
import type { TimelineNode } from './timeline-lines.ts';

const line = (key: string): TimelineNode => ({ key, kind: 'event', at: '', detail: {} });
const lines = (keys: string): TimelineNode[] => [...keys].map(line);
const keys = (nodes: readonly TimelineNode[]): string => nodes.map(({ key }) => key).join('');

describe('withFirstPage', () => {
  it('puts new lines first and keeps older pages', () => {
    expect(keys(withFirstPage(lines('cba'), lines('edc')))).toBe('edcba');
    expect(keys(withFirstPage(lines('cba'), lines('cxb')))).toBe('cxba');
  });

  it('begins anew when too much happened, or nothing is left', () => {
    expect(keys(withFirstPage(lines('cba'), lines('zyx')))).toBe('zyx');
    expect(keys(withFirstPage(lines('cba'), []))).toBe('');
    expect(keys(withFirstPage([], lines('ba')))).toBe('ba');
  });
});

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
