import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconWebhook } from '@tabler/icons-react';
import { Link, useParams } from 'react-router-dom';
import { problemOf } from '../../app/data/problem.ts';
import { Permitted } from '../../app/shell/permitted.tsx';
import { WebhookDetailDocument } from '../../generated/graphql.ts';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { Deliveries } from './deliveries.tsx';
import { WebhookActions } from './webhook-actions.tsx';
import { WebhookSummary } from './webhook-summary.tsx';
import styles from './webhook.module.css';

/** One webhook: what it is sent, how that went, and what waits. */
export function Component() {
  const { t } = useLingui();
  const { id = '' } = useParams();
  return (
    <Permitted permission="webhooks:manage" otherwise={{ title: t`Webhook`, Icon: IconWebhook }}>
      <WebhookPage key={id} id={id} />
    </Permitted>
  );
}

function WebhookPage({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(WebhookDetailDocument, { variables: { id } });
  const webhook = data?.webhook;
  return (
    <Page
      title={t`Webhook`}
      Icon={IconWebhook}
      {...(webhook === undefined ? {} : { actions: <WebhookActions webhook={webhook} /> })}
    >
      <p className={styles.back}>
        <Link to="/settings/webhooks">{t`All webhooks`}</Link>
      </p>
      {webhook === undefined && error === undefined && <PageSkeleton />}
      {webhook === undefined && error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {webhook !== undefined && (
        <>
          <WebhookSummary webhook={webhook} />
          <Deliveries webhookId={id} />
        </>
      )}
    </Page>
  );
}
