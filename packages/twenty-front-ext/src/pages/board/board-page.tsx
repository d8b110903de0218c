import { useLingui } from '@lingui/react/macro';
import { IconLayoutKanban } from '@tabler/icons-react';
import { useSearchParams } from 'react-router-dom';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { BoardSkeleton } from './board-skeleton.tsx';
import { PipelineBoard } from './pipeline-board.tsx';
import { useBoard } from './use-board.ts';

const UNFILTERED = {};

export function Component() {
  const { t } = useLingui();
  const [search] = useSearchParams();
  const handle = useBoard({ pipeline: search.get('pipeline'), filter: UNFILTERED });
  const { view, reload } = handle;
  return (
    <Page title={t`Pipeline board`} Icon={IconLayoutKanban} layout="fill">
      {view.kind === 'loading' && <BoardSkeleton />}
      {view.kind === 'failed' && view.problem.code === 'not_found' && (
        <EmptyState
          title={t`There is no pipeline yet`}
          text={t`An admin publishes one in the settings; its deals appear here.`}
        />
      )}
      {view.kind === 'failed' && view.problem.code !== 'not_found' && (
        <ErrorState problem={view.problem} onRetry={reload} />
      )}
      {view.kind === 'ready' && <PipelineBoard view={view} handle={handle} />}
    </Page>
  );
}
