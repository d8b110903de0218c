import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useRef } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { useAccountId } from '../../app/shell/tenant.tsx';
import { AcknowledgeBreachDocument } from '../../generated/graphql.ts';
import type { DeskRunFragment } from '../../generated/graphql.ts';
import { useClock } from '../../ui/clock/clock.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { identityOf } from './desk-runs.ts';

type Acknowledge = (run: DeskRunFragment, acknowledged: boolean) => void;

/** Says that a breach has been seen, or takes it back: shown at once, and undone with a message when it fails. */
export function useAcknowledge(onDone: () => Promise<void>): Acknowledge {
  const { t } = useLingui();
  const client = useApolloClient();
  const clock = useClock();
  const account = useAccountId();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const again = useRef<Acknowledge>(() => undefined);

  const acknowledge = useCallback<Acknowledge>(
    (run, acknowledged) => {
      const identity = identityOf(run);
      const expected = {
        __typename: 'SlaRun',
        ...identity,
        acknowledgedAt: acknowledged ? new Date(clock.now()).toISOString() : null,
        acknowledgedBy: acknowledged ? account : null,
      };
      client
        .mutate({
          mutation: AcknowledgeBreachDocument,
          variables: { run: identity, acknowledged },
          optimisticResponse: { acknowledgeSlaBreach: expected },
          update: (cache, { data }) => {
            const id = cache.identify({ __typename: 'SlaDeskRun', ...identity });
            const answer = data?.acknowledgeSlaBreach;
            if (id === undefined || answer === undefined) return;
            const { acknowledgedAt, acknowledgedBy } = answer;
            cache.modify({
              id,
              fields: {
                acknowledgedAt: () => acknowledgedAt,
                acknowledgedBy: () => acknowledgedBy,
              },
            });
          },
        })
        .then(
          () => {
            snackbar.success(acknowledged ? t`Acknowledged` : t`Taken back`, {
              label: t`Undo`,
              run: () => again.current(run, !acknowledged),
            });
            return onDone();
          },
          (error: unknown) => {
            snackbar.error(textOf(problemOf(error)), {
              label: t`Try again`,
              run: () => again.current(run, acknowledged),
            });
            return onDone();
          },
        );
    },
    [account, client, clock, onDone, snackbar, t, textOf],
  );
  useEffect(() => {
    again.current = acknowledge;
  }, [acknowledge]);
  return acknowledge;
}
