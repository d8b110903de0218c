import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../basics/index.ts';
import { LEAD_FILTERS } from '../leads/filter.ts';
import { checkFilter, FILTER_LIMITS, filterFields, filterType } from './filter.ts';
import type { RecordFilter } from './filter.ts';
import { matchesFilter } from './match.ts';
import type { FilterRow } from './match.ts';

const NOW = 1_000 * DAY;
const ROW: FilterRow = {
  status: ['in_work'],
  source: ['partner'],
  external_system: ['amocrm', 'keycrm'],
  city: ['Київ'],
  niche: ['Кафе и рестораны'],
  amount: [500],
  created_at: [NOW - 3 * DAY],
  duplicate: [false],
  phone: ['+380671234567', '+380501112233'],
  'attributes.color': ['Red'],
};
const matches = (filter: RecordFilter): boolean => {
  expect(checkFilter(LEAD_FILTERS, filter, true)).toEqual({ ok: true, value: filter });
  return matchesFilter(LEAD_FILTERS, filter, ROW, NOW);
};

describe('matchesFilter', () => {
  it.each<[boolean, RecordFilter]>([
    [true, { field: 'status', is: ['new', 'in_work'] }],
    [false, { field: 'status', is: ['new'] }],
    [false, { field: 'status', is: ['IN_WORK'] }],
    [true, { field: 'external_system', is: ['keycrm'] }],
    [true, { field: 'city', is: ['КИЇВ'] }],
    [false, { field: 'city', is: ['Киї'] }],
    [true, { field: 'niche', contains: 'РЕСТОРАН' }],
    [false, { field: 'niche', contains: 'бар' }],
    [true, { field: 'niche', contains: 'кафе', is: ['Кафе и рестораны'] }],
    [false, { field: 'niche', contains: 'бар', is: ['Кафе и рестораны'] }],
    [false, { field: 'niche', contains: 'кафе', is: ['Бар'] }],
    [true, { field: 'attributes.color', is: ['red'] }],
    [true, { field: 'amount', from: 500, to: 500 }],
    [false, { field: 'amount', from: 501 }],
    [false, { field: 'amount', to: 499 }],
    [true, { field: 'amount', is: [1, 500] }],
    [true, { field: 'created_at', lastDays: 4 }],
    [false, { field: 'created_at', lastDays: 3 }],
    [true, { field: 'created_at', from: NOW - 3 * DAY, before: NOW }],
    [false, { field: 'created_at', before: NOW - 3 * DAY }],
    [true, { field: 'duplicate', is: [false] }],
    [false, { field: 'duplicate', is: [true] }],
    [true, { field: 'phone', is: ['+380501112233'] }],
    [true, { field: 'email', empty: true }],
    [false, { field: 'email', empty: false }],
    [true, { field: 'city', empty: false }],
    [false, { field: 'city', empty: true }],
    [false, { field: 'city', empty: true, is: ['Київ'] }],
    [false, { field: 'email', is: ['a@b.co'] }],
    [false, { field: 'score', from: 0 }],
    [true, { all: [] }],
    [false, { any: [] }],
    [
      true,
      {
        all: [
          { field: 'status', is: ['in_work'] },
          { field: 'amount', from: 1 },
        ],
      },
    ],
    [
      false,
      {
        all: [
          { field: 'status', is: ['in_work'] },
          { field: 'amount', from: 501 },
        ],
      },
    ],
    [
      true,
      {
        any: [
          { field: 'status', is: ['new'] },
          { field: 'amount', from: 1 },
        ],
      },
    ],
    [
      false,
      {
        any: [
          { field: 'status', is: ['new'] },
          { field: 'amount', from: 501 },
        ],
      },
    ],
    [true, { not: { field: 'status', is: ['new'] } }],
    [false, { not: { field: 'status', is: ['in_work'] } }],
  ])('%s: %j', (expected, filter) => {
    expect(matches(filter)).toBe(expected);
  });

  it('looks no further than the present', () => {
    const row = (at: number): FilterRow => ({ created_at: [at] });
    const recent: RecordFilter = { field: 'created_at', lastDays: 1 };
    expect(matchesFilter(LEAD_FILTERS, recent, row(NOW), NOW)).toBe(true);
    expect(matchesFilter(LEAD_FILTERS, recent, row(NOW + 1), NOW)).toBe(false);
    expect(matchesFilter(LEAD_FILTERS, recent, row(NOW - DAY), NOW)).toBe(false);
    expect(matchesFilter(LEAD_FILTERS, recent, row(NOW - DAY + 1), NOW)).toBe(true);
  });

  it('asks one value everything', () => {
    const row: FilterRow = { amount: [1, 9] };
    expect(matchesFilter(LEAD_FILTERS, { field: 'amount', from: 2, to: 8 }, row, NOW)).toBe(false);
  });

  const leaf: fc.Arbitrary<RecordFilter> = fc.oneof(
    fc.record({ field: fc.constant('status'), is: fc.constantFrom(['in_work'], ['new']) }),
    fc.record({ field: fc.constant('amount'), from: fc.constantFrom(400, 600) }),
    fc.record({ field: fc.constant('email'), empty: fc.boolean() }),
  );
  const tree = fc.letrec<{ node: RecordFilter }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('node'), { maxLength: 3 }) }),
      fc.record({ not: tie('node') }),
    ),
  })).node;

  it('obeys the laws of and, or, not', () => {
    fc.assert(
      fc.property(tree, tree, (left, right) => {
        const says = (filter: RecordFilter): boolean =>
          matchesFilter(LEAD_FILTERS, filter, ROW, NOW);
        expect(says({ not: { not: left } })).toBe(says(left));
        expect(says({ all: [left, right] })).toBe(says(left) && says(right));
        expect(says({ any: [left, right] })).toBe(
          says({ not: { all: [{ not: left }, { not: right }] } }),
        );
      }),
    );
  });
});

