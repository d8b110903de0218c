import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { request } from '../../app/data/request.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { NewPasswordField } from '../../ui/form/new-password-field.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { FieldPair, Section, SectionActions } from '../../ui/section/section.tsx';

/** A new password for somebody who knows the old one. */
export function PasswordChange({ onChanged }: { readonly onChanged: () => void }) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { problem, busy, run } = useAttempt();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [everywhere, setEverywhere] = useState(true);

  const change = async (): Promise<void> => {
    const refused = await run(() =>
      request('/v1/auth/change-password', {
        method: 'POST',
        body: { currentPassword: current, newPassword: next, revokeOtherSessions: everywhere },
      }),
    );
    if (refused !== null) return;
    setCurrent('');
    setNext('');
    snackbar.success(t`Your password is changed.`);
    onChanged();
  };

  return (
    <Section title={t`Password`}>
      <Form problem={problem} onSubmit={change}>
        <FieldPair>
          <PasswordField
            label={t`Present password`}
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
            required
          />
          <NewPasswordField value={next} onChange={setNext} />
        </FieldPair>
        <CheckboxField
          label={t`Sign out on all other devices`}
          checked={everywhere}
          onChange={setEverywhere}
        />
        <SectionActions>
          <Button
            type="submit"
            title={t`Change the password`}
            variant="secondary"
            disabled={busy || current === '' || next === ''}
          />
        </SectionActions>
      </Form>
    </Section>
  );
}
