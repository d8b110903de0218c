import { useApolloClient } from '@apollo/client/react';
import { useSubscription } from '../../app/data/use-subscription.ts';
import {
  LotChangesDocument,
  LotMovingFragmentDoc,
  LotOwnFragmentDoc,
} from '../../generated/graphql.ts';
import type { LotChangesSubscription } from '../../generated/graphql.ts';

type Change = LotChangesSubscription['lotChanged'];

/** The server follows so many lots at once. */
export const MOST_FOLLOWED = 50;

interface Listener {
  /** After the change is shown. */
  readonly onChange?: (change: Change) => void;
  /** One of the lots may not be seen any more. */
  readonly onGone?: () => void;
}

/** Keeps what is shown of these lots as it is now, for every place that shows them. */
export function useLotChanges(ids: readonly string[], { onChange, onGone }: Listener = {}): void {
  const { cache } = useApolloClient();
  const wanted = ids.slice(0, MOST_FOLLOWED).toSorted();
  useSubscription(LotChangesDocument, wanted.length === 0 ? null : { ids: wanted }, {
    heard: ({ lotChanged }) => {
      const { seq, isLeading, ...moving } = lotChanged;
      const id = cache.identify({ __typename: 'Lot', id: moving.id });
      if (id === undefined) return;
      cache.writeFragment({
        id,
        fragment: LotMovingFragmentDoc,
        fragmentName: 'LotMoving',
        data: { ...moving, bidCount: seq },
      });
      // Of a sealed lot nothing is said of the own bid.
      if (isLeading !== null)
        cache.writeFragment({
          id,
          fragment: LotOwnFragmentDoc,
          fragmentName: 'LotOwn',
          data: { id: moving.id, ownAmount: isLeading ? moving.price : null },
        });
      onChange?.(lotChanged);
    },
    refused: (code) => {
      if (code === 'not_found') onGone?.();
    },
  });
}
