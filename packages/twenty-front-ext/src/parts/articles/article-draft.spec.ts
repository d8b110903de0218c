import { describe, expect, it } from 'vitest';
import {
  changedFields,
  draftOf,
  inputOf,
  isReadable,
  NEW_ARTICLE,
  partOf,
} from './article-draft.ts';

const draft = {
  ...NEW_ARTICLE,
  ...{ name: ' Shirt ', sku: 'TSH', price: '599,50', currency: 'UAH' },
  properties: [{ name: 'Size ', value: 'M' }],
};

describe('a draft of an article', () => {
  it('is told to the server in minor units; what is not known is null', () => {
    expect(inputOf(draft)).toEqual({
      ...{ name: 'Shirt', sku: 'TSH', price: 59_950, purchasePrice: null, currency: 'UAH' },
      ...{ barcode: null, unit: null, product: null, description: null },
      properties: [{ name: 'Size', value: 'M' }],
    });
    expect(inputOf({ ...draft, price: '' }).currency).toBeNull();
  });

  it('comes back from the article', () => {
    const article: Parameters<typeof draftOf>[0] = {
      ...{
        id: 'a',
        name: 'Shirt',
        sku: 'TSH',
        price: 59_950,
        purchasePrice: null,
        currency: 'UAH',
      },
      ...{ barcode: null, unit: null, product: null, description: null, archived: false },
      ...{ version: 1, updatedAt: '', stocks: [], properties: [{ name: 'Size', value: 'M' }] },
    };
    expect(changedFields(draftOf(article), draft)).toEqual([]);
    expect(draftOf(article)).toMatchObject({ price: '599.50', purchasePrice: '', unit: '' });
  });

  it('needs a name, a number, amounts with a currency, and properties that are named once', () => {
    expect(isReadable(draft)).toBe(true);
    const size = { name: 'Size', value: 'L' };
    for (const wrong of [
      { name: ' ' },
      { sku: '' },
      { price: '-1' },
      { currency: '' },
      { properties: [{ name: '', value: 'M' }] },
      { properties: [size, size] },
    ])
      expect(isReadable({ ...draft, ...wrong })).toBe(false);
    expect(isReadable({ ...draft, price: '', currency: '' })).toBe(true);
  });

  it('sends only what was changed', () => {
    const other = { ...draft, price: '599.5', unit: 'kg', sku: 'TSH-M' };
    const fields = changedFields(draft, other);
    expect(fields).toEqual(['sku', 'unit']);
    expect(partOf(other, fields)).toEqual({ sku: 'TSH-M', unit: 'kg' });
  });

  it('sends prices and their currency together', () => {
    const money = ['price', 'purchasePrice', 'currency'];
    const dearer = { ...draft, price: '600' };
    expect(changedFields(draft, dearer)).toEqual(money);
    expect(partOf(dearer, changedFields(draft, dearer))).toEqual({
      ...{ price: 60_000, purchasePrice: null, currency: 'UAH' },
    });
    expect(changedFields(draft, { ...draft, currency: 'USD' })).toEqual(money);
  });
});
