import { expect, it } from 'vitest';
import { compareVersions, RECORDS_ONLY } from './versions.ts';

it.each([
  ['0.1.0', '0.2.0'],
  ['0.9.0', '0.10.0'],
  ['1.2.3', '2.0.0'],
  ['0.2.0-rc', '0.2.0'],
  [RECORDS_ONLY, '0.0.1'],
])('%s is older than %s', (older, newer) => {
  expect(compareVersions(older, newer)).toBeLessThan(0);
  expect(compareVersions(newer, older)).toBeGreaterThan(0);
  expect(compareVersions(newer, newer)).toBe(0);
});
