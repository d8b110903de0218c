import { Plural, useLingui } from '@lingui/react/macro';
import { IconFilterOff, IconPackage, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useMay } from '../../app/shell/tenant.tsx';
import { revisionOf } from '../../parts/articles/article-revision.ts';
import { useColumnLayout, useSort } from '../../parts/data-table/use-table-state.ts';
import { useRecordSyncs } from '../../parts/record-sync/use-record-syncs.ts';
import { ColumnChooser } from '../../ui/data-table/column-chooser.tsx';
import type { DataSort } from '../../ui/data-table/columns.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { ListFooter } from '../../parts/data-table/list-footer.tsx';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { Page } from '../../ui/page/page.tsx';
import { SearchField } from '../../ui/search/search-field.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { useArticleColumns } from './article-columns.tsx';
import { NewArticleDialog } from './new-article-dialog.tsx';
import { useArticlePages } from './use-article-pages.ts';
import styles from './articles.module.css';

const BY_NAME: DataSort = { name: 'name', descending: false };

/** What is sold. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="catalogue:read" otherwise={{ title: t`Articles`, Icon: IconPackage }}>
      <ArticlesPage />
    </Permitted>
  );
}

function ArticlesPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [creating, setCreating] = useState(false);
  const mayWrite = useMay('catalogue:write');
  const text = params.get('text') ?? '';
  const archived = params.get('archived') === 'true';
  const [sort, order, setSort] = useSort(BY_NAME);
  const pages = useArticlePages({
    sort: order,
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(archived ? { archived } : {}),
  });
  const ids = useMemo(() => pages.rows?.map(({ id }) => id) ?? [], [pages.rows]);
  const revisions = useMemo(
    () => new Map(pages.rows?.map((row) => [row.id, revisionOf(row)])),
    [pages.rows],
  );
  const columns = useArticleColumns(useRecordSyncs('article', ids, revisions));
  const [layout, setLayout] = useColumnLayout('article-columns', columns);
  /** An empty text takes the filter away. */
  const setFilter = (name: 'text' | 'archived', value: string): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );

  return (
    <Page
      title={t`Articles`}
      Icon={IconPackage}
      layout="fill"
      actions={
        mayWrite && (
          <Button
            Icon={IconPlus}
            title={t`New article`}
            variant="secondary"
            size="small"
            onClick={() => setCreating(true)}
          />
        )
      }
      toolbar={
        <>
          <div className={styles.bar} role="search" aria-label={t`Articles`}>
            <SearchField
              label={t`Name or beginning of the number`}
              value={text}
              onChange={(value) => setFilter('text', value)}
            />
            <CheckboxField
              label={t`Archived articles`}
              checked={archived}
              onChange={(checked) => setFilter('archived', checked ? 'true' : '')}
            />
          </div>
          <ColumnChooser columns={columns} layout={layout} onLayout={setLayout} />
        </>
      }
    >
      {content()}
      {creating && (
        <NewArticleDialog
          onClose={() => setCreating(false)}
          onMade={(id) => navigate(`/articles/${id}`)}
        />
      )}
    </Page>
  );

  function content() {
    const { rows, problem, reload, loadMore, moreProblem } = pages;
    if (problem !== null) return <ErrorState problem={problem} onRetry={reload} />;
    if (rows === null) return <PageSkeleton rows={12} />;
    if (rows.length === 0) {
      if (text === '' && !archived)
        return (
          <EmptyState
            Icon={IconPackage}
            title={t`No articles yet`}
            text={t`Articles appear here when a stock system tells of them, or when somebody adds one.`}
          />
        );
      return (
        <EmptyState
          Icon={IconFilterOff}
          title={t`No article fits`}
          text={t`No article fits the search and the filters.`}
          action={
            <Button
              title={t`Clear all filters`}
              variant="secondary"
              onClick={() => setParams({}, { replace: true })}
            />
          }
        />
      );
    }
    return (
      <DataTable
        label={t`Articles`}
        columns={columns}
        rows={rows}
        layout={layout}
        onLayout={setLayout}
        sort={sort}
        onSort={setSort}
        onMore={moreProblem === null ? loadMore : null}
        footer={
          <ListFooter pages={pages}>
            <Plural value={rows.length} one="# article, all shown" other="# articles, all shown" />
          </ListFooter>
        }
      />
    );
  }
}
