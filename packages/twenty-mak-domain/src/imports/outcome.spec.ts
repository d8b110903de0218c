import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addOutcomes,
  EMPTY_SUMMARY,
  LISTED_ERRORS,
  OTHER_ERRORS,
  rejectedCells,
  rejectedHeader,
  rowError,
} from './outcome.ts';
import type { RowOutcome } from './outcome.ts';

const rejected = (row: number, ...errors: [column: string | null, code: string][]): RowOutcome => ({
  row,
  result: 'rejected',
  errors: errors.map(([column, code]) => ({ column, code, reason: 'So.' })),
});

describe('addOutcomes', () => {
  it('counts what became of rows, and their errors by column', () => {
    const summary = addOutcomes(EMPTY_SUMMARY, [
      { row: 1, result: 'created' },
      { row: 2, result: 'created' },
      { row: 3, result: 'warned' },
      { row: 4, result: 'merged' },
      { row: 5, result: 'empty' },
      rejected(6, ['Phone', 'phone_invalid'], [null, 'too_many_cells']),
      rejected(7, ['Phone', 'phone_invalid']),
    ]);
    expect(summary).toEqual({
      rows: 7,
      counts: { created: 2, warned: 1, merged: 1, rejected: 2, empty: 1 },
      errors: { 'Phone:phone_invalid': 2, '*:too_many_cells': 1 },
      firstErrors: [
        { row: 6, column: 'Phone', code: 'phone_invalid', reason: 'So.' },
        { row: 6, column: null, code: 'too_many_cells', reason: 'So.' },
        { row: 7, column: 'Phone', code: 'phone_invalid', reason: 'So.' },
      ],
      unknownWords: [],
    });
    expect(EMPTY_SUMMARY.rows).toBe(0);
    expect(EMPTY_SUMMARY.counts.created).toBe(0);
  });

  it('counts unknown words by column', () => {
    const unknown = (row: number, column: string | null, word: string): RowOutcome => ({
      row,
      result: 'rejected',
      errors: [{ column, code: 'not_in_list', reason: 'So.', unknown: { word, suggestion: 'b' } }],
    });
    const first = addOutcomes(EMPTY_SUMMARY, [unknown(1, 'x', 'a'), unknown(2, 'y', 'a')]);
    const summary = addOutcomes(first, [unknown(3, 'x', 'a'), unknown(4, null, 'a')]);
    expect(summary.unknownWords).toEqual([
      { column: 'x', word: 'a', suggestion: 'b', rows: 2 },
      { column: 'y', word: 'a', suggestion: 'b', rows: 1 },
    ]);
    const many = Array.from({ length: 300 }, (_, row) => unknown(row, 'x', `w${row % 150}`));
    const words = addOutcomes(EMPTY_SUMMARY, many).unknownWords;
    expect(words).toHaveLength(100);
    expect(words.at(-1)).toEqual({ column: 'x', word: 'w99', suggestion: 'b', rows: 2 });
  });

  it('stays small', () => {
    const many = Array.from({ length: 2_000 }, (_, row) => rejected(row, [`c${row % 600}`, 'x']));
    const summary = addOutcomes(EMPTY_SUMMARY, many);
    expect(summary.firstErrors).toHaveLength(LISTED_ERRORS);
    expect(summary.firstErrors.at(-1)?.row).toBe(LISTED_ERRORS - 1);
    expect(Object.keys(summary.errors)).toHaveLength(501);
    expect(summary.errors['c499:x']).toBe(3);
    expect(summary.errors['c500:x']).toBeUndefined();
    expect(summary.errors[OTHER_ERRORS]).toBe(300);
  });

  it('comes to the same batch by batch', () => {
    const outcome: fc.Arbitrary<RowOutcome> = fc.oneof(
      fc.record({
        row: fc.nat(9),
        result: fc.constantFrom('created', 'warned', 'merged', 'empty'),
      }),
      fc
        .tuple(fc.nat(9), fc.constantFrom('a', null), fc.constantFrom('x', 'y'))
        .map(([row, column, code]) => rejected(row, [column, code])),
    );
    fc.assert(
      fc.property(fc.array(outcome), fc.array(outcome), (first, second) => {
        const once = addOutcomes(EMPTY_SUMMARY, [...first, ...second]);
        expect(addOutcomes(addOutcomes(EMPTY_SUMMARY, first), second)).toEqual(once);
        expect(once.rows).toBe(
          Object.values(once.counts).reduce((total, count) => total + count, 0),
        );
      }),
    );
  });
});

describe('the file of rejected rows', () => {
  const errors = [
    { column: 'Phone', code: 'phone_invalid', reason: 'No number.' },
    { column: null, code: 'too_many_cells', reason: 'Too many.' },
  ];

  it('has the columns of the file and one more', () => {
    expect(rejectedHeader(['Name', 'Phone'])).toEqual(['Name', 'Phone', 'errors']);
    expect(rejectedHeader(['errors', 'errors_'])).toEqual(['errors', 'errors_', 'errors__']);
  });

  it('has the cells as they were, and why', () => {
    const columns = ['Name', 'Phone'];
    expect(rejectedCells(columns, { row: 7, cells: [' x ', '1'], errors })).toEqual([
      ' x ',
      '1',
      'row 7: Phone: phone_invalid: No number. | too_many_cells: Too many.',
    ]);
    expect(rejectedCells(columns, { row: 8, cells: ['x'], errors: [] })).toEqual([
      'x',
      '',
      'row 8: ',
    ]);
    expect(rejectedCells(columns, { row: 9, cells: ['x', 'y', 'z', 'w'], errors: [] })).toEqual([
      'x',
      'y',
      'row 9: cells without a column: z, w',
    ]);
  });

  it('names the column of the file and not the field', () => {
    expect(rowError('Tel.', { code: 'a', reason: 'b', field: 'phones.0' })).toStrictEqual({
      column: 'Tel.',
      code: 'a',
      reason: 'b',
    });
  });
});
