import fc from 'fast-check';
import type { Instant } from '../basics/index.ts';
import type { LeadContact, ReadPhone } from './contact.ts';
import type { LeadHold } from './duplicates.ts';
import type { Lead, LeadFields, Stamped } from './lead.ts';
import { enterLead } from './moves.ts';
import type { StatusChange } from './moves.ts';
import { DEFAULT_LEAD_SETTINGS } from './settings.ts';
import type { LeadKind } from './settings.ts';

/** Knows the numbers of Ukraine and those with a country code; the server brings a library. */
export const readUkrainian: ReadPhone = (text, country) => {
  const digits = text.replaceAll(/[\s()-]/g, '');
  if (/^\+\d{8,15}$/.test(digits)) return digits;
  return country === 'UA' && /^0\d{9}$/.test(digits) ? `+38${digits}` : null;
};

export const NOBODY: LeadContact = { name: null, phones: [], emails: [], city: null };

/** The last change of a lead that is of this kind. */
export function lastOf(kind: LeadKind, leadId = 'a', at: Instant = 0): StatusChange {
  const to = DEFAULT_LEAD_SETTINGS.statuses.find((status) => status.kind === kind)?.key ?? '';
  return {
    ...enterLead(DEFAULT_LEAD_SETTINGS, leadId, { source: 'x' }, { at, actorId: null }),
    to,
    kind,
  };
}

const UNKNOWN: LeadFields = {
  name: { value: null, at: 0 },
  city: { value: null, at: 0 },
  niche: { value: null, at: 0 },
  legalForm: { value: null, at: 0 },
  handling: { value: null, at: 0 },
  amount: { value: null, at: 0 },
  responsibleId: { value: null, at: 0 },
};

/** A lead of which nothing is known but what is given. */
export function leadOf(
  id: string,
  given: Partial<Omit<Lead, 'fields'>> & { readonly fields?: Partial<LeadFields> } = {},
): Lead {
  const createdAt = given.createdAt ?? 0;
  const last = given.last ?? lastOf('new', id, createdAt);
  return {
    id,
    createdAt,
    origin: { leadId: id, at: createdAt, source: 'external', partnerId: null },
    phones: [],
    emails: [],
    externalRefs: [],
    consent: null,
    buyerId: null,
    history: [last],
    absorbed: [],
    ...given,
    last,
    fields: { ...UNKNOWN, ...given.fields },
  };
}

const at = fc.integer({ min: 0, max: 3 });
const stamped = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Stamped<T>> => fc.record({ value, at });
const word = fc.constantFrom(null, 'a', 'b');
const ways = fc.uniqueArray(stamped(fc.constantFrom('1', '2', '3')), {
  maxLength: 3,
  selector: ({ value }) => value,
});

/** Leads with few values, so that they often agree. At most one is on auction, sold, given out or a deal. */
export function leadsOf(count: number): fc.Arbitrary<readonly Lead[]> {
  const bound = fc.option(fc.nat({ max: count - 1 }));
  const free = fc.constantFrom<LeadKind>('new', 'working', 'unsold', 'returned', 'rejected');
  const one = fc.record({
    createdAt: at,
    kind: free,
    hold: fc.constantFrom<LeadHold>(
      { kind: 'auction', buyerId: null },
      { kind: 'sold', buyerId: 'x' },
      { kind: 'converted', buyerId: null },
      { kind: 'working', buyerId: 'x' },
      { kind: 'rejected', buyerId: 'x' },
    ),
    phones: ways,
    emails: ways,
    externalRefs: fc.uniqueArray(
      fc.record({ system: fc.constantFrom('x', 'y'), id: fc.constantFrom('1', '2') }),
      { maxLength: 3, selector: ({ system, id }) => system + id },
    ),
    consent: fc.option(
      fc.record({
        answer: fc.constantFrom('given', 'refused', 'withdrawn'),
        at,
        evidence: fc.constantFrom('form', 'call'),
      }),
    ),
    partnerId: word,
    fields: fc.record({
      name: stamped(word),
      city: stamped(word),
      niche: stamped(word),
      legalForm: stamped(word),
      handling: stamped(word),
      amount: stamped(fc.option(fc.record({ amount: fc.nat(2), currency: fc.constant('UAH') }))),
      responsibleId: stamped(word),
    }),
  });
  return fc
    .tuple(bound, fc.array(one, { minLength: count, maxLength: count }))
    .map(([boundIndex, all]) =>
      all.map(({ kind, hold, partnerId, phones, emails, ...rest }, index) => {
        const id = `lead-${index}`;
        const held = index === boundIndex ? hold : { kind, buyerId: null };
        const last = lastOf(held.kind, id, rest.createdAt);
        const origin = { leadId: id, at: rest.createdAt, source: `s${index}`, partnerId };
        const newest = (list: readonly Stamped<string>[]): readonly Stamped<string>[] =>
          list.toSorted((left, right) => right.at - left.at || (left.value < right.value ? -1 : 1));
        return leadOf(id, {
          ...rest,
          last,
          buyerId: held.buyerId,
          origin,
          phones: newest(phones),
          emails: newest(emails),
        });
      }),
    );
}
