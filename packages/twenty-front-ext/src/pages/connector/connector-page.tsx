import { useLingui } from '@lingui/react/macro';
import { IconRefreshDot } from '@tabler/icons-react';
import { Link, Navigate, useNavigate, useParams } from 'react-router-dom';
import { Permitted } from '../../app/shell/permitted.tsx';
import { ConnectorStateTag } from '../../parts/connectors/connector-state.tsx';
import { useConnectors } from '../../parts/connectors/use-connectors.ts';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { ConnectorTabs } from './connector-tabs.tsx';
import { connectorPath, isConnectorTab, tabsOf } from './tabs.ts';
import styles from './connector.module.css';

/** One connector: how it is, what it did, and what an admin decides about it. */
export function Component() {
  const { t } = useLingui();
  const { key = '', tab = 'overview' } = useParams();
  const navigate = useNavigate();
  if (!isConnectorTab(tab)) return <Navigate to={connectorPath(key)} replace />;
  return (
    <Permitted permission="tenant:manage" otherwise={{ title: t`Connector`, Icon: IconRefreshDot }}>
      <ConnectorPage
        key={key}
        connectorKey={key}
        tab={tab}
        onTab={(chosen) => navigate(connectorPath(key, chosen))}
      />
    </Permitted>
  );
}

interface ConnectorPageProps extends Pick<Parameters<typeof ConnectorTabs>[0], 'tab' | 'onTab'> {
  readonly connectorKey: string;
}

function ConnectorPage({ connectorKey, ...rest }: ConnectorPageProps) {
  const { t } = useLingui();
  const { connectors, problem, reload } = useConnectors();
  const connector = connectors?.find(({ key }) => key === connectorKey) ?? null;
  return (
    <Page
      title={connector?.title ?? t`Connector`}
      Icon={IconRefreshDot}
      {...(connector === null ? {} : { actions: <ConnectorStateTag state={connector.state} /> })}
    >
      <p className={styles.back}>
        <Link to="/settings/connectors">{t`All connectors`}</Link>
      </p>
      {connectors === null && problem === null && <PageSkeleton />}
      {connectors === null && problem !== null && <ErrorState problem={problem} onRetry={reload} />}
      {connectors !== null && connector === null && <ErrorState problem={NOT_FOUND} />}
      {connector !== null && !tabsOf(connector).includes(rest.tab) && (
        <Navigate to={connectorPath(connectorKey)} replace />
      )}
      {connector !== null && <ConnectorTabs connector={connector} {...rest} />}
    </Page>
  );
}

const NOT_FOUND = { code: 'not_found', reason: 'There is no such connector.' };
