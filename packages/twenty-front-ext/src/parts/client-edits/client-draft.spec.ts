import { describe, expect, it } from 'vitest';
import {
  changedFields,
  draftOf,
  inputOf,
  mergeDrafts,
  NEW_CLIENT,
  withFields,
} from './client-draft.ts';

const base = { ...NEW_CLIENT, name: 'Nova', industry: 'food', segments: ['brand'] };

describe('a draft of a client', () => {
  it('knows what has changed, spaces aside', () => {
    expect(changedFields(base, { ...base, name: ' Nova ' })).toEqual([]);
    expect(changedFields(base, { ...base, keyAccount: true, segments: [] })).toEqual([
      'segments',
      'keyAccount',
    ]);
    const owned = { ...base, owner: { id: 'a', name: 'Ann' } };
    expect(changedFields(owned, { ...base, owner: { id: 'a', name: 'Ann B.' } })).toEqual([]);
    expect(changedFields(owned, base)).toEqual(['owner']);
  });

  it('sends what has changed, and empties with null', () => {
    expect(inputOf({ ...base, industry: '  ' }, ['industry', 'owner'])).toEqual({
      industry: null,
      ownerId: null,
    });
    expect(inputOf({ ...base, name: ' Nova ' }, ['name'])).toEqual({ name: 'Nova' });
  });

  it('reads an owner whose name is not known', () => {
    const client = { ...base, id: '1', version: 1, archivedAt: null, updatedAt: '' };
    expect(draftOf({ ...client, ownerId: 'x', owner: null }).owner).toEqual({ id: 'x', name: 'x' });
    expect(draftOf({ ...client, ownerId: null, owner: null }).owner).toBeNull();
  });

  it('lets both people win who changed different fields', () => {
    const mine = { ...base, industry: 'retail' };
    const theirs = { ...base, name: 'Nova Foods' };
    expect(mergeDrafts(base, mine, theirs)).toEqual({
      draft: { ...base, industry: 'retail', name: 'Nova Foods' },
      conflicts: [],
    });
  });

  it('tells where two people disagree, and keeps what I typed', () => {
    const mine = { ...base, name: 'Nova Group', size: 'large' };
    const theirs = { ...base, name: 'Nova Foods', size: 'large' };
    const merged = mergeDrafts(base, mine, theirs);
    expect(merged).toEqual({ draft: { ...mine }, conflicts: ['name'] });
    expect(withFields(merged.draft, theirs, merged.conflicts).name).toBe('Nova Foods');
  });
});
