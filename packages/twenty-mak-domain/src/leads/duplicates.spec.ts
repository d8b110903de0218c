import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeadContact } from './contact.ts';
import {
  comparableOf,
  decideDuplicate,
  DEFAULT_DUPLICATE_POLICY,
  duplicateKeys,
  duplicateNotice,
  isBound,
  isFree,
  isHeld,
  isOpen,
  matchComparables,
  matchDuplicates,
} from './duplicates.ts';
import type { DuplicateMatch, DuplicatePolicy } from './duplicates.ts';
import { NOBODY } from './fixtures.ts';
import { LEAD_KINDS } from './settings.ts';

const ivan: LeadContact = {
  name: 'Иван Петров',
  phones: ['+380671234567', '+380501112233'],
  emails: ['ivan@example.com'],
  city: 'Київ',
};
const named = (name: string | null, city: string | null): LeadContact => ({
  ...NOBODY,
  name,
  city,
});

describe('duplicateKeys', () => {
  it('are those of numbers, addresses, and the name in its city', () => {
    expect(duplicateKeys(ivan)).toEqual({
      certain: ['phone:380671234567', 'phone:380501112233', 'email:ivan@example.com'],
      blocks: [
        'kev/ivan -rov',
        'kev/ivan -trov',
        'kev/ivan pe-',
        'kev/petrov -an',
        'kev/petrov -n',
        'kev/petrov i-',
        'kev/petrov iv-',
      ],
    });
  });

  it.each([
    [null, 'Київ'],
    ['Иван', null],
    ['Иван', 'г.'],
  ])('have no name without a city: %j in %j', (name, city) => {
    expect(duplicateKeys(named(name, city))).toEqual({ certain: [], blocks: [] });
  });
});

const matchContacts = (left: LeadContact, right: LeadContact) =>
  matchComparables(comparableOf(left), comparableOf(right));

describe('matchComparables', () => {
  it.each([
    [
      'a number',
      { ...NOBODY, phones: ['+1234567', '+380501112233'] },
      { by: 'phone', score: 1_000 },
    ],
    ['an address', { ...NOBODY, emails: ['ivan@example.com'] }, { by: 'email', score: 1_000 }],
    ['a number before an address', { ...ivan, name: null }, { by: 'phone', score: 1_000 }],
    ['the name', named('Petrov Ivan', 'г. Киев'), { by: 'name', score: 1_000 }],
    ['a similar name', named('Иван Петрова', 'Kyiv'), { by: 'name', score: 911 }],
    ['nothing', { ...NOBODY, phones: ['+1234567'], emails: ['x@example.com'] }, null],
    ['a name elsewhere', named('Иван Петров', 'Львів'), null],
    ['a name without a city', named('Иван Петров', null), null],
    ['a city without a name', named(null, 'Київ'), null],
    ['another name', named('Олег Петров', 'Київ'), null],
  ] as const)('finds by %s', (_, other, match) => {
    expect(matchContacts(ivan, other)).toEqual(match);
    expect(matchContacts(other, ivan)).toEqual(match);
  });

  it('takes no two places without a name for one', () => {
    expect(matchContacts(named('Иван Петров', 'г.'), named('Иван Петров', 'м.'))).toBeNull();
  });

  it('finds nobody but by a shared key, unless the name was mistyped more than once', () => {
    const name = fc.constantFrom(
      'Иван Петров',
      'Ivan Petrov',
      'Иван Петрова',
      'Иван Сергеевич Петров',
      'И. Петров',
      'Анна',
      'Ганна',
      null,
    );
    const contact = fc.record({
      name,
      phones: fc.subarray(['+1234567', '+7654321']),
      emails: fc.subarray(['a@b.co', 'c@d.ef']),
      city: fc.constantFrom('Киев', 'Kyiv', 'Львів', null),
    });
    fc.assert(
      fc.property(contact, contact, (left, right) => {
        const [one, other] = [duplicateKeys(left), duplicateKeys(right)];
        const shares = (list: 'certain' | 'blocks') =>
          one[list].some((key) => other[list].includes(key));
        const match = matchContacts(left, right);
        expect(shares('certain')).toBe(match !== null && match.by !== 'name');
        expect(match?.by !== 'name' || shares('blocks')).toBe(true);
      }),
    );
  });
});

