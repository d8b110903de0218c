import { useLingui } from '@lingui/react/macro';
import { IconClockCheck, IconClockExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import { usePipelines } from '../../parts/pipelines/use-pipelines.ts';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { Loading } from '../../ui/states/loading.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { DeskGroup } from './desk-group.tsx';
import { DeskPeople } from './desk-people.tsx';
import { keyOf, totals } from './desk-runs.ts';
import { DeskToolbar } from './desk-toolbar.tsx';
import { ReassignDialog } from './reassign-dialog.tsx';
import { useAcknowledge } from './use-acknowledge.ts';
import { useDesk } from './use-desk.ts';
import { useDeskFilter } from './use-desk-filter.ts';
import styles from './sla-desk.module.css';

/** What is late, what will be next, and whom it waits for. */
export function Component() {
  const { t } = useLingui();
  const { pipelines } = usePipelines();
  const [filter, change] = useDeskFilter();
  const desk = useDesk(filter);
  const acknowledge = useAcknowledge(desk.reload);
  const [given, setGiven] = useState<string | null>(null);
  const { groups, people, problem, stale, more, reload } = desk;

  return (
    <Page
      title={t`SLA desk`}
      Icon={IconClockExclamation}
      toolbar={
        <DeskToolbar
          filter={filter}
          onChange={change}
          pipelines={pipelines ?? []}
          people={people ?? []}
        />
      }
    >
      {content()}
    </Page>
  );

  function content() {
    if (problem !== null) return <ErrorState problem={problem} onRetry={() => void reload()} />;
    if (groups === null || people === null) return <DeskSkeleton />;
    const count = totals(people, filter.person);
    const narrowed = Object.values(filter).some((value) => value !== null);
    if (people.length === 0 && !narrowed)
      return (
        <EmptyState
          Icon={IconClockCheck}
          title={t`No clock is running`}
          text={t`When a deal starts a timer of its pipeline, it appears here with the person it waits for.`}
        />
      );
    const run = [...groups.breached, ...groups.soon, ...groups.later].find(
      (one) => keyOf(one) === given,
    );
    const actions = {
      onAcknowledge: acknowledge,
      onReassign: (one: Parameters<typeof keyOf>[0]) => setGiven(keyOf(one)),
    };
    return (
      <div className={styles.desk}>
        <div className={styles.groups}>
          <FormProblem problem={stale} />
          <DeskGroup
            {...actions}
            title={t`Breached`}
            runs={groups.breached}
            total={count.breached}
            none={t`Nothing is late.`}
            onMore={more.breached}
          />
          <DeskGroup
            {...actions}
            title={t`Due in 24 hours`}
            runs={groups.soon}
            total={count.soon}
            none={t`Nothing is due in the next 24 hours.`}
            onMore={more.due}
          />
          <DeskGroup
            {...actions}
            title={t`Later`}
            runs={groups.later}
            total={count.later}
            none={t`Nothing is due later.`}
            onMore={more.due}
          />
        </div>
        <DeskPeople
          people={people}
          chosen={filter.person}
          onChoose={(person) => change({ person })}
        />
        {run !== undefined && (
          <ReassignDialog run={run} onDone={reload} onClose={() => setGiven(null)} />
        )}
      </div>
    );
  }
}

function DeskSkeleton() {
  return (
    <Loading className={styles.desk}>
      <div className={styles.groups}>
        <Skeleton height={240} />
        <Skeleton height={160} />
        <Skeleton height={160} />
      </div>
      <Skeleton height={280} />
    </Loading>
  );
}
