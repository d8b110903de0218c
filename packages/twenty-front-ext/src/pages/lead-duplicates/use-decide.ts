import { useApolloClient } from '@apollo/client/react';
import type { ApolloCache } from '@apollo/client';
import { useLingui } from '@lingui/react/macro';
import { problemOf } from '../../app/data/problem.ts';
import { DecideLeadPairDocument, LeadPairCountsDocument } from '../../generated/graphql.ts';
import type {
  LeadPairDecision,
  LeadPairsQuery,
  PairLineFragment,
} from '../../generated/graphql.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { keyOf } from './use-pairs.ts';

/** Decides pairs; a decided one leaves the list, and the message offers to take it back. */
export function useDecide(
  reload: () => Promise<void>,
): (pair: PairLineFragment, decision: LeadPairDecision) => void {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const texts: Readonly<Record<LeadPairDecision, string>> = {
    different: t`They are two leads`,
    later: t`Put off`,
    open: t`The pair waits again`,
  };
  const send = async (pair: PairLineFragment, decision: LeadPairDecision): Promise<void> => {
    const { leadId, otherId } = pair;
    await client.mutate({
      mutation: DecideLeadPairDocument,
      variables: { leadId, otherId, decision },
      update: (cache) => forgetPair(cache, pair),
      refetchQueries: [LeadPairCountsDocument],
    });
  };
  const failed = (error: unknown): void => {
    snackbar.error(textOf(problemOf(error)));
    void reload();
  };
  return (pair, decision) => {
    const undo = (): void => {
      send(pair, 'open').then(reload, failed);
    };
    send(pair, decision).then(
      () =>
        decision === 'open'
          ? snackbar.success(texts.open)
          : snackbar.success(texts[decision], { label: t`Undo`, run: undo }),
      failed,
    );
  };
}

/** Takes a pair out of all lists; each list asks anew when it is shown again. */
function forgetPair(cache: ApolloCache, pair: PairLineFragment): void {
  cache.modify<{ leadDuplicates: LeadPairsQuery['leadDuplicates'] }>({
    fields: {
      leadDuplicates: (page) =>
        'items' in page
          ? { ...page, items: page.items.filter((one) => keyOf(one) !== keyOf(pair)) }
          : page,
    },
  });
}
