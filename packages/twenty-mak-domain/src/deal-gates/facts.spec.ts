import { describe, expect, it } from 'vitest';
import { compiled, day, event, workshop } from '../simulation/fixtures.ts';
import {
  BUILT_IN_TYPES,
  creates,
  emptyDeal,
  factsOf,
  fold,
  listens,
  mappingOf,
  missingGates,
} from './index.ts';

const shop = compiled(workshop);

describe('factsOf', () => {
  const bits = (value: number) => [...Array(32).keys()].filter((bit) => (value & (1 << bit)) !== 0);
  const bit = (system: string, stage: string) =>
    shop.comparisons.find(
      (comparison) => comparison.system === system && comparison.stage === stage,
    )?.bit ?? -1;

  it('has a bit for each gate, each compared domain stage and for created', () => {
    const empty = emptyDeal(shop);
    expect(factsOf(shop, empty)).toBe(0);
    expect(
      bits(factsOf(shop, { ...empty, gates: { ordered: true, repaired: true, diagnosed: false } })),
    ).toEqual([0, 2]);
    expect(bits(factsOf(shop, { ...empty, createdAt: 0 }))).toEqual([shop.createdBit]);
    expect(
      bits(
        factsOf(shop, { ...empty, domains: { bench: 'testing', depot: 'packed', dwh: 'testing' } }),
      ),
    ).toEqual(
      [bit('bench', 'testing'), bit('depot', 'packed')].sort((left, right) => left - right),
    );
    expect(factsOf(shop, { ...empty, domains: { bench: 'packed' } })).toBe(0);
  });

  it('is what the fold arrives at', () => {
    const { state } = fold(shop, [
      event('order.opened', day(0)),
      event('repair.done', day(1)),
      event('test.failed', day(2)),
    ]);
    expect(bits(factsOf(shop, state))).toEqual(
      [0, bit('bench', 'working'), shop.createdBit].sort((left, right) => left - right),
    );
  });
});

describe('missingGates', () => {
  const missing = (...open: string[]) =>
    missingGates(shop, { gates: Object.fromEntries(open.map((gate) => [gate, true])) });

  it('are those before the last one that holds', () => {
    expect(missing()).toEqual([]);
    expect(missing('ordered')).toEqual([]);
    expect(missing('ordered', 'diagnosed', 'repaired', 'paid')).toEqual([]);
    expect(missing('diagnosed')).toEqual(['ordered']);
    expect(missing('ordered', 'paid')).toEqual(['diagnosed', 'repaired']);
    expect(missing('paid')).toEqual(['ordered', 'diagnosed', 'repaired']);
  });

  it('a gate that was cleared is missing again', () => {
    const { state } = fold(shop, [
      event('order.opened', day(0)),
      event('repair.done', day(1)),
      event('payment', day(2)),
      event('test.failed', day(3)),
    ]);
    expect(missingGates(shop, state)).toEqual(['diagnosed', 'repaired']);
  });
});

describe('what the pipeline listens to', () => {
  it.each(BUILT_IN_TYPES)('%s, in every pipeline', (type) =>
    expect(listens(shop, { type, data: {} })).toBe(true),
  );

  it('mapped types, aliases, and conditions on the data', () => {
    expect(listens(shop, { type: 'order', data: {} })).toBe(true);
    expect(listens(shop, { type: 'orders', data: {} })).toBe(false);
    expect(listens(shop, { type: 'diagnosis', data: { verdict: 'too old' } })).toBe(true);
    expect(listens(shop, { type: 'diagnosis', data: { verdict: 'unsure' } })).toBe(false);
    expect(listens(shop, { type: 'diagnosis', data: {} })).toBe(false);
  });

  it('the first mapping whose conditions all hold', () => {
    const strict = compiled({
      ...workshop,
      events: [
        { type: 'x', where: { a: '1', b: '2' }, sets: ['paid'] },
        { type: 'x', where: { a: '1' }, sets: ['repaired'] },
        { type: 'x', sets: ['diagnosed'] },
      ],
    });
    const sets = (data: Record<string, string>) =>
      mappingOf(strict, { type: 'x', data })?.mapping.sets;
    expect(sets({ a: '1', b: '2' })).toEqual(['paid']);
    expect(sets({ a: '1' })).toEqual(['repaired']);
    expect(sets({ b: '2' })).toEqual(['diagnosed']);
  });

  it('creating are deal.created and what the mapping says', () => {
    expect(creates(shop, { type: 'deal.created', data: {} })).toBe(true);
    expect(creates(shop, { type: 'order', data: {} })).toBe(true);
    expect(creates(shop, { type: 'payment', data: {} })).toBe(false);
    expect(creates(shop, { type: 'deal.updated', data: {} })).toBe(false);
    expect(creates(shop, { type: 'unheard of', data: {} })).toBe(false);
  });
});
