import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportDuplicates } from '../../imports/index.ts';
import { ClientBook } from './book.ts';
import type { ClientEntry } from './book.ts';
import { metClients } from './foresee.ts';
import { contactWays } from './imported-client.ts';
import type { ImportedClient } from './imported-client.ts';
import type { ClientDraft } from './row.ts';

const draft = (changes: Partial<ClientDraft> = {}): ClientDraft => ({
  ...{ kind: null, name: 'Acme', industry: null, size: null, budget_band: null },
  ...{ client_type: null, source: null, segments: [], key_account: null, owner: null },
  ...{ contact: null, externalRef: null, attributes: {} },
  ...changes,
});
const reached = (phone: string, name?: string): ClientDraft['contact'] => ({
  ...{ position: null, phone },
  ...(name === undefined ? {} : { name }),
});
const known = (id: string, changes: Partial<ImportedClient> = {}): ImportedClient => ({
  ...{ id, kind: 'company', segments: [], externalRefs: [], attributes: {}, archived: false },
  values: {
    ...{ name: 'Acme', industry: 'Food', size: null, budget_band: null, client_type: null },
    ...{ source: 'fair', key_account: false, owner_id: 'eva' },
  },
  contacts: [],
  ...changes,
});
const zoe = {
  ...{ id: 'zoe', person: 'p1', position: 'CEO', joined: [] },
  details: { name: 'Zoe', phone: '+380671234567' },
};
let made = 0;
const take = (book: ClientBook, one: ClientDraft, owner: string | null = null): ClientEntry => {
  made += 1;
  return book.take(one, owner, { client: `n${made}`, contact: `c${made}` });
};
const codeOf = (entry: ClientEntry): string =>
  entry.result === 'rejected' ? entry.refusal.code : entry.result;

