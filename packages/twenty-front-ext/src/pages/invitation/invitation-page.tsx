import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { MainButton } from 'twenty-ui/input';
import { request } from '../../app/data/request.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { signIn } from '../../app/session/sign-in.ts';
import { SignInForm } from '../../app/session/sign-in-form.tsx';
import { useSessions } from '../../app/session/session-provider.tsx';
import { SubmitButton } from '../../app/session/submit-button.tsx';
import { takeToken } from '../../app/take-token.ts';
import { Entrance } from '../../parts/entrance/entrance.tsx';
import { Form } from '../../ui/form/form.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { NewPasswordField } from '../../ui/form/new-password-field.tsx';

interface Accepted {
  readonly email?: string;
}

/** What the server has asked for before the invitation can be accepted. */
type Step = 'accept' | 'password_needed' | 'sign_in_first';

/** Behind the link of an invitation: new people choose a password, others sign in with theirs. */
export function Component() {
  const { t } = useLingui();
  const [token] = useState(takeToken);
  const { arrive } = useSessions();
  const navigate = useNavigate();
  const { problem, busy, run, forget } = useAttempt();
  const [step, setStep] = useState<Step>('accept');
  const [password, setPassword] = useState('');

  const accept = async (chosen?: string): Promise<void> => {
    const refused = await run(async () => {
      const { email } = await request<Accepted>('/v1/invitations/accept', {
        method: 'POST',
        body: { token, ...(chosen === undefined ? {} : { password: chosen }) },
      });
      if (chosen !== undefined && email !== undefined) await signIn(email, chosen);
      await arrive();
      navigate('/', { replace: true });
    });
    if (refused?.code === 'password_needed' || refused?.code === 'sign_in_first') {
      setStep(refused.code);
      if (chosen === undefined) forget();
    }
  };

  if (token === '' || problem?.code === 'invitation_not_found') {
    return (
      <Entrance
        title={t`This invitation does not work`}
        text={t`It was used already, was replaced by another one, or is too old. Ask an admin of your company for a new one.`}
      >
        {null}
      </Entrance>
    );
  }
  switch (step) {
    case 'accept':
      return (
        <Entrance title={t`You are invited to MaK`}>
          <FormProblem problem={problem} />
          <MainButton
            type="button"
            title={t`Accept the invitation`}
            disabled={busy}
            fullWidth
            onClick={() => void accept()}
          />
        </Entrance>
      );
    case 'password_needed':
      return (
        <Entrance
          title={t`Choose a password`}
          text={t`You will sign in with it and your e-mail address.`}
        >
          <Form takesFocus problem={problem} onSubmit={() => accept(password)}>
            <NewPasswordField value={password} onChange={setPassword} />
            <SubmitButton title={t`Accept the invitation`} problem={problem} busy={busy} />
          </Form>
        </Entrance>
      );
    case 'sign_in_first':
      return (
        <Entrance
          title={t`Sign in to accept`}
          text={t`You have a password here already. Sign in with the address that was invited.`}
        >
          <FormProblem problem={problem} />
          <SignInForm onSignedIn={() => accept()} />
        </Entrance>
      );
  }
}
