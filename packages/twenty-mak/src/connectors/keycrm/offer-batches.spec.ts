import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Taken } from './api.ts';
import { canBeAskedFor, filterParts, sendApart, sendInBatches } from './offer-batches.ts';

const refused = (field: string | null): Taken<unknown> => ({
  kind: 'refused',
  refusal: { code: 'refused_by_keycrm', reason: 'No.', field },
});
const always = (): boolean => true;

describe('numbers that are asked for', () => {
  it('are all asked for once in addresses that are not too long, but those with a comma', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 30 })), (skus) => {
        const parts = filterParts(skus, 300);
        expect(parts.flat()).toEqual(skus.filter(canBeAskedFor));
        for (const part of parts) {
          expect(part).not.toEqual([]);
          const address = new URLSearchParams({ sku: part.join(',') }).toString();
          expect(part.length === 1 || address.length <= 304).toBe(true);
        }
      }),
    );
  });

  it('of many in Cyrillic go in several', () => {
    const skus = Array.from({ length: 50 }, (_, index) => `${'Щ'.repeat(97)}${index}`);
    const lengths = filterParts(skus).map((part) => encodeURIComponent(part.join(',')).length);
    expect(lengths.length).toBeGreaterThan(6);
    expect(Math.max(...lengths)).toBeLessThan(4_000);
    expect(filterParts(['A,B', ''])).toEqual([]);
  });
});

describe('rows that are taken as a whole', () => {
  it('are all taken but those that are refused, whatever these are', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => index);
    const some = fc.uniqueArray(fc.integer({ min: 0, max: 49 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(some, fc.boolean(), async (bad, isNamed) => {
        const taken: number[] = [];
        let calls = 0;
        const left = await sendApart(
          rows,
          (part) => {
            calls += 1;
            const wrong = part.findIndex((row) => bad.includes(row));
            if (wrong >= 0)
              return Promise.resolve(refused(isNamed ? `offers.${wrong}.price` : null));
            taken.push(...part);
            return Promise.resolve({ kind: 'taken', value: null });
          },
          always,
        );
        const byNumber = (one: number, other: number): number => one - other;
        expect([...left.keys()].toSorted(byNumber)).toEqual(bad.toSorted(byNumber));
        expect([...taken, ...bad].toSorted(byNumber)).toEqual(rows);
        expect(calls).toBeLessThanOrEqual(isNamed ? bad.length + 1 : 1 + bad.length * 12);
      }),
      { numRuns: 50 },
    );
  });

  it('wait when there is no more time, and are tried once in any case', async () => {
    const sent: (readonly string[])[] = [];
    const send = (part: readonly string[]): Promise<Taken<unknown>> => {
      sent.push(part);
      return Promise.resolve(refused('somewhere'));
    };
    const left = await sendApart(['a', 'b'], send, () => false);
    expect([...left]).toEqual([
      ['a', null],
      ['b', null],
    ]);
    expect(sent).toEqual([['a', 'b']]);
    expect(await sendApart([], send, always)).toEqual(new Map());
  });

  it('go in calls of so many, and those behind the time wait', async () => {
    const rows = Array.from({ length: 51 }, (_, index) => index);
    const sizes: number[] = [];
    const send = (part: readonly number[]): Promise<Taken<unknown>> => {
      sizes.push(part.length);
      return Promise.resolve(part.includes(50) ? refused(null) : { kind: 'taken', value: null });
    };
    const left = await sendInBatches(rows, 50, send, always);
    expect(sizes).toEqual([50, 1]);
    expect([...left.keys()]).toEqual([50]);
    sizes.length = 0;
    const late = await sendInBatches([1, 2, 3], 1, send, () => false);
    expect(sizes).toEqual([1]);
    expect([...late]).toEqual([
      [2, null],
      [3, null],
    ]);
  });
});
