/** What happened in KeyCRM, in our words: it has no events of these names. */
export type KeyCrmEvent = 'order.created' | 'order.updated' | 'payment.updated' | 'buyer.updated';

/** An order as it was read, as far as events follow from it. */
export interface OrderGlance {
  readonly statusId: string;
  readonly paymentStatus: string;
  /** Digest of its payments; changes whenever one of them does. */
  readonly payments: string;
  /** Digest of all the rest that is kept of it. */
  readonly content: string;
  /** By KeyCRM's clock, which counts in seconds, in milliseconds. */
  readonly updatedAt: number;
}

export interface BuyerGlance {
  readonly content: string;
  readonly updatedAt: number;
}

export interface Seen<Glance> {
  /** What is known from now on. */
  readonly known: Glance;
  readonly events: readonly KeyCrmEvent[];
}

/**
 * What follows from an order as it was read now. Reads may overtake each other, so an older one tells nothing; within one
 * second any difference counts.
 */
export function seenOrder(before: OrderGlance | undefined, now: OrderGlance): Seen<OrderGlance> {
  if (before === undefined)
    return {
      known: now,
      events: now.paymentStatus === 'not_paid' ? CREATED : [...CREATED, 'payment.updated'],
    };
  if (now.updatedAt < before.updatedAt) return { known: before, events: [] };
  const isPaid = now.paymentStatus !== before.paymentStatus || now.payments !== before.payments;
  const isChanged = now.statusId !== before.statusId || now.content !== before.content;
  return {
    known: now,
    events: [
      ...(isChanged ? (['order.updated'] as const) : []),
      ...(isPaid ? (['payment.updated'] as const) : []),
    ],
  };
}

/** The same of a buyer; there is no event of its own for a new one. */
export function seenBuyer(before: BuyerGlance | undefined, now: BuyerGlance): Seen<BuyerGlance> {
  if (before !== undefined && now.updatedAt < before.updatedAt)
    return { known: before, events: [] };
  return { known: now, events: now.content === before?.content ? [] : ['buyer.updated'] };
}

const CREATED: readonly KeyCrmEvent[] = ['order.created'];
