import { paymentSteps, paymentSums } from 'twenty-mak-domain';
import type { Values } from 'twenty-mak-domain';
import type { RemoteChange, RemoteRecord } from '../sync/index.ts';
import { statusHere } from './account.ts';
import type { KeyCrmAccount } from './account.ts';
import { paymentsSchema } from './order-values.ts';

/** The group of statuses in which KeyCRM makes orders. */
const FIRST_GROUP = '1';

/** What an order may have while only some of the calls were made that a change takes. */
export function betweenCalls(
  { remoteId, values }: Pick<RemoteChange, 'remoteId' | 'values'>,
  before: RemoteRecord | null,
  account: KeyCrmAccount,
): readonly Values[] {
  const born = remoteId === null && 'status' in values ? statusesOfNew(account) : [];
  const paid = 'payments' in values ? paymentsBetween(values, before?.values ?? {}) : [];
  return [...born.map((status) => ({ status })), ...paid];
}

/** KeyCRM gives a new order its status itself. */
function statusesOfNew(account: KeyCrmAccount): readonly string[] {
  const first = account.statuses.filter(({ groupId }) => groupId === FIRST_GROUP);
  return [...new Set(first.map(({ id, groupId }) => statusHere(account, id, groupId)))];
}

/** Each payment is a call of its own. */
function paymentsBetween(wanted: Values, there: Values): readonly Values[] {
  const sums = ({ payments }: Values) => paymentsSchema.safeParse(payments ?? []).data ?? [];
  const known = inTurn(sums(there)).map((payment, id) => ({ ...payment, id }));
  const { move, add } = paymentSteps(known, sums(wanted));
  const moves = new Map(move.map(({ id, state }) => [id, state]));
  const moved = (count: number) =>
    known.map((payment) => {
      const isMade = move.slice(0, count).some(({ id }) => id === payment.id);
      return isMade ? { ...payment, state: moves.get(payment.id) ?? payment.state } : payment;
    });
  return [
    ...move.map((_one, index) => moved(index + 1)),
    ...add.map((_one, index) => [...moved(move.length), ...add.slice(0, index + 1)]),
  ].map((payments) => ({ payments: paymentSums(payments).map((payment) => ({ ...payment })) }));
}

/** Payments in the order in which they are changed, whatever they are called. */
export function inTurn<Payment extends { readonly amount: number; readonly state: string }>(
  payments: readonly Payment[],
): readonly Payment[] {
  return payments.toSorted(
    (one, other) => one.amount - other.amount || one.state.localeCompare(other.state, 'en'),
  );
}
