import { useLingui } from '@lingui/react/macro';
import { useRouteError } from 'react-router-dom';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { problemOf } from '../data/problem.ts';

/** A page that broke, or whose code could not be loaded (e.g. offline, or after an update of the server). */
export function RouteError() {
  const { t } = useLingui();
  const error = useRouteError();
  const problem = problemOf(error);
  if (problem.code === 'unknown') {
    return (
      <ErrorState
        problem={{
          code: 'page_failed',
          reason: t`This page could not be shown. Load it again; nothing that was saved is lost.`,
        }}
        onRetry={() => location.reload()}
      />
    );
  }
  return <ErrorState problem={problem} onRetry={() => location.reload()} />;
}
