import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { TextButton } from '../../ui/text-button/text-button.tsx';
import styles from './sign-in-form.module.css';
import { SubmitButton } from './submit-button.tsx';
import { useSignIn } from './use-sign-in.ts';

interface SignInFormProps {
  /** The person is known: only they may sign in here. */
  readonly email?: string;
  readonly onSignedIn: () => Promise<void>;
  /** Under the password, e.g. the way to a forgotten one. */
  readonly children?: ReactNode;
}

/** E-mail and password, then the code of the authenticator or a recovery code. */
export function SignInForm({ email: known, onSignedIn, children }: SignInFormProps) {
  const { t } = useLingui();
  const { step, problem, busy, givePassword, giveCode, goTo } = useSignIn(onSignedIn);
  const [email, setEmail] = useState(known ?? '');
  const [secret, setSecret] = useState('');
  const [trusted, setTrusted] = useState(false);

  const submit = async (): Promise<void> => {
    const refused =
      step === 'password' ? await givePassword(email, secret) : await giveCode(secret, trusted);
    // A wrong code is typed anew, a wrong password may be one letter off.
    if (refused === null || step !== 'password') setSecret('');
  };
  const change = (next: typeof step): void => {
    setSecret('');
    goTo(next);
  };

  return (
    <Form key={step} takesFocus problem={problem} onSubmit={submit}>
      {step === 'password' && (
        <>
          {known === undefined && (
            <TextField
              label={t`E-mail`}
              type="email"
              autoComplete="username"
              value={email}
              onChange={setEmail}
              required
            />
          )}
          <PasswordField
            label={known === undefined ? t`Password` : t`Password of ${known}`}
            autoComplete="current-password"
            value={secret}
            onChange={setSecret}
            required
          />
          {children}
        </>
      )}
      {step === 'authenticator' && (
        <TextField
          key="authenticator"
          label={t`Code from your authenticator`}
          hint={t`Six digits. They change every half minute.`}
          inputMode="numeric"
          autoComplete="one-time-code"
          value={secret}
          onChange={setSecret}
          required
        />
      )}
      {step === 'recovery' && (
        <TextField
          key="recovery"
          label={t`Recovery code`}
          hint={t`One of those you saved. It works once.`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={secret}
          onChange={setSecret}
          required
        />
      )}
      {step !== 'password' && (
        <CheckboxField
          label={t`Do not ask on this device for 30 days`}
          checked={trusted}
          onChange={setTrusted}
        />
      )}
      <SubmitButton title={t`Sign in`} problem={problem} busy={busy} />
      {step !== 'password' && (
        <div className={styles.ways}>
          {step === 'authenticator' ? (
            <TextButton onClick={() => change('recovery')}>
              <Trans>Use a recovery code</Trans>
            </TextButton>
          ) : (
            <TextButton onClick={() => change('authenticator')}>
              <Trans>Use the authenticator</Trans>
            </TextButton>
          )}
          <TextButton onClick={() => change('password')}>
            <Trans>Begin again</Trans>
          </TextButton>
        </div>
      )}
    </Form>
  );
}
