import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinContacts, MAX_MESSENGERS } from './contacts.ts';
import type { ClientContact, ContactDetails } from './contacts.ts';

const contact = (
  id: string,
  details: ContactDetails | null,
  rest: Partial<ClientContact> = {},
): ClientContact => ({ id, person: 'zoe', position: null, joined: [], ...rest, details });
const ids = (contacts: readonly ClientContact[]) => contacts.map(({ id }) => id);

describe('contacts of two clients', () => {
  it('become one where they are one person, and what one does not know the other one tells', () => {
    const [one, ...rest] = joinContacts(
      [contact('a', { name: 'Zoe', email: 'zoe@example.com', phone: undefined })],
      [contact('b', { email: 'ZOE@example.com', phone: '067' }, { position: 'CEO' })],
    );
    expect(rest).toEqual([]);
    expect(one).toEqual({
      id: 'a',
      person: 'zoe',
      position: 'CEO',
      details: { name: 'Zoe', email: 'zoe@example.com', phone: '067' },
      joined: ['b'],
    });
  });

  it('remember all that became one of them', () => {
    const joined = joinContacts(
      [contact('a', { name: 'Zoe' }, { joined: ['x'] })],
      [contact('b', { name: 'Zoe' }, { joined: ['y'] }), contact('c', { name: 'zoe' })],
    );
    expect(joined).toMatchObject([{ id: 'a', joined: ['x', 'b', 'y', 'c'] }]);
  });

  it.each<[string, Partial<ClientContact>, ContactDetails]>([
    ['name', {}, { name: 'Zed', phone: '1' }],
    ['address', {}, { email: 'zed@example.com' }],
    ['number', {}, { phone: '2' }],
    ['position', { position: 'CFO' }, { phone: '1' }],
    ['person', { person: 'zed' }, { phone: '1' }],
  ])('stay two when the %s is another one', (_what, rest, details) => {
    const first = contact(
      'a',
      { name: 'Zoe', email: 'zoe@example.com', phone: '1' },
      { position: 'CEO' },
    );
    const second = contact('b', details, rest);
    expect(joinContacts([first], [second])).toEqual([first, second]);
  });

  it('are compared without regard to spelling', () => {
    const first = contact(
      'a',
      { name: 'Zoe  Ray', email: 'Zoe@Example.com', phone: '+38 (067) 123-45-67' },
      { position: 'Head of sales' },
    );
    const second = contact(
      'b',
      { name: ' zoe ray', email: 'zoe@example.com ', phone: '00380671234567' },
      { position: 'head of  Sales' },
    );
    expect(joinContacts([first], [second])).toEqual([{ ...first, joined: ['b'] }]);
  });

  it('stay two when nobody can read one of them', () => {
    const [open, erased] = [contact('a', { name: 'Zoe' }), contact('b', null)];
    expect(ids(joinContacts([open], [erased]))).toEqual(['a', 'b']);
    expect(ids(joinContacts([erased], [open]))).toEqual(['b', 'a']);
  });

  it('have the messengers of both, as far as there is room', () => {
    const many = (count: number, kind: string) =>
      Array.from({ length: count }, (_, index) => ({ kind, address: `${index}` }));
    const fits = joinContacts(
      [contact('a', { messengers: many(5, 'telegram') })],
      [contact('b', { messengers: [...many(5, 'telegram'), ...many(5, 'viber')] })],
    );
    expect(fits).toMatchObject([
      { details: { messengers: [...many(5, 'telegram'), ...many(5, 'viber')] } },
    ]);
    expect(fits[0]?.details?.messengers).toHaveLength(MAX_MESSENGERS);
    const full = joinContacts(
      [contact('a', { messengers: many(5, 'telegram') })],
      [contact('b', { messengers: many(6, 'viber') })],
    );
    expect(ids(full)).toEqual(['a', 'b']);
  });

  it('lose nobody and nothing, whoever they are', () => {
    const details = fc.record(
      {
        name: fc.constantFrom('Zoe', 'Zed'),
        email: fc.constantFrom('a@x.y', 'b@x.y'),
        phone: fc.constantFrom('1', '2'),
      },
      { requiredKeys: [] },
    );
    const contacts = (prefix: string) =>
      fc
        .array(fc.tuple(fc.constantFrom('p', 'q'), fc.option(details)), { maxLength: 5 })
        .map((rows) =>
          rows.map(([person, known], index) => contact(`${prefix}${index}`, known, { person })),
        );
    fc.assert(
      fc.property(contacts('a'), contacts('b'), (first, second) => {
        const all = joinContacts(first, second);
        expect(all.flatMap(({ id, joined }) => [id, ...joined]).toSorted()).toEqual(
          ids([...first, ...second]).toSorted(),
        );
        expect(ids(all).slice(0, first.length)).toEqual(ids(first));
        for (const { id, person, details: known } of [...first, ...second]) {
          const now = all.find((one) => one.id === id || one.joined.includes(id));
          expect(now).toMatchObject({ person, details: known });
        }
      }),
    );
  });
});
