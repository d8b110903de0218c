import { describe, expect, it } from 'vitest';
import type { ImportProfile, RowReading } from '../../imports/index.ts';
import { readUkrainian } from '../fixtures.ts';
import { DEFAULT_LEAD_SETTINGS } from '../settings.ts';
import { leadRowReader } from './row.ts';
import type { LeadDraft } from './row.ts';

/** Reads one row whose columns are called like their fields. */
function read(
  cells: Readonly<Record<string, string>>,
  changes: Partial<ImportProfile> = {},
): RowReading<LeadDraft> {
  const header = ['name', ...Object.keys(cells).filter((field) => field !== 'name')];
  const profile: ImportProfile = {
    columns: header.map((field) => ({ column: field, field: field.replace(/\d$/, '') })),
    defaults: { currency: 'UAH' },
    country: 'UA',
    externalSystem: 'amocrm',
    ...changes,
  };
  const reader = leadRowReader(profile, header, DEFAULT_LEAD_SETTINGS, readUkrainian);
  if (!reader.ok) throw new Error(reader.refusal.reason);
  return reader.value(header.map((field) => cells[field] ?? ''));
}
const NOTHING: LeadDraft = {
  contact: { name: 'Ivan', phones: [], emails: [], city: null },
  niche: null,
  legalForm: null,
  source: null,
  handling: null,
  status: null,
  amount: null,
  comment: null,
  consent: null,
  responsible: null,
  partner: null,
  externalRef: null,
  attributes: {},
};
const lead = (draft: Partial<LeadDraft> = {}) => ({
  kind: 'draft',
  draft: { ...NOTHING, ...draft },
});
const rejected = (...errors: [column: string | null, code: string, reason: string][]) => ({
  kind: 'rejected',
  errors: errors.map(([column, code, reason]) => ({ column, code, reason })),
});

