import type { LeadKind, LeadToSellFragment } from '../../generated/graphql.ts';

/** Kinds of status from which a lead may be put on auction. */
export const KINDS_FOR_SALE: readonly LeadKind[] = ['new', 'working', 'unsold', 'returned'];

/** Whether who sees the lead so may offer it: what a company has, or has sold, is no longer there to be offered. */
export function isForSale({
  kind,
  buyerId,
  changeable,
}: Pick<LeadToSellFragment, 'kind' | 'buyerId' | 'changeable'>): boolean {
  return changeable && buyerId === null && KINDS_FOR_SALE.includes(kind);
}
