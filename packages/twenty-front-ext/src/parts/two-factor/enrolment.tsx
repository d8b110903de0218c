import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { SubmitButton } from '../../app/session/submit-button.tsx';
import { Form } from '../../ui/form/form.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { QrCode } from '../../ui/qr-code/qr-code.tsx';
import { PasswordFirst } from './password-first.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { beginEnrolment, confirmEnrolment } from './requests.ts';
import type { Enrolling } from './requests.ts';
import styles from './two-factor.module.css';

interface EnrolmentProps {
  /** The second factor holds; the recovery codes are being shown, this once. */
  readonly onHolds?: () => void;
  /** The person has saved the recovery codes. */
  readonly onDone: () => Promise<void>;
}

/** Password, QR code, first code, recovery codes. */
export function Enrolment({ onHolds, onDone }: EnrolmentProps) {
  const { t } = useLingui();
  const [enrolling, setEnrolling] = useState<Enrolling | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  if (enrolling === null) {
    return (
      <PasswordFirst
        action={t`Continue`}
        onPassword={async (password) => setEnrolling(await beginEnrolment(password))}
      />
    );
  }
  if (!confirmed) {
    const confirm = (): void => {
      setConfirmed(true);
      onHolds?.();
    };
    return <FirstCode enrolling={enrolling} onConfirmed={confirm} />;
  }
  return <RecoveryCodes codes={enrolling.recoveryCodes} onSaved={() => void onDone()} />;
}

function FirstCode({
  enrolling,
  onConfirmed,
}: {
  readonly enrolling: Enrolling;
  readonly onConfirmed: () => void;
}) {
  const { t } = useLingui();
  const { problem, busy, run } = useAttempt();
  const [code, setCode] = useState('');
  const submit = async (): Promise<void> => {
    if ((await run(() => confirmEnrolment(code))) === null) onConfirmed();
    else setCode('');
  };
  return (
    <Form takesFocus problem={problem} onSubmit={submit}>
      <p>
        <Trans>
          Scan this with an authenticator application on your phone, then type the code that it
          shows.
        </Trans>
      </p>
      <div className={styles.scan}>
        <QrCode text={enrolling.uri} label={t`QR code; the same key is written below as text`} />
        <code className={styles.secret} aria-label={t`Key`}>
          {enrolling.secret}
        </code>
      </div>
      <TextField
        label={t`Code from your authenticator`}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        required
      />
      <SubmitButton title={t`Confirm`} problem={problem} busy={busy} />
    </Form>
  );
}
