import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { SubmitButton } from '../../app/session/submit-button.tsx';
import { Form } from '../../ui/form/form.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';

interface PasswordFirstProps {
  /** The action in its own word. */
  readonly action: string;
  readonly onPassword: (password: string) => Promise<void>;
}

/** Whoever changes how a person signs in gives the password again. */
export function PasswordFirst({ action, onPassword }: PasswordFirstProps) {
  const { t } = useLingui();
  const { problem, busy, run } = useAttempt();
  const [password, setPassword] = useState('');
  const submit = async (): Promise<void> => {
    await run(() => onPassword(password));
  };
  return (
    <Form takesFocus problem={problem} onSubmit={submit}>
      <PasswordField
        label={t`Your password`}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        required
      />
      <SubmitButton title={action} problem={problem} busy={busy} />
    </Form>
  );
}
