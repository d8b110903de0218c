import { expect, it } from 'vitest';
import { countText } from './count-text.ts';

it('says that there are more where the server stopped counting', () => {
  expect([0, 9_999, 10_000].map((count) => countText(count, String))).toEqual([
    '0',
    '9999',
    '9999+',
  ]);
});