describe('checkRecordFilter', () => {
  const deep = (levels: number): unknown =>
    levels === 1 ? { field: 'city', empty: true } : { not: deep(levels - 1) };
  const many = (count: number): unknown => ({
    all: Array.from({ length: count }, () => ({ field: 'city', empty: true })),
  });
  const fields = `${Object.keys(LEAD_FILTERS.fields).join(', ')} and attributes`;

  it.each<[unknown, string, string, string]>([
    [null, 'wrong_type', 'filter', 'This must be an object with all, any, not or field.'],
    [[], 'wrong_type', 'filter', 'This must be an object with all, any, not or field.'],
    ['x', 'wrong_type', 'filter', 'This must be an object with all, any, not or field.'],
    [{}, 'wrong_type', 'filter', 'This must be an object with all, any, not or field.'],
    [
      { all: [], any: [] },
      'wrong_type',
      'filter',
      'This must be an object with all, any, not or field.',
    ],
    [
      { not: {}, any: [] },
      'wrong_type',
      'filter',
      'This must be an object with all, any, not or field.',
    ],
    [{ field: 5 }, 'wrong_type', 'filter', 'This must be an object with all, any, not or field.'],
    [{ all: {} }, 'wrong_type', 'filter.all', 'This must be a list.'],
    [
      { any: [{ all: [] }, { not: 5 }] },
      'wrong_type',
      'filter.any.1.not',
      'This must be an object with all, any, not or field.',
    ],
    [deep(6), 'too_deep', 'filter.not.not.not.not.not', 'A filter is at most 5 levels deep.'],
    [many(51), 'too_many', 'filter.all.50', 'A filter has at most 50 parts.'],
    [many(50), 'too_many', 'filter', 'A filter has at most 50 parts.'],
    [
      { field: 'age', is: [1] },
      'unknown_field',
      'filter.field',
      `Leads have no field age; they have ${fields}.`,
    ],
    [
      { field: 'constructor', is: ['x'] },
      'unknown_field',
      'filter.field',
      `Leads have no field constructor; they have ${fields}.`,
    ],
    [
      { field: 'attributes.', is: ['x'] },
      'unknown_field',
      'filter.field',
      `Leads have no field attributes.; they have ${fields}.`,
    ],
    [
      { field: 'x'.repeat(99), is: ['x'] },
      'unknown_field',
      'filter.field',
      `Leads have no field ${'x'.repeat(80)}; they have ${fields}.`,
    ],
    [{ field: 'city' }, 'question_missing', 'filter', 'Say what to ask: is, contains, empty.'],
    [
      { field: 'city', is: undefined },
      'question_missing',
      'filter',
      'Say what to ask: is, contains, empty.',
    ],
    [
      { field: 'city', from: 5 },
      'question_not_possible',
      'filter.from',
      'city can be asked for by is, contains, empty, not by from.',
    ],
    [
      { field: 'phone', contains: '38' },
      'question_not_possible',
      'filter.contains',
      'phone can be asked for by is, empty, not by contains.',
    ],
    [
      { field: 'status', contains: 'a' },
      'question_not_possible',
      'filter.contains',
      'status can be asked for by is, empty, not by contains.',
    ],
    [
      { field: 'duplicate', empty: true },
      'question_not_possible',
      'filter.empty',
      'duplicate can be asked for by is, not by empty.',
    ],
    [
      { field: 'created_at', is: [5] },
      'question_not_possible',
      'filter.is',
      'created_at can be asked for by from, before, lastDays, empty, not by is.',
    ],
    [
      { field: 'amount', before: 5 },
      'question_not_possible',
      'filter.before',
      'amount can be asked for by is, from, to, empty, not by before.',
    ],
    [
      { field: 'city', ['y'.repeat(99)]: 5 },
      'question_not_possible',
      `filter.${'y'.repeat(80)}`,
      `city can be asked for by is, contains, empty, not by ${'y'.repeat(80)}.`,
    ],
  ])('refuses %j: %s', (filter, code, field, reason) => {
    expect(checkFilter(LEAD_FILTERS, filter, true)).toEqual({
      ok: false,
      refusal: { code, reason, field },
    });
  });

  const value = {
    list: 'This must be a list of 1 to 200 values of the field.',
    whole: 'This must be a whole number.',
  };
  it.each<[unknown, string, string]>([
    [{ field: 'city', is: 'Kyiv' }, 'is', value.list],
    [{ field: 'city', is: [] }, 'is', value.list],
    [{ field: 'city', is: ['a', ''] }, 'is', value.list],
    [{ field: 'city', is: [' '] }, 'is', value.list],
    [{ field: 'city', is: [5] }, 'is', value.list],
    [{ field: 'city', is: ['x'.repeat(201)] }, 'is', value.list],
    [{ field: 'city', is: Array.from({ length: 201 }, () => 'x') }, 'is', value.list],
    [{ field: 'amount', is: ['5'] }, 'is', value.list],
    [{ field: 'amount', is: [1.5] }, 'is', value.list],
    [{ field: 'duplicate', is: ['true'] }, 'is', value.list],
    [{ field: 'city', empty: 'yes' }, 'empty', 'This must be true or false.'],
    [{ field: 'city', contains: '' }, 'contains', 'This must be a text of 1 to 200 characters.'],
    [{ field: 'city', contains: 5 }, 'contains', 'This must be a text of 1 to 200 characters.'],
    ...[0, 36_501, 1.5, '1', null].map((lastDays): [unknown, string, string] => [
      { field: 'created_at', lastDays },
      'lastDays',
      'This must be a whole number of days from 1 to 36500.',
    ]),
    [{ field: 'created_at', from: '2026' }, 'from', value.whole],
    [{ field: 'created_at', before: 1.5 }, 'before', value.whole],
    [{ field: 'amount', to: 2 ** 53 }, 'to', value.whole],
  ])('refuses the value in %j', (filter, name, reason) => {
    expect(checkFilter(LEAD_FILTERS, filter, true, 'segment.filter')).toEqual({
      ok: false,
      refusal: { code: 'value_not_allowed', reason, field: `segment.filter.${name}` },
    });
  });

  it.each<unknown>([
    deep(FILTER_LIMITS.depth),
    many(FILTER_LIMITS.questions - 1),
    {
      field: 'city',
      is: Array.from({ length: FILTER_LIMITS.values }, () => 'x'.repeat(FILTER_LIMITS.text)),
    },
    { field: 'city', contains: 'x', is: undefined },
    { field: 'created_at', lastDays: 1 },
    { field: 'created_at', lastDays: FILTER_LIMITS.days },
    { field: 'attributes.my-key', contains: 'x' },
  ])('accepts %j', (filter) => {
    expect(checkFilter(LEAD_FILTERS, filter, false)).toEqual({ ok: true, value: filter });
  });

  it.each(['name', 'phone', 'email'])('keeps %s from who may not see contacts', (field) => {
    const filter = { all: [{ not: { field, is: ['x'] } }] };
    expect(checkFilter(LEAD_FILTERS, filter, false)).toEqual({
      ok: false,
      refusal: {
        code: 'field_not_allowed',
        reason: 'Who may not see contacts may not filter by them.',
        field: 'filter.all.0.not.field',
      },
    });
    expect(checkFilter(LEAD_FILTERS, filter, true).ok).toBe(true);
  });
});

describe('fields', () => {
  it('have types', () => {
    expect(filterType(LEAD_FILTERS, 'amount')).toBe('number');
    expect(filterType(LEAD_FILTERS, 'attributes.color')).toBe('text');
    expect(filterType(LEAD_FILTERS, 'attributes.a b')).toBeNull();
    expect(filterType(LEAD_FILTERS, 'xattributes.color')).toBeNull();
    expect(filterType(LEAD_FILTERS, 'toString')).toBeNull();
  });

  it('are those that a filter asks for, at any depth', () => {
    const filter: RecordFilter = {
      any: [
        { field: 'city', empty: true },
        { all: [{ field: 'city', empty: false }, { not: { field: 'phone', empty: true } }] },
      ],
    };
    expect(filterFields(filter)).toEqual(new Set(['city', 'phone']));
    expect(filterFields({ all: [] })).toEqual(new Set());
  });
});
