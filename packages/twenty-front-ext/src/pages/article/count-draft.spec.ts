import { describe, expect, it } from 'vitest';
import { draftOf, isCounted, onNow, stockOf } from './count-draft.ts';

const seen = { warehouse: 'main', quantity: 10, reserved: 2, countedAt: '2026-03-01T08:00:00Z' };
const now = { ...seen, quantity: 8, reserved: 3, countedAt: '2026-03-01T09:00:00Z' };

describe('a count that somebody types', () => {
  it('begins with what is known of the warehouse', () => {
    expect(draftOf(seen)).toEqual({ quantity: '10', reserved: '2' });
    expect(draftOf(null)).toEqual({ quantity: '', reserved: '0' });
    expect(stockOf([seen], 'main')).toBe(seen);
    expect(stockOf([seen], 'other')).toBeNull();
  });

  it('notices when others have counted meanwhile, also a warehouse that was not known', () => {
    expect(isCounted(seen, now)).toBe(true);
    expect(isCounted(null, now)).toBe(true);
    expect(isCounted(seen, { ...seen, countedAt: now.countedAt })).toBe(false);
    expect(isCounted(null, null)).toBe(false);
  });

  it('keeps what was typed, and takes over what was not touched', () => {
    expect(onNow({ quantity: '12', reserved: '2' }, seen, now)).toEqual({
      quantity: '12',
      reserved: '3',
    });
    expect(onNow({ quantity: '12', reserved: '0' }, null, now)).toEqual({
      quantity: '12',
      reserved: '3',
    });
  });
});
