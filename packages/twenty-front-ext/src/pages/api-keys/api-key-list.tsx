import { useMutation, useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { Tag } from 'twenty-ui/data-display';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { ApiClientListDocument, RevokeApiClientDocument } from '../../generated/graphql.ts';
import type { ApiClientLineFragment } from '../../generated/graphql.ts';
import { useClock } from '../../ui/clock/clock.tsx';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { More, Table } from '../../ui/table/table.tsx';
import styles from './api-keys.module.css';

export function ApiKeyList() {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const { data, error, loading, refetch, fetchMore } = useQuery(ApiClientListDocument, {
    notifyOnNetworkStatusChange: true,
  });
  const [revoke, { loading: revoking }] = useMutation(RevokeApiClientDocument);
  const [asked, setAsked] = useState<ApiClientLineFragment | null>(null);
  const page = data?.apiClients;
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (page.items.length === 0) {
    return (
      <EmptyState
        Icon={IconKey}
        title={t`No API keys yet`}
        text={t`A system that sends events or reads deals needs a key of its own. Make one for each system, with as few permissions as it needs.`}
      />
    );
  }
  const confirm = async ({ id, name }: ApiClientLineFragment): Promise<void> => {
    try {
      await revoke({ variables: { id } });
      snackbar.success(t`${name} has no access any more.`);
    } catch (failure) {
      snackbar.error(textOf(problemOf(failure)));
    }
    setAsked(null);
  };
  const name = asked?.name ?? '';
  return (
    <>
      <Table
        label={t`API keys`}
        head={[t`Name`, t`Kind`, t`Permissions`, t`Made`, t`Last used`, t`Ends`]}
        actions
      >
        {page.items.map((one) => (
          <KeyRow key={one.id} apiClient={one} onRevoke={() => setAsked(one)} />
        ))}
      </Table>
      <More
        next={page.next}
        busy={loading}
        onMore={(cursor) => void fetchMore({ variables: { cursor } })}
      />
      <ConfirmDialog
        open={asked !== null}
        title={t`Revoke ${name}?`}
        action={t`Revoke`}
        danger
        busy={revoking}
        onConfirm={() => {
          if (asked !== null) void confirm(asked);
        }}
        onClose={() => setAsked(null)}
      >
        <p>
          <Trans>
            It stops at once, with the tokens it bought. This cannot be undone; make a new key
            instead.
          </Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}

function KeyRow({
  apiClient,
  onRevoke,
}: {
  readonly apiClient: ApiClientLineFragment;
  readonly onRevoke: () => void;
}) {
  const { t } = useLingui();
  const { date, dateTime } = useFormat();
  const { name, kind, scopes, createdAt, lastUsedAt, expiresAt, revokedAt } = apiClient;
  const ended = useEnded(expiresAt);
  return (
    <tr>
      <td>
        <strong className={styles.name}>{name}</strong>
      </td>
      <td>{kind === 'oauth' ? t`OAuth client` : t`API key`}</td>
      <td>
        <span className={styles.scopes}>
          {scopes.map((scope) => (
            <code key={scope}>{scope}</code>
          ))}
        </span>
      </td>
      <td>{date(createdAt)}</td>
      <td>{lastUsedAt === null ? t`never` : dateTime(lastUsedAt)}</td>
      <td>{expiresAt === null ? t`never` : date(expiresAt)}</td>
      <td>
        {revokedAt === null && !ended && (
          <Button
            title={t`Revoke`}
            ariaLabel={t`Revoke ${name}`}
            variant="secondary"
            size="small"
            onClick={onRevoke}
          />
        )}
        {revokedAt !== null && <Tag color="gray" text={t`Revoked`} />}
        {revokedAt === null && ended && <Tag color="gray" text={t`Ended`} />}
      </td>
    </tr>
  );
}

/** A key ends by the real time, which a tenant's clock that stands still does not tell. */
function useEnded(expiresAt: string | null): boolean {
  const clock = useClock();
  return !clock.frozen && expiresAt !== null && Date.parse(expiresAt) <= clock.now();
}
