import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { Button } from 'twenty-ui/input';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { problemOf } from '../data/problem.ts';
import type { Problem } from '../data/problem.ts';
import { signIn, verifyCode } from './sign-in.ts';
import { useSessions } from './session-provider.tsx';

/** Over the page that a person is working on: what they have typed stays where it is. */
export function SignInAgain({ email }: { readonly email: string }) {
  const { t } = useLingui();
  const { refresh } = useSessions();
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const next = step === 'password' ? await signIn(email, secret) : await verifyCode(secret);
      setSecret('');
      if (next === 'needs-code') setStep('code');
      else await refresh();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog open title={t`Sign in again`} onClose={null}>
      <form onSubmit={(event) => void submit(event)}>
        <p>
          <Trans>Your session has ended. Nothing on this page is lost: sign in and go on.</Trans>
        </p>
        <FormProblem problem={problem} />
        {step === 'password' ? (
          <TextField
            label={t`Password of ${email}`}
            type="password"
            autoComplete="current-password"
            value={secret}
            onChange={setSecret}
            required
          />
        ) : (
          <TextField
            label={t`Code from your authenticator`}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={secret}
            onChange={setSecret}
            required
          />
        )}
        <Button
          type="submit"
          title={t`Sign in`}
          variant="primary"
          accent="blue"
          disabled={busy}
          fullWidth
          justify="center"
        />
      </form>
    </Dialog>
  );
}
