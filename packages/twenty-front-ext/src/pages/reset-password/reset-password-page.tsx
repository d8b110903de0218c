import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { request } from '../../app/data/request.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { SubmitButton } from '../../app/session/submit-button.tsx';
import { takeToken } from '../../app/take-token.ts';
import { Entrance } from '../../parts/entrance/entrance.tsx';
import { Form } from '../../ui/form/form.tsx';
import { NewPasswordField } from '../../ui/form/new-password-field.tsx';

/** Behind the link of a mail: a new password, and every session of the person ends. */
export function Component() {
  const { t } = useLingui();
  const [token] = useState(takeToken);
  const { problem, busy, run } = useAttempt();
  const [password, setPassword] = useState('');
  const [changed, setChanged] = useState(false);

  const submit = async (): Promise<void> => {
    const refused = await run(() =>
      request('/v1/auth/reset-password', {
        method: 'POST',
        body: { token, newPassword: password },
      }),
    );
    if (refused === null) setChanged(true);
  };

  if (changed) {
    return (
      <Entrance
        title={t`Your password is changed`}
        text={t`You have been signed out everywhere. Sign in with the new password.`}
      >
        <Link to="/sign-in">
          <Trans>Sign in</Trans>
        </Link>
      </Entrance>
    );
  }
  if (token === '' || problem?.code === 'invalid_token') {
    return (
      <Entrance
        title={t`This link does not work`}
        text={t`It was used already, is older than an hour, or is not whole. Ask for a new one.`}
      >
        <Link to="/forgot-password">
          <Trans>Ask for a new link</Trans>
        </Link>
      </Entrance>
    );
  }
  return (
    <Entrance title={t`Choose a new password`}>
      <Form takesFocus problem={problem} onSubmit={submit}>
        <NewPasswordField value={password} onChange={setPassword} />
        <SubmitButton title={t`Change the password`} problem={problem} busy={busy} />
      </Form>
    </Entrance>
  );
}
