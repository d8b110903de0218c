import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { Problem } from '../../app/data/problem.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { TextButton } from '../../ui/text-button/text-button.tsx';
import { BottlenecksCard } from './bottlenecks-card.tsx';
import { BreachesCard } from './breaches-card.tsx';
import { dealLinks } from './deal-links.ts';
import type { Dashboard, DashboardFilters } from './deal-links.ts';
import { FunnelCard } from './funnel-card.tsx';
import { KpiCard } from './kpi-card.tsx';
import { MissingRates } from './missing-rates.tsx';
import { NpsCard } from './nps-card.tsx';
import { OwnersCard } from './owners-card.tsx';
import { StageTimesCard } from './stage-times-card.tsx';
import { StagesCard } from './stages-card.tsx';
import { StepsCard } from './steps-card.tsx';
import { Tiles } from './tiles.tsx';
import { usePeriodText } from './use-period-text.ts';
import type { Period } from './use-period.ts';
import styles from './dashboard.module.css';

interface DashboardBodyProps {
  readonly dashboard: Dashboard;
  /** Of the pipeline. */
  readonly title: string;
  readonly filters: DashboardFilters;
  readonly period: Period;
  readonly stale: boolean;
  /** Why newer figures could not be loaded. */
  readonly problem: Problem | null;
  readonly onRetry: () => void;
}

/** All figures. */
export function DashboardBody(props: DashboardBodyProps) {
  const { dashboard, title, filters, period, stale, problem, onRetry } = props;
  const { t } = useLingui();
  const format = useFormat();
  const { timeZone } = useTenant();
  const periodText = usePeriodText(period);
  const links = useMemo(() => dealLinks(dashboard, filters), [dashboard, filters]);
  const { asOf, stages, bottlenecks, breaches, kpi, nps } = dashboard;
  const empty =
    [...stages, ...bottlenecks].every(({ deals }) => deals === 0) &&
    breaches.length + kpi.length + nps.answers === 0;
  return (
    <div className={styles.body} aria-busy={stale} data-stale={stale}>
      <p className={styles.note}>
        <Trans>
          {title}, deals created: {periodText}. As of {format.dateTime(asOf)} ({timeZone}).
        </Trans>
      </p>
      {problem !== null && (
        <div className={styles.problem}>
          <FormProblem problem={problem} />
          <TextButton onClick={onRetry}>
            <Trans>Try again</Trans>
          </TextButton>
        </div>
      )}
      {empty ? (
        <EmptyState
          title={t`No figures yet`}
          text={t`No deal of this pipeline fits the period and the filters. Figures appear as soon as connected systems tell of deals.`}
        />
      ) : (
        <>
          <MissingRates totals={dashboard.totals} currency={dashboard.currency} />
          <Tiles dashboard={dashboard} links={links} />
          <div className={styles.cards}>
            <StagesCard stages={stages} links={links} />
            <FunnelCard funnel={dashboard.funnel} links={links} />
            <StepsCard steps={dashboard.steps} links={links} />
            <BottlenecksCard bottlenecks={bottlenecks} links={links} />
            <BreachesCard dashboard={dashboard} period={period} links={links} />
            <StageTimesCard stageTimes={dashboard.stageTimes} links={links} />
            <OwnersCard owners={dashboard.owners} links={links} />
            {nps.answers > 0 && <NpsCard nps={nps} stages={stages} links={links} />}
            {kpi.length > 0 && <KpiCard kpi={kpi} links={links} />}
          </div>
        </>
      )}
    </div>
  );
}