describe('leadRowReader', () => {
  it('reads everything that a lead can have', () => {
    expect(
      read({
        name: ' Иван  ',
        name2: 'Петров',
        phone: '067 123 45 67, +48123456789;0501112233',
        phone2: '0671234567 / 0671234568',
        email: 'A@b.co; c@d.ef g@h.ij',
        city: 'Київ',
        niche: 'кафе',
        legal_form: 'ФОП',
        source: 'Cold base',
        handling: 'call',
        status: 'In work',
        amount: '1 234,5',
        currency: 'usd',
        comment: 'a',
        comment2: 'b',
        consent: 'Да',
        responsible: 'Kim',
        partner: 'Lee',
        external_id: '4711',
        'attributes.color': 'red',
        'attributes.empty': ' ',
      }),
    ).toEqual(
      lead({
        contact: {
          name: 'Иван Петров',
          phones: ['+380671234567', '+48123456789', '+380501112233', '+380671234568'],
          emails: ['a@b.co', 'c@d.ef', 'g@h.ij'],
          city: 'Київ',
        },
        niche: 'кафе',
        legalForm: 'ФОП',
        source: 'cold_base',
        handling: 'call',
        status: 'in_work',
        amount: { amount: 123_450, currency: 'USD' },
        comment: 'a\nb',
        consent: 'given',
        responsible: 'Kim',
        partner: 'Lee',
        externalRef: { system: 'amocrm', id: '4711' },
        attributes: { color: 'red' },
      }),
    );
  });

  it('knows an empty row', () => {
    expect(read({ name: ' ', city: '\t' })).toEqual({ kind: 'empty' });
  });

  it('takes what all rows have where a cell is empty', () => {
    const defaults = { city: 'Львів', source: 'External', currency: 'UAH' };
    expect(read({ name: 'Ivan', city: '', source: '' }, { defaults })).toEqual(
      lead({ contact: { ...NOTHING.contact, city: 'Львів' }, source: 'external' }),
    );
    expect(read({ name: 'Ivan', city: 'Київ', source: 'partner' }, { defaults })).toMatchObject({
      draft: { contact: { city: 'Київ' }, source: 'partner' },
    });
  });

  it('translates the words of the file', () => {
    const columns = [
      { column: 'name', field: 'name' },
      {
        column: 'source',
        field: 'source',
        values: { холодная: 'cold_base', тёплая: 'Lead generation' },
      },
    ];
    expect(read({ name: 'Ivan', source: 'холодная' }, { columns })).toEqual(
      lead({ source: 'cold_base' }),
    );
    expect(read({ name: 'Ivan', source: 'тёплая' }, { columns })).toEqual(
      lead({ source: 'lead_generation' }),
    );
    expect(read({ name: 'Ivan', source: 'partner' }, { columns })).toEqual(
      lead({ source: 'partner' }),
    );
    expect(read({ name: 'Ivan', source: 'constructor' }, { columns })).toMatchObject({
      kind: 'rejected',
    });
  });

  it.each(['да', 'ТАК', 'yes', 'True', '1', '+', 'y', 'д'])('takes %s for consent', (consent) => {
    expect(read({ name: 'Ivan', consent })).toEqual(lead({ consent: 'given' }));
  });

  it.each(['нет', 'Ні', 'NO', 'false', '0', '-', 'n', 'н'])('takes %s for a refusal', (consent) => {
    expect(read({ name: 'Ivan', consent })).toEqual(lead({ consent: 'refused' }));
  });

  it('reads amounts by their currency', () => {
    expect(read({ name: 'Ivan', amount: '1.234' }, { defaults: { currency: 'KWD' } })).toEqual(
      lead({ amount: { amount: 1_234, currency: 'KWD' } }),
    );
    expect(read({ name: 'Ivan', amount: '0' })).toEqual(
      lead({ amount: { amount: 0, currency: 'UAH' } }),
    );
    expect(read({ name: 'Ivan', amount: '', currency: 'nonsense' })).toEqual(lead());
  });

  const words = DEFAULT_LEAD_SETTINGS;
  const titles = (list: readonly { readonly title: string }[]) =>
    list.map(({ title }) => title).join(', ');
  it.each<[Readonly<Record<string, string>>, string | null, string, string]>([
    [
      { phone: '067 123 45 67, 12' },
      'phone',
      'phone_invalid',
      'This is no telephone number of UA, nor one with a country code such as +380.',
    ],
    [
      { phone: '0671234567', phone2: '1' },
      'phone2',
      'phone_invalid',
      'This is no telephone number of UA, nor one with a country code such as +380.',
    ],
    [
      { phone: '3,80671E+11' },
      'phone',
      'phone_rounded',
      'A spreadsheet has cut the last digits of this number. Format the column as text and export it again.',
    ],
    [
      { phone: '3.80671E+11' },
      'phone',
      'phone_rounded',
      'A spreadsheet has cut the last digits of this number. Format the column as text and export it again.',
    ],
    [
      { email: 'a@b.co x' },
      'email',
      'email_invalid',
      'This is no e-mail address such as name@example.com.',
    ],
    [
      { city: 'x'.repeat(201) },
      'city',
      'text_too_long',
      'At most 200 characters are allowed here.',
    ],
    [
      { name: 'x'.repeat(201), email: 'a@b.co' },
      'name',
      'text_too_long',
      'At most 200 characters are allowed here.',
    ],
    [
      { niche: 'x'.repeat(201) },
      'niche',
      'text_too_long',
      'At most 200 characters are allowed here.',
    ],
    [
      { comment: 'x'.repeat(9_999), comment2: 'y' },
      'comment',
      'text_too_long',
      'At most 10000 characters are allowed here.',
    ],
    [
      { 'attributes.x': 'x'.repeat(1_001) },
      'attributes.x',
      'text_too_long',
      'At most 1000 characters are allowed here.',
    ],
    [
      { source: 'ads' },
      'source',
      'unknown_source',
      `There is no source ads; there are ${titles(words.sources)}.`,
    ],
    [
      { handling: 'z'.repeat(99) },
      'handling',
      'unknown_handling',
      `There is no handling ${'z'.repeat(80)}; there are ${titles(words.handlings)}.`,
    ],
    [
      { status: 'Sold' },
      'status',
      'unknown_status',
      'There is no status Sold; there are New, From partner, In work, Unsold, Returned, Rejected.',
    ],
    [{ amount: 'many' }, 'amount', 'amount_invalid', 'This is no amount of UAH, such as 1 234.50.'],
    [{ amount: '-1' }, 'amount', 'amount_invalid', 'This is no amount of UAH, such as 1 234.50.'],
    [
      { amount: '1', currency: 'гривна' },
      'currency',
      'currency_invalid',
      'A currency has three letters, such as UAH.',
    ],
    [
      { consent: 'maybe' },
      'consent',
      'consent_unreadable',
      'Consent is yes or no; an empty cell says that nobody has asked.',
    ],
    [
      { external_id: 'x'.repeat(201) },
      'external_id',
      'external_id_invalid',
      'An id has 1 to 200 printable characters.',
    ],
  ])('rejects %j', (cells, column, code, reason) => {
    expect(read({ name: 'Ivan', ...cells })).toMatchObject(rejected([column, code, reason]));
  });

  it('says what a wrong word may mean', () => {
    expect(read({ name: 'Ivan', source: 'Cold bse' })).toEqual({
      kind: 'rejected',
      errors: [
        {
          column: 'source',
          code: 'unknown_source',
          reason: 'There is no source Cold bse; did you mean Cold base?',
          unknown: { word: 'Cold bse', suggestion: 'Cold base' },
        },
      ],
    });
    expect(read({ name: 'Ivan', source: 'ads' })).toMatchObject({
      errors: [{ unknown: { word: 'ads', suggestion: null } }],
    });
  });

  describe('with lists of a profile', () => {
    const lists = { 'attributes.product': ['GTX Basic', 'GTX Pro'], name: ['Ivan', 'Cancity'] };
    const product = (text: string, changes: Partial<ImportProfile> = {}): RowReading =>
      read({ name: 'ivan', 'attributes.product': text }, { lists, ...changes });

    it('takes their words, in their spelling', () => {
      expect(product(' gtx  PRO ')).toEqual(lead({ attributes: { product: 'GTX Pro' } }));
      expect(product('')).toEqual(lead());
    });

    it('rejects others, and says what they may mean', () => {
      expect(product('GTXPro')).toEqual({
        kind: 'rejected',
        errors: [
          {
            column: 'attributes.product',
            code: 'not_in_list',
            reason: 'There is no attributes.product GTXPro; did you mean GTX Pro?',
            unknown: { word: 'GTXPro', suggestion: 'GTX Pro' },
          },
        ],
      });
      expect(product('Bicycle')).toMatchObject({
        errors: [{ code: 'not_in_list', unknown: { word: 'Bicycle', suggestion: null } }],
      });
      expect(read({ name: 'Cancty' }, { lists })).toMatchObject({
        errors: [{ column: 'name', unknown: { suggestion: 'Cancity' } }],
      });
    });

    it('takes a word that the profile says the meaning of', () => {
      const columns = [
        { column: 'name', field: 'name' },
        {
          column: 'attributes.product',
          field: 'attributes.product',
          values: { GTXPro: 'GTX Pro', Bicycle: 'gtx basic' },
        },
      ];
      expect(product('GTXPro', { columns })).toEqual(lead({ attributes: { product: 'GTX Pro' } }));
      expect(product('Bicycle', { columns })).toEqual(
        lead({ attributes: { product: 'GTX Basic' } }),
      );
    });
  });

  it('takes texts as long as they may be', () => {
    const cells = {
      name: 'Ivan',
      niche: 'x'.repeat(200),
      comment: 'x'.repeat(10_000),
      'attributes.x': 'x'.repeat(1_000),
    };
    expect(read(cells)).toMatchObject({ kind: 'draft' });
  });

  it('needs a currency for an amount', () => {
    const columns = ['name', 'amount', 'currency'].map((field) => ({ column: field, field }));
    expect(read({ name: 'Ivan', amount: '5', currency: '' }, { columns, defaults: {} })).toEqual(
      rejected(['amount', 'currency_missing', 'An amount needs a currency, such as UAH.']),
    );
  });

  it('tells of a number that was cut once, and of nothing that follows from it', () => {
    expect(read({ name: '', phone: '0671234567; 3.80671e+11' })).toEqual(
      rejected([
        'phone',
        'phone_rounded',
        'A spreadsheet has cut the last digits of this number. Format the column as text and export it again.',
      ]),
    );
  });

  it('needs somebody', () => {
    expect(read({ name: '', city: 'Київ' })).toEqual(
      rejected([
        null,
        'contact_missing',
        'A lead needs a name, a telephone number or an e-mail address.',
      ]),
    );
  });

  it('tells all that is wrong with a row', () => {
    const reading = read({ name: 'Ivan', phone: '1', source: 'x', consent: '?' });
    expect(reading).toMatchObject({
      errors: [
        { code: 'phone_invalid' },
        { code: 'unknown_source' },
        { code: 'consent_unreadable' },
      ],
    });
  });

  it('rejects cells that no column names, and takes missing ones for empty', () => {
    const profile = { columns: [{ column: 'a', field: 'name' }], defaults: {}, country: 'UA' };
    const reader = leadRowReader(profile, ['a', 'b'], DEFAULT_LEAD_SETTINGS, readUkrainian);
    if (!reader.ok) throw new Error('refused');
    expect(reader.value(['Ivan', 'x', 'y'])).toEqual(
      rejected([null, 'too_many_cells', 'The row has 3 cells, and there are 2 columns.']),
    );
    expect(reader.value(['Ivan'])).toEqual(lead());
    expect(reader.value(['Ivan', 'x'])).toEqual(lead());
  });

  it('refuses a wrong profile', () => {
    const profile = { columns: [], defaults: {}, country: 'UA' };
    expect(leadRowReader(profile, ['a'], DEFAULT_LEAD_SETTINGS, readUkrainian)).toMatchObject({
      ok: false,
      refusal: { code: 'contact_missing' },
    });
  });
});
