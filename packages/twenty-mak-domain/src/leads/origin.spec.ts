import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastOf, leadOf } from './fixtures.ts';
import type { Lead } from './lead.ts';
import { correctOrigin } from './origin.ts';
import type { OriginEdit } from './origin.ts';
import { LEAD_KINDS } from './settings.ts';
import type { LeadKind } from './settings.ts';

const NOW = 1_000;
const origin = { leadId: 'older', at: 5, source: 'external', partnerId: 'first' };
const given = { answer: 'given', at: 1, evidence: 'form' } as const;
const lead = (more: Partial<Lead> = {}): Lead => leadOf('a', { origin, consent: given, ...more });
const correct = (edit: OriginEdit, more: Partial<Lead> = {}) =>
  correctOrigin(lead(more), edit, 'required', NOW);
const HELD: readonly LeadKind[] = ['auction', 'sold', 'converted'];

describe('who brought a lead', () => {
  it('is corrected, and when it came in stays', () => {
    expect(correct({ source: 'partner', partnerId: 'second' })).toEqual({
      ok: true,
      value: { leadId: 'older', at: 5, source: 'partner', partnerId: 'second' },
    });
    expect(correct({ source: 'cold_base' })).toEqual({
      ok: true,
      value: { ...origin, source: 'cold_base' },
    });
    expect(correct({ partnerId: null })).toEqual({
      ok: true,
      value: { ...origin, partnerId: null },
    });
  });

  it.each([{}, { source: 'external' }, { partnerId: 'first' }])(
    'is so already, whoever counts on the lead: %j',
    (edit) => {
      for (const kind of LEAD_KINDS)
        expect(correct(edit, { last: lastOf(kind), buyerId: 'buyer', consent: null })).toEqual({
          ok: true,
          value: null,
        });
    },
  );

  it('stays once others count on the lead, and only then', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LEAD_KINDS),
        fc.constantFrom(null, 'buyer'),
        fc.constantFrom<[OriginEdit, string]>(
          [{ source: 'partner' }, 'source'],
          [{ partnerId: 'second' }, 'partner'],
          [{ partnerId: null, source: 'partner' }, 'partner'],
        ),
        (kind, buyerId, [edit, field]) => {
          const isHeld = buyerId !== null || HELD.includes(kind);
          expect(correct(edit, { last: lastOf(kind), buyerId })).toMatchObject(
            isHeld ? { ok: false, refusal: { code: 'origin_bound', field } } : { ok: true },
          );
        },
      ),
    );
  });

  it.each([
    [null, 'required', 'consent_missing'],
    [{ ...given, at: NOW + 1 }, 'required', 'consent_missing'],
    [{ ...given, answer: 'refused' }, 'other_ground', 'consent_refused'],
    [{ ...given, answer: 'withdrawn' }, 'other_ground', 'consent_withdrawn'],
  ] as const)('is nobody who may not see the lead: %j, %s', (consent, policy, code) => {
    const someone = lead({ consent });
    const named = correctOrigin(someone, { partnerId: 'second' }, policy, NOW);
    expect(named).toMatchObject({ ok: false, refusal: { code } });
    // Nobody gets to see more by these.
    for (const edit of [{ partnerId: null }, { source: 'partner' }])
      expect(correctOrigin(someone, edit, policy, NOW).ok).toBe(true);
  });

  it('may be named without consent where the tenant has another ground', () => {
    const named = correctOrigin(
      lead({ consent: null }),
      { partnerId: 'second' },
      'other_ground',
      NOW,
    );
    expect(named).toMatchObject({ ok: true, value: { partnerId: 'second' } });
  });
});
