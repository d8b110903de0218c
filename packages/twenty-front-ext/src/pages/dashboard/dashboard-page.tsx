import { useLingui } from '@lingui/react/macro';
import { IconChartBar, IconPrinter } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { useDealFilters } from '../../parts/deal-filters/use-deal-filters.ts';
import { NO_FILTERS } from '../../parts/deal-filters/deal-filters.ts';
import { usePipeline } from '../../parts/pipelines/use-pipeline.ts';
import { usePipelines } from '../../parts/pipelines/use-pipelines.ts';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { DashboardBody } from './dashboard-body.tsx';
import { DashboardSkeleton } from './dashboard-skeleton.tsx';
import { DashboardToolbar } from './dashboard-toolbar.tsx';
import { dashboardFilters } from './deal-links.ts';
import { useDashboard } from './use-dashboard.ts';
import { usePeriod } from './use-period.ts';

/** The United Stage Dashboard: the figures of a pipeline, each leading to its deals. */
export function Component() {
  const { t } = useLingui();
  const [params, setParams] = useSearchParams();
  const { pipelines } = usePipelines();
  const [all, setFilters] = useDealFilters();
  const [period, setPeriod] = usePeriod();
  const filters = useMemo(() => dashboardFilters(all), [all]);
  const asked = params.get('pipeline');
  const { dashboard, problem, stale, reload } = useDashboard({
    pipeline: asked,
    ...period,
    ...filters,
  });
  const key = asked ?? dashboard?.pipeline ?? null;
  const pipeline = usePipeline(key);

  return (
    <Page
      title={t`United Stage Dashboard`}
      Icon={IconChartBar}
      actions={
        <Button
          Icon={IconPrinter}
          title={t`Print`}
          variant="tertiary"
          size="small"
          onClick={() => window.print()}
        />
      }
      toolbar={
        <DashboardToolbar
          pipelines={pipelines}
          pipeline={key}
          onPipeline={(chosen) =>
            setParams((before) => {
              const next = new URLSearchParams(before);
              next.set('pipeline', chosen);
              return next;
            })
          }
          period={period}
          onPeriod={setPeriod}
          filters={filters}
          onFilters={(next) => setFilters({ ...NO_FILTERS, ...next })}
        />
      }
    >
      {content()}
    </Page>
  );

  function content() {
    if (dashboard !== null)
      return (
        <DashboardBody
          dashboard={dashboard}
          title={pipeline?.title ?? dashboard.pipeline}
          filters={filters}
          period={period}
          stale={stale}
          problem={problem}
          onRetry={reload}
        />
      );
    if (problem === null) return <DashboardSkeleton />;
    if (problem.code === 'not_found')
      return (
        <EmptyState
          title={t`There is no such pipeline`}
          text={t`An admin publishes pipelines in the settings; the figures of their deals appear here.`}
        />
      );
    return <ErrorState problem={problem} onRetry={reload} />;
  }
}
