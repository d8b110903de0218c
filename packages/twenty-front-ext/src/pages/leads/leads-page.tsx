import { Plural, useLingui } from '@lingui/react/macro';
import { IconFilterOff, IconPlus, IconUserSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useMay, useTenant } from '../../app/shell/tenant.tsx';
import { useColumnLayout, useSort } from '../../parts/data-table/use-table-state.ts';
import { useLeadWords } from '../../parts/leads/use-lead-words.ts';
import { useSegments } from '../../parts/segments/use-segments.ts';
import { ColumnChooser } from '../../ui/data-table/column-chooser.tsx';
import type { DataSort } from '../../ui/data-table/columns.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { ListFooter } from '../../parts/data-table/list-footer.tsx';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { DuplicatesButton } from './duplicates-button.tsx';
import { useLeadColumns } from './lead-columns.tsx';
import { LeadFilterBar } from './lead-filter-bar.tsx';
import {
  countFilters,
  filterVariables,
  NO_FILTERS,
  readLeadFilters,
  writeLeadFilters,
} from './lead-filters.ts';
import type { LeadFilters } from './lead-filters.ts';
import { LeadFiles } from './lead-files.tsx';
import { NewLeadDialog } from './new-lead-dialog.tsx';
import { useLeadPages } from './use-lead-pages.ts';

const NEWEST: DataSort = { name: 'created_at', descending: true };

/** Leads that the person may see: all, or those that the own company brought or bought. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="leads:read" otherwise={{ title: t`Leads`, Icon: IconUserSearch }}>
      <LeadsPage />
    </Permitted>
  );
}

function LeadsPage() {
  const { t } = useLingui();
  const [params, setParams] = useSearchParams();
  const [creating, setCreating] = useState(false);
  const [mayWrite, mayManage] = [useMay('leads:write'), useMay('leads:manage')];
  const words = useLeadWords();
  const segments = useSegments('lead');
  const { timeZone } = useTenant();
  const filters = useMemo(() => readLeadFilters(params), [params]);
  const variables = useMemo(() => filterVariables(filters, timeZone), [filters, timeZone]);
  const [sort, order, setSort] = useSort(NEWEST);
  const pages = useLeadPages(variables, order);
  const columns = useLeadColumns(words);
  const [layout, setLayout] = useColumnLayout('lead-columns', columns);
  const setFilters = (next: LeadFilters): void =>
    setParams((before) => writeLeadFilters(next, before), { replace: true });

  return (
    <Page
      title={t`Leads`}
      Icon={IconUserSearch}
      layout="fill"
      actions={
        <>
          {mayManage && <DuplicatesButton />}
          <LeadFiles filters={filters} />
          {mayWrite && (
            <Button
              Icon={IconPlus}
              title={t`New lead`}
              variant="secondary"
              size="small"
              disabled={words.rules === null}
              onClick={() => setCreating(true)}
            />
          )}
        </>
      }
      toolbar={
        <>
          <LeadFilterBar words={words} segments={segments} value={filters} onChange={setFilters} />
          <ColumnChooser columns={columns} layout={layout} onLayout={setLayout} />
        </>
      }
    >
      {content()}
      {creating && words.rules !== null && (
        <NewLeadDialog
          rules={words.rules}
          onClose={() => setCreating(false)}
          onEntered={pages.reload}
        />
      )}
    </Page>
  );

  function content() {
    const { rows, reload, loadMore, moreProblem } = pages;
    const problem = pages.problem ?? words.problem;
    const retry = (): void => {
      reload();
      words.reload();
    };
    if (problem !== null) return <ErrorState problem={problem} onRetry={retry} />;
    if (rows === null || words.rules === null) return <PageSkeleton rows={12} />;
    if (rows.length === 0) {
      if (filters.text === '' && countFilters(filters) === 0)
        return (
          <EmptyState
            Icon={IconUserSearch}
            title={t`No leads yet`}
            text={t`Leads appear here when somebody enters one, a platform sends one, or your company buys one.`}
          />
        );
      return (
        <EmptyState
          Icon={IconFilterOff}
          title={t`No lead fits`}
          text={t`No lead fits the search and the filters. Names, numbers and addresses are found only when they are whole.`}
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
        label={t`Leads`}
        columns={columns}
        rows={rows}
        layout={layout}
        onLayout={setLayout}
        sort={sort}
        onSort={setSort}
        onMore={moreProblem === null ? loadMore : null}
        footer={
          <ListFooter pages={pages}>
            <Plural value={rows.length} one="# lead, all shown" other="# leads, all shown" />
          </ListFooter>
        }
      />
    );
  }
}
