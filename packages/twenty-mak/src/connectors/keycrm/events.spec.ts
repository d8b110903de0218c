import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seenBuyer, seenOrder } from './events.ts';
import type { KeyCrmEvent, OrderGlance } from './events.ts';

const NEW: OrderGlance = {
  statusId: '1',
  paymentStatus: 'not_paid',
  payments: 'none',
  content: 'a',
  updatedAt: 1_000,
};

describe('an order of KeyCRM that is read', () => {
  it('is created when nobody knew it', () => {
    expect(seenOrder(undefined, NEW)).toEqual({ known: NEW, events: ['order.created'] });
  });

  it('is created and paid when it came with money', () => {
    expect(seenOrder(undefined, { ...NEW, paymentStatus: 'paid' }).events).toEqual([
      'order.created',
      'payment.updated',
    ]);
  });

  it.each<[string, Partial<OrderGlance>, readonly KeyCrmEvent[]]>([
    ['another status', { statusId: '2' }, ['order.updated']],
    ['another content', { content: 'b' }, ['order.updated']],
    ['another state of its payment', { paymentStatus: 'paid' }, ['payment.updated']],
    ['another payment of the same sum', { payments: 'other' }, ['payment.updated']],
    ['both', { statusId: '2', paymentStatus: 'paid' }, ['order.updated', 'payment.updated']],
    ['nothing but a later instant', { updatedAt: 9_000 }, []],
  ])('tells of %s, also within the same second', (_title, changes, events) => {
    const now = { ...NEW, ...changes };
    expect(seenOrder(NEW, now)).toEqual({ known: now, events });
  });

  it('tells nothing when a newer one was read before', () => {
    expect(seenOrder(NEW, { ...NEW, statusId: '2', updatedAt: 0 })).toEqual({
      known: NEW,
      events: [],
    });
  });

  it('is created once and ends as the newest, in whatever order and however often it is read', () => {
    const glance = fc.record({
      statusId: fc.constantFrom('1', '2', '3'),
      paymentStatus: fc.constantFrom('not_paid', 'part_paid', 'paid'),
      payments: fc.constantFrom('none', 'one', 'two'),
      content: fc.constantFrom('a', 'b'),
      updatedAt: fc.integer({ min: 0, max: 1_000_000 }),
    });
    const glances = fc
      .uniqueArray(glance, { selector: ({ updatedAt }) => updatedAt, minLength: 1, maxLength: 12 })
      .chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(glances, ([all, reads]) => {
        let known: OrderGlance | undefined;
        const events: KeyCrmEvent[] = [];
        for (const read of reads) {
          const seen = seenOrder(known, read);
          known = seen.known;
          events.push(...seen.events);
        }
        const newest = all.toSorted((left, right) => right.updatedAt - left.updatedAt)[0];
        expect(known).toEqual(newest);
        expect(events.filter((event) => event === 'order.created')).toHaveLength(1);
        expect(known && seenOrder(known, known).events).toEqual([]);
      }),
    );
  });
});

describe('a buyer of KeyCRM that is read', () => {
  it('is updated when it is new or differs, and not when it was read again', () => {
    const buyer = { content: 'a', updatedAt: 1_000 };
    expect(seenBuyer(undefined, buyer).events).toEqual(['buyer.updated']);
    expect(seenBuyer(buyer, { ...buyer, updatedAt: 2_000 }).events).toEqual([]);
    expect(seenBuyer(buyer, { content: 'b', updatedAt: 1_000 }).events).toEqual(['buyer.updated']);
    expect(seenBuyer(buyer, { content: 'b', updatedAt: 0 })).toEqual({ known: buyer, events: [] });
  });
});
