import { expect, it } from 'vitest';
import { EVERYTHING, historyPath, readFilter, writeFilter } from './history-filter.ts';

it('comes back from the address as it went there', () => {
  const filter = { entity: 'deal', record: 'a b/c', kind: 'refused' } as const;
  expect(readFilter(writeFilter(filter))).toEqual(filter);
  expect(readFilter(writeFilter(EVERYTHING))).toEqual(EVERYTHING);
  expect(readFilter(new URLSearchParams('kind=whatever'))).toEqual(EVERYTHING);
});

it('is an address', () => {
  expect(historyPath('twenty')).toBe('/settings/connectors/twenty/history');
  expect(historyPath('twenty', { entity: 'deal', record: '1' })).toBe(
    '/settings/connectors/twenty/history?of=deal&record=1',
  );
});
