import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASCENDING, DESCENDING, expectRefusal, lotOf, SEALED } from './fixtures.ts';
import {
  assignLeads,
  cheaperTerms,
  checkRedistribution,
  nextStep,
  relist,
} from './redistribution.ts';
import type { LeadTaker } from './redistribution.ts';
import { checkLot } from './terms.ts';
import type { LotTerms } from './terms.ts';

const RULE = { relists: 2, cheaperBy: 25, assigns: true };

describe('a rule of redistribution', () => {
  it.each([
    RULE,
    { relists: 0, cheaperBy: 0, assigns: false },
    { ...RULE, relists: 20, cheaperBy: 90 },
  ])('can be %j', (rule) => {
    expect(checkRedistribution(rule)).toEqual({ ok: true, value: rule });
  });

  it.each([-1, 21, 1.5])('does not relist %d times', (relists) => {
    expectRefusal(checkRedistribution({ ...RULE, relists }), 'relists_invalid', 'relists');
  });

  it.each([-1, 91, 1.5])('does not make anything cheaper by %d', (cheaperBy) => {
    expectRefusal(checkRedistribution({ ...RULE, cheaperBy }), 'cheaper_by_invalid', 'cheaper_by');
  });

  it.each([
    [RULE, 0, 'relist'],
    [RULE, 1, 'relist'],
    [RULE, 2, 'assign'],
    [{ ...RULE, assigns: false }, 2, 'head_office'],
    [{ ...RULE, relists: 0 }, 0, 'assign'],
  ])('by %j after %i times says %s', (rule, relisted, step) => {
    expect(nextStep(rule, relisted)).toBe(step);
  });
});

describe('a lot offered again', () => {
  it('is cheaper, lasts as long and is a lot of its own', () => {
    const lot = lotOf({ ...ASCENDING, reserve: 200, buyNow: 301 });
    expect(relist(lot, RULE, 'again', 5_000)).toEqual({
      ...lot,
      id: 'again',
      opensAt: 5_000,
      endsAt: 6_000,
      terms: { ...ASCENDING, start: 75, reserve: 150, buyNow: 226 },
    });
  });

  it.each<[LotTerms, number, object]>([
    [SEALED, 10, { reserve: 90 }],
    [SEALED, 0, SEALED],
    [{ ...SEALED, reserve: 1 }, 90, { reserve: 1 }],
    [{ ...SEALED, reserve: 3 }, 50, { reserve: 2 }],
    [DESCENDING, 50, { start: 50, floor: 13, step: 30 }],
    [{ ...DESCENDING, start: 2, floor: 1 }, 90, { start: 2, floor: 1 }],
    [{ ...DESCENDING, start: 100, floor: 99 }, 90, { start: 10, floor: 9 }],
    [
      { ...ASCENDING, start: 1, reserve: 2, buyNow: 3 },
      90,
      { start: 1, reserve: null, buyNow: null },
    ],
    [{ ...ASCENDING, start: 10, reserve: 20, buyNow: 21 }, 90, { start: 1, reserve: 2, buyNow: 3 }],
    [
      { ...ASCENDING, start: 10, reserve: 20, buyNow: 21 },
      50,
      { start: 5, reserve: 10, buyNow: 11 },
    ],
    [
      { ...ASCENDING, start: 10, reserve: 19, buyNow: 20 },
      50,
      { start: 5, reserve: 10, buyNow: null },
    ],
  ])('of %j by %i percent has %j', (terms, percent, expected) => {
    expect(cheaperTerms(terms, percent)).toMatchObject(expected);
  });

  it('can always be offered, and never costs more', () => {
    const amount = fc.integer({ min: 1, max: 1_000 });
    const optional = fc.option(amount);
    const terms = fc.oneof(
      fc
        .record({ start: amount, step: amount, reserve: optional, buyNow: optional })
        .map(({ start, step, reserve, buyNow }): LotTerms => {
          const high = reserve === null ? null : start + reserve;
          return {
            ...{ ...ASCENDING, start, step, reserve: high },
            buyNow: buyNow === null ? null : (high ?? start) + buyNow,
          };
        }),
      amount.map((reserve): LotTerms => ({ kind: 'sealed', reserve })),
      fc
        .record({ floor: amount, more: amount, step: amount })
        .map(({ floor, more, step }): LotTerms => ({
          ...DESCENDING,
          floor,
          start: floor + more,
          step,
        })),
    );
    const least = (one: LotTerms) => (one.kind === 'sealed' ? one.reserve : one.start);
    fc.assert(
      fc.property(terms, fc.integer({ min: 0, max: 90 }), (one, percent) => {
        const cheaper = cheaperTerms(one, percent);
        expect(checkLot(lotOf(one)).ok).toBe(true);
        expect(checkLot(lotOf(cheaper))).toMatchObject({ ok: true });
        expect(least(cheaper)).toBeLessThanOrEqual(least(one));
      }),
    );
  });
});

describe('leads given out', () => {
  const taker = (id: string, change: Partial<LeadTaker> = {}): LeadTaker => ({
    id,
    cities: ['kyiv'],
    capacity: 5,
    lastAssignedAt: null,
    ...change,
  });
  const give = (cities: readonly (string | null)[], ...takers: readonly LeadTaker[]) =>
    assignLeads(
      cities.map((city, index) => ({ id: `lead-${index}`, city })),
      takers,
    ).map(({ to }) => to);

  it('go in turn, who has waited longest first', () => {
    expect(
      give(
        ['kyiv', 'kyiv', 'kyiv', 'kyiv', 'kyiv'],
        taker('late', { lastAssignedAt: 9 }),
        taker('early', { lastAssignedAt: 3 }),
        taker('b'),
        taker('a'),
      ),
    ).toEqual(['a', 'b', 'early', 'late', 'a']);
    expect(give(['kyiv'], taker('zero', { lastAssignedAt: 0 }), taker('zz'))).toEqual(['zz']);
  });

  it('go to their city and no further than capacity', () => {
    expect(
      give(
        ['lviv', 'kyiv', 'kyiv', 'kyiv'],
        taker('a', { capacity: 2 }),
        taker('b', { cities: ['lviv', 'odesa'] }),
        taker('c', { capacity: 0 }),
      ),
    ).toEqual(['b', 'a', 'a', null]);
  });

  it('go to the head office when their city is unknown', () => {
    expect(give([null, 'odesa'], taker('a'))).toEqual([null, null]);
    expect(assignLeads([{ id: 'x', city: 'kyiv' }], [taker('a')])).toEqual([
      { leadId: 'x', to: 'a' },
    ]);
  });

  it('are given fairly and once each, whoever asks in whatever order', () => {
    const cities = fc.array(fc.constantFrom('kyiv', 'lviv', null), { maxLength: 20 });
    const takers = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd'),
        cities: fc.subarray(['kyiv', 'lviv']),
        capacity: fc.nat(6),
        lastAssignedAt: fc.option(fc.nat(3)),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(cities, takers, (places, all) => {
        const given = give(places, ...all);
        expect(given).toHaveLength(places.length);
        expect(give(places, ...all.toReversed())).toEqual(given);
        for (const { id, cities: served, capacity } of all) {
          const got = places.filter((_, index) => given[index] === id);
          expect(got.length).toBeLessThanOrEqual(capacity);
          expect(got.every((city) => city !== null && served.includes(city))).toBe(true);
          const missed = places.filter(
            (city, index) => given[index] === null && city !== null && served.includes(city),
          );
          expect(got.length === capacity || missed.length === 0).toBe(true);
        }
      }),
    );
  });
});
