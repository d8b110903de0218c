import { expect, it } from 'vitest';
import { whereTo } from './where-to.ts';

it.each([
  [{ from: '/deals/1?tab=notes' }, '/deals/1?tab=notes'],
  [{ from: '//evil.example' }, '/'],
  [{ from: '/\\evil.example' }, '/'],
  [{ from: 'https://evil.example' }, '/'],
  [{ from: 7 }, '/'],
  [null, '/'],
  ['/board', '/'],
])('after signing in %j leads to %s', (state, path) => {
  expect(whereTo(state)).toBe(path);
});
