/** Who a person at a client is, and how the person is reached. */
export interface ContactDetails {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly messengers?: readonly Messenger[] | undefined;
}

interface Messenger {
  readonly kind: string;
  readonly address: string;
}

export interface ClientContact {
  readonly id: string;
  /** Equal for contacts that were named alike, by an e-mail address or a telephone number. */
  readonly person: string;
  readonly position: string | null;
  /** Null when nobody can read it: the person was erased. */
  readonly details: ContactDetails | null;
  /** Contacts that became this one; whatever names them means this one. */
  readonly joined: readonly string[];
}

export const MAX_MESSENGERS = 10;

/**
 * Contacts of both lists, the first list's first. A contact of the second that is a person of the first one, and says
 * nothing else of that person, becomes one with it: what one of them does not know the other one tells. Where the two
 * contradict each other both stay, for an office may have one telephone, and nobody can tell who is right.
 */
export function joinContacts(
  first: readonly ClientContact[],
  second: readonly ClientContact[],
): readonly ClientContact[] {
  return second.reduce<readonly ClientContact[]>((contacts, contact) => {
    const index = contacts.findIndex((known) => joined(known, contact) !== null);
    const known = contacts[index];
    const one = known === undefined ? null : joined(known, contact);
    return one === null ? [...contacts, contact] : contacts.with(index, one);
  }, first);
}

/** Null when they are two. */
function joined(one: ClientContact, other: ClientContact): ClientContact | null {
  const [left, right] = [one.details, other.details];
  if (one.person !== other.person || left === null || right === null) return null;
  const differ =
    contradicts(words, one.position, other.position) ||
    contradicts(words, left.name, right.name) ||
    contradicts(words, left.email, right.email) ||
    contradicts(digits, left.phone, right.phone);
  const messengers = withMessengers(left.messengers ?? [], right.messengers ?? []);
  if (differ || messengers.length > MAX_MESSENGERS) return null;
  const known = Object.fromEntries(Object.entries(left).filter(([, value]) => value !== undefined));
  return {
    ...one,
    position: one.position ?? other.position,
    details: { ...right, ...known, ...(messengers.length === 0 ? {} : { messengers }) },
    joined: [...one.joined, other.id, ...other.joined],
  };
}

function contradicts(
  spelling: (text: string) => string,
  one: string | null | undefined,
  other: string | null | undefined,
): boolean {
  return one != null && other != null && spelling(one) !== spelling(other);
}

/** Equal for texts that differ in case and spaces only. */
export function words(text: string): string {
  return text.normalize('NFKC').trim().split(/\s+/).join(' ').toLowerCase();
}

/** `+38 (067) 123-45-67` and `0038067…` agree. */
export function digits(text: string): string {
  return text.replace(/\D/g, '').replace(/^00/, '');
}

function withMessengers(
  one: readonly Messenger[],
  other: readonly Messenger[],
): readonly Messenger[] {
  const isNew = ({ kind, address }: Messenger): boolean =>
    !one.some((known) => known.kind === kind && known.address === address);
  return [...one, ...other.filter(isNew)];
}
