import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastOf, leadOf, leadsOf } from './fixtures.ts';
import type { Lead } from './lead.ts';
import { mergeLeads } from './merge.ts';
import type { MergeChoice } from './merge.ts';

function merged(left: Lead, right: Lead): Lead {
  const decided = mergeLeads(left, right);
  if (!decided.ok) throw new Error(decided.refusal.code);
  return decided.value.survivor;
}
const all = (leads: readonly Lead[]): Lead => {
  const [first, ...rest] = leads;
  return rest.reduce(merged, first ?? leadOf('none'));
};

describe('who stays', () => {
  it('is the older lead, then the one with the smaller id', () => {
    const [old, young] = [leadOf('b', { createdAt: 1 }), leadOf('a', { createdAt: 2 })];
    for (const [left, right] of [
      [old, young],
      [young, old],
    ] as const)
      expect(mergeLeads(left, right)).toMatchObject({
        value: { survivor: { id: 'b', createdAt: 1 }, absorbedId: 'a' },
      });
    expect(merged(leadOf('b'), leadOf('a')).id).toBe('a');
  });

  it.each(['auction', 'sold', 'converted'] as const)(
    'is the one that is %s, with its status',
    (kind) => {
      const young = leadOf('b', { createdAt: 9, last: lastOf(kind, 'b', 9) });
      for (const survivor of [merged(young, leadOf('a')), merged(leadOf('a'), young)])
        expect(survivor).toMatchObject({ id: 'b', createdAt: 9, last: { kind }, absorbed: ['a'] });
    },
  );

  it.each(['working', 'rejected'] as const)(
    'is the one that a company was given, and stays its own when it is %s',
    (kind) => {
      const given = leadOf('b', { createdAt: 9, buyerId: 'x', last: lastOf(kind, 'b', 9) });
      for (const survivor of [merged(given, leadOf('a')), merged(leadOf('a'), given)])
        expect(survivor).toMatchObject({ id: 'b', buyerId: 'x', last: { kind } });
      const sold = leadOf('c', { buyerId: 'y', last: lastOf('sold', 'c') });
      expect(mergeLeads(given, sold)).toMatchObject({ refusal: { code: 'both_bound' } });
    },
  );

  it('is the one that is not rejected, unless both are', () => {
    const rejected = leadOf('a', { last: lastOf('rejected') });
    const young = leadOf('b', { createdAt: 9, last: lastOf('working', 'b', 9) });
    for (const survivor of [merged(young, rejected), merged(rejected, young)])
      expect(survivor).toMatchObject({ id: 'b', last: { kind: 'working' } });
    const both = merged(leadOf('b', { createdAt: 9, last: lastOf('rejected', 'b') }), rejected);
    expect(both).toMatchObject({ id: 'a', last: { kind: 'rejected' } });
  });

  it('is nobody when others count on both', () => {
    const [left, right] = [
      leadOf('a', { last: lastOf('auction') }),
      leadOf('b', { last: lastOf('sold') }),
    ];
    expect(mergeLeads(left, right)).toEqual({
      ok: false,
      refusal: {
        code: 'both_bound',
        reason:
          'Both leads are on auction, sold, given out or a deal already. Keep both, or end one of them first.',
        field: 'leads',
      },
    });
  });

  it('is no lead merged with itself', () => {
    expect(mergeLeads(leadOf('a'), leadOf('a', { createdAt: 5 }))).toEqual({
      ok: false,
      refusal: {
        code: 'merge_with_itself',
        reason: 'Choose two leads; this is one.',
        field: 'leads',
      },
    });
  });

  it('does nothing with a lead that is in already, whatever became of either', () => {
    const survivor = leadOf('a', { absorbed: ['b'], last: lastOf('sold') });
    const part = leadOf('b', { last: lastOf('auction', 'b') });
    for (const decided of [mergeLeads(survivor, part), mergeLeads(part, survivor)])
      expect(decided).toEqual({ ok: true, value: { survivor, absorbedId: null } });
  });
});

