import { useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { ClientChoice } from '../../parts/deal-filters/client-choice.tsx';
import { DealFilterChips } from '../../parts/deal-filters/deal-filter-chips.tsx';
import { countFilters, NO_FILTERS } from '../../parts/deal-filters/deal-filters.ts';
import { OwnerChoice } from '../../parts/deal-filters/owner-choice.tsx';
import { PipelinePicker } from '../../parts/pipelines/pipeline-picker.tsx';
import type { PipelineHead } from '../../parts/pipelines/use-pipelines.ts';
import { FilterPopover } from '../../ui/popover/filter-popover.tsx';
import { dashboardFilters } from './deal-links.ts';
import type { DashboardFilters } from './deal-links.ts';
import { PeriodChoice } from './period-choice.tsx';
import type { Period } from './use-period.ts';

interface DashboardToolbarProps {
  readonly pipelines: readonly PipelineHead[] | null;
  readonly pipeline: string | null;
  readonly onPipeline: (key: string) => void;
  readonly period: Period;
  readonly onPeriod: (period: Period) => void;
  readonly filters: DashboardFilters;
  readonly onFilters: (filters: DashboardFilters) => void;
}

/** Which deals the figures are of. */
export function DashboardToolbar(props: DashboardToolbarProps) {
  const { pipelines, pipeline, onPipeline, period, onPeriod, filters, onFilters } = props;
  const { t } = useLingui();
  const all = { ...NO_FILTERS, ...filters };
  const count = countFilters(all);
  const set = (change: Partial<DashboardFilters>): void => onFilters({ ...filters, ...change });
  return (
    <>
      {pipelines !== null && pipeline !== null && (
        <PipelinePicker pipelines={pipelines} value={pipeline} onChange={onPipeline} />
      )}
      <PeriodChoice value={period} onChange={onPeriod} />
      <FilterPopover count={count}>
        <OwnerChoice value={filters.owner} onChange={(owner) => set({ owner })} />
        <ClientChoice value={filters} onChange={set} />
      </FilterPopover>
      <DealFilterChips
        value={all}
        onChange={(next) => onFilters(dashboardFilters(next))}
        pipeline={null}
      />
      {count > 0 && (
        <Button
          title={t`Clear all`}
          variant="tertiary"
          size="small"
          onClick={() => onFilters(dashboardFilters(NO_FILTERS))}
        />
      )}
    </>
  );
}
