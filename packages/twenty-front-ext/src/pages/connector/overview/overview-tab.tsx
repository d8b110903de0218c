import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlugOff } from '@tabler/icons-react';
import { Link } from 'react-router-dom';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { WaitingBars } from '../../../parts/connectors/waiting-bars.tsx';
import { Card } from '../../../ui/card/card.tsx';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { connectorPath } from '../tabs.ts';
import { BudgetCard } from './budget-card.tsx';
import { DayCard } from './day-card.tsx';
import { Disconnect } from './disconnect.tsx';
import { HealthCard } from './health-card.tsx';
import { ResyncCard } from './resync-card.tsx';
import styles from '../connector.module.css';

interface OverviewTabProps {
  readonly connector: ConnectorLineFragment;
}

/** How it goes, and what an admin can do about it. */
export function OverviewTab({ connector }: OverviewTabProps) {
  const { t } = useLingui();
  if (connector.state === 'off') return <NotSetUp connector={connector} />;
  return (
    <div className={styles.cards}>
      <HealthCard connector={connector} />
      <Card title={t`What waits`}>
        <WaitingBars connector={connector} />
      </Card>
      <ResyncCard connector={connector} />
      <BudgetCard connector={connector} />
      <div className={styles.wide}>
        <DayCard connector={connector} />
      </div>
      <div className={styles.wide}>
        <Disconnect connector={connector} />
      </div>
    </div>
  );
}

function NotSetUp({ connector: { key } }: OverviewTabProps) {
  const { t } = useLingui();
  return (
    <EmptyState
      Icon={IconPlugOff}
      title={t`Not set up`}
      text={
        key === 'twenty' ? (
          <Trans>
            <code>./mak twenty install</code> prepares the workspace and connects it.
          </Trans>
        ) : (
          t`Nothing is kept equal until it is set up.`
        )
      }
      action={
        <Link to={connectorPath(key, 'settings')}>
          {key === 'twenty' ? t`Connect by hand` : t`Connect`}
        </Link>
      }
    />
  );
}
