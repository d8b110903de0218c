import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countStock, editArticle, NEW_ARTICLE } from './index.ts';
import type { Article, ArticleChanges, StockLine } from './index.ts';

const CAP: Article = {
  ...NEW_ARTICLE,
  sku: 'CAP',
  name: 'Cap',
  price: 34_950,
  purchase_price: 12_000,
  currency: 'UAH',
  properties: [{ name: 'Colour', value: 'blue' }],
};

/** The article after an edit; fails when it is refused. */
function edited(before: Article, changes: ArticleChanges) {
  const decision = editArticle(before, changes);
  if (!decision.ok) throw new Error(decision.refusal.reason);
  return decision.value;
}

describe('an article', () => {
  it('keeps what an edit leaves out, and tells what has changed', () => {
    const changes = { price: 30_000, name: 'Cap', unit: undefined };
    expect(edited(CAP, changes)).toEqual({
      article: { ...CAP, price: 30_000 },
      changed: ['price'],
    });
  });

  it('has changed in nothing when it is told what it is', () => {
    const { changed } = edited(CAP, { ...CAP, properties: [{ name: 'Colour', value: 'blue' }] });
    expect(changed).toEqual([]);
  });

  it('tells all that has changed in the order of its fields', () => {
    const { changed } = edited(CAP, { archived: true, properties: [], sku: 'CAP-2', barcode: '1' });
    expect(changed).toEqual(['sku', 'barcode', 'properties', 'archived']);
  });

  it('may have no price at all', () => {
    const none = { price: null, purchase_price: null, currency: null };
    expect(edited(CAP, none).article).toEqual({ ...CAP, ...none });
  });

  it.each<[string, ArticleChanges, string]>([
    ['a price without a currency', { currency: null }, 'price_without_currency'],
    [
      'only a purchase price without a currency',
      { price: null, currency: null },
      'price_without_currency',
    ],
    ['a currency without a price', { price: null, purchase_price: null }, 'currency_without_price'],
    [
      'a property twice',
      { properties: [...CAP.properties, { name: 'Colour', value: 'red' }] },
      'repeated_property',
    ],
  ])('has not %s', (_title, changes, code) => {
    expect(editArticle(CAP, changes)).toMatchObject({ ok: false, refusal: { code } });
  });
});

describe('a stocktaking', () => {
  const line = (changes: Partial<StockLine> = {}): StockLine => ({
    ...{ article: 'a', warehouse: 'main', quantity: 5, reserved: 0 },
    ...changes,
  });
  const changed = (known: readonly StockLine[], counted: readonly StockLine[]) => {
    const decision = countStock(known, counted);
    if (!decision.ok) throw new Error(decision.refusal.reason);
    return decision.value.changed;
  };

  it('changes what differs and leaves what is not named', () => {
    const known = [line(), line({ warehouse: 'shop' }), line({ article: 'b' })];
    const counted = [line({ quantity: 4 }), line({ article: 'b', reserved: 1 })];
    expect(changed(known, counted)).toEqual(counted);
    expect(changed(known, [line()])).toEqual([]);
  });

  it('keeps a first count, also of nothing', () => {
    expect(changed([], [line({ quantity: 0 })])).toEqual([line({ quantity: 0 })]);
  });

  it('counts nothing twice', () => {
    expect(countStock([], [line(), line({ warehouse: 'shop' }), line({ quantity: 6 })])).toEqual({
      ok: false,
      refusal: {
        code: 'repeated_stock',
        reason: 'An article is named twice for the same warehouse.',
        field: 'stocks.2',
      },
    });
  });

  it('changes nothing when it is repeated, and in any order the same', () => {
    const lines = fc.uniqueArray(
      fc.record({
        article: fc.constantFrom('a', 'b', 'c'),
        warehouse: fc.constantFrom('main', 'shop'),
        quantity: fc.integer({ min: -3, max: 3 }),
        reserved: fc.integer({ min: 0, max: 2 }),
      }),
      { selector: ({ article, warehouse }) => `${article} ${warehouse}` },
    );
    const keyed = (all: readonly StockLine[]) =>
      new Map(all.map((one) => [`${one.article} ${one.warehouse}`, one]));
    fc.assert(
      fc.property(lines, lines, (known, counted) => {
        const after = [...keyed([...known, ...changed(known, counted)]).values()];
        expect(changed(after, counted)).toEqual([]);
        expect(new Set(changed(known, counted.toReversed()))).toEqual(
          new Set(changed(known, counted)),
        );
      }),
    );
  });
});
