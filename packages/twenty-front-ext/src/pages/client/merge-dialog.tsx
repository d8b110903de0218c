import { useApolloClient, useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { problemOf } from '../../app/data/problem.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { MergeClientsDocument, MergeableClientsDocument } from '../../generated/graphql.ts';
import type { MergeableClientFragment, MergeSide } from '../../generated/graphql.ts';
import { ClientPicker } from '../../parts/clients/client-picker.tsx';
import type { ClientChoice } from '../../parts/clients/client-picker.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Loading } from '../../ui/states/loading.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { choicesOf, disputedFields } from './merge-choices.ts';
import { MergeFields } from './merge-fields.tsx';

interface MergeDialogProps {
  readonly client: ClientChoice;
  /** With the client that stays. */
  readonly onMerged: (survivor: ClientChoice) => void;
  readonly onClose: () => void;
}

/** Two clients that turn out to be one: which one stays, and whose values. */
export function MergeDialog({ client, onMerged, onClose }: MergeDialogProps) {
  const { t } = useLingui();
  const apollo = useApolloClient();
  const { problem, busy, run, forget } = useAttempt();
  const [other, setOther] = useState<ClientChoice | null>(null);
  const [swapped, setSwapped] = useState(false);
  const [chosen, setChosen] = useState<ReadonlyMap<string, MergeSide>>(new Map());
  const isSame = other?.id === client.id;
  const pair = useQuery(MergeableClientsDocument, {
    variables: { one: client.id, other: other?.id ?? '' },
    skip: other === null || isSame,
    fetchPolicy: 'network-only',
    context: ASKED_ANEW,
  });
  const sides = sidesOf(pair.data, swapped);

  const choose = (next: ClientChoice | null): void => {
    setOther(next);
    setChosen(new Map());
    forget();
  };
  const merge = async (): Promise<void> => {
    if (sides === null) return;
    const [survivor, absorbed] = sides;
    const failed = await run(async () => {
      await apollo.mutate({
        mutation: MergeClientsDocument,
        variables: {
          ...{ id: absorbed.id, version: absorbed.version },
          ...{ into: survivor.id, intoVersion: survivor.version },
          choices: choicesOf(disputedFields(survivor, absorbed), chosen),
        },
      });
    }, pair.refetch);
    if (failed === null) onMerged({ id: survivor.id, name: survivor.name });
  };

  const kindsDiffer = sides !== null && sides[0].kind !== sides[1].kind;
  return (
    <FormDialog
      size="large"
      title={t`Merge with another client`}
      action={t`Merge`}
      danger
      problem={problem}
      busy={busy}
      unfit={sides === null || kindsDiffer}
      onSubmit={merge}
      onClose={onClose}
    >
      <ClientPicker
        label={t`The other client`}
        placeholder={t`Search by name`}
        value={other}
        onChange={choose}
        {...(isSame ? { error: t`This is the client itself. Choose another one.` } : {})}
      />
      {other !== null && !isSame && sides === null && pair.error === undefined && (
        <Loading>
          <Skeleton height={160} />
        </Loading>
      )}
      {pair.error !== undefined && sides === null && (
        <ErrorState
          problem={problemOf(pair.error)}
          onRetry={() => void pair.refetch().catch(() => undefined)}
        />
      )}
      {kindsDiffer && (
        <p role="alert">
          <Trans>
            One of them is a company, the other one a person. Change the kind of one of them first.
          </Trans>
        </p>
      )}
      {sides !== null && !kindsDiffer && (
        <MergeFields
          survivor={sides[0]}
          absorbed={sides[1]}
          chosen={chosen}
          onSwap={() => {
            setSwapped(!swapped);
            setChosen(otherSides(chosen));
          }}
          onChoose={(key, side) => setChosen(new Map(chosen).set(key, side))}
        />
      )}
    </FormDialog>
  );
}

type Sides = readonly [survivor: MergeableClientFragment, absorbed: MergeableClientFragment];

function sidesOf(
  data:
    | { readonly one: MergeableClientFragment; readonly other: MergeableClientFragment }
    | undefined,
  swapped: boolean,
): Sides | null {
  if (data === undefined) return null;
  return swapped ? [data.other, data.one] : [data.one, data.other];
}

/** What was chosen of one client stays chosen when that one is to go. */
function otherSides(chosen: ReadonlyMap<string, MergeSide>): ReadonlyMap<string, MergeSide> {
  return new Map(
    [...chosen].map(([key, side]) => [key, side === 'survivor' ? 'absorbed' : 'survivor']),
  );
}
