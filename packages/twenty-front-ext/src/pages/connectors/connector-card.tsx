import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import type { ConnectorLineFragment } from '../../generated/graphql.ts';
import { ConnectorStateTag } from '../../parts/connectors/connector-state.tsx';
import { ResyncBar } from '../../parts/connectors/resync-bar.tsx';
import { useLagText } from '../../parts/connectors/use-lag-text.ts';
import { WaitingBars } from '../../parts/connectors/waiting-bars.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { DayCourse } from './day-course.tsx';
import styles from './connectors.module.css';

/** One connector at a glance. */
export function ConnectorCard({ connector }: { readonly connector: ConnectorLineFragment }) {
  const { key, title, state, reason } = connector;
  const id = `connector-${key}`;
  return (
    <section className={styles.card} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 id={id} className={styles.title}>
          <Link to={`/settings/connectors/${key}`}>{title}</Link>
        </h2>
        <ConnectorStateTag state={state} />
      </header>
      {reason !== null && <p className={styles.reason}>{reason}</p>}
      {state === 'off' ? <NotSetUp connector={connector} /> : <Figures connector={connector} />}
    </section>
  );
}

function NotSetUp({ connector: { key, title } }: { readonly connector: ConnectorLineFragment }) {
  return (
    <p className={styles.text}>
      {key === 'twenty' ? (
        <Trans>
          <code>./mak twenty install</code> prepares the workspace and connects it. You can also{' '}
          <Link to={`/settings/connectors/${key}/settings`}>connect it by hand</Link>.
        </Trans>
      ) : (
        <Link to={`/settings/connectors/${key}/settings`}>
          <Trans>Connect {title}</Trans>
        </Link>
      )}
    </p>
  );
}

function Figures({ connector }: { readonly connector: ConnectorLineFragment }) {
  const { t } = useLingui();
  const { percent, number } = useFormat();
  const lagText = useLagText();
  const { successRate, linked, lagSeconds } = connector.health;
  return (
    <>
      <ResyncBar connector={connector} />
      <dl className={styles.figures}>
        <div>
          <dt>{t`Oldest that waits`}</dt>
          <dd>{lagText(lagSeconds)}</dd>
        </div>
        <div>
          <dt>{t`Success in 24 hours`}</dt>
          <dd>{successRate === null ? '–' : percent(successRate)}</dd>
        </div>
        <div>
          <dt>{t`Linked records`}</dt>
          <dd>{number(linked)}</dd>
        </div>
      </dl>
      <div className={styles.drawn}>
        <WaitingBars connector={connector} />
        <DayCourse connector={connector} />
      </div>
    </>
  );
}
