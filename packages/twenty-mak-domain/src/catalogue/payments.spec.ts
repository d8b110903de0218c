import { describe, expect, it } from 'vitest';
import type { PaymentState } from './order.ts';
import { paymentSteps, paymentSums } from './payments.ts';
import type { PaymentSum } from './payments.ts';

const payment = (id: number, amount: number, state: PaymentState) => ({ id, amount, state });
const sum = (amount: number, state: PaymentSum['state'] = 'paid'): PaymentSum => ({
  amount,
  state,
});

describe('steps of payments', () => {
  it('are none when the same is paid, in whatever order and under whatever names', () => {
    expect(
      paymentSteps(
        [payment(1, 5, 'paid'), payment(2, 7, 'expected')],
        [sum(7, 'expected'), sum(5)],
      ),
    ).toEqual({ move: [], add: [] });
  });

  it('move what was expected rather than add what came', () => {
    expect(paymentSteps([payment(1, 5, 'expected')], [sum(5)])).toEqual({
      move: [{ id: 1, state: 'paid' }],
      add: [],
    });
  });

  it('cancel what is not wanted and add what is not there; another amount is another payment', () => {
    expect(paymentSteps([payment(1, 5, 'paid')], [sum(6)])).toEqual({
      move: [{ id: 1, state: 'cancelled' }],
      add: [sum(6)],
    });
  });

  it('leave alone what is cancelled', () => {
    expect(paymentSteps([payment(1, 5, 'cancelled')], [sum(5)])).toEqual({
      move: [],
      add: [sum(5)],
    });
    expect(paymentSteps([payment(1, 5, 'cancelled')], [])).toEqual({ move: [], add: [] });
  });

  it('tell equal payments apart by how many there are', () => {
    expect(paymentSteps([payment(1, 5, 'paid'), payment(2, 5, 'paid')], [sum(5)])).toEqual({
      move: [{ id: 2, state: 'cancelled' }],
      add: [],
    });
    expect(paymentSteps([payment(1, 5, 'paid')], [sum(5), sum(5)]).add).toEqual([sum(5)]);
  });

  it('lead to what was wanted', () => {
    const known = [payment(1, 5, 'paid'), payment(2, 5, 'expected'), payment(3, 8, 'cancelled')];
    const wanted = [sum(5), sum(5), sum(8, 'expected')];
    const { move, add } = paymentSteps(known, wanted);
    const stateOf = new Map(move.map(({ id, state }) => [id, state]));
    const after = [
      ...known.map((one) => ({ ...one, state: stateOf.get(one.id) ?? one.state })),
      ...add,
    ];
    expect(paymentSums(after)).toEqual(wanted);
  });
});

describe('sums of payments', () => {
  it('are in one order, without what is cancelled', () => {
    expect(
      paymentSums([
        payment(1, 9, 'paid'),
        payment(2, 5, 'paid'),
        payment(3, 5, 'expected'),
        payment(4, 1, 'cancelled'),
      ]),
    ).toEqual([sum(5, 'expected'), sum(5), sum(9)]);
  });
});
