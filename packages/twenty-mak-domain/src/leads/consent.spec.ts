import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONSENT_ANSWERS, decideUse, LEAD_USES, laterConsent, recordConsent } from './consent.ts';
import type { Consent, ConsentAnswer } from './consent.ts';

const said = (answer: ConsentAnswer, at = 5, evidence = 'form 2'): Consent => ({
  answer,
  at,
  evidence,
});

describe('decideUse', () => {
  const uses = (consent: Consent | null, policy: 'required' | 'other_ground') =>
    LEAD_USES.filter((use) => decideUse(consent, use, policy, 5).ok);

  it('allows everything that a person agreed to', () => {
    for (const policy of ['required', 'other_ground'] as const)
      expect(uses(said('given'), policy)).toEqual(LEAD_USES);
    expect(decideUse(said('given'), 'promote', 'required', 5)).toEqual({
      ok: true,
      value: 'promote',
    });
  });

  it('allows what silence is enough for', () => {
    expect(uses(null, 'required')).toEqual(['keep', 'contact']);
    expect(uses(null, 'other_ground')).toEqual(['keep', 'contact', 'share', 'convert']);
    expect(decideUse(null, 'promote', 'other_ground', 5)).toEqual({
      ok: false,
      refusal: {
        code: 'consent_missing',
        reason:
          'This needs consent to the processing of personal data. Ask the person, and record the answer.',
        field: 'consent',
      },
    });
  });

  it('takes a yes of a time to come for silence, and a no for a no', () => {
    expect(uses(said('given', 6), 'required')).toEqual(['keep', 'contact']);
    expect(uses(said('given', 6), 'other_ground')).toEqual(uses(null, 'other_ground'));
    expect(decideUse(said('given', 6), 'share', 'required', 5)).toMatchObject({
      refusal: { code: 'consent_missing' },
    });
    expect(uses(said('withdrawn', 6), 'other_ground')).toEqual(['keep']);
  });

  it.each(['refused', 'withdrawn'] as const)('leaves keeping only once it is %s', (answer) => {
    for (const policy of ['required', 'other_ground'] as const)
      expect(uses(said(answer), policy)).toEqual(['keep']);
    expect(decideUse(said(answer), 'contact', 'other_ground', 5)).toEqual({
      ok: false,
      refusal: {
        code: `consent_${answer}`,
        reason: `The person has ${answer} consent to the processing of personal data. The lead may only be kept, rejected or erased.`,
        field: 'consent',
      },
    });
  });
});

describe('recordConsent', () => {
  it('keeps the later answer', () => {
    expect(recordConsent(null, said('given'), 5)).toEqual({ ok: true, value: said('given') });
    expect(recordConsent(said('given'), said('withdrawn', 6), 9)).toEqual({
      ok: true,
      value: said('withdrawn', 6),
    });
    expect(recordConsent(said('refused', 6), said('given', 5), 9)).toEqual({
      ok: true,
      value: said('refused', 6),
    });
  });

  it('does not let a yes of a time to come outlast what is said now', () => {
    expect(recordConsent(said('given', 99), said('withdrawn', 6), 9)).toEqual({
      ok: true,
      value: said('withdrawn', 6),
    });
    expect(recordConsent(said('refused', 99), said('given', 6), 9)).toEqual({
      ok: true,
      value: said('refused', 99),
    });
  });

  it.each([
    [
      null,
      said('given', 10),
      'consent_in_future',
      'The answer was given in the future; correct its time.',
      'consent.at',
    ],
    [
      null,
      said('given', 5, ''),
      'evidence_invalid',
      'Say where the answer stands, in 1 to 200 printable characters.',
      'consent.evidence',
    ],
    [
      null,
      said('withdrawn'),
      'nothing_to_withdraw',
      'Consent was never given; record that it is refused.',
      'consent.answer',
    ],
  ] as const)('refuses %j then %j: %s', (before, answer, code, reason, field) => {
    expect(recordConsent(before, answer, 9)).toEqual({
      ok: false,
      refusal: { code, reason, field },
    });
  });
});

it('of two answers the later one holds, of one instant the stricter, in any order', () => {
  expect(laterConsent(said('given', 1), said('refused', 2))).toEqual(said('refused', 2));
  expect(laterConsent(said('given', 3), said('refused', 2))).toEqual(said('given', 3));
  expect(laterConsent(said('given'), said('refused'))).toEqual(said('refused'));
  expect(laterConsent(said('refused'), said('withdrawn'))).toEqual(said('withdrawn'));
  expect(laterConsent(said('given', 5, 'a'), said('given', 5, 'b'))).toEqual(said('given', 5, 'b'));
  const any = fc.record({
    answer: fc.constantFrom(...CONSENT_ANSWERS),
    at: fc.nat(2),
    evidence: fc.constantFrom('a', 'b'),
  });
  fc.assert(
    fc.property(any, any, any, (one, two, three) => {
      expect(laterConsent(one, two)).toEqual(laterConsent(two, one));
      expect(laterConsent(one, one)).toEqual(one);
      expect(laterConsent(laterConsent(one, two), three)).toEqual(
        laterConsent(one, laterConsent(two, three)),
      );
    }),
  );
});
