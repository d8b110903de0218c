import { Navigate, Outlet, useLocation } from 'react-router-dom';
import { useLingui } from '@lingui/react/macro';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { CodeAgain, NoCode } from '../embed/code-again.tsx';
import { embedded } from '../embed/embedded.ts';
import { Unreachable } from '../offline/unreachable.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { SignedInProvider } from './signed-in-provider.tsx';
import { useSessions } from './session-context.ts';

/** Lets only signed-in people through; others go to the sign-in page and come back to where they wanted to go. */
export function RequireSession() {
  const { t } = useLingui();
  const { state } = useSessions();
  const location = useLocation();
  const from = `${location.pathname}${location.search}`;
  switch (state.kind) {
    case 'checking':
      return <PageSkeleton />;
    case 'unreachable':
      return <Unreachable problem={state.problem} />;
    case 'signed-out':
      return embedded ? <NoCode /> : <Navigate to="/sign-in" replace state={{ from }} />;
    case 'needs-totp':
    case 'no-tenant':
      if (!embedded) return <Navigate to="/sign-in" replace state={{ from }} />;
      return (
        <ErrorState
          title={t`Something is missing`}
          text={t`Open MaK in a window of its own; it says what to do.`}
        />
      );
    case 'signed-in':
      return (
        <SignedInProvider
          key={state.session.user.id}
          session={state.session}
          expired={state.expired}
        >
          <Outlet />
          {state.expired &&
            (embedded ? <CodeAgain /> : <SignInAgain email={state.session.user.email} />)}
        </SignedInProvider>
      );
  }
}
