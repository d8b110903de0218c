import { useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import type { DeskRunFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { DeskRun } from './desk-run.tsx';
import type { DeskRunActions } from './desk-run.tsx';
import { keyOf } from './desk-runs.ts';
import styles from './sla-desk.module.css';

interface DeskGroupProps extends DeskRunActions {
  readonly title: string;
  readonly runs: readonly DeskRunFragment[];
  /** All there are, also those that are not shown yet. */
  readonly total: number;
  /** Said when there are none. */
  readonly none: string;
  readonly onMore: (() => Promise<void>) | null;
}

/** Runs that are equally near, the nearest due time first. */
export function DeskGroup({ title, runs, total, none, onMore, ...actions }: DeskGroupProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { problem, busy, run: attempt } = useAttempt();
  const count = format.number(Math.max(total, runs.length));
  return (
    <Card title={t`${title}: ${count}`}>
      {runs.length === 0 && total === 0 && <p className={styles.quiet}>{none}</p>}
      {runs.length > 0 && (
        <ul className={styles.runs}>
          {runs.map((run) => (
            <DeskRun key={keyOf(run)} run={run} {...actions} />
          ))}
        </ul>
      )}
      <FormProblem problem={problem} />
      {onMore !== null && runs.length < total && (
        <div className={styles.more}>
          <Button
            title={t`Show more`}
            variant="secondary"
            size="small"
            disabled={busy}
            onClick={() => void attempt(onMore)}
          />
        </div>
      )}
    </Card>
  );
}
