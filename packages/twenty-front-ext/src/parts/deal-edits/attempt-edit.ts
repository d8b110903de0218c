import type { ApolloClient } from '@apollo/client';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { DealNowDocument, EditDealDocument } from '../../generated/graphql.ts';
import type { EditableDealFragment } from '../../generated/graphql.ts';
import { changeTo, inputOf, isSame, withChange } from './deal-change.ts';
import type { DealChange } from './deal-change.ts';

export type EditOutcome =
  /** `deal` is as it is now. */
  | { readonly kind: 'saved' | 'nothing'; readonly deal: EditableDealFragment }
  /** Somebody else changed the same field; `deal` is as that person left it. */
  | { readonly kind: 'conflict'; readonly deal: EditableDealFragment; readonly theirs: DealChange }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Attempts while others change other fields of the same deal at the same time. */
const ATTEMPTS = 5;

/**
 * Changes one field of a deal; what is shown changes at once, and back when it fails. Of two people who change
 * different fields both win; two who change the same one to different values are in conflict.
 */
export async function attemptEdit(
  client: ApolloClient,
  seen: EditableDealFragment,
  change: DealChange,
): Promise<EditOutcome> {
  const before = changeTo(seen, change.field);
  let deal = seen;
  try {
    for (let attempt = 1; ; attempt += 1) {
      if (isSame(changeTo(deal, change.field), change)) return { kind: 'nothing', deal };
      try {
        return { kind: 'saved', deal: await send(client, deal, change) };
      } catch (error) {
        if (problemOf(error).code !== 'stale_version' || attempt === ATTEMPTS) throw error;
      }
      deal = await current(client, deal);
      const theirs = changeTo(deal, change.field);
      if (!isSame(theirs, before) && !isSame(theirs, change))
        return { kind: 'conflict', deal, theirs };
    }
  } catch (error) {
    return { kind: 'failed', problem: problemOf(error) };
  }
}

async function send(
  client: ApolloClient,
  deal: EditableDealFragment,
  change: DealChange,
): Promise<EditableDealFragment> {
  const { data } = await client.mutate({
    mutation: EditDealDocument,
    variables: { id: deal.id, input: inputOf(deal.version, change) },
    optimisticResponse: { editDeal: withTypes(withChange(deal, change)) },
  });
  if (data === undefined || data === null) throw new Error('The answer has no data.');
  return data.editDeal;
}

async function current(
  client: ApolloClient,
  { id }: EditableDealFragment,
): Promise<EditableDealFragment> {
  const { data } = await client.query({
    query: DealNowDocument,
    variables: { id },
    fetchPolicy: 'network-only',
  });
  if (data === undefined) throw new Error('The answer has no data.');
  return data.deal;
}

/** Apollo keeps objects by their type and id. */
function withTypes({ owner, client, ...deal }: EditableDealFragment): EditableDealFragment {
  const typed = {
    __typename: 'Deal',
    ...deal,
    owner: owner === null ? null : { __typename: 'Person', ...owner },
    client: client === null ? null : { __typename: 'Client', ...client },
  };
  return typed;
}
