import { describe, expect, it } from 'vitest';
import { suggestColumns } from '../../imports/index.ts';
import type { ImportProfile } from '../../imports/index.ts';
import { DEFAULT_LEAD_SETTINGS } from '../settings.ts';
import { choicesOf, findChoice, leadChoices } from './choices.ts';
import { checkLeadProfile, LEAD_IMPORT_FIELDS } from './fields.ts';

const SETTINGS = DEFAULT_LEAD_SETTINGS;
const HEADER = ['Name', 'Tel', 'Sum', 'Source', 'Id', 'Twice', 'Twice', 'Color'];
const profile = (changes: Partial<ImportProfile> = {}): ImportProfile => ({
  columns: [{ column: 'Name', field: 'name' }],
  defaults: {},
  country: 'UA',
  ...changes,
});
const name = { column: 'Name', field: 'name' };
const fields = `${LEAD_IMPORT_FIELDS.names.join(', ')} and attributes`;

describe('checkLeadProfile', () => {
  it.each<Partial<ImportProfile>>([
    {},
    { columns: [{ column: 'Tel', field: 'phone' }] },
    { columns: [{ column: 'Tel', field: 'email' }] },
    {
      columns: [
        name,
        { column: 'Tel', field: 'name' },
        { column: 'Color', field: 'attributes.color' },
      ],
    },
    { columns: [name, { column: 'Sum', field: 'amount' }], defaults: { currency: 'UAH' } },
    { columns: [name, { column: 'Sum', field: 'amount' }, { column: 'Color', field: 'currency' }] },
    { columns: [name, { column: 'Id', field: 'external_id' }], externalSystem: 'amocrm' },
    { columns: [name, { column: 'Source', field: 'source', values: { холодная: 'cold_base' } }] },
    { columns: [name, { column: 'Source', field: 'comment', values: {} }] },
    { lists: { name: ['a'], city: ['b'], niche: ['c'], legal_form: ['d'], 'attributes.x': ['e'] } },
    {
      columns: [name, { column: 'Color', field: 'attributes.color', values: { rot: 'RED' } }],
      lists: { 'attributes.color': ['red'] },
    },
    { defaults: { city: 'kyiv' }, lists: { city: ['Kyiv'] } },
    {
      defaults: {
        source: 'Cold base',
        handling: 'call',
        status: 'in_work',
        city: 'Kyiv',
        niche: 'x',
      },
    },
  ])('accepts %j', (changes) => {
    const given = profile(changes);
    expect(checkLeadProfile(given, HEADER, SETTINGS)).toEqual({ ok: true, value: given });
  });

  it.each<[Partial<ImportProfile>, string, string]>([
    [{ lists: { phone: ['1'] } }, 'list_not_possible', 'lists.phone'],
    [{ lists: { color: ['red'] } }, 'list_not_possible', 'lists.color'],
    [{ lists: { 'attributes.': ['red'] } }, 'list_not_possible', 'lists.attributes.'],
    [{ lists: { city: ['', ' '] } }, 'list_empty', 'lists.city'],
    [{ duplicates: 'update' }, 'duplicates_not_possible', 'duplicates'],
    [
      {
        columns: [name, { column: 'Color', field: 'attributes.color', values: { rot: 'blue' } }],
        lists: { 'attributes.color': ['red'] },
      },
      'value_not_allowed',
      'columns.1.values.rot',
    ],
    [
      { defaults: { city: 'Lviv' }, lists: { city: ['Kyiv'] } },
      'value_not_allowed',
      'defaults.city',
    ],
  ])('refuses %j', (changes, code, field) => {
    expect(checkLeadProfile(profile(changes), HEADER, SETTINGS)).toMatchObject({
      ok: false,
      refusal: { code, field },
    });
  });

  it.each<[Partial<ImportProfile>, string, string, string]>([
    [
      { columns: [name, { column: 'Age', field: 'city' }] },
      'unknown_column',
      'columns.1.column',
      `The file has no column Age; it has ${HEADER.join(', ')}.`,
    ],
    [
      { columns: [{ column: 'Twice', field: 'name' }] },
      'repeated_column',
      'columns.0.column',
      'The file has the column Twice 2 times. Rename the others.',
    ],
    [
      { columns: [name, { column: 'Name', field: 'city' }] },
      'column_twice',
      'columns.1.column',
      'The column Name has a meaning already.',
    ],
    [
      { columns: [{ column: 'Tel', field: 'age' }] },
      'unknown_field',
      'columns.0.field',
      `Leads have no field age; they have ${fields}.`,
    ],
    [
      { columns: [{ column: 'Tel', field: 'attributes.' }] },
      'unknown_field',
      'columns.0.field',
      `Leads have no field attributes.; they have ${fields}.`,
    ],
    [
      { columns: [{ column: 'Tel', field: 'x attributes.y' }] },
      'unknown_field',
      'columns.0.field',
      `Leads have no field x attributes.y; they have ${fields}.`,
    ],
    [
      {
        columns: [
          { column: 'Tel', field: 'city' },
          { column: 'Sum', field: 'city' },
        ],
      },
      'field_twice',
      'columns.1.field',
      'Another column is the city already.',
    ],
    [
      {
        columns: [
          { column: 'Tel', field: 'attributes.x' },
          { column: 'Sum', field: 'attributes.x' },
        ],
      },
      'field_twice',
      'columns.1.field',
      'Another column is the attributes.x already.',
    ],
    [
      { columns: [{ column: 'Tel', field: 'city', values: { a: 'b' } }] },
      'values_not_possible',
      'columns.0.values',
      'Words of city stay as they are.',
    ],
    [
      { columns: [{ column: 'Source', field: 'source', values: { a: 'partner', b: 'gone' } }] },
      'value_not_allowed',
      'columns.0.values.b',
      'There is no source gone.',
    ],
    [
      { columns: [{ column: 'Tel', field: 'city' }] },
      'contact_missing',
      'columns',
      'Say which column is the name, the telephone number or the e-mail address.',
    ],
    [
      { country: 'ua' },
      'country_invalid',
      'country',
      'A country has two capital letters, such as UA.',
    ],
    [
      { country: 'UAH' },
      'country_invalid',
      'country',
      'A country has two capital letters, such as UA.',
    ],
    [
      { country: '' },
      'country_invalid',
      'country',
      'A country has two capital letters, such as UA.',
    ],
    [
      { columns: [name, { column: 'Id', field: 'external_id' }] },
      'external_system_missing',
      'externalSystem',
      'Say which system the ids are from.',
    ],
    [
      { defaults: { phone: '1' } },
      'unknown_field',
      'defaults.phone',
      'Only city, niche, source, handling, status, currency can be the same in all rows.',
    ],
    [
      { defaults: { status: 'sold' } },
      'value_not_allowed',
      'defaults.status',
      'There is no status sold.',
    ],
    [
      { defaults: { currency: 'uah' } },
      'currency_invalid',
      'defaults.currency',
      'A currency has three capital letters, such as UAH.',
    ],
    [
      { defaults: { currency: 'UAHX' } },
      'currency_invalid',
      'defaults.currency',
      'A currency has three capital letters, such as UAH.',
    ],
    [
      { columns: [name, { column: 'Sum', field: 'amount' }] },
      'currency_missing',
      'defaults.currency',
      'Say in which currency the amounts are.',
    ],
  ])('refuses %j: %s', (changes, code, field, reason) => {
    expect(checkLeadProfile(profile(changes), HEADER, SETTINGS)).toEqual({
      ok: false,
      refusal: { code, reason, field },
    });
  });

  it('names the first 30 columns of a wide file', () => {
    const wide = Array.from({ length: 40 }, (_, index) => `c${index}`);
    const decided = checkLeadProfile(profile(), wide, SETTINGS);
    expect(decided).toMatchObject({
      refusal: { reason: `The file has no column Name; it has ${wide.slice(0, 30).join(', ')}.` },
    });
  });
});

