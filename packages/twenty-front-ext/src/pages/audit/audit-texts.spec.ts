import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ACTIONS, ENTITIES } from './audit-texts.ts';

/** What the server may write into the log; it writes nothing else. */
const source = readFileSync(
  resolve(import.meta.dirname, '../../../../twenty-mak/src/platform/audit/audit-words.ts'),
  'utf8',
);

/** The words of one of its lists. */
function written(list: string): string[] {
  const [, words = ''] = new RegExp(`${list} = \\[([^\\]]*)\\]`).exec(source) ?? [];
  return [...words.matchAll(/'([a-z_.]+)'/g)].map(([, word = '']) => word).toSorted();
}

it.each([
  ['AUDIT_ACTIONS', ACTIONS],
  ['AUDIT_ENTITIES', ENTITIES],
])('all %s have words, so that people read and filter them in their language', (list, texts) => {
  expect(written(list).length).toBeGreaterThan(0);
  expect(Object.keys(texts).toSorted()).toEqual(written(list));
});
