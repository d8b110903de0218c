import { describe, expect, it } from 'vitest';
import type { EditableDealFragment } from '../../generated/graphql.ts';
import { changeTo, inputOf, isSame, withChange } from './deal-change.ts';
import type { DealChange } from './deal-change.ts';

const DEAL: EditableDealFragment = {
  id: 'd',
  version: 7,
  name: 'Spring',
  amount: 12_300,
  currency: 'EUR',
  clientId: 'outer-1',
  client: null,
  ownerId: 'p1',
  owner: { id: 'p1', name: 'Ann' },
  updatedAt: '2026-01-01T00:00:00.000Z',
};
const CHANGES: readonly DealChange[] = [
  { field: 'name', value: 'Summer' },
  { field: 'amount', value: { amount: 5, currency: 'USD' } },
  { field: 'amount', value: null },
  { field: 'owner', value: { id: 'p2', name: 'Bob' } },
  { field: 'owner', value: null },
  { field: 'client', value: { id: 'c1', name: 'Bright' } },
  { field: 'client', value: null },
];

describe('changes of a deal', () => {
  it.each(CHANGES)(
    '$field: $value is what the deal says afterwards, and can be taken back',
    (change) => {
      const after = withChange(DEAL, change);
      expect(changeTo(after, change.field)).toEqual(change);
      const undone = withChange(after, changeTo(DEAL, change.field));
      expect(changeTo(undone, change.field)).toEqual(changeTo(DEAL, change.field));
    },
  );

  it('send the version and this field alone', () => {
    expect(CHANGES.map((change) => inputOf(7, change))).toEqual([
      { version: 7, name: 'Summer' },
      { version: 7, amount: 5, currency: 'USD' },
      { version: 7, amount: null },
      { version: 7, ownerId: 'p2' },
      { version: 7, ownerId: null },
      { version: 7, clientId: 'c1' },
      { version: 7, clientId: null },
    ]);
  });

  it('are the same when they name the same person, whatever the name', () => {
    const ann: DealChange = { field: 'owner', value: { id: 'p1', name: 'Anna' } };
    expect(isSame(changeTo(DEAL, 'owner'), ann)).toBe(true);
    expect(isSame(changeTo(DEAL, 'owner'), { field: 'owner', value: null })).toBe(false);
    expect(
      isSame(changeTo(DEAL, 'amount'), {
        field: 'amount',
        value: { amount: 12_300, currency: 'USD' },
      }),
    ).toBe(false);
  });

  it('name a client that nobody knows by its id', () => {
    expect(changeTo(DEAL, 'client').value).toEqual({ id: 'outer-1', name: 'outer-1' });
  });
});
