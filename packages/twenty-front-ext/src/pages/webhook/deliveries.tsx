import { useMutation, useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconRefresh, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { DeliveryListDocument, ReplayDeadLettersDocument } from '../../generated/graphql.ts';
import type { WebhookDeliveryStatus } from '../../generated/graphql.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { More, Table } from '../../ui/table/table.tsx';
import { DeliveryDialog } from './delivery-dialog.tsx';
import { DeliveryRow } from './delivery-row.tsx';
import { useDeliveryStatusNames } from './delivery-status.tsx';
import { useTry } from '../../app/data/use-try.ts';
import styles from './webhook.module.css';

/** What was sent, what waits, and what could not be delivered. */
export function Deliveries({ webhookId }: { readonly webhookId: string }) {
  const { t } = useLingui();
  const names = useDeliveryStatusNames();
  const [status, setStatus] = useState<WebhookDeliveryStatus | ''>('');
  const [opened, setOpened] = useState<string | null>(null);
  const { data, error, loading, refetch, fetchMore } = useQuery(DeliveryListDocument, {
    variables: { webhookId, ...(status === '' ? {} : { status }) },
    notifyOnNetworkStatusChange: true,
  });
  const page = data?.webhookDeliveries;
  return (
    <section aria-labelledby="deliveries">
      <div className={styles.bar}>
        <h2 id="deliveries" className={styles.heading}>
          {t`Deliveries`}
        </h2>
        <div className={styles.filter}>
          <SelectField<WebhookDeliveryStatus | ''>
            label={t`Status`}
            labelHidden
            value={status}
            options={[
              { value: '', label: t`Every status` },
              { value: 'pending', label: names.pending },
              { value: 'delivered', label: names.delivered },
              { value: 'dead', label: names.dead },
            ]}
            onChange={setStatus}
          />
        </div>
        <Button
          Icon={IconRefresh}
          title={t`Refresh`}
          variant="secondary"
          size="small"
          disabled={loading}
          onClick={() => void refetch()}
        />
        {status === 'dead' && page !== undefined && page.items.length > 0 && (
          <ReplayAll webhookId={webhookId} />
        )}
      </div>
      {page === undefined && error === undefined && <PageSkeleton />}
      {page === undefined && error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {page !== undefined && page.items.length === 0 && (
        <EmptyState
          Icon={IconSend}
          title={t`No deliveries`}
          text={t`They appear here as soon as something happens to a deal. Send a test message to try the receiver.`}
        />
      )}
      {page !== undefined && page.items.length > 0 && (
        <>
          <Table
            label={t`Deliveries`}
            head={[t`Event`, t`Status`, t`Attempts`, t`Last answer`, t`When`]}
            actions
          >
            {page.items.map((delivery) => (
              <DeliveryRow
                key={delivery.id}
                delivery={delivery}
                onOpen={() => setOpened(delivery.id)}
              />
            ))}
          </Table>
          <More
            next={page.next}
            busy={loading}
            onMore={(cursor) => void fetchMore({ variables: { cursor } })}
          />
        </>
      )}
      {opened !== null && <DeliveryDialog id={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}

function ReplayAll({ webhookId }: { readonly webhookId: string }) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { busy, attempt } = useTry();
  const [asked, setAsked] = useState(false);
  const [replay] = useMutation(ReplayDeadLettersDocument, {
    refetchQueries: [DeliveryListDocument],
  });
  const run = attempt(async () => {
    const { data } = await replay({ variables: { webhookId } });
    const count = data?.replayDeadLetters ?? 0;
    setAsked(false);
    snackbar.success(t`Sent again: ${count}`);
  });
  return (
    <>
      <Button
        title={t`Send all again`}
        variant="secondary"
        size="small"
        onClick={() => setAsked(true)}
      />
      <ConfirmDialog
        open={asked}
        title={t`Send all dead letters again?`}
        action={t`Send all again`}
        busy={busy}
        onConfirm={run}
        onClose={() => setAsked(false)}
      >
        <p>
          <Trans>They are marked as sent again, so that the receiver can tell.</Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}
