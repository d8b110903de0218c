import { useLingui } from '@lingui/react/macro';
import { IconRefreshDot } from '@tabler/icons-react';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useConnectors } from '../../parts/connectors/use-connectors.ts';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { ConnectorCard } from './connector-card.tsx';
import styles from './connectors.module.css';

/** Systems whose records are kept equal with ours, and how that goes. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted
      permission="tenant:manage"
      otherwise={{ title: t`Connectors`, Icon: IconRefreshDot }}
    >
      <ConnectorsPage />
    </Permitted>
  );
}

function ConnectorsPage() {
  const { t } = useLingui();
  const { connectors, problem, reload } = useConnectors();
  return (
    <Page title={t`Connectors`} Icon={IconRefreshDot}>
      {connectors === null && problem === null && <PageSkeleton />}
      {connectors === null && problem !== null && <ErrorState problem={problem} onRetry={reload} />}
      {connectors !== null && (
        <>
          <p className={styles.lead}>
            {t`A connector keeps records of MaK and of another system equal, in both directions.`}
          </p>
          <ul className={styles.list}>
            {connectors.map((connector) => (
              <li key={connector.key}>
                <ConnectorCard connector={connector} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}
