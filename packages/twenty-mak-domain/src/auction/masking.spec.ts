import { describe, expect, it } from 'vitest';
import { DAY } from '../basics/index.ts';
import { amountBand, bandFrom, maskLead, maySeeContact } from './masking.ts';

describe('a masked lead', () => {
  const lead = {
    city: 'Kyiv',
    niche: 'cafe',
    source: 'partner',
    amount: 1_500,
    score: 80,
    createdAt: 10 * DAY,
    name: 'Olena',
    phone: '+380501112233',
    email: 'olena@example.org',
    comments: ['call after six'],
    externalIds: { crm: '17' },
  };

  it('shows six things and nothing of the contact', () => {
    const masked = maskLead(lead, [1_000, 2_000], 13 * DAY - 1);
    expect(masked).toEqual({
      city: 'Kyiv',
      niche: 'cafe',
      source: 'partner',
      amountBand: { from: 1_000, below: 2_000 },
      ageInDays: 2,
      score: 80,
    });
    for (const secret of ['Olena', '380', 'example', 'six', '17', '1500', String(10 * DAY)])
      expect(JSON.stringify(masked)).not.toContain(secret);
  });

  it('may know nothing', () => {
    const nothing = { city: null, niche: null, source: 'cold', amount: null, score: null };
    expect(maskLead({ ...nothing, createdAt: 5 }, [], 4)).toEqual({
      city: null,
      niche: null,
      source: 'cold',
      amountBand: null,
      ageInDays: 0,
      score: null,
    });
  });
});

it.each([
  [999, null, 1_000],
  [1_000, 1_000, 2_000],
  [1_999, 1_000, 2_000],
  [2_000, 2_000, null],
])('the band of %i is from %j below %j', (amount, from, below) => {
  expect(amountBand(amount, [2_000, 1_000])).toEqual({ from, below });
  expect(amountBand(amount, [])).toEqual({ from: null, below: null });
});

it('picks the nearest of many bounds', () => {
  expect(amountBand(25, [10, 40, 20, 30])).toEqual({ from: 20, below: 30 });
});

describe('a band by where it begins', () => {
  const bounds = [2_000, 1_000];

  it.each([
    [0, null, 1_000],
    [1_000, 1_000, 2_000],
    [2_000, 2_000, null],
  ])('at %i is from %j below %j', (at, from, below) => {
    expect(bandFrom(at, bounds)).toEqual({ ok: true, value: { from, below } });
  });

  it.each([1, 999, 1_001, 1_999, 3_000])('is none at %i', (at) => {
    expect(bandFrom(at, bounds)).toMatchObject({
      ok: false,
      refusal: { code: 'unknown_amount_band', field: 'amount_band' },
    });
  });

  it('is every amount where there are no bounds', () => {
    expect(bandFrom(0, [])).toEqual({ ok: true, value: { from: null, below: null } });
    expect(bandFrom(1, []).ok).toBe(false);
  });
});

describe('the contact of a lead', () => {
  const participant = (participantId: string) => ({ kind: 'participant', participantId }) as const;

  it('is for the head office, who brought the lead, and who bought it', () => {
    const lead = { ownerId: 'partner', buyerId: 'winner' };
    expect(maySeeContact({ kind: 'staff' }, lead)).toBe(true);
    expect(maySeeContact(participant('partner'), lead)).toBe(true);
    expect(maySeeContact(participant('winner'), lead)).toBe(true);
    expect(maySeeContact(participant('other'), lead)).toBe(false);
    expect(maySeeContact(participant('winner'), { ...lead, buyerId: null })).toBe(false);
    expect(maySeeContact(participant('partner'), { ownerId: null, buyerId: null })).toBe(false);
  });
});
