import type { Json, Values } from 'twenty-mak-domain';
import type { KeyCrmBuyer } from './answers.ts';
import type { KeyCrmApi } from './api.ts';
import { storedBuyerValues } from './buyer-values.ts';

/**
 * Buyers with this address or number, the oldest first: orders that KeyCRM is told of find the same ones. Two with one number and
 * different addresses are two people of one office.
 */
export async function buyersLike(
  api: KeyCrmApi,
  { email, phone }: Values,
): Promise<readonly KeyCrmBuyer[]> {
  const buyers = [
    ...(typeof email === 'string' ? await api.buyersWith('buyer_email', email) : []),
    ...(typeof phone === 'string' ? await api.buyersWith('buyer_phone', phone) : []),
  ];
  return buyers
    .filter((buyer) => mayHaveAddress(buyer, email))
    .toSorted((left, right) => Number(left.id) - Number(right.id));
}

function mayHaveAddress(buyer: KeyCrmBuyer, email: Json | undefined): boolean {
  if (typeof email !== 'string' || buyer.email.length === 0) return true;
  return buyer.email.some((one) => storedBuyerValues({ email: one })['email'] === email);
}