describe('what is kept', () => {
  it('is the value that was set last, but no value never wins', () => {
    const left = leadOf('a', {
      fields: {
        name: { value: 'Old', at: 1 },
        city: { value: 'Kyiv', at: 1 },
        niche: { value: 'a', at: 2 },
      },
    });
    const right = leadOf('b', {
      fields: {
        name: { value: 'New', at: 2 },
        city: { value: null, at: 9 },
        niche: { value: 'b', at: 2 },
      },
    });
    expect(merged(left, right).fields).toMatchObject({
      name: { value: 'New', at: 2 },
      city: { value: 'Kyiv', at: 1 },
      niche: { value: 'b', at: 2 },
    });
  });

  it('is every number, the last one first', () => {
    const left = leadOf('a', {
      phones: [
        { value: '+2', at: 5 },
        { value: '+1', at: 1 },
      ],
      emails: [{ value: 'b', at: 3 }],
    });
    const right = leadOf('b', {
      phones: [
        { value: '+1', at: 7 },
        { value: '+0', at: 5 },
      ],
      emails: [{ value: 'a', at: 3 }],
    });
    expect(merged(left, right)).toMatchObject({
      phones: [
        { value: '+1', at: 7 },
        { value: '+0', at: 5 },
        { value: '+2', at: 5 },
      ],
      emails: [
        { value: 'a', at: 3 },
        { value: 'b', at: 3 },
      ],
    });
  });

  it('is who brought it first, also when another lead stays', () => {
    const origin = { leadId: 'a', at: 1, source: 'partner', partnerId: 'p' };
    const first = leadOf('a', { createdAt: 1, origin });
    const sold = leadOf('b', { createdAt: 2, last: lastOf('sold', 'b') });
    expect(merged(first, sold)).toMatchObject({ id: 'b', origin });
    expect(merged(sold, first)).toMatchObject({ id: 'b', origin });
    expect(merged(leadOf('b'), leadOf('a')).origin.leadId).toBe('a');
  });

  it('is every external id, each once', () => {
    const left = leadOf('a', {
      externalRefs: [
        { system: 'y', id: '1' },
        { system: 'x', id: '2' },
      ],
    });
    const right = leadOf('b', {
      externalRefs: [
        { system: 'x', id: '2' },
        { system: 'x', id: '1' },
      ],
    });
    expect(merged(left, right).externalRefs).toEqual([
      { system: 'x', id: '1' },
      { system: 'x', id: '2' },
      { system: 'y', id: '1' },
    ]);
  });

  it('is the history of both, in order of time', () => {
    const change = (leadId: string, number: number, at: number) => ({
      ...lastOf('new', leadId, at),
      number,
    });
    const left = leadOf('b', {
      history: [change('b', 1, 1), change('b', 2, 5), change('b', 3, 5)],
    });
    const right = leadOf('a', { history: [change('a', 1, 3), change('a', 2, 5)] });
    for (const survivor of [merged(left, right), merged(right, left)])
      expect(survivor.history.map(({ leadId, number }) => leadId + number)).toEqual([
        'b1',
        'a1',
        'a2',
        'b2',
        'b3',
      ]);
  });

  it('is the answer about consent that was given last', () => {
    const given = { answer: 'given', at: 1, evidence: 'form' } as const;
    const refused = { answer: 'refused', at: 2, evidence: 'call' } as const;
    const consentOf = (left: typeof given | typeof refused | null, right: typeof refused | null) =>
      merged(leadOf('a', { consent: left }), leadOf('b', { consent: right })).consent;
    expect(consentOf(given, refused)).toEqual(refused);
    expect(consentOf(given, null)).toEqual(given);
    expect(consentOf(null, refused)).toEqual(refused);
    expect(consentOf(null, null)).toBeNull();
  });
});

describe('what a person chooses', () => {
  const chosen = (left: Lead, right: Lead, choice: Omit<MergeChoice, 'at'>) =>
    mergeLeads(left, right, { ...choice, at: 9 });

  it('is who stays, and the value of a field, which counts as set then', () => {
    const fields = (name: string, at: number) => ({
      name: { value: name, at },
      city: { value: name, at },
    });
    const left = leadOf('a', { createdAt: 1, fields: fields('Old', 1) });
    const right = leadOf('b', {
      createdAt: 2,
      fields: { ...fields('New', 2), niche: { value: 'x', at: 2 } },
    });
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const values = { name: 'a', niche: 'a' };
      expect(chosen(one, other, { survivorId: 'b', values })).toMatchObject({
        value: {
          survivor: {
            id: 'b',
            createdAt: 2,
            fields: {
              name: { value: 'Old', at: 9 },
              city: { value: 'New', at: 2 },
              niche: { value: null, at: 9 },
            },
          },
          absorbedId: 'a',
        },
      });
    }
  });

  it('changes nothing when nothing is chosen', () => {
    fc.assert(
      fc.property(leadsOf(2), ([left = leadOf('a'), right = leadOf('b')]) => {
        expect(chosen(left, right, {})).toEqual(mergeLeads(left, right));
      }),
    );
  });

  it('is never the end of a lead that others count on, and no third lead', () => {
    const [free, sold] = [leadOf('a'), leadOf('b', { last: lastOf('sold', 'b') })];
    expect(chosen(free, sold, { survivorId: 'a' })).toEqual({
      ok: false,
      refusal: {
        code: 'survivor_not_free',
        reason:
          'The other lead is on auction, sold, given out or a deal, so it is the one that stays.',
        field: 'survivor',
      },
    });
    const given = leadOf('b', { buyerId: 'x' });
    expect(chosen(free, given, { survivorId: 'a' })).toMatchObject({ ok: false });
    expect(chosen(sold, free, { survivorId: 'b' })).toMatchObject({
      value: { survivor: { id: 'b' } },
    });
    for (const choice of [{ survivorId: 'c' }, { values: { city: 'c' } }])
      expect(chosen(free, sold, choice)).toEqual({
        ok: false,
        refusal: {
          code: 'not_of_these',
          reason: 'What stays is of one of the two leads.',
          field: 'values',
        },
      });
  });
});

describe('in any order', () => {
  it('two leads become the same one', () => {
    fc.assert(
      fc.property(leadsOf(2), ([left = leadOf('a'), right = leadOf('b')]) => {
        expect(merged(left, right)).toEqual(merged(right, left));
      }),
    );
  });

  it('many leads become the same one, and a repeat changes nothing', () => {
    const cases = leadsOf(4).chain((leads) =>
      fc.record({
        leads: fc.constant(leads),
        shuffled: fc.shuffledSubarray([...leads], { minLength: leads.length }),
        again: fc.constantFrom(...leads),
      }),
    );
    fc.assert(
      fc.property(cases, ({ leads, shuffled, again }) => {
        const one = all(leads);
        expect(all(shuffled)).toEqual(one);
        const [a, b, c, d] = shuffled;
        if (a === undefined || b === undefined || c === undefined || d === undefined) return;
        expect(merged(merged(a, b), merged(c, d))).toEqual(one);
        expect(again.id === one.id ? one : merged(one, again)).toEqual(one);
        expect(new Set([one.id, ...one.absorbed])).toEqual(new Set(leads.map(({ id }) => id)));
        expect(one.history).toHaveLength(leads.length);
        for (const list of ['phones', 'emails'] as const)
          expect(new Set(one[list].map(({ value }) => value))).toEqual(
            new Set(leads.flatMap((lead) => lead[list].map(({ value }) => value))),
          );
      }),
    );
  });
});
