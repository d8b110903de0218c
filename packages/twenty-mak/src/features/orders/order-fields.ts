import { accept, isClosed, sumOrder } from 'twenty-mak-domain';
import type { Decision, Instant } from 'twenty-mak-domain';
import type { OrderFields, OrderRow } from './orders.repository.ts';

/**
 * An order with what follows from the rest of it: its sums, and since when it is closed. Refuses with `discount_too_large` and
 * `order_too_large`.
 */
export function withSums(
  fields: Omit<OrderFields, 'total' | 'paid' | 'payment_status'>,
  now: Instant,
): Decision<OrderFields> {
  const sums = sumOrder(fields);
  if (!sums.ok) return sums;
  const closed = isClosed(fields.status) ? (fields.closed_at ?? now) : null;
  return accept({ ...fields, ...sums.value, closed_at: closed });
}

/** What of an order can be written. */
export function fieldsOf(
  {
    id: _id,
    client_id: _client,
    version: _version,
    created_at: _created,
    updated_at: _updated,
    ...fields
  }: OrderRow,
  client: string,
): OrderFields {
  return { ...fields, client };
}
