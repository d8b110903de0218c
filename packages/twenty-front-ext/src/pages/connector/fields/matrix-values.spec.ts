import { describe, expect, it } from 'vitest';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import {
  defaultRule,
  isDefault,
  ruleKey,
  rulesOf,
  valuesOf,
  withDirection,
} from './matrix-values.ts';

const both = { direction: 'both', priority: 'newest', critical: false } as const;
const out = { direction: 'out', priority: 'mak', critical: false } as const;
const entities: ConnectorLineFragment['entities'] = [
  {
    name: 'deal',
    enabled: true,
    absent: null,
    fields: [
      { field: 'name', directions: ['in', 'out', 'both'], ...out, default: both },
      { field: 'stage', directions: ['out'], ...out, default: out },
    ],
  },
];

describe('the rules of fields', () => {
  const values = { version: 3, 'deal.name': out, 'deal.stage': out };

  it('are taken from the connector, and sent where they differ from what it ships', () => {
    // Only what the function reads.
    const connector = { version: 3, entities } as ConnectorLineFragment;
    expect(valuesOf(connector)).toEqual(values);
    expect(rulesOf(entities, values)).toEqual([{ entity: 'deal', field: 'name', ...out }]);
    expect(rulesOf(entities, { ...values, [ruleKey('deal', 'name')]: both })).toEqual([]);
  });

  it.each([
    [{ ...both }, true],
    [{ ...both, critical: true }, false],
    [{ ...both, priority: 'mak' as const }, false],
    [{ ...out }, false],
  ])('%j is what is shipped: %s', (rule, same) => {
    const [name] = entities[0]?.fields ?? [];
    if (name === undefined) throw new Error('It has a field.');
    expect(isDefault(name, rule)).toBe(same);
    expect(defaultRule(name)).toEqual(both);
  });

  it('name the side that wins where a field goes one way only', () => {
    expect(withDirection(both, 'in').priority).toBe('remote');
    expect(withDirection(both, 'out').priority).toBe('mak');
    expect(withDirection({ ...both, priority: 'mak' }, 'both').priority).toBe('mak');
  });
});
