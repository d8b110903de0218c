import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { Permitted } from '../../app/shell/permitted.tsx';
import { WebhookListDocument } from '../../generated/graphql.ts';
import { WebhookStatusTag } from '../../parts/webhooks/webhook-status.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { Table } from '../../ui/table/table.tsx';
import { CreateDialog } from './create-dialog.tsx';
import styles from './webhooks.module.css';

/** Addresses that hear what happens to deals. */
export function Component() {
  const { t } = useLingui();
  const [creating, setCreating] = useState(false);
  const create = (
    <Button
      Icon={IconPlus}
      title={t`New webhook`}
      variant="secondary"
      size="small"
      onClick={() => setCreating(true)}
    />
  );
  return (
    <Permitted permission="webhooks:manage" otherwise={{ title: t`Webhooks`, Icon: IconWebhook }}>
      <Page title={t`Webhooks`} Icon={IconWebhook} actions={create}>
        <WebhookList />
        {creating && <CreateDialog onClose={() => setCreating(false)} />}
      </Page>
    </Permitted>
  );
}

function WebhookList() {
  const { t } = useLingui();
  const { dateTime } = useFormat();
  const { data, error, refetch } = useQuery(WebhookListDocument);
  if (data === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (data.webhooks.length === 0) {
    return (
      <EmptyState
        Icon={IconWebhook}
        title={t`No webhooks yet`}
        text={t`A webhook sends what happens to deals to an address of yours, signed, as it happens.`}
      />
    );
  }
  return (
    <Table label={t`Webhooks`} head={[t`Address`, t`Events`, t`Status`, t`Failing since`]}>
      {data.webhooks.map(({ id, url, description, types, status, failingSince }) => (
        <tr key={id}>
          <td>
            <Link className={styles.address} to={`/settings/webhooks/${id}`}>
              {url}
            </Link>
            {description !== null && <div className={styles.description}>{description}</div>}
          </td>
          <td>{types.length === 0 ? t`all` : types.length}</td>
          <td>
            <WebhookStatusTag status={status} />
          </td>
          <td>{failingSince === null ? '–' : dateTime(failingSince)}</td>
        </tr>
      ))}
    </Table>
  );
}
