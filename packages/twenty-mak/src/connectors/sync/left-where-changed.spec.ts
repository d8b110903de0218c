import { describe, expect, it } from 'vitest';
import { leftWhereChanged, sentInVain } from './left-where-changed.ts';

describe('what a write has left', () => {
  it('is what was sent where neither that nor what was before stands there', () => {
    const sent = { lines: [{ quantity: 2 }], tracking_code: 'A', comment: 'B' };
    const before = { lines: [{ quantity: 1 }], tracking_code: null, comment: 'A' };
    const after = { lines: [{ quantity: 3 }], tracking_code: 'C', comment: 'B' };
    expect(leftWhereChanged(sent, before, after)).toEqual({
      lines: [{ quantity: 2 }],
      tracking_code: 'A',
    });
  });

  it('is not known of what stands there as before, which the system has perhaps not taken', () => {
    expect(leftWhereChanged({ tracking_code: 'A' }, {}, { tracking_code: null })).toEqual({});
    expect(leftWhereChanged({ stocks: 1 }, { stocks: 3 }, { stocks: 3 })).toEqual({});
  });

  it('says nothing of fields that were not sent', () => {
    expect(leftWhereChanged({}, { comment: 'A' }, { comment: 'B' })).toEqual({});
  });

  it('was sent in vain where what was before still stands', () => {
    const sent = { name: 'B', owner: 'olena', stocks: 1, comment: 'C' };
    const before = { name: 'A', owner: null, stocks: 1 };
    expect(sentInVain(sent, before, { name: 'A', stocks: 1, comment: 'D' })).toEqual([
      'name',
      'owner',
    ]);
  });
});
