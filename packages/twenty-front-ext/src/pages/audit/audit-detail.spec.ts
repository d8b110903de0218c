import { expect, it } from 'vitest';
import { detailLines } from './audit-detail.ts';

it('says what there is to say', () => {
  expect(
    detailLines({ granted: ['a', 'b'], revoked: [], count: 3, url: '<b>', gone: null, on: false }),
  ).toEqual([
    { key: 'granted', text: 'a, b' },
    { key: 'count', text: '3' },
    { key: 'url', text: '<b>' },
    { key: 'on', text: 'false' },
  ]);
});

it.each([null, 'text', 7])('has no lines for %s', (detail) => {
  expect(detailLines(detail)).toEqual([]);
});
