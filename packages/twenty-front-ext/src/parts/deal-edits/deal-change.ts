import type { EditableDealFragment, EditDealInput } from '../../generated/graphql.ts';

/** Somebody or something that a deal names. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Money {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
}

/** A new value for one of the fields that people own. */
export type DealChange =
  | { readonly field: 'name'; readonly value: string | null }
  | { readonly field: 'amount'; readonly value: Money | null }
  | { readonly field: 'owner'; readonly value: Named | null }
  | { readonly field: 'client'; readonly value: Named | null };
export type DealField = DealChange['field'];

/** What a field says now, as the change that would lead there. */
export function changeTo(deal: EditableDealFragment, field: DealField): DealChange {
  switch (field) {
    case 'name':
      return { field, value: deal.name };
    case 'amount': {
      const { amount, currency } = deal;
      return { field, value: amount === null ? null : { amount, currency: currency ?? '' } };
    }
    case 'owner':
      return { field, value: named(deal.ownerId, deal.owner) };
    case 'client':
      return { field, value: named(deal.clientId, deal.client) };
  }
}

function named(id: string | null, known: Named | null): Named | null {
  return id === null ? null : { id, name: known?.name ?? id };
}

export function isSame(one: DealChange, other: DealChange): boolean {
  return one.field === other.field && JSON.stringify(keyOf(one)) === JSON.stringify(keyOf(other));
}

/** What of a change counts: a person or a client is the same under another name. */
function keyOf({ field, value }: DealChange): unknown {
  return field === 'owner' || field === 'client' ? (value?.id ?? null) : value;
}

/** The deal as it will be; shown until the server answers. */
export function withChange(deal: EditableDealFragment, change: DealChange): EditableDealFragment {
  switch (change.field) {
    case 'name':
      return { ...deal, name: change.value };
    case 'amount':
      return {
        ...deal,
        amount: change.value?.amount ?? null,
        currency: change.value?.currency ?? deal.currency,
      };
    case 'owner':
      return { ...deal, ownerId: change.value?.id ?? null, owner: change.value };
    case 'client':
      return { ...deal, clientId: change.value?.id ?? null, client: change.value };
  }
}

export function inputOf(version: number, change: DealChange): EditDealInput {
  switch (change.field) {
    case 'name':
      return { version, name: change.value };
    case 'amount':
      return change.value === null ? { version, amount: null } : { version, ...change.value };
    case 'owner':
      return { version, ownerId: change.value?.id ?? null };
    case 'client':
      return { version, clientId: change.value?.id ?? null };
  }
}
