import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { request } from '../../app/data/request.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { SubmitButton } from '../../app/session/submit-button.tsx';
import { Entrance } from '../../parts/entrance/entrance.tsx';
import { Form } from '../../ui/form/form.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

/** Sends the link to a new password. It never says whether somebody has the address. */
export function Component() {
  const { t } = useLingui();
  const { problem, busy, run } = useAttempt();
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);

  const submit = async (): Promise<void> => {
    const refused = await run(() =>
      request('/v1/auth/request-password-reset', { method: 'POST', body: { email: email.trim() } }),
    );
    if (refused === null) setSent(true);
  };

  const back = (
    <Link to="/sign-in">
      <Trans>Back to signing in</Trans>
    </Link>
  );
  if (sent) {
    return (
      <Entrance
        title={t`Look into your mail`}
        text={t`If ${email} belongs to somebody here, a link is on its way. It works for an hour.`}
      >
        {back}
      </Entrance>
    );
  }
  return (
    <Entrance
      title={t`Forgot your password?`}
      text={t`We send you a link with which you choose a new one.`}
    >
      <Form takesFocus problem={problem} onSubmit={submit}>
        <TextField
          label={t`E-mail`}
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          required
        />
        <SubmitButton title={t`Send the link`} problem={problem} busy={busy} />
      </Form>
      {back}
    </Entrance>
  );
}
