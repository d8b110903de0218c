import { useLingui } from '@lingui/react/macro';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { Card } from '../../../ui/card/card.tsx';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { Progress } from '../../../ui/progress/progress.tsx';
import styles from '../connector.module.css';

/** How many calls it may make, as a part of the most that it could. */
export function BudgetCard({
  connector: { budget, highestBudget: most, pace },
}: {
  readonly connector: ConnectorLineFragment;
}) {
  const { t } = useLingui();
  return (
    <Card title={t`Calls that it may make`}>
      <Share label={t`A second`} value={budget.perSecond} most={most.perSecond} />
      <Share label={t`At once`} value={budget.burst} most={most.burst} />
      {pace !== null && (
        <Share label={t`Free now, at once`} value={Math.floor(pace.level)} most={pace.burst} />
      )}
      <p className={styles.text}>
        {t`Settings may lower it. The other system may allow less; then it waits.`}
      </p>
    </Card>
  );
}

interface ShareProps {
  readonly label: string;
  readonly value: number;
  readonly most: number;
}

function Share({ label, value, most }: ShareProps) {
  const { t } = useLingui();
  const { number } = useFormat();
  const [allowed, highest] = [number(value), number(most)];
  return (
    <div className={styles.share}>
      <div className={styles.line}>
        <span>{label}</span>
        <span className={styles.text}>{t`${allowed} of at most ${highest}`}</span>
      </div>
      <Progress label={label} share={value / most} />
    </div>
  );
}
