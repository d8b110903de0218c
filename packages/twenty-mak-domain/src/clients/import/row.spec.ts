import { describe, expect, it } from 'vitest';
import type { ImportProfile, RowReading } from '../../imports/index.ts';
import { suggestColumns } from '../../imports/index.ts';
import { readUkrainian } from '../../leads/fixtures.ts';
import { CLIENT_IMPORT_FIELDS, checkClientProfile } from './fields.ts';
import { clientRowReader } from './row.ts';
import type { ClientDraft } from './row.ts';

/** Reads one row whose columns are called like their fields. */
function read(
  cells: Readonly<Record<string, string>>,
  changes: Partial<ImportProfile> = {},
): RowReading<ClientDraft> {
  const header = ['name', ...Object.keys(cells).filter((field) => field !== 'name')];
  const profile: ImportProfile = {
    columns: header.map((field) => ({ column: field, field: field.replace(/\d$/, '') })),
    defaults: {},
    country: 'UA',
    externalSystem: 'crm',
    ...changes,
  };
  const reader = clientRowReader(profile, header, readUkrainian);
  if (!reader.ok) throw new Error(reader.refusal.reason);
  return reader.value(header.map((field) => cells[field] ?? ''));
}
const NOTHING: ClientDraft = {
  ...{ kind: null, name: 'Acme', industry: null, size: null, budget_band: null },
  ...{ client_type: null, source: null, segments: [], key_account: null, owner: null },
  ...{ contact: null, externalRef: null, attributes: {} },
};
const client = (draft: Partial<ClientDraft> = {}) => ({
  kind: 'draft',
  draft: { ...NOTHING, ...draft },
});
const wrong = (column: string | null, code: string) => ({
  kind: 'rejected',
  errors: [{ column, code }],
});

describe('clientRowReader', () => {
  it('reads a company with whom one reaches there', () => {
    expect(
      read({
        ...{ name: 'Acme', kind: 'Юрлицо', industry: 'Food', size: '50', budget_band: 'A' },
        ...{ client_type: 'direct', source: 'fair', segments: 'a; b |a', key_account: 'так' },
        ...{ owner: 'Eva@Example.com', contact_name: 'Zoe', contact_position: 'CEO' },
        ...{ phone: '067 123 45 67', email: 'ZOE@acme.example', external_id: '7' },
        'attributes.tier': 'gold',
      }),
    ).toEqual(
      client({
        ...{ kind: 'company', industry: 'Food', size: '50', budget_band: 'A' },
        ...{ client_type: 'direct', source: 'fair', segments: ['a', 'b'], key_account: true },
        owner: 'Eva@Example.com',
        contact: {
          ...{ name: 'Zoe', position: 'CEO', phone: '+380671234567' },
          email: 'zoe@acme.example',
        },
        externalRef: { system: 'crm', id: '7' },
        attributes: { tier: 'gold' },
      }),
    );
  });

  it('reads a person, who is reached under the own name', () => {
    expect(read({ name: 'Olena', name2: 'Koval', kind: 'person', phone: '0671234567' })).toEqual(
      client({
        ...{ kind: 'person', name: 'Olena Koval' },
        contact: { name: 'Olena Koval', position: null, phone: '+380671234567' },
      }),
    );
    expect(read({ name: '', kind: 'person', email: 'a@b.example' })).toEqual(
      client({ kind: 'person', name: null, contact: { position: null, email: 'a@b.example' } }),
    );
    expect(read({ name: '', kind: 'person', contact_name: 'Ivan' })).toEqual(
      client({ kind: 'person', name: 'Ivan', contact: { name: 'Ivan', position: null } }),
    );
  });

  it('takes what all rows have where a cell is empty', () => {
    const defaults = { kind: 'person', industry: 'Food', segments: 'a' };
    expect(read({ name: 'Acme', industry: '' }, { defaults })).toEqual(
      client({
        ...{ kind: 'person', industry: 'Food', segments: ['a'] },
        contact: { name: 'Acme', position: null },
      }),
    );
  });

  it.each<[Readonly<Record<string, string>>, string | null, string]>([
    [{ name: '', email: 'a@b.example' }, null, 'name_missing'],
    [{ name: '', kind: 'person', industry: 'x' }, null, 'name_missing'],
    [{ name: 'A', kind: 'ship' }, 'kind', 'unknown_kind'],
    [{ name: 'A', key_account: '?' }, 'key_account', 'key_account_unreadable'],
    [{ name: 'A', phone: '12' }, 'phone', 'phone_invalid'],
    [{ name: 'A', phone: '3.80671e+11' }, 'phone', 'phone_rounded'],
    [{ name: 'A', phone: '0671234567, 0671234568' }, 'phone', 'several_contacts'],
    [{ name: 'A', email: 'a@b.example c@d.example' }, 'email', 'several_contacts'],
    [{ name: 'A', industry: 'x'.repeat(101) }, 'industry', 'text_too_long'],
    [{ name: 'x'.repeat(501) }, 'name', 'text_too_long'],
    [{ name: 'A', segments: 'x'.repeat(101) }, 'segments', 'text_too_long'],
    [
      { name: 'A', segments: Array.from({ length: 51 }, (_, one) => one).join(';') },
      'segments',
      'too_many_segments',
    ],
  ])('rejects %j: %s %s', (cells, column, code) => {
    const reading = read(cells);
    expect(reading).toMatchObject({ kind: 'rejected' });
    expect(reading.kind === 'rejected' ? reading.errors : []).toContainEqual(
      expect.objectContaining({ column, code }),
    );
  });

  it('says who may be meant of words that are not listed', () => {
    expect(read({ name: 'A', industry: 'Fod' }, { lists: { industry: ['Food'] } })).toMatchObject({
      errors: [{ column: 'industry', unknown: { suggestion: 'Food' } }],
    });
    expect(read({ name: 'A', kind: 'persn' })).toMatchObject(wrong('kind', 'unknown_kind'));
  });
});

