import { describe, expect, it } from 'vitest';
import type { MergeableClientFragment } from '../../generated/graphql.ts';
import { attributeText, choicesOf, disputedFields } from './merge-choices.ts';

const client = (rest: Partial<MergeableClientFragment>): MergeableClientFragment => ({
  id: 'a',
  version: 1,
  kind: 'company',
  name: 'Nova',
  industry: null,
  size: null,
  budgetBand: null,
  clientType: null,
  source: null,
  segments: [],
  keyAccount: false,
  ownerId: null,
  owner: null,
  archivedAt: null,
  updatedAt: '2026-01-05T10:00:00Z',
  createdAt: '2026-01-05T10:00:00Z',
  mergedInto: null,
  attributes: {},
  ...rest,
});

describe('what is disputed between two clients', () => {
  it('is what differs, and the value that is there goes before none', () => {
    const stays = client({ name: 'Nova', industry: 'food', segments: ['a'] });
    const goes = client({ name: 'Nova Ltd', size: 'large', segments: ['b'], keyAccount: true });
    expect(disputedFields(stays, goes).map(({ key, byDefault }) => [key, byDefault])).toEqual([
      ['name', 'survivor'],
      ['industry', 'survivor'],
      ['size', 'absorbed'],
      ['keyAccount', 'survivor'],
    ]);
  });

  it('is an attribute that both have with another value', () => {
    const stays = client({ attributes: { tier: 1, own: true, same: { a: [1] } } });
    const goes = client({ attributes: { tier: '2', theirs: true, same: { a: [1] } } });
    expect(disputedFields(stays, goes)).toEqual([
      { key: 'attributes.tier', field: null, attribute: 'tier', byDefault: 'survivor' },
    ]);
    expect(attributeText(stays.attributes, 'tier')).toBe('1');
    expect(attributeText(stays.attributes, 'same')).toBe('{"a":[1]}');
    expect(attributeText(goes.attributes, 'tier')).toBe('2');
    expect(attributeText(null, 'tier')).toBe('null');
  });

  it('is sent as it was shown, chosen or not', () => {
    const stays = client({ name: 'Nova', ownerId: 'ann', attributes: { tier: 1 } });
    const goes = client({ name: 'Nova Ltd', ownerId: 'bob', attributes: { tier: 2 } });
    const disputed = disputedFields(stays, goes);
    const chosen = new Map([
      ['owner', 'absorbed' as const],
      ['attributes.tier', 'absorbed' as const],
    ]);
    expect(choicesOf(disputed, chosen)).toEqual({
      name: 'survivor',
      ownerId: 'absorbed',
      attributes: { tier: 'absorbed' },
    });
    expect(choicesOf([], chosen)).toEqual({});
  });
});
