import { accept, compareBytewise, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import { isLine } from '../pipelines/names.ts';

/** What a person said about the processing of personal data, from the mildest to the strictest. */
export const CONSENT_ANSWERS = ['given', 'refused', 'withdrawn'] as const;
export type ConsentAnswer = (typeof CONSENT_ANSWERS)[number];

export interface Consent {
  readonly answer: ConsentAnswer;
  readonly at: Instant;
  /** Where it stands: a form, its version, a letter, a call. */
  readonly evidence: string;
}

/** Whether a tenant needs consent, or has another ground, such as a contract, for its work with leads. */
export type ConsentPolicy = 'required' | 'other_ground';

/** What is done with a lead. */
export const LEAD_USES = ['keep', 'contact', 'share', 'convert', 'promote'] as const;
/**
 * - `keep`: see, correct, merge, reject, erase it
 * - `contact`: answer the person, ask for consent
 * - `share`: give it to others: an auction, a franchisee, an outer system, an export
 * - `convert`: make a deal of it
 * - `promote`: send offers that nobody asked for
 */
export type LeadUse = (typeof LEAD_USES)[number];

/** Uses for which silence is enough. */
const SILENCE: Readonly<Record<ConsentPolicy, readonly LeadUse[]>> = {
  required: ['keep', 'contact'],
  other_ground: ['keep', 'contact', 'share', 'convert'],
};

/**
 * Whether a use is allowed; `consent` is null while nobody has asked. A no is a no whatever the policy: only keeping is
 * left. Consent that is given later than `now` is none yet. Refuses with `consent_missing`, `consent_refused` or `consent_withdrawn`.
 */
export function decideUse(
  consent: Consent | null,
  use: LeadUse,
  policy: ConsentPolicy,
  now: Instant,
): Decision<LeadUse> {
  const isYes = consent?.answer === 'given';
  if (use === 'keep' || (isYes && consent.at <= now)) return accept(use);
  if (consent !== null && !isYes)
    return refuse(
      consent.answer === 'refused' ? 'consent_refused' : 'consent_withdrawn',
      `The person has ${consent.answer} consent to the processing of personal data. The lead may only be kept, rejected or erased.`,
      'consent',
    );
  if (SILENCE[policy].includes(use)) return accept(use);
  return refuse(
    'consent_missing',
    'This needs consent to the processing of personal data. Ask the person, and record the answer.',
    'consent',
  );
}

/**
 * The consent after an answer; `now` is the present. Refuses with `consent_in_future`, `evidence_invalid` or
 * `nothing_to_withdraw`.
 */
export function recordConsent(
  before: Consent | null,
  answer: Consent,
  now: Instant,
): Decision<Consent> {
  if (answer.at > now)
    return refuse(
      'consent_in_future',
      'The answer was given in the future; correct its time.',
      'consent.at',
    );
  if (!isLine(answer.evidence))
    return refuse(
      'evidence_invalid',
      'Say where the answer stands, in 1 to 200 printable characters.',
      'consent.evidence',
    );
  if (answer.answer === 'withdrawn' && before === null)
    return refuse(
      'nothing_to_withdraw',
      'Consent was never given; record that it is refused.',
      'consent.answer',
    );
  // A yes of a time to come is an error of before and must not outlast what the person says now.
  const isSaid = before !== null && (before.answer !== 'given' || before.at <= now);
  return accept(isSaid ? laterConsent(before, answer) : answer);
}

/** The later answer of two; of those at one instant the stricter. The same whichever comes first. */
export function laterConsent(left: Consent, right: Consent): Consent {
  const order =
    left.at - right.at ||
    CONSENT_ANSWERS.indexOf(left.answer) - CONSENT_ANSWERS.indexOf(right.answer) ||
    compareBytewise(left.evidence, right.evidence);
  return order < 0 ? right : left;
}
