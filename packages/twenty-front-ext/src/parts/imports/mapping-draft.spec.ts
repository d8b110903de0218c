import { describe, expect, it } from 'vitest';
import {
  attributeOf,
  draftOf,
  mappingInput,
  suggestedDraft,
  withDefault,
  withField,
  withMeaning,
} from './mapping-draft.ts';

const draft = suggestedDraft(
  [
    { column: 'Name', field: 'name' },
    { column: 'Sum', field: 'amount' },
  ],
  'UAH',
);

describe('what the columns of a file mean', () => {
  it('is sent with a currency where amounts have none', () => {
    expect(mappingInput(draft)).toEqual({
      columns: [
        { column: 'Name', field: 'name' },
        { column: 'Sum', field: 'amount' },
      ],
      defaults: { currency: 'UAH' },
    });
    expect(mappingInput(withField(draft, 'Sum', '')).defaults).toEqual({});
    const kind = withDefault(withDefault(draft, 'kind', 'person'), 'source', '');
    expect(mappingInput(kind).defaults).toEqual({ currency: 'UAH', kind: 'person' });
  });

  it('keeps what words mean until the column means something else', () => {
    const known = withMeaning(withField(draft, 'Kind', 'source'), 'Kind', 'cold', 'cold_base');
    expect(mappingInput(known).columns).toContainEqual({
      column: 'Kind',
      field: 'source',
      values: { cold: 'cold_base' },
    });
    expect(withField(known, 'Kind', 'city').values).toEqual({});
    expect(withMeaning(known, 'Kind', 'cold', '').values).toEqual({ Kind: {} });
  });

  it('is taken of a saved mapping as far as the file has its columns', () => {
    const { columns, defaults } = mappingInput(withField(draft, 'Gone', 'phone'));
    const saved = { columns: columns.map((one) => ({ values: null, ...one })), defaults };
    const again = draftOf(
      { ...saved, country: null, externalSystem: null, lists: null, duplicates: 'update' },
      ['Name', 'Sum'],
      'EUR',
    );
    expect(again.fields).toEqual({ Name: 'name', Sum: 'amount' });
    expect(again.defaults).toEqual({ currency: 'UAH' });
    expect(mappingInput(again).duplicates).toBe('update');
  });

  it('may be an attribute of any name', () => {
    expect(attributeOf('Product line', 0)).toBe('attributes.Product_line');
    expect(attributeOf('Товар', 2)).toBe('attributes.column_3');
  });
});
