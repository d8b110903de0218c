import { useLingui } from '@lingui/react/macro';
import { IconLayoutKanban } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { writeDealFilters } from '../../parts/deal-filters/deal-filters.ts';
import { filterInput } from '../../parts/deal-filters/filter-input.ts';
import { useDealFilters } from '../../parts/deal-filters/use-deal-filters.ts';
import { SavedViews } from '../../parts/saved-views/saved-views.tsx';
import type { ViewState } from '../../parts/saved-views/view-definition.ts';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { readSort } from './board-request.ts';
import { BoardSkeleton } from './board-skeleton.tsx';
import { BoardToolbar } from './board-toolbar.tsx';
import { PipelineBoard } from './pipeline-board.tsx';
import { useBoard } from './use-board.ts';

export function Component() {
  const { t } = useLingui();
  const [params, setParams] = useSearchParams();
  const [filters, setFilters] = useDealFilters();
  const pipeline = params.get('pipeline');
  const groupBy = params.get('columns') === 'business' ? 'business' : 'stage';
  const sort = readSort(params.get('sort'));
  const request = useMemo(
    () => ({ pipeline, groupBy, sort, filter: filterInput(filters, null) }) as const,
    [pipeline, groupBy, sort, filters],
  );
  const handle = useBoard(request);
  const { view, reload } = handle;

  const setParam = (name: string, value: string): void => {
    setParams((before) => {
      const next = new URLSearchParams(before);
      next.set(name, value);
      return next;
    });
  };

  const show = (chosen: ViewState): void => {
    setParams((before) => {
      const next = writeDealFilters(chosen.filters, before);
      if (chosen.sort !== null) next.set('sort', chosen.sort);
      if (chosen.groupBy !== null) next.set('columns', chosen.groupBy);
      return next;
    });
  };

  return (
    <Page
      title={view.kind === 'ready' ? view.title : t`Pipeline board`}
      Icon={IconLayoutKanban}
      layout="fill"
      toolbar={
        <>
          <BoardToolbar
            pipeline={view.kind === 'ready' ? view.pipeline : null}
            onPipeline={(key) => setParams({ pipeline: key })}
            groupBy={groupBy}
            onGroupBy={(value) => setParam('columns', value)}
            sort={sort}
            onSort={(value) => setParam('sort', value)}
            filters={filters}
            onFilters={setFilters}
          />
          {view.kind === 'ready' && (
            <SavedViews
              kind="board"
              pipeline={view.pipeline.key}
              state={{ filters, sort, groupBy, columns: null }}
              onChoose={show}
            />
          )}
        </>
      }
    >
      {view.kind === 'loading' && <BoardSkeleton />}
      {view.kind === 'failed' && view.problem.code === 'not_found' && (
        <EmptyState
          title={t`There is no such pipeline`}
          text={t`An admin publishes pipelines in the settings; their deals appear here.`}
        />
      )}
      {view.kind === 'failed' && view.problem.code !== 'not_found' && (
        <ErrorState problem={view.problem} onRetry={reload} />
      )}
      {view.kind === 'ready' && <PipelineBoard view={view} handle={handle} groupBy={groupBy} />}
    </Page>
  );
}