describe('choices', () => {
  it('are found by key or title', () => {
    expect(findChoice(SETTINGS, 'source', 'cold_base')).toBe('cold_base');
    expect(findChoice(SETTINGS, 'source', 'COLD base')).toBe('cold_base');
    expect(findChoice(SETTINGS, 'source', 'Cold_Base')).toBe('cold_base');
    expect(findChoice(SETTINGS, 'source', 'gone')).toBeNull();
    expect(findChoice(SETTINGS, 'handling', 'CALL')).toBe('call');
  });

  it('are by their key first', () => {
    const sources = [
      { key: 'a', title: 'B' },
      { key: 'b', title: 'A' },
    ];
    const settings = { ...SETTINGS, sources };
    expect(findChoice(settings, 'source', 'b')).toBe('b');
    expect(findChoice(settings, 'source', 'B')).toBe('a');
  });

  it('of statuses are those without a lot or a deal behind them', () => {
    expect(choicesOf(SETTINGS, 'status').map(({ key }) => key)).toEqual([
      ...['new', 'from_partner', 'in_work', 'unsold', 'returned', 'rejected'],
    ]);
    expect(choicesOf(SETTINGS, 'handling')).toEqual(SETTINGS.handlings);
    expect(Object.keys(leadChoices(SETTINGS))).toEqual(['source', 'handling', 'status']);
  });
});

describe('suggestColumns', () => {
  it.each([
    [
      ['ФИО', 'Телефон', 'E-mail', 'Город', 'Комментарий'],
      ['name', 'phone', 'email', 'city', 'comment'],
    ],
    [
      ["Ім'я", 'Прізвище', 'Мобільний', 'Пошта', 'Місто', 'Згода'],
      ['name', 'name', 'phone', 'email', 'city', 'consent'],
    ],
    [
      [
        'opportunity_id',
        'sales_agent',
        'product',
        'account',
        'deal_stage',
        'engage_date',
        'close_value',
      ],
      ['external_id', 'responsible', null, 'name', 'status', null, 'amount'],
    ],
    [
      ['account', 'sector', 'office_location'],
      ['name', 'niche', 'city'],
    ],
    [
      [
        'Источник',
        'Обработка',
        'Статус',
        'Сумма',
        'Валюта',
        'Ответственный',
        'Партнёр',
        'ИД',
        'Форма',
        'Ниша',
      ],
      [
        'source',
        'handling',
        'status',
        'amount',
        'currency',
        'responsible',
        'partner',
        'external_id',
        'legal_form',
        'niche',
      ],
    ],
    [
      ['Phone', 'Mobile', 'City', 'город'],
      ['phone', 'phone', 'city', null],
    ],
    [
      ['', '—', 'Unknown'],
      [null, null, null],
    ],
  ])('of %j are %j', (header, expected) => {
    expect(suggestColumns(header, LEAD_IMPORT_FIELDS)).toEqual(
      header.flatMap((column, index) => {
        const field = expected[index];
        return field == null ? [] : [{ column, field }];
      }),
    );
  });

  it('are a profile that can be used', () => {
    const header = ['account', 'sales_agent', 'close_value'];
    const suggested = {
      ...profile({ columns: suggestColumns(header, LEAD_IMPORT_FIELDS) }),
      defaults: { currency: 'USD' },
    };
    expect(checkLeadProfile(suggested, header, SETTINGS).ok).toBe(true);
  });
});
