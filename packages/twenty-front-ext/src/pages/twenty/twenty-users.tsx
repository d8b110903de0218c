import { useMutation, useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { ReleaseTwentyUserDocument, TwentyUserListDocument } from '../../generated/graphql.ts';
import type { TwentyUserListQuery } from '../../generated/graphql.ts';
import { useRoleNames } from '../../parts/access/access-texts.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Section } from '../../ui/section/section.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { More, Table } from '../../ui/table/table.tsx';

type User = TwentyUserListQuery['twentyUsers']['items'][number];

/** Who has come from twenty, and which account that is here. */
export function TwentyUsers() {
  const { t } = useLingui();
  const { data, error, loading, refetch, fetchMore } = useQuery(TwentyUserListDocument, {
    notifyOnNetworkStatusChange: true,
  });
  const [releasing, setReleasing] = useState<User | null>(null);
  const page = data?.twentyUsers;
  return (
    <Section
      title={t`Who has come from twenty`}
      text={t`An account stays with its user of twenty, whatever the e-mail address becomes there.`}
    >
      {page === undefined && error === undefined && <Skeleton height={80} />}
      {page === undefined && error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {page !== undefined && page.items.length === 0 && (
        <p>{t`Nobody yet. People appear here when they first open a page of MaK inside twenty.`}</p>
      )}
      {page !== undefined && page.items.length > 0 && (
        <div>
          <Table
            label={t`Who has come from twenty`}
            head={[t({ message: 'Name', context: 'of a person' }), t`Role`, t`First sign-in`]}
            actions
          >
            {page.items.map((user) => (
              <UserRow key={user.accountId} user={user} onRelease={() => setReleasing(user)} />
            ))}
          </Table>
          <More
            next={page.next}
            busy={loading}
            onMore={(cursor) => void fetchMore({ variables: { cursor } })}
          />
        </div>
      )}
      {releasing !== null && <Release user={releasing} onClose={() => setReleasing(null)} />}
    </Section>
  );
}

function UserRow({ user, onRelease }: { readonly user: User; readonly onRelease: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const roleNames = useRoleNames();
  const { name, role, boundAt } = user;
  return (
    <tr>
      <td>{name}</td>
      <td>{roleNames[role]}</td>
      <td>{format.dateTime(boundAt)}</td>
      <td>
        <Button
          title={t`Release`}
          variant="secondary"
          size="small"
          ariaLabel={t`Release the account of ${name}`}
          onClick={onRelease}
        />
      </td>
    </tr>
  );
}

function Release({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const { busy, run } = useAttempt();
  const [release] = useMutation(ReleaseTwentyUserDocument, {
    refetchQueries: [TwentyUserListDocument],
  });
  const { name, accountId } = user;
  const confirm = async (): Promise<void> => {
    const problem = await run(async () => {
      await release({ variables: { accountId } });
    });
    onClose();
    if (problem === null) snackbar.success(t`The account is released.`);
    else snackbar.error(textOf(problem));
  };
  return (
    <ConfirmDialog
      open
      title={t`Release the account of ${name}?`}
      action={t`Release`}
      busy={busy}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        <Trans>
          Pages that are open inside twenty end. The next user of twenty with the e-mail address of
          this account gets it.
        </Trans>
      </p>
    </ConfirmDialog>
  );
}