describe('ClientBook', () => {
  it('makes a client of what nobody knows', () => {
    const book = new ClientBook([known('a')], 'reject');
    expect(codeOf(take(book, draft({ name: 'Beta', contact: reached('1', 'Ivan') }), 'eva'))).toBe(
      'created',
    );
    expect(book.created()).toMatchObject([
      {
        ...{ kind: 'company', values: { name: 'Beta', key_account: false, owner_id: 'eva' } },
        contacts: [{ details: { name: 'Ivan', phone: '1' } }],
      },
    ]);
    expect(book.changed()).toEqual([]);
  });

  it.each<[string, ClientDraft]>([
    ['its name in another spelling', draft({ name: ' ACME ' })],
    ['its number', draft({ name: 'Other', contact: reached('0038 (067) 1234567') })],
  ])('knows a client again by %s, and leaves the row out', (_, row) => {
    const book = new ClientBook([known('a', { contacts: [zoe] })], 'reject');
    expect(codeOf(take(book, row))).toBe('duplicate');
    expect([book.created(), book.changed()]).toEqual([[], []]);
  });

  it('knows it again by an outer id, also one that only deals name', () => {
    const ref = { system: 'crm', id: '7' };
    const book = new ClientBook([known('a', { externalRefs: [ref] })], 'reject');
    expect(codeOf(take(book, draft({ name: 'Other', externalRef: ref })))).toBe(
      'external_id_known',
    );
    const named = new ClientBook([known('a')], 'update', { named: new Map([['crm\n7', 'a']]) });
    expect(take(named, draft({ name: 'New', externalRef: ref }))).toEqual({
      ...{ result: 'merged', clientId: 'a' },
    });
    expect(named.changed()[0]?.after.values.name).toBe('New');
  });

  it('takes a person and a company for two', () => {
    const book = new ClientBook([known('a', { contacts: [zoe] })], 'reject');
    const person = draft({ kind: 'person', name: 'Zoe', contact: reached('380671234567', 'Zoe') });
    expect(codeOf(take(book, person))).toBe('created');
    expect(codeOf(take(book, person))).toBe('duplicate');
    expect(codeOf(take(book, draft({ kind: 'person', name: 'Acme' })))).toBe('created');
  });

  it('takes two records of one outer system for two, even with one name', () => {
    const ref = (id: string) => ({ externalRef: { system: 'crm', id } });
    const book = new ClientBook([], 'update');
    expect(codeOf(take(book, draft(ref('1'))))).toBe('created');
    expect(codeOf(take(book, draft(ref('2'))))).toBe('created');
    expect(codeOf(take(book, draft()))).toBe('several_clients');
    expect(codeOf(take(book, draft({ ...ref('1'), kind: 'person' })))).toBe('kind_differs');
  });

  it.each(['company', 'person'] as const)(
    'takes two records of one outer system for two, even with one name and one telephone (%s)',
    (kind) => {
      const row = (id: string | null, name = 'Acme'): ClientDraft =>
        draft({
          ...{ kind, name, contact: reached('1', 'Ivan') },
          externalRef: id === null ? null : { system: 'crm', id },
        });
      const stored = known('a', {
        ...{ kind, externalRefs: [{ system: 'crm', id: '1' }] },
        contacts: [{ ...zoe, details: { name: 'Ivan', phone: '1' } }],
      });
      const book = new ClientBook([stored], 'update');
      expect([row('2'), row('3', 'Other'), row('2')].map((one) => codeOf(take(book, one)))).toEqual(
        [...['created', 'created', 'merged']],
      );
      expect(book.changed()).toEqual([]);
      expect(codeOf(take(book, row(null)))).toBe('several_clients');
      // Of another system it may be the same client, and so it is known by both ids.
      const other = new ClientBook([stored], 'update');
      const ofAds = { ...row('2'), externalRef: { system: 'ads', id: '2' } };
      expect(codeOf(take(other, ofAds))).toBe('merged');
      // What is only left out may be left out.
      expect(codeOf(take(new ClientBook([stored], 'reject'), row('2')))).toBe('duplicate');
    },
  );

  it('gives a client what a row says, and takes nothing away', () => {
    const before = known('a', { contacts: [zoe], segments: ['x'], attributes: { a: '1', b: '2' } });
    const book = new ClientBook([before], 'update');
    const row = draft({
      ...{ name: 'ACME', industry: 'Media', segments: ['y'], attributes: { b: '3', c: '4' } },
      contact: { position: null, phone: '+380671234567', email: 'zoe@acme.example' },
    });
    expect(take(book, row)).toEqual({ result: 'merged', clientId: 'a' });
    const [changed] = book.changed();
    expect(changed?.before).toBe(before);
    expect(changed?.after).toMatchObject({
      values: { name: 'Acme', industry: 'Media', source: 'fair', owner_id: 'eva' },
      segments: ['x', 'y'],
      attributes: { a: '1', b: '3', c: '4' },
      contacts: [
        {
          ...{ id: 'zoe', position: 'CEO' },
          details: { name: 'Zoe', phone: '+380671234567', email: 'zoe@acme.example' },
        },
      ],
    });
  });

  it('adds a contact that is another person', () => {
    const book = new ClientBook([known('a', { contacts: [zoe] })], 'update');
    expect(codeOf(take(book, draft({ contact: reached('2', 'Ivan') })))).toBe('merged');
    expect(codeOf(take(book, draft({ contact: reached('2', 'Ivan') })))).toBe('merged');
    expect(book.changed()[0]?.after.contacts.map(({ details }) => details?.name)).toEqual([
      ...['Zoe', 'Ivan'],
    ]);
  });

  it.each<[string, Partial<ImportedClient>, ClientDraft]>([
    [
      'name_differs',
      { contacts: [zoe] },
      draft({ name: 'Beta', contact: reached('380671234567') }),
    ],
    ['client_archived', { archived: true }, draft()],
    [
      'merge_too_large',
      { segments: Array.from({ length: 50 }, (_, one) => `s${one}`) },
      draft({ segments: ['one more'] }),
    ],
  ])('refuses with %s', (code, changes, row) => {
    const book = new ClientBook([known('a', changes)], 'update');
    expect(codeOf(take(book, row))).toBe(code);
    expect([book.created(), book.changed()]).toEqual([[], []]);
  });
});