describe('matchDuplicates', () => {
  it('names the surest first', () => {
    const known = [
      { id: 'similar', contact: named('Иван Петрова', 'Київ') },
      { id: 'same-name', contact: named('Иван Петров', 'Київ') },
      { id: 'nobody', contact: NOBODY },
      { id: 'z-mail', contact: { ...NOBODY, emails: ivan.emails } },
      { id: 'a-mail', contact: { ...NOBODY, emails: ivan.emails } },
      { id: 'phone', contact: { ...NOBODY, phones: ivan.phones } },
    ];
    const expected = [
      { leadId: 'phone', by: 'phone', score: 1_000 },
      { leadId: 'a-mail', by: 'email', score: 1_000 },
      { leadId: 'z-mail', by: 'email', score: 1_000 },
      { leadId: 'same-name', by: 'name', score: 1_000 },
      { leadId: 'similar', by: 'name', score: 911 },
    ];
    expect(matchDuplicates(ivan, known)).toEqual(expected);
    expect(matchDuplicates(ivan, known.toReversed())).toEqual(expected);
    expect(matchDuplicates(NOBODY, known)).toEqual([]);
  });
});

describe('decideDuplicate', () => {
  const phone: DuplicateMatch = { leadId: 'a', by: 'phone', score: 1_000 };
  const email: DuplicateMatch = { leadId: 'b', by: 'email', score: 1_000 };
  const name: DuplicateMatch = { leadId: 'c', by: 'name', score: 900 };
  const decide = (
    policy: Partial<DuplicatePolicy>,
    matches: readonly DuplicateMatch[],
    bound = '',
  ) =>
    decideDuplicate(
      { ...DEFAULT_DUPLICATE_POLICY, ...policy },
      matches,
      (id) => !bound.includes(id),
    );

  it('creates a lead that nobody knows, whatever the policy', () => {
    for (const certain of ['block', 'warn', 'merge'] as const)
      for (const likely of ['block', 'warn', 'ignore'] as const)
        expect(decide({ certain, likely }, [])).toEqual({ action: 'create', matches: [] });
  });

  it('warns by default', () => {
    expect(decide({}, [phone, name])).toEqual({ action: 'create', matches: [phone, name] });
    expect(decide({}, [name])).toEqual({ action: 'create', matches: [name] });
  });

  it('blocks what the tenant wants blocked', () => {
    expect(decide({ certain: 'block' }, [email, name])).toEqual({
      action: 'block',
      matches: [email, name],
    });
    expect(decide({ certain: 'block' }, [name])).toEqual({ action: 'create', matches: [name] });
    expect(decide({ likely: 'block' }, [name])).toEqual({ action: 'block', matches: [name] });
    expect(decide({ likely: 'block' }, [phone, name])).toEqual({
      action: 'create',
      matches: [phone, name],
    });
    expect(decide({ certain: 'block', likely: 'ignore' }, [name])).toEqual({
      action: 'create',
      matches: [],
    });
  });

  it('merges into the surest lead that nobody else counts on', () => {
    const merge = (matches: readonly DuplicateMatch[], bound?: string) =>
      decide({ certain: 'merge' }, matches, bound);
    expect(merge([phone, email, name])).toEqual({
      action: 'merge',
      into: 'a',
      matches: [phone, email, name],
    });
    expect(merge([phone, email], 'a')).toEqual({
      action: 'merge',
      into: 'b',
      matches: [phone, email],
    });
    expect(merge([phone, email], 'ab')).toEqual({ action: 'create', matches: [phone, email] });
    expect(merge([phone, name], 'a')).toEqual({ action: 'create', matches: [phone, name] });
    expect(merge([name])).toEqual({ action: 'create', matches: [name] });
  });

  it('merges into no lead that is rejected or that others count on', () => {
    expect(LEAD_KINDS.filter(isOpen)).toEqual(['new', 'working', 'unsold', 'returned']);
    expect(LEAD_KINDS.filter((kind) => isFree({ kind, buyerId: null }))).toEqual(
      LEAD_KINDS.filter(isOpen),
    );
    expect(LEAD_KINDS.filter((kind) => isFree({ kind, buyerId: 'x' }))).toEqual([]);
  });

  it('others count on leads that are on auction, sold or deals, and on those that they were given', () => {
    expect(LEAD_KINDS.filter(isBound)).toEqual(['auction', 'sold', 'converted']);
    expect(LEAD_KINDS.filter((kind) => isHeld({ kind, buyerId: null }))).toEqual(
      LEAD_KINDS.filter(isBound),
    );
    expect(LEAD_KINDS.every((kind) => isHeld({ kind, buyerId: 'x' }))).toBe(true);
  });
});

describe('duplicateNotice', () => {
  const match: DuplicateMatch = { leadId: 'a', by: 'phone', score: 1_000 };

  it('shows the head office all', () => {
    expect(duplicateNotice('head_office', [match])).toEqual({ exists: true, matches: [match] });
    expect(duplicateNotice('head_office', [])).toEqual({ exists: false, matches: [] });
  });

  it('tells others that a lead exists, and nothing else', () => {
    expect(duplicateNotice('outside', [match])).toStrictEqual({ exists: true });
    expect(duplicateNotice('outside', [{ ...match, by: 'name', score: 850 }])).toStrictEqual({
      exists: true,
    });
    expect(duplicateNotice('outside', [])).toStrictEqual({ exists: false });
  });
});
