import { Plural, useLingui } from '@lingui/react/macro';
import { IconBuilding, IconFileImport, IconFilterOff, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { useMay } from '../../app/shell/tenant.tsx';
import { ClientDialog } from '../../parts/client-edits/client-dialog.tsx';
import { useColumnLayout, useSort } from '../../parts/data-table/use-table-state.ts';
import { useRecordSyncs } from '../../parts/record-sync/use-record-syncs.ts';
import { useSegments } from '../../parts/segments/use-segments.ts';
import { ExportMenu } from '../../parts/table-files/export-menu.tsx';
import { ColumnChooser } from '../../ui/data-table/column-chooser.tsx';
import type { DataSort } from '../../ui/data-table/columns.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { ListFooter } from '../../parts/data-table/list-footer.tsx';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { useClientColumns } from './client-columns.tsx';
import { ClientFilterBar } from './client-filter-bar.tsx';
import {
  countFilters,
  exportQuery,
  filterInput,
  NO_FILTERS,
  readClientFilters,
  writeClientFilters,
} from './client-filters.ts';
import type { ClientFilters } from './client-filters.ts';
import { useClientPages } from './use-client-pages.ts';

const BY_NAME: DataSort = { name: 'name', descending: false };

/** Companies and people that the tenant deals with. */
export function Component() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [creating, setCreating] = useState(false);
  const mayWrite = useMay('deals:write');
  const mayExport = useMay('files:export');
  const segments = useSegments('client');
  const mayImport = useMay('clients:import');
  const filters = useMemo(() => readClientFilters(params), [params]);
  const filter = useMemo(() => filterInput(filters), [filters]);
  const [sort, order, setSort] = useSort(BY_NAME);
  const pages = useClientPages(filter, order);
  const ids = useMemo(() => pages.rows?.map(({ id }) => id) ?? [], [pages.rows]);
  const columns = useClientColumns(useRecordSyncs('client', ids));
  const [layout, setLayout] = useColumnLayout('client-columns', columns);
  const setFilters = (next: ClientFilters): void =>
    setParams((before) => writeClientFilters(next, before), { replace: true });

  return (
    <Page
      title={t`Clients`}
      Icon={IconBuilding}
      layout="fill"
      actions={
        mayWrite && (
          <Button
            Icon={IconPlus}
            title={t`New client`}
            variant="secondary"
            size="small"
            onClick={() => setCreating(true)}
          />
        )
      }
      toolbar={
        <>
          <ClientFilterBar segments={segments} value={filters} onChange={setFilters} />
          <ColumnChooser columns={columns} layout={layout} onLayout={setLayout} />
          {mayImport && (
            <Button
              Icon={IconFileImport}
              title={t`Import`}
              variant="secondary"
              size="small"
              onClick={() => navigate('/clients/import')}
            />
          )}
          {mayExport && (
            <ExportMenu
              name="clients"
              addressOf={(format) => `/v1/clients/export?${exportQuery(filters, format)}`}
            />
          )}
        </>
      }
    >
      {content()}
      {creating && (
        <ClientDialog
          client={null}
          onClose={() => setCreating(false)}
          onSaved={({ id }) => navigate(`/clients/${id}`)}
        />
      )}
    </Page>
  );

  function content() {
    const { rows, problem, reload, loadMore, moreProblem } = pages;
    if (problem !== null) return <ErrorState problem={problem} onRetry={reload} />;
    if (rows === null) return <PageSkeleton rows={12} />;
    if (rows.length === 0) {
      if (filters.text === '' && countFilters(filters) === 0)
        return (
          <EmptyState
            Icon={IconBuilding}
            title={t`No clients yet`}
            text={t`Companies and people appear here when a connected system tells of them, or when somebody adds one.`}
          />
        );
      return (
        <EmptyState
          Icon={IconFilterOff}
          title={t`No client fits`}
          text={t`No client fits the search and the filters.`}
          action={
            <Button
              title={t`Clear all filters`}
              variant="secondary"
              onClick={() => setFilters(NO_FILTERS)}
            />
          }
        />
      );
    }
    return (
      <DataTable
        label={t`Clients`}
        columns={columns}
        rows={rows}
        layout={layout}
        onLayout={setLayout}
        sort={sort}
        onSort={setSort}
        onMore={moreProblem === null ? loadMore : null}
        footer={
          <ListFooter pages={pages}>
            <Plural value={rows.length} one="# client, all shown" other="# clients, all shown" />
          </ListFooter>
        }
      />
    );
  }
}