it('contactWays are one spelling of numbers and addresses', () => {
  expect(contactWays({ email: ' A@B.example', phone: '+38 (067) 1' })).toEqual([
    ...['email:a@b.example', 'phone:380671'],
  ]);
  expect(contactWays({ name: 'A', phone: '—' })).toEqual([]);
  expect(contactWays(null)).toEqual([]);
});

describe('metClients', () => {
  const rows = fc.array(
    fc.record({
      kind: fc.constantFrom('company' as const, 'person' as const, null),
      name: fc.constantFrom('A', 'a', 'B', 'C'),
      phone: fc.constantFrom('1', '2', '3', null),
    }),
    { maxLength: 25 },
  );

  it('says of batches that do not see each other what the import comes to', () => {
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom<ImportDuplicates>('reject', 'update'),
        fc.integer({ min: 1, max: 5 }),
        (given, duplicates, size) => {
          const drafts = given.map(({ kind, name, phone }) =>
            draft({ kind, name, contact: phone === null ? null : reached(phone, name) }),
          );
          const book = new ClientBook([], duplicates);
          const real = drafts.map((one) => codeOf(take(book, one)));
          const met = metClients(new Set<string>(), duplicates);
          const foreseen: string[] = [];
          for (let from = 0; from < drafts.length; from += size) {
            const batch = new ClientBook([], duplicates, { met });
            for (const one of drafts.slice(from, from + size))
              foreseen.push(codeOf(take(batch, one)));
          }
          expect(foreseen).toEqual(real);
        },
      ),
    );
  });

  it.each<ImportDuplicates>(['reject', 'update'])(
    'says the same of rows that all have an outer id (%s)',
    (duplicates) => {
      const row = fc.record({
        id: fc.constantFrom('1', '2', '3', '4'),
        name: fc.constantFrom('A', 'B'),
        phone: fc.constantFrom('1', '2', null),
      });
      fc.assert(
        fc.property(
          fc.array(row, { maxLength: 20 }),
          fc.integer({ min: 1, max: 5 }),
          (given, size) => {
            const drafts = given.map(({ id, name, phone }) =>
              draft({
                ...{ name, contact: phone === null ? null : reached(phone, name) },
                externalRef: { system: 'crm', id },
              }),
            );
            const book = new ClientBook([], duplicates);
            const real = drafts.map((one) => take(book, one).result);
            const met = metClients(new Set<string>(), duplicates);
            let batch = new ClientBook([], duplicates, { met });
            const foreseen = drafts.map((one, index) => {
              if (index % size === 0) batch = new ClientBook([], duplicates, { met });
              return take(batch, one).result;
            });
            expect(foreseen).toEqual(real);
          },
        ),
      );
    },
  );

  it('knows a client no more by its telephone once it has an id that is another one', () => {
    const row = (id: string | null): ClientDraft =>
      draft({
        contact: reached('1', 'Ivan'),
        externalRef: id === null ? null : { system: 'crm', id },
      });
    const rows = [row(null), row('1'), row('2'), row('2')];
    const book = new ClientBook([], 'update');
    const met = metClients(new Set<string>(), 'update');
    const codes = ['created', 'merged', 'created', 'merged'];
    expect(rows.map((one) => codeOf(take(book, one)))).toEqual(codes);
    expect(rows.map((one) => codeOf(take(new ClientBook([], 'update', { met }), one)))).toEqual(
      codes,
    );
  });

  it('knows ids of an outer system again', () => {
    const one = draft({ externalRef: { system: 'crm', id: '1' } });
    const other = draft({ externalRef: { system: 'crm', id: '2' } });
    for (const [duplicates, code] of [
      ['reject', 'external_id_known'],
      ['update', 'merged'],
    ] as const) {
      const met = metClients(new Set<string>(), duplicates);
      const foresee = (row: ClientDraft): string =>
        codeOf(take(new ClientBook([], duplicates, { met }), row));
      expect([one, other, one].map(foresee)).toEqual(['created', 'created', code]);
    }
  });
});
