import type { PaymentState } from './order.ts';

/** A payment without a name, as systems tell of it that do not share ids. */
export interface PaymentSum {
  readonly amount: number;
  readonly state: Exclude<PaymentState, 'cancelled'>;
}

export interface PaymentSteps<Id> {
  readonly move: readonly { readonly id: Id; readonly state: PaymentState }[];
  readonly add: readonly PaymentSum[];
}

/**
 * What makes payments into these. Payments of equal amounts are each as good as the other, and what is cancelled counts as not
 * there. Afterwards nothing is left to do, whoever has named what.
 */
export function paymentSteps<Id>(
  known: readonly { readonly id: Id; readonly amount: number; readonly state: PaymentState }[],
  wanted: readonly PaymentSum[],
): PaymentSteps<Id> {
  const left = [...wanted];
  const take = (fits: (one: PaymentSum) => boolean): PaymentSum | undefined => {
    const at = left.findIndex(fits);
    return at === -1 ? undefined : left.splice(at, 1)[0];
  };
  const differing = known.filter(
    ({ amount, state }) =>
      state !== 'cancelled' &&
      take((one) => one.amount === amount && one.state === state) === undefined,
  );
  const move = differing.map(({ id, amount }) => ({
    id,
    state: take((one) => one.amount === amount)?.state ?? ('cancelled' as const),
  }));
  return { move, add: left };
}

/** In one order for equal payments, without those that are cancelled. */
export function paymentSums(
  payments: readonly { readonly amount: number; readonly state: PaymentState }[],
): readonly PaymentSum[] {
  return payments
    .flatMap(({ amount, state }) => (state === 'cancelled' ? [] : [{ amount, state }]))
    .toSorted(
      (left, right) => left.amount - right.amount || left.state.localeCompare(right.state, 'en'),
    );
}
