import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { LeadPairCountsDocument, MergeLeadsDocument } from '../../generated/graphql.ts';
import type {
  LeadMergeValuesInput,
  MergeLeadsMutation,
  PairLeadFragment,
} from '../../generated/graphql.ts';
import type { MergeKey } from './use-pair-rows.ts';

type Look = MergeLeadsMutation['mergeLeads'];

/** What a person wants otherwise than the rules. */
export interface MergeChoice {
  readonly survivor: string | null;
  readonly values: Partial<Readonly<Record<MergeKey, string>>>;
}

interface Merge {
  /** What the rules would do; null while that is not known. */
  readonly look: Look | null;
  /** Why the two cannot be merged. */
  readonly refused: Problem | null;
  readonly merge: (choice: MergeChoice) => Promise<void>;
}

/** A merge of two leads as they are shown: looked at first, by the rules of the server. */
export function useMerge(leads: readonly [PairLeadFragment, PairLeadFragment]): Merge {
  const client = useApolloClient();
  const [look, setLook] = useState<Look | null>(null);
  const [refused, setRefused] = useState<Problem | null>(null);
  const [{ id: leftId, version: leftVersion }, { id: rightId, version: rightVersion }] = leads;
  const send = useCallback(
    async (choice: MergeChoice | null): Promise<Look> => {
      const { data } = await client.mutate({
        mutation: MergeLeadsDocument,
        variables: {
          leads: [
            { id: leftId, version: leftVersion },
            { id: rightId, version: rightVersion },
          ],
          dry: choice === null,
          ...(choice === null ? {} : { survivor: choice.survivor, values: inputOf(choice.values) }),
        },
        ...(choice === null ? {} : { refetchQueries: [LeadPairCountsDocument] }),
      });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      return data.mergeLeads;
    },
    [client, leftId, leftVersion, rightId, rightVersion],
  );
  useEffect(() => {
    let isWanted = true;
    send(null).then(
      (found) => {
        if (!isWanted) return;
        setLook(found);
        setRefused(null);
      },
      (error: unknown) => {
        if (isWanted) setRefused(problemOf(error));
      },
    );
    return () => {
      isWanted = false;
    };
  }, [send]);
  return {
    look,
    refused,
    merge: async (choice) => {
      const { absorbedId } = await send(choice);
      const { cache } = client;
      const gone = cache.identify({ __typename: 'Lead', id: absorbedId });
      if (gone !== undefined) cache.evict({ id: gone });
    },
  };
}

function inputOf({
  legal_form,
  responsible_id,
  ...values
}: MergeChoice['values']): LeadMergeValuesInput {
  return {
    ...values,
    ...(legal_form === undefined ? {} : { legalForm: legal_form }),
    ...(responsible_id === undefined ? {} : { responsibleId: responsible_id }),
  };
}