describe('checkClientProfile', () => {
  const profile = (field: string, changes: Partial<ImportProfile> = {}): ImportProfile => ({
    columns: [{ column: 'a', field }],
    defaults: {},
    country: 'UA',
    ...changes,
  });

  it('takes what clients have, and what becomes of those that are known', () => {
    for (const given of [
      profile('name', { duplicates: 'update' }),
      profile('phone'),
      profile('email', { defaults: { kind: 'Person' } }),
    ])
      expect(checkClientProfile(given, ['a'])).toEqual({ ok: true, value: given });
  });

  it.each<[ImportProfile, string, string]>([
    [profile('city'), 'unknown_field', 'columns.0.field'],
    [profile('industry'), 'client_missing', 'columns'],
    [profile('name', { defaults: { kind: 'ship' } }), 'value_not_allowed', 'defaults.kind'],
    [profile('name', { defaults: { name: 'A' } }), 'unknown_field', 'defaults.name'],
    [
      {
        ...profile('name'),
        columns: [
          { column: 'a', field: 'name' },
          { column: 'b', field: 'attributes.contact' },
        ],
      },
      'attribute_not_allowed',
      'columns.1.field',
    ],
  ])('refuses %j: %s', (given, code, field) => {
    expect(checkClientProfile(given, ['a', 'b'])).toMatchObject({ refusal: { code, field } });
  });
});

it('columns of an export mean the same in an import', () => {
  const header = [
    ...['id', 'kind', 'name', 'industry', 'size', 'budget_band', 'client_type', 'source'],
    ...['segments', 'key_account', 'owner', 'contact_name', 'contact_position', 'contact_email'],
    'contact_phone',
  ];
  expect(suggestColumns(header, CLIENT_IMPORT_FIELDS).map(({ field }) => field)).toEqual([
    ...['external_id', 'kind', 'name', 'industry', 'size', 'budget_band', 'client_type', 'source'],
    ...['segments', 'key_account', 'owner', 'contact_name', 'contact_position', 'email', 'phone'],
  ]);
});
