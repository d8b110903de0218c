import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { Navigate, useLocation } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { signIn, verifyCode } from '../../app/session/sign-in.ts';
import { useSessions } from '../../app/session/session-provider.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

export function Component() {
  const { t } = useLingui();
  const { state, refresh } = useSessions();
  const location = useLocation();
  const [email, setEmail] = useState('');
  const [secret, setSecret] = useState('');
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [problem, setProblem] = useState<Problem | null>(null);

  if (state.kind === 'signed-in') {
    const { from } = (location.state ?? {}) as { from?: string };
    return <Navigate to={from ?? '/'} replace />;
  }

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    try {
      const next = step === 'password' ? await signIn(email, secret) : await verifyCode(secret);
      setSecret('');
      if (next === 'needs-code') setStep('code');
      else await refresh();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };

  return (
    <main>
      <h1>
        <Trans>Sign in to MaK</Trans>
      </h1>
      <form onSubmit={(event) => void submit(event)}>
        <FormProblem problem={problem} />
        {step === 'password' && (
          <TextField
            label={t`E-mail`}
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            required
          />
        )}
        <TextField
          label={step === 'password' ? t`Password` : t`Code from your authenticator`}
          type={step === 'password' ? 'password' : 'text'}
          autoComplete={step === 'password' ? 'current-password' : 'one-time-code'}
          value={secret}
          onChange={setSecret}
          required
        />
        <Button
          type="submit"
          title={t`Sign in`}
          variant="primary"
          accent="blue"
          fullWidth
          justify="center"
        />
      </form>
    </main>
  );
}
