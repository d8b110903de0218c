import type { OrderTableQueryVariables } from '../../generated/graphql.ts';
import { ORDER_STATUSES, PAYMENT_STATUSES } from '../../parts/orders/order-kinds.ts';

/** What people narrow the list of orders by. Null and empty do not narrow. */
export interface OrderFilters {
  /** Beginning of the number. */
  readonly text: string;
  readonly status: (typeof ORDER_STATUSES)[number] | null;
  readonly payment: (typeof PAYMENT_STATUSES)[number] | null;
  /** Id of a client. */
  readonly client: string | null;
}

export const NO_FILTERS: OrderFilters = { text: '', status: null, payment: null, client: null };

/** Names in the address, as in REST. */
const NAMES = {
  text: 'text',
  status: 'status',
  payment: 'payment_status',
  client: 'client',
} as const satisfies Record<keyof OrderFilters, string>;

/** Filters of an address; what makes no sense is left out. */
export function readOrderFilters(params: URLSearchParams): OrderFilters {
  return {
    text: params.get(NAMES.text) ?? '',
    status: ORDER_STATUSES.find((one) => one === params.get(NAMES.status)) ?? null,
    payment: PAYMENT_STATUSES.find((one) => one === params.get(NAMES.payment)) ?? null,
    client: params.get(NAMES.client),
  };
}

/** `params` with these filters in place of others; parameters of other parts stay. */
export function writeOrderFilters(filters: OrderFilters, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const key of Object.keys(NAMES) as (keyof OrderFilters)[]) {
    const value = filters[key];
    if (value === null || value === '') next.delete(NAMES[key]);
    else next.set(NAMES[key], value);
  }
  return next;
}

/** The filters as the server takes them. */
export function filterVariables({
  text,
  status,
  payment,
  client,
}: OrderFilters): OrderTableQueryVariables {
  return {
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(status === null ? {} : { status }),
    ...(payment === null ? {} : { paymentStatus: payment }),
    ...(client === null ? {} : { client }),
  };
}

/** How many narrow, the searched text aside. */
export function countFilters({ text: _text, ...rest }: OrderFilters): number {
  return Object.values(rest).filter((value) => value !== null).length;
}
