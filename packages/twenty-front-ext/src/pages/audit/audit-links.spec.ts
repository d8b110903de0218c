import { expect, it } from 'vitest';
import { pageOf } from './audit-links.ts';

it.each([
  ['deal', 'd', '/deals/d'],
  ['lead', 'l', '/leads/l'],
  ['lot', 'o', '/auction/o'],
  ['wallet', 'w', '/wallet/w'],
  ['lead_import', 'i', '/leads/import/i'],
  ['connector', 'amocrm', '/settings/connectors/amocrm'],
  ['lead', '../x', '/leads/..%2Fx'],
  ['role', 'admin', null],
])('the page of %s %s is %s', (entity, id, page) => {
  expect(pageOf(entity, id)).toBe(page);
});
