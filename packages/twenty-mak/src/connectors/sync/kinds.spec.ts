import { describe, expect, it } from 'vitest';
import { outerConnector, OuterSystem } from '../../../test/support/outer-system.ts';
import type { Connector } from './connector.ts';
import type { SetConnector } from './connectors.dto.ts';
import { entitiesOf } from './kinds.ts';

const isOn = (settings: unknown): boolean =>
  typeof settings === 'object' && settings !== null && 'on' in settings;
const plain = outerConnector(() => new OuterSystem());
const optional: Connector = {
  ...plain,
  optional: (settings) => ({ deal: isOn(settings) ? { pipeline: 'one' } : null }),
};
const input = (own: Partial<SetConnector>): SetConnector => ({
  version: 0,
  settings: {},
  matrix: {},
  poll_seconds: 60,
  ...own,
});

describe('the kinds of records that are synced', () => {
  it('are all, or those that were named, in the order of the connector', () => {
    expect(entitiesOf(plain, input({}))).toEqual(['pipeline', 'deal']);
    expect(entitiesOf(plain, input({ entities: ['deal'] }))).toEqual(['deal']);
    expect(entitiesOf(plain, input({ entities: ['deal', 'pipeline'] }))).toEqual([
      'pipeline',
      'deal',
    ]);
  });

  it('are on and off by settings of their own, whatever was named', () => {
    expect(entitiesOf(optional, input({ entities: ['pipeline', 'deal'] }))).toEqual(['pipeline']);
    expect(entitiesOf(optional, input({ entities: ['pipeline'], settings: { on: true } }))).toEqual(
      ['pipeline', 'deal'],
    );
    expect(entitiesOf(optional, input({ settings: { on: true } }))).toEqual(['pipeline', 'deal']);
  });

  it.each([
    [{ entities: ['lead'] }],
    [{ matrix: { lead: [] } }],
    [{ chosen: { lead: { created_there: true } } }],
  ])('are known to the connector: %j', (own) => {
    expect(() => entitiesOf(plain, input(own))).toThrow('lead');
  });
});
