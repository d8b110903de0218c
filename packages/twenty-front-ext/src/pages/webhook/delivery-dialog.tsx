import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { problemOf } from '../../app/data/problem.ts';
import { DeliveryDetailDocument } from '../../generated/graphql.ts';
import { CopyButton } from '../../ui/copy-button/copy-button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog/dialog.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { DeliveryStatusTag } from './delivery-status.tsx';
import styles from './webhook.module.css';

/** One delivery with the body that is sent. */
export function DeliveryDialog({
  id,
  onClose,
}: {
  readonly id: string;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { dateTime } = useFormat();
  const { data, error, refetch } = useQuery(DeliveryDetailDocument, { variables: { id } });
  const delivery = data?.webhookDelivery;
  const body = JSON.stringify(delivery?.payload ?? null, null, 2);
  return (
    <Dialog open title={delivery?.type ?? t`Delivery`} size="medium" onClose={onClose}>
      {delivery === undefined && error === undefined && <PageSkeleton rows={4} />}
      {delivery === undefined && error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {delivery !== undefined && (
        <>
          <dl className={styles.summary}>
            <dt>{t`Status`}</dt>
            <dd>
              <DeliveryStatusTag status={delivery.status} />
            </dd>
            <dt>{t`Made`}</dt>
            <dd>{dateTime(delivery.createdAt)}</dd>
            {delivery.deliveredAt !== null && (
              <>
                <dt>{t`Delivered`}</dt>
                <dd>{dateTime(delivery.deliveredAt)}</dd>
              </>
            )}
            {delivery.nextAttemptAt !== null && (
              <>
                <dt>{t`Next attempt`}</dt>
                <dd>{dateTime(delivery.nextAttemptAt)}</dd>
              </>
            )}
            {delivery.lastError !== null && (
              <>
                <dt>{t`Last answer`}</dt>
                <dd>
                  {delivery.lastStatus ?? ''} {delivery.lastError}
                </dd>
              </>
            )}
          </dl>
          <textarea
            className={styles.payload}
            aria-label={t`Body`}
            rows={14}
            readOnly
            value={body}
          />
          <DialogActions>
            <CopyButton text={body} title={t`Copy the body`} />
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
