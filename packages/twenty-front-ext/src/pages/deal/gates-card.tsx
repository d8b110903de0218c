import { Trans, useLingui } from '@lingui/react/macro';
import { IconAlertTriangle, IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react';
import type { DealDetailFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './gates-card.module.css';

type GateLine = DealDetailFragment['gates'][number];

/** Every gate: whether it holds, who said so, when, and by which event. */
export function GatesCard({ deal: { gates } }: { readonly deal: DealDetailFragment }) {
  const { t } = useLingui();
  const missing = gates.filter((gate) => gate.missing).map(({ title }) => title);
  return (
    <Card title={t`Gates`}>
      {missing.length > 0 && (
        <p className={styles.warning} role="note">
          <IconAlertTriangle size={16} aria-hidden />
          <span>
            <Trans>The deal went on without: {missing.join(', ')}.</Trans>
          </span>
        </p>
      )}
      <ul className={styles.gates}>
        {gates.map((gate) => (
          <GateItem key={gate.gate} line={gate} />
        ))}
      </ul>
    </Card>
  );
}

function GateItem({
  line: { title, code, status, missing, decidedBy },
}: {
  readonly line: GateLine;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const state = status ? 'held' : missing ? 'missing' : 'open';
  const Icon = { held: IconCircleCheckFilled, missing: IconAlertTriangle, open: IconCircleDashed }[
    state
  ];
  const words = { held: t`holds`, missing: t`missing`, open: t`does not hold` }[state];
  return (
    <li className={styles.gate} data-state={state}>
      <Icon size={16} aria-hidden />
      <div className={styles.text}>
        <span className={styles.title}>
          {code !== null && <span className={styles.code}>{code}</span>}
          {title}
          <span className="visually-hidden">: {words}</span>
        </span>
        {decidedBy !== null && (
          <span className={styles.by}>
            {format.dateTime(decidedBy.occurredAt)} · {decidedBy.source} ·{' '}
            <code title={t`Event`}>{decidedBy.eventId}</code>
          </span>
        )}
      </div>
    </li>
  );
}
