import { useLingui } from '@lingui/react/macro';
import { IconTable } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { useMay } from '../../app/shell/tenant.tsx';
import {
  countFilters,
  NO_FILTERS,
  writeDealFilters,
} from '../../parts/deal-filters/deal-filters.ts';
import { filterInput } from '../../parts/deal-filters/filter-input.ts';
import { DealFilterBar } from '../../parts/deal-filters/deal-filter-bar.tsx';
import { useDealFilters } from '../../parts/deal-filters/use-deal-filters.ts';
import {
  columnsOf,
  layoutOf,
  useColumnLayout,
  useSort,
} from '../../parts/data-table/use-table-state.ts';
import { useDealEdits } from '../../parts/deal-edits/use-deal-edits.tsx';
import { PipelinePicker } from '../../parts/pipelines/pipeline-picker.tsx';
import { usePipeline } from '../../parts/pipelines/use-pipeline.ts';
import { usePipelines } from '../../parts/pipelines/use-pipelines.ts';
import { SavedViews } from '../../parts/saved-views/saved-views.tsx';
import type { ViewState } from '../../parts/saved-views/view-definition.ts';
import { ColumnChooser } from '../../ui/data-table/column-chooser.tsx';
import { shownColumns } from '../../ui/data-table/columns.ts';
import type { DataSort } from '../../ui/data-table/columns.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { useDealColumns } from './deal-columns.tsx';
import { DealTotal } from './deal-total.tsx';
import { ExportMenu } from './export-menu.tsx';
import { NoDeals } from './no-deals.tsx';
import { TableFooter } from './table-footer.tsx';
import { useDealPages } from './use-deal-pages.ts';

const NEWEST_FIRST: DataSort = { name: 'stage_started_at', descending: true };

/** The deals of a pipeline as a table. */
export function Component() {
  const { t } = useLingui();
  const { pipelines, problem } = usePipelines();
  const [params, setParams] = useSearchParams();
  const key = params.get('pipeline') ?? pipelines?.[0]?.key ?? null;
  const pipeline = usePipeline(key);
  const [filters, setFilters] = useDealFilters();
  const [sort, order, setSort] = useSort(NEWEST_FIRST);
  const filter = useMemo(() => (key === null ? null : filterInput(filters, key)), [filters, key]);
  const pages = useDealPages(filter, order);
  const filtered = filters.text !== '' || countFilters(filters) > 0;
  const { save, dialog } = useDealEdits();
  const editable = useMay('deals:write');
  const columns = useDealColumns({ pipeline, onSave: save, editable });
  const [layout, setLayout] = useColumnLayout('table-columns', columns);

  const show = (view: ViewState): void => {
    setParams((before) => {
      const next = writeDealFilters(view.filters, before);
      if (view.sort !== null) next.set('sort', view.sort);
      return next;
    });
    if (view.columns !== null) setLayout(layoutOf(view.columns));
  };

  return (
    <Page
      title={t`Deals`}
      Icon={IconTable}
      layout="fill"
      toolbar={
        <>
          {pipelines !== null && key !== null && (
            <PipelinePicker
              pipelines={pipelines}
              value={key}
              onChange={(chosen) => setParams({ pipeline: chosen })}
            />
          )}
          <DealFilterBar value={filters} onChange={setFilters} pipeline={pipeline} />
          {filter !== null && <DealTotal filter={filter} revision={pages.revision} />}
          {pages.unseen > 0 && (
            <Button
              title={t`Show ${pages.unseen} new or changed`}
              variant="secondary"
              size="small"
              onClick={pages.reload}
            />
          )}
          {key !== null && (
            <SavedViews
              kind="table"
              pipeline={key}
              state={{ filters, sort: order, groupBy: null, columns: columnsOf(columns, layout) }}
              onChoose={show}
            />
          )}
          {key !== null && filter !== null && (
            <ExportMenu
              filters={filters}
              filter={filter}
              sort={order}
              pipeline={key}
              columns={shownColumns(columns, layout)}
            />
          )}
          <ColumnChooser columns={columns} layout={layout} onLayout={setLayout} />
        </>
      }
    >
      {content()}
      {dialog}
    </Page>
  );

  function content() {
    const failed = problem ?? pages.problem;
    if (failed !== null) return <ErrorState problem={failed} onRetry={pages.reload} />;
    if (pipelines?.length === 0)
      return (
        <EmptyState
          title={t`No pipeline yet`}
          text={t`Deals live in a pipeline. An admin publishes the first one.`}
        />
      );
    const { rows } = pages;
    if (rows === null) return <PageSkeleton rows={12} />;
    if (rows.length === 0)
      return <NoDeals filtered={filtered} onClear={() => setFilters(NO_FILTERS)} />;
    return (
      <DataTable
        label={t`Deals`}
        columns={columns}
        rows={rows}
        layout={layout}
        onLayout={setLayout}
        sort={sort}
        onSort={setSort}
        onMore={pages.moreProblem === null ? pages.loadMore : null}
        footer={<TableFooter pages={pages} />}
      />
    );
  }
}
