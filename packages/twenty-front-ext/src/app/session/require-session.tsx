import { useLingui } from '@lingui/react/macro';
import { Navigate, Outlet, useLocation } from 'react-router-dom';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { SignedInProvider, useSessions } from './session-provider.tsx';
import { SignInAgain } from './sign-in-again.tsx';

/** Lets only signed-in people through; others go to the sign-in page and come back to where they wanted to go. */
export function RequireSession() {
  const { t } = useLingui();
  const { state, refresh } = useSessions();
  const location = useLocation();
  const from = `${location.pathname}${location.search}`;
  switch (state.kind) {
    case 'checking':
      return <PageSkeleton />;
    case 'unreachable':
      return <ErrorState problem={state.problem} onRetry={() => void refresh()} />;
    case 'signed-out':
    case 'needs-totp':
      return <Navigate to="/sign-in" replace state={{ from }} />;
    case 'no-tenant':
      return (
        <ErrorState
          title={t`You have no account here yet`}
          text={t`Ask an admin of your company to invite ${state.user.email}.`}
        />
      );
    case 'signed-in':
      return (
        <SignedInProvider session={state.session}>
          <Outlet />
          {state.expired && <SignInAgain email={state.session.user.email} />}
        </SignedInProvider>
      );
  }
}
