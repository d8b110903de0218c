import { compareBytewise } from '../basics/index.ts';
import { cityKey } from './city.ts';
import type { LeadContact } from './contact.ts';
import { ALIKE_NAME, nameBlocks, nameSimilarity, nameWords, SAME_NAME } from './names.ts';
import type { LeadKind } from './settings.ts';

/** What leads are found by. All are compared as equal or not, so a store may keep secret digests of them. */
export interface DuplicateKeys {
  /** Leads that share one are the same: `phone:380671234567`, `email:name@example.com`. */
  readonly certain: readonly string[];
  /** Leads that share one are worth a comparison of their names. */
  readonly blocks: readonly string[];
}

/** How a lead was found, the surest way first. */
export const MATCH_WAYS = ['phone', 'email', 'name'] as const;
export type MatchWay = (typeof MATCH_WAYS)[number];

export interface DuplicateMatch {
  readonly leadId: string;
  readonly by: MatchWay;
  /** 1,000 for a number or an address; of names how much they are alike. */
  readonly score: number;
}

/** A lead that is there already. */
export interface KnownLead {
  readonly id: string;
  readonly contact: LeadContact;
}

/** The keys of a contact. Names count only with a city: namesakes are many. */
export function duplicateKeys({ name, phones, emails, city }: LeadContact): DuplicateKeys {
  const place = city === null ? null : cityKey(city);
  return {
    certain: [
      ...phones.map((phone) => `phone:${phone.slice(1)}`),
      ...emails.map((email) => `email:${email}`),
    ],
    blocks:
      name === null || place === null
        ? []
        : nameBlocks(nameWords(name)).map((block) => `${place}/${block}`),
  };
}

/** Which of the known leads are this one, the surest first; each is named once, by its surest way. */
export function matchDuplicates(
  contact: LeadContact,
  known: Iterable<KnownLead>,
): readonly DuplicateMatch[] {
  const found: DuplicateMatch[] = [];
  const own = comparableOf(contact);
  for (const { id: leadId, contact: other } of known) {
    const match = matchComparables(own, comparableOf(other));
    if (match !== null) found.push({ leadId, ...match });
  }
  return found.toSorted(
    (left, right) =>
      MATCH_WAYS.indexOf(left.by) - MATCH_WAYS.indexOf(right.by) ||
      right.score - left.score ||
      compareBytewise(left.leadId, right.leadId),
  );
}

/** What of a contact is compared, made once however many it is compared with. */
export interface Comparable extends Pick<LeadContact, 'phones' | 'emails'> {
  /** What the spellings of its city have in common. */
  readonly place: string | null;
  /** Null when it has no name. */
  readonly words: readonly string[] | null;
}

export function comparableOf({ phones, emails, name, city }: LeadContact): Comparable {
  const place = name === null || city === null ? null : cityKey(city);
  // A name without a city is compared with none.
  return { phones, emails, place, words: name === null || place === null ? null : nameWords(name) };
}

/** Whether two contacts are one; null when they are not. The same in both directions. */
export function matchComparables(
  left: Comparable,
  right: Comparable,
): Omit<DuplicateMatch, 'leadId'> | null {
  if (left.phones.some((phone) => right.phones.includes(phone)))
    return { by: 'phone', score: SAME_NAME };
  if (left.emails.some((email) => right.emails.includes(email)))
    return { by: 'email', score: SAME_NAME };
  if (left.words === null || right.words === null || left.place !== right.place) return null;
  const score = nameSimilarity(left.words, right.words);
  return score >= ALIKE_NAME ? { by: 'name', score } : null;
}

/** What a tenant wants of duplicates. Names alone never merge: two people may have one name. */
export interface DuplicatePolicy {
  /** The same number or address. */
  readonly certain: 'block' | 'warn' | 'merge';
  /** A similar name in the same city. */
  readonly likely: 'block' | 'warn' | 'ignore';
}

export const DEFAULT_DUPLICATE_POLICY: DuplicatePolicy = { certain: 'warn', likely: 'warn' };

/** What happens to a lead that somebody enters. In all cases those who are responsible for `matches` are told. */
export type DuplicateDecision =
  | { readonly action: 'create' | 'block'; readonly matches: readonly DuplicateMatch[] }
  | {
      readonly action: 'merge';
      readonly into: string;
      readonly matches: readonly DuplicateMatch[];
    };

/**
 * Decides by the matches, the surest first, and by whether those leads are free. What comes in is merged into no lead that
 * others count on, for a buyer's lead would change, and into none that is rejected, for a new wish would be lost there. Of
 * such a lead is warned instead.
 */
export function decideDuplicate(
  policy: DuplicatePolicy,
  matches: readonly DuplicateMatch[],
  isFreeLead: (leadId: string) => boolean,
): DuplicateDecision {
  const certain = matches.filter(({ by }) => by !== 'name');
  const likely = policy.likely === 'ignore' ? [] : matches.filter(({ by }) => by === 'name');
  const told = [...certain, ...likely];
  const wish = certain.length > 0 ? policy.certain : policy.likely;
  if (told.length > 0 && wish === 'block') return { action: 'block', matches: told };
  if (wish === 'merge') {
    const target = certain.find(({ leadId }) => isFreeLead(leadId));
    if (target !== undefined) return { action: 'merge', into: target.leadId, matches: told };
  }
  return { action: 'create', matches: told };
}

/** Whether others count on a lead of this kind as it is: a bidder, a buyer, a deal. */
export function isBound(kind: LeadKind): boolean {
  return kind === 'auction' || kind === 'sold' || kind === 'converted';
}

/** Whether somebody may begin to work on a lead of this kind. */
export function isOpen(kind: LeadKind): boolean {
  return !isBound(kind) && kind !== 'rejected';
}

/** Where a lead is, and the company that bought it or was given it. */
export interface LeadHold {
  readonly kind: LeadKind;
  readonly buyerId: string | null;
}

/** Whether others count on the lead as it is; a company that was given it works it like one that has paid for it. */
export function isHeld({ kind, buyerId }: LeadHold): boolean {
  return buyerId !== null || isBound(kind);
}

/** Whether the head office or a partner may still do with it what they like. */
export function isFree(lead: LeadHold): boolean {
  return !isHeld(lead) && isOpen(lead.kind);
}

/** What the one who enters a lead learns. */
export type DuplicateNotice =
  | { readonly exists: boolean }
  | { readonly exists: boolean; readonly matches: readonly DuplicateMatch[] };

/**
 * What may be told by role. The head office sees which leads match. Everybody else, outer platforms too, learns only that
 * the lead exists, and the same answer whatever it was found by: whoever probes with numbers and names learns no more.
 */
export function duplicateNotice(
  viewer: 'head_office' | 'outside',
  matches: readonly DuplicateMatch[],
): DuplicateNotice {
  const exists = matches.length > 0;
  return viewer === 'head_office' ? { exists, matches } : { exists };
}
