import { Trans, useLingui } from '@lingui/react/macro';
import { IconBuilding, IconUser } from '@tabler/icons-react';
import { Link, useParams } from 'react-router-dom';
import type { ClientDetailFragment } from '../../generated/graphql.ts';
import { SyncCard } from '../../parts/record-sync/sync-card.tsx';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Loading } from '../../ui/states/loading.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { ClientActions } from './client-actions.tsx';
import { ClientDeals } from './client-deals.tsx';
import { ClientFacts } from './client-facts.tsx';
import { ClientLeads } from './client-leads.tsx';
import { ClientOrders } from './client-orders.tsx';
import { ClientPeople } from './client-people.tsx';
import { ClientSums } from './client-sums.tsx';
import { ContactsCard } from './contacts-card.tsx';
import { HistoryCard } from './history-card.tsx';
import { useClient } from './use-client.ts';
import styles from './client-page.module.css';

/** Everything about one client; another client is another page. */
export function Component() {
  const { id = '' } = useParams();
  return <ClientPage key={id} id={id} />;
}

function ClientPage({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const { client, problem, revision, reload } = useClient(id);
  if (client === null)
    return (
      <Page title={t`Client`} Icon={IconBuilding}>
        {problem === null ? <ClientSkeleton /> : <ErrorState problem={problem} onRetry={reload} />}
      </Page>
    );
  return (
    <Page
      title={client.name}
      Icon={client.kind === 'company' ? IconBuilding : IconUser}
      actions={<ClientActions client={client} onChanged={reload} />}
    >
      {client.mergedInto !== null && (
        <p className={styles.notice} role="status">
          <Trans>
            This client was merged into another one, which has its deals, contacts and history.{' '}
            <Link to={`/clients/${client.mergedInto}`}>Open that client</Link>
          </Trans>
        </p>
      )}
      {client.archivedAt !== null && client.mergedInto === null && (
        <p className={styles.notice} role="status">
          <Trans>This client is archived: it is not in the lists. Its deals stay.</Trans>
        </p>
      )}
      <ClientFacts client={client} />
      {client.mergedInto === null && (
        <ClientBody client={client} revision={revision} onChanged={reload} />
      )}
    </Page>
  );
}

function ClientBody({
  client,
  revision,
  onChanged,
}: {
  readonly client: ClientDetailFragment;
  readonly revision: number;
  readonly onChanged: () => void;
}) {
  const { id } = client;
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <ClientSums client={client} />
        <ClientDeals id={id} revision={revision} />
        <ClientLeads id={id} revision={revision} />
        <ClientOrders id={id} />
      </div>
      <div className={styles.column}>
        <ContactsCard id={id} onChanged={onChanged} />
        <ClientPeople people={client.people} />
        <SyncCard kind="client" id={id} revision={revision} />
        <HistoryCard id={id} revision={revision} />
      </div>
    </div>
  );
}

function ClientSkeleton() {
  return (
    <Loading>
      <Skeleton height={96} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Skeleton height={160} />
          <Skeleton height={280} />
        </div>
        <div className={styles.column}>
          <Skeleton height={160} />
          <Skeleton height={120} />
          <Skeleton height={240} />
        </div>
      </div>
    </Loading>
  );
}
