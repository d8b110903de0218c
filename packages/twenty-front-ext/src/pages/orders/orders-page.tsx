import { Plural, useLingui } from '@lingui/react/macro';
import { IconFilterOff, IconPlus, IconShoppingCart } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useMay } from '../../app/shell/tenant.tsx';
import { useColumnLayout } from '../../parts/data-table/use-table-state.ts';
import { NewOrderDialog } from '../../parts/orders/new-order-dialog.tsx';
import { useRecordSyncs } from '../../parts/record-sync/use-record-syncs.ts';
import { ColumnChooser } from '../../ui/data-table/column-chooser.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { ListFooter } from '../../parts/data-table/list-footer.tsx';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { useOrderColumns } from './order-columns.tsx';
import { OrderFilterBar } from './order-filter-bar.tsx';
import {
  countFilters,
  filterVariables,
  NO_FILTERS,
  readOrderFilters,
  writeOrderFilters,
} from './order-filters.ts';
import type { OrderFilters } from './order-filters.ts';
import { useOrderPages } from './use-order-pages.ts';

/** What clients buy, the newest first. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="catalogue:read" otherwise={{ title: t`Orders`, Icon: IconShoppingCart }}>
      <OrdersPage />
    </Permitted>
  );
}

function OrdersPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [creating, setCreating] = useState(false);
  const [mayWrite, maySeeClients] = [useMay('catalogue:write'), useMay('deals:read')];
  const filters = useMemo(() => readOrderFilters(params), [params]);
  const variables = useMemo(() => filterVariables(filters), [filters]);
  const pages = useOrderPages(variables);
  const ids = useMemo(() => pages.rows?.map(({ id }) => id) ?? [], [pages.rows]);
  const syncs = useRecordSyncs('order', ids, pages.revision);
  const columns = useOrderColumns(syncs);
  const [layout, setLayout] = useColumnLayout('order-columns', columns);
  const setFilters = (next: OrderFilters): void =>
    setParams((before) => writeOrderFilters(next, before), { replace: true });

  return (
    <Page
      title={t`Orders`}
      Icon={IconShoppingCart}
      layout="fill"
      actions={
        mayWrite &&
        // An order names its client.
        maySeeClients && (
          <Button
            Icon={IconPlus}
            title={t`New order`}
            variant="secondary"
            size="small"
            onClick={() => setCreating(true)}
          />
        )
      }
      toolbar={
        <>
          <OrderFilterBar value={filters} onChange={setFilters} />
          <ColumnChooser columns={columns} layout={layout} onLayout={setLayout} />
        </>
      }
    >
      {content()}
      {creating && (
        <NewOrderDialog
          onClose={() => setCreating(false)}
          onMade={(id) => navigate(`/orders/${id}`)}
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
            Icon={IconShoppingCart}
            title={t`No orders yet`}
            text={t`Orders appear here when a stock system or KeyCRM tells of them, or when somebody makes one.`}
          />
        );
      return (
        <EmptyState
          Icon={IconFilterOff}
          title={t`No order fits`}
          text={t`No order fits the search and the filters.`}
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
        label={t`Orders`}
        columns={columns}
        rows={rows}
        layout={layout}
        onLayout={setLayout}
        sort={null}
        onSort={() => undefined}
        onMore={moreProblem === null ? loadMore : null}
        footer={
          <ListFooter pages={pages}>
            <Plural value={rows.length} one="# order, all shown" other="# orders, all shown" />
          </ListFooter>
        }
      />
    );
  }
}
