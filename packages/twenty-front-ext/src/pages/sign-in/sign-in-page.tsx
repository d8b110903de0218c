import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Navigate, useLocation } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { Unreachable } from '../../app/offline/unreachable.tsx';
import { useSessions } from '../../app/session/session-provider.tsx';
import { SignInForm } from '../../app/session/sign-in-form.tsx';
import { Entrance } from '../../parts/entrance/entrance.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { EnrolFirst } from './enrol-first.tsx';
import { whereTo } from './where-to.ts';

/** E-mail and password, second factor, and what else stands between a person and the pages. */
export function Component() {
  const { t } = useLingui();
  const { state, arrive, signOut } = useSessions();
  const location = useLocation();
  switch (state.kind) {
    case 'checking':
      return <PageSkeleton />;
    case 'unreachable':
      return <Unreachable problem={state.problem} />;
    case 'signed-in':
      return <Navigate to={whereTo(location.state)} replace />;
    case 'needs-totp':
      return <EnrolFirst session={state.session} />;
    case 'no-tenant':
      return (
        <Entrance
          title={t`You have no account here yet`}
          text={t`Ask an admin of your company to invite ${state.user.email}.`}
        >
          <Button
            title={t`Sign out`}
            variant="secondary"
            fullWidth
            justify="center"
            onClick={() => void signOut()}
          />
        </Entrance>
      );
    case 'signed-out':
      return (
        <Entrance title={t`Sign in to MaK`}>
          <SignInForm onSignedIn={arrive}>
            <Link to="/forgot-password">
              <Trans>Forgot your password?</Trans>
            </Link>
          </SignInForm>
        </Entrance>
      );
  }
}
