import { describe, expect, it } from 'vitest';
import { DAY } from '../basics/index.ts';
import { MAX_AMOUNT } from '../wallet/index.ts';
import {
  ASCENDING,
  ascending,
  DESCENDING,
  descending,
  expectRefusal,
  lotOf,
  OPENS,
  sealed,
} from './fixtures.ts';
import { checkLot, LONGEST_LOT, MOST_LEADS } from './terms.ts';
import type { Lot } from './terms.ts';

const leads = (count: number) => Array.from({ length: count }, (_, index) => `lead-${index}`);
const sniping = { window: 60_000, extension: 120_000, times: 3 };

describe('a lot', () => {
  it.each<[string, Lot]>([
    ['ascending', ascending()],
    ['with reserve and buy-now', ascending({ reserve: 101, buyNow: 102 })],
    ['with buy-now alone', ascending({ buyNow: 101 })],
    ['that cannot be sniped', ascending({ antiSniping: sniping })],
    [
      'that can be extended for long',
      ascending({ antiSniping: { window: 1, extension: LONGEST_LOT, times: 1_000 } }),
    ],
    ['that can be extended once', ascending({ antiSniping: { ...sniping, times: 1 } })],
    ['of the largest amounts', ascending({ start: MAX_AMOUNT, step: MAX_AMOUNT })],
    ['of the smallest amounts', ascending({ start: 1, step: 1 })],
    ['sealed', sealed()],
    ['descending', descending()],
    ['that falls in one go', lotOf({ ...DESCENDING, floor: 99, interval: 1 })],
    ['of many leads', lotOf(ASCENDING, { leadIds: leads(MOST_LEADS) })],
    ['as long as can be', lotOf(ASCENDING, { endsAt: OPENS + LONGEST_LOT })],
    ['as short as can be', lotOf(ASCENDING, { endsAt: OPENS + 1 })],
  ])('%s can be offered', (_, lot) => {
    expect(checkLot(lot)).toEqual({ ok: true, value: lot });
  });

  it('lasts ninety days at most', () => {
    expect(LONGEST_LOT).toBe(90 * DAY);
    expect(checkLot(lotOf(ASCENDING, { endsAt: OPENS }))).toMatchObject({
      refusal: { reason: 'A lot ends after it opens, at most 90 days later.' },
    });
  });

  it.each<[string, string, Lot]>([
    ['lot_empty', 'leads', lotOf(ASCENDING, { leadIds: [] })],
    ['lot_too_large', 'leads', lotOf(ASCENDING, { leadIds: leads(MOST_LEADS + 1) })],
    ['lead_twice', 'leads', lotOf(ASCENDING, { leadIds: ['a', 'b', 'a'] })],
    ['duration_invalid', 'ends_at', lotOf(ASCENDING, { endsAt: OPENS })],
    ['duration_invalid', 'ends_at', lotOf(ASCENDING, { endsAt: OPENS - 1 })],
    ['duration_invalid', 'ends_at', lotOf(ASCENDING, { endsAt: OPENS + LONGEST_LOT + 1 })],
    ['duration_invalid', 'ends_at', lotOf(ASCENDING, { endsAt: OPENS + 0.5 })],
    ['amount_invalid', 'start', ascending({ start: 0 })],
    ['amount_invalid', 'step', ascending({ step: 0.5 })],
    ['amount_invalid', 'reserve', ascending({ reserve: 200.5 })],
    ['amount_invalid', 'buy_now', ascending({ buyNow: MAX_AMOUNT + 1 })],
    ['reserve_too_low', 'reserve', ascending({ reserve: 100 })],
    ['buy_now_too_low', 'buy_now', ascending({ buyNow: 100 })],
    ['buy_now_too_low', 'buy_now', ascending({ reserve: 150, buyNow: 150 })],
    ['anti_sniping_invalid', 'anti_sniping', ascending({ antiSniping: { ...sniping, window: 0 } })],
    [
      'anti_sniping_invalid',
      'anti_sniping',
      ascending({ antiSniping: { ...sniping, extension: LONGEST_LOT + 1 } }),
    ],
    [
      'anti_sniping_invalid',
      'anti_sniping',
      ascending({ antiSniping: { ...sniping, extension: -1 } }),
    ],
    ...[0, 1_001, 1.5].map((times): [string, string, Lot] => [
      'anti_sniping_invalid',
      'anti_sniping',
      ascending({ antiSniping: { ...sniping, times } }),
    ]),
    ['amount_invalid', 'reserve', lotOf({ kind: 'sealed', reserve: 0 })],
    ['amount_invalid', 'start', lotOf({ ...DESCENDING, start: -1 })],
    ['amount_invalid', 'step', lotOf({ ...DESCENDING, step: 0 })],
    ['amount_invalid', 'floor', lotOf({ ...DESCENDING, floor: 0 })],
    ['floor_too_high', 'floor', lotOf({ ...DESCENDING, floor: 100 })],
    ['interval_invalid', 'interval', lotOf({ ...DESCENDING, interval: 0 })],
    ['interval_invalid', 'interval', lotOf({ ...DESCENDING, interval: Number.NaN })],
  ])('is refused with %s at %s', (code, field, lot) => {
    expectRefusal(checkLot(lot), code, field);
  });
});
