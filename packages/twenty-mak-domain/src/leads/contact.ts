import { accept, refuse } from '../basics/index.ts';
import type { Decision, Refusal } from '../basics/index.ts';

/** Who a lead is. The first number and the first address are those that people use; merged leads may have several. */
export interface LeadContact {
  readonly name: string | null;
  /** E.164, e.g. `+380671234567`. */
  readonly phones: readonly string[];
  /** In lower case. */
  readonly emails: readonly string[];
  readonly city: string | null;
}

/** The same as somebody wrote it. */
export interface ContactDraft {
  readonly name?: string | null;
  readonly phones?: readonly string[];
  readonly emails?: readonly string[];
  readonly city?: string | null;
}

/**
 * Reads a telephone number as people write it in a country (ISO 3166, e.g. `UA`) and gives it in E.164; null when it is
 * none. Numbering plans change: the caller brings a library that knows them.
 */
export type ReadPhone = (text: string, country: string) => string | null;

export interface ContactRules {
  readonly readPhone: ReadPhone;
  /** Of numbers without a country code. */
  readonly country: string;
}

/** Longest name or city. */
const MAX_TEXT = 200;
/** Longest address by RFC 5321. */
const MAX_EMAIL = 254;
/** Most numbers, and most addresses, of one lead. */
export const MAX_CONTACT_WAYS = 20;

const E164 = /^\+[1-9]\d{6,14}$/;
const EMAIL =
  /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

/**
 * A contact in one spelling, and all that is wrong with it by field: `phone_invalid`, `email_invalid`, `text_too_long`,
 * `too_many` and `contact_missing` when neither name nor number nor address is left. What is wrong is left out.
 */
export function readContact(
  draft: ContactDraft,
  rules: ContactRules,
): { readonly contact: LeadContact; readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = [];
  const keep = <T>(decision: Decision<T>): T | null => {
    if (decision.ok) return decision.value;
    refusals.push(decision.refusal);
    return null;
  };
  const listed = (
    texts: readonly string[] | undefined,
    name: string,
    read: (text: string, field: string) => Decision<string>,
  ): readonly string[] => {
    const given = (texts ?? []).map(cleanText).filter((text) => text !== '');
    if (given.length > MAX_CONTACT_WAYS)
      refusals.push({
        code: 'too_many',
        reason: `A lead has at most ${MAX_CONTACT_WAYS} of them.`,
        field: name,
      });
    const known = given
      .slice(0, MAX_CONTACT_WAYS)
      .map((text, index) => keep(read(text, `${name}.${index}`)));
    return [...new Set(known.filter((value) => value !== null))];
  };
  const contact: LeadContact = {
    name: keep(readText(draft.name, 'name')),
    phones: listed(draft.phones, 'phones', (text, field) => readPhone(text, rules, field)),
    emails: listed(draft.emails, 'emails', readEmail),
    city: keep(readText(draft.city, 'city')),
  };
  if (contact.name === null && contact.phones.length === 0 && contact.emails.length === 0)
    refusals.push({
      code: 'contact_missing',
      reason: 'A lead needs a name, a telephone number or an e-mail address.',
      field: 'name',
    });
  return { contact, refusals };
}

/** A number in E.164. Refuses with `phone_invalid`. */
export function readPhone(
  text: string,
  { readPhone: read, country }: ContactRules,
  field = 'phone',
): Decision<string> {
  const number = read(cleanText(text), country);
  if (number !== null && E164.test(number)) return accept(number);
  return refuse(
    'phone_invalid',
    `This is no telephone number of ${country}, nor one with a country code such as +380.`,
    field,
  );
}

/**
 * An address in one spelling: lower case, without what mail programs put around it. Dots and tags stay, because they
 * make other people at other servers. Refuses with `email_invalid`.
 */
export function readEmail(text: string, field = 'email'): Decision<string> {
  const [, bracketed] = /<([^<>]*)>$/.exec(text.trim()) ?? [];
  const address = cleanText(bracketed ?? text)
    .replace(/^mailto:/i, '')
    .toLowerCase();
  if (address.length <= MAX_EMAIL && EMAIL.test(address)) return accept(address);
  return refuse('email_invalid', 'This is no e-mail address such as name@example.com.', field);
}

/** What is clean as it is, which nearly every text is: the ways below cost twenty times as much as this look. */
const CLEAN = /^(?:[!-~\u0400-\u045f]+(?: [!-~\u0400-\u045f]+)*)?$/;

/** One line without invisible characters and with single spaces. */
export function cleanText(text: string): string {
  if (CLEAN.test(text)) return text;
  return text
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replaceAll(/[\p{Z}\p{Cc}]+/gu, ' ')
    .trim();
}

function readText(text: string | null | undefined, field: string): Decision<string | null> {
  const clean = cleanText(text ?? '');
  if (clean.length > MAX_TEXT)
    return refuse('text_too_long', `At most ${MAX_TEXT} characters are allowed here.`, field);
  return accept(clean === '' ? null : clean);
}
