import { Trans, useLingui } from '@lingui/react/macro';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { TextButton } from '../../ui/text-button/text-button.tsx';
import { useSessions } from './session-context.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Over the page that a person is working on: what they have typed stays where it is. */
export function SignInAgain({ email }: { readonly email: string }) {
  const { t } = useLingui();
  const { arrive, signOut } = useSessions();
  return (
    <Dialog
      open
      title={t`Sign in again`}
      description={t`Your session has ended. Nothing on this page is lost: sign in and go on.`}
      onClose={null}
    >
      <SignInForm email={email} onSignedIn={arrive}>
        <TextButton onClick={() => void signOut()}>
          <Trans>Sign in as somebody else</Trans>
        </TextButton>
      </SignInForm>
    </Dialog>
  );
}
