import { describe, expect, it } from 'vitest';
import { allowanceOf, checkEligibility, isLotVisible, standingOf } from './eligibility.ts';
import type { BidderProfile, EligibilityRule, LeadPlace } from './eligibility.ts';
import { expectRefusal } from './fixtures.ts';

const RULE: EligibilityRule = {
  matchCity: true,
  matchNiche: true,
  grades: ['gold', 'silver'],
  limits: [
    { grade: 'silver', lotsPerDay: 3 },
    { grade: 'gold', lotsPerDay: 9 },
  ],
};
const BIDDER: BidderProfile = {
  isActive: true,
  cities: ['kyiv', 'lviv'],
  niches: ['cafe'],
  grade: 'silver',
};
const LEADS: readonly LeadPlace[] = [
  { city: 'kyiv', niche: 'cafe' },
  { city: 'lviv', niche: null },
  { city: null, niche: 'cafe' },
];

describe('eligible', () => {
  it.each<[string, Partial<EligibilityRule>, Partial<BidderProfile>]>([
    ['who serves all leads and has the grade', {}, {}],
    ['anybody of any grade where none is named', { grades: [] }, { grade: null }],
    ['anywhere, where cities do not matter', { matchCity: false }, { cities: [] }],
    ['for anything, where niches do not matter', { matchNiche: false }, { niches: [] }],
  ])('is %s', (_, rule, bidder) => {
    expect(checkEligibility({ ...RULE, ...rule }, { ...BIDDER, ...bidder }, LEADS)).toEqual({
      ok: true,
      value: null,
    });
  });

  it.each<[string, string, Partial<BidderProfile>]>([
    ['bidder_inactive', 'bidder_id', { isActive: false }],
    ['grade_not_admitted', 'grade', { grade: 'bronze' }],
    ['grade_not_admitted', 'grade', { grade: null }],
    ['city_not_served', 'city', { cities: ['kyiv'] }],
    ['niche_not_served', 'niche', { niches: [] }],
  ])('is not: %s at %s', (code, field, bidder) => {
    expectRefusal(checkEligibility(RULE, { ...BIDDER, ...bidder }, LEADS), code, field);
  });
});

describe('the limit of a day', () => {
  it.each([
    ['silver', 0, 0, 3],
    ['silver', 1, 1, 1],
    ['silver', 3, 0, 0],
    ['silver', 3, 4, 0],
    ['gold', 1, 1, 7],
    ['bronze', 50, 50, Number.POSITIVE_INFINITY],
    [null, 50, 50, Number.POSITIVE_INFINITY],
  ])('of %s after %i won and %i held leaves %d', (grade, won, held, left) => {
    expect(allowanceOf(RULE, { ...BIDDER, grade }, { won, held })).toBe(left);
  });
});

it('makes of all this what the fold of bids asks for', () => {
  const day = { won: 1, held: 0 };
  expect(standingOf(RULE, BIDDER, LEADS, day, 70)).toEqual({
    available: 70,
    allowance: 2,
    barredBy: null,
  });
  const away = { ...BIDDER, cities: [] };
  expect(standingOf(RULE, away, LEADS, day, 70)).toMatchObject({
    barredBy: { code: 'city_not_served' },
  });
});

describe('a lot is seen', () => {
  const barredBy = { code: 'x', reason: 'No.' };

  it.each([
    [{ available: 0, allowance: 1, barredBy: null }, false, true],
    [{ available: 9, allowance: 0, barredBy: null }, false, false],
    [{ available: 9, allowance: 9, barredBy }, false, false],
    [{ available: 9, allowance: 0, barredBy }, true, true],
  ])('with %j, having bid %j: %j', (standing, hasBid, visible) => {
    expect(isLotVisible(standing, hasBid)).toBe(visible);
  });
});
