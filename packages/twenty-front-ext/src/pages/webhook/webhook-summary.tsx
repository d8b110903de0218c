import { Trans, useLingui } from '@lingui/react/macro';
import type { WebhookLineFragment } from '../../generated/graphql.ts';
import { WebhookStatusTag } from '../../parts/webhooks/webhook-status.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './webhook.module.css';

/** Where it sends what, and whether it works. */
export function WebhookSummary({ webhook }: { readonly webhook: WebhookLineFragment }) {
  const { t } = useLingui();
  const { dateTime } = useFormat();
  const { url, description, types, status, statusReason, failingSince } = webhook;
  const since = failingSince === null ? '' : dateTime(failingSince);
  return (
    <dl className={styles.summary}>
      <dt>{t`Address`}</dt>
      <dd className={styles.address}>{url}</dd>
      {description !== null && (
        <>
          <dt>{t`Description`}</dt>
          <dd>{description}</dd>
        </>
      )}
      <dt>{t`Events`}</dt>
      <dd>{types.length === 0 ? t`all` : types.join(', ')}</dd>
      <dt>{t`Status`}</dt>
      <dd>
        <WebhookStatusTag status={status} />
        {statusReason !== null && <p>{statusReason}</p>}
        {failingSince !== null && (
          <p>
            <Trans>The receiver has refused everything since {since}.</Trans>
          </p>
        )}
      </dd>
    </dl>
  );
}
